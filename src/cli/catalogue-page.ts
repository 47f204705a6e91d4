import type { Expect, Scenario, When } from '../scenario/scenario.js';
import { inContext, spoken, t } from '../texts/spoken.js';
import { formatDuration } from '../time/duration.js';
import { sayHelp } from './language.js';

const COLUMNS = [
  'scenario',
  'what happens',
  'what it teaches',
  'a good client',
  'magic identifier',
] as const;

/**
 * The page of a catalogue, in Markdown: its groups with their scenarios, what each of them teaches, what
 * it expects of a good client, and how it is chosen.
 */
export function cataloguePage(title: string, scenarios: readonly Scenario[]): string {
  const groups = [...new Set(scenarios.map(({ group }) => group))];
  const lines = [
    `# ${t`Scenarios of the ${title}`}`,
    '',
    sayHelp(`${scenarios.length} lives of a job. A request that carries a scenario's *magic identifier* chooses it; so do the
header \`X-Sandbox-Scenario\`, the queue of a session, and \`serve --scenario\`. *Off contract* marks those with an
answer that the contract does not allow; all others keep it.`),
    '',
    t(
      'This page is written by `esoz-sandbox scenarios --markdown`; the files beside it are what is played.',
    ),
    '',
    ...groups.map((group) => `- [${headingOf(group)}](#${group}): ${countOf(scenarios, group)}`),
    ...groups.flatMap((group) => [
      '',
      spoken() === 'en' ? `## ${group}` : `## <a id="${group}"></a>${headingOf(group)}`,
      '',
      `| ${COLUMNS.map((column) => t(column)).join(' | ')} |`,
      '| --- | --- | --- | --- | --- |',
      ...scenarios.filter((each) => each.group === group).map(row),
    ]),
    '',
  ];
  return lines.join('\n');
}

function headingOf(group: string): string {
  return inContext('group', group);
}

function countOf(scenarios: readonly Scenario[], group: string): string {
  const { length } = scenarios.filter((each) => each.group === group);
  return t(length === 1 ? '1 scenario' : `${length} scenarios`);
}

function row(scenario: Scenario): string {
  const { name, title, about, operations, expect, when } = scenario;
  const only = operations ? ` (${operations.join(', ')})` : '';
  const off = scenario.offContract || scenario.life.some((step) => step.offContract);
  const cells = [
    `[\`${name}\`](${name}.yaml)`,
    `${t(title)}${only}${off ? `; *${t('off contract')}*` : ''}`,
    t(about),
    tellExpect(expect),
    when.map(magicOf).join(t(' or ')),
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}

function cell(text: string): string {
  return text.trim().replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** `body` goes without saying. */
function magicOf(when: When): string {
  return Object.entries(when)
    .flatMap(([part, wanted]) =>
      Object.entries(wanted as object).map(
        ([path, value]) => `${part === 'body' ? '' : `${part} `}\`${path}: ${value}\``,
      ),
    )
    .join(t(' and '));
}

/** What is expected of a good client, in words. */
function tellExpect(expect: Expect): string {
  const { reaches_end, result_read, gives_up, renews_credentials, polls, within } = expect;
  return [
    ...(reaches_end === undefined ? [] : [t(reaches_end ? 'sees the end' : 'sees no end')]),
    ...(result_read === undefined ? [] : [t(result_read ? 'reads the result' : 'reads no result')]),
    ...(gives_up ? [t('gives up')] : []),
    ...(renews_credentials ? [t('renews its token')] : []),
    ...(polls ? [tellPolls(polls)] : []),
    ...(within === undefined ? [] : [t`within ${formatDuration(within)}`]),
  ].join(', ');
}

function tellPolls({ at_least, at_most }: NonNullable<Expect['polls']>): string {
  if (at_least === undefined) return t`at most ${at_most ?? 0} polls`;
  if (at_most === undefined) return t`at least ${at_least} polls`;
  return at_least === at_most ? t(`${at_most} polls`) : t`${at_least} to ${at_most} polls`;
}
