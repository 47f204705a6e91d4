import { formatCount } from '../../audit/format.js';
import type { Chapter } from '../../report/report.js';
import { t } from '../../texts/spoken.js';
import { printable } from '../../view/printable.js';

/** Of what the command has printed so many lines are shown. */
const SHOWN = 10;

/** The command has ended and no request has come, so none would come in any other scenario. */
export function wasUnheard({ verdict }: Pick<Chapter, 'verdict'>): boolean {
  return verdict.exchanges + verdict.dropped === 0;
}

/**
 * What there is to say before all else when the first command sends no request.
 * @param variables what the command was given
 * @param left scenarios that are not played for it
 */
export function describeUnheard(
  { command }: Pick<Chapter, 'command'>,
  variables: Readonly<Record<string, string>>,
  left: number,
): string {
  const rest = left > 0 ? t`, and ${formatCount(left, 'further scenario')} left out` : '';
  const printed = printable(command?.output ?? '').trimEnd();
  const lines = printed === '' ? [] : printed.split('\n').slice(-SHOWN);
  return [
    `${t('the command sent no request to the sandbox: nothing was tested')}${rest}`,
    `  ${t('it found in its environment:')}`,
    ...Object.entries(variables).map(([name, value]) => `    ${name}=${value}`),
    ...(lines.length > 0 ? [`  ${t('it printed:')}`, ...lines.map((line) => `  | ${line}`)] : []),
    `  → ${t('let the client take the base URL of the API from ESOZ_SANDBOX_URL, or fill in the variable that it reads:')}`,
    `    ${t('--env MY_API={url}; a client that can be given a host only takes {host} or {origin}')}`,
    '',
  ].join('\n');
}
