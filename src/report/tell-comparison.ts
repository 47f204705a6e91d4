import { formatCount } from '../audit/format.js';
import { say } from '../say.js';
import { t } from '../texts/spoken.js';
import { printable } from '../view/printable.js';
import { type CauseChange, type Comparison, isWorse, type ScenarioChange } from './compare.js';

/** A comparison in lines, for a terminal. */
export function comparisonText(found: Comparison): string {
  return partsOf(found)
    .flatMap(({ head, lines }) => [head, ...lines.map((line) => `  ${line}`), ''])
    .concat(lastOf(found))
    .map(printable)
    .join('\n')
    .concat('\n');
}

/** The same as GitHub-flavoured Markdown, for a pull request. */
export function comparisonMarkdown(found: Comparison, title: string): string {
  const head = `## ${isWorse(found) ? '❌' : '✅'} ${escaped(title)}`;
  const parts = partsOf(found).map(({ head: about, lines }) =>
    [`### ${escaped(about)}`, ...lines.map((line) => `- ${escaped(line)}`)].join('\n'),
  );
  return `${[head, ...parts, escaped(lastOf(found))].join('\n\n')}\n`;
}

interface Part {
  head: string;
  lines: string[];
}

function partsOf({ worse, better, changed, unseen, gone, added }: Comparison): Part[] {
  const parts: Part[] = [
    {
      head: t('worse'),
      lines: [
        ...worse.causes.map((one) => `✗ ${tellCause(one)}`),
        ...worse.scenarios.map((one) => `✗ ${tellScenario(one)}`),
      ],
    },
    {
      head: t('better'),
      lines: [
        ...better.causes.map((one) => `✓ ${tellCause(one)}`),
        ...better.scenarios.map((one) => `✓ ${tellScenario(one)}`),
      ],
    },
    { head: t('otherwise than before'), lines: changed.map((one) => `~ ${tellCause(one)}`) },
    {
      head: t('not put to the test again'),
      lines: [
        ...unseen.map((one) => `· ${tellCause(one)}`),
        ...(gone.length > 0 ? [`· ${t`scenarios that were not played: ${gone.join(', ')}`}`] : []),
      ],
    },
    {
      head: t('played for the first time'),
      lines: added.map((name) => `+ ${name}`),
    },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

/** `Wait until … (ignores-eta/createExport): new, error, in eta-moves`. */
function tellCause({ id, title, before, after }: CauseChange): string {
  const name = `${t(title)} (${id})`;
  if (!after)
    return `${name}: ${t('gone')}, ${t`was ${t(before?.severity ?? '')}`}, ${where(before)}`;
  if (!before) return `${name}: ${t('new')}, ${t(after.severity)}, ${where(after)}`;
  if (before.severity !== after.severity) {
    const now = t`${t(before.severity)} before, ${t(after.severity)} now`;
    return `${name}: ${now}, ${where(after)}`;
  }
  const then = t`${formatCount(before.scenarios.length, 'scenario')} before`;
  return `${name}: ${t(after.severity)}, ${where(after)}; ${then}`;
}

function where(seen: CauseChange['after']): string {
  const names = seen?.scenarios ?? [];
  return t`in ${names.slice(0, MOST_NAMES).join(', ')}${names.length > MOST_NAMES ? ', …' : ''}`;
}

const MOST_NAMES = 8;

const ENDINGS = {
  held: say`held`,
  red: say`red`,
  'not played': say`not played`,
} as const;

function tellScenario({ scenario, before, after }: ScenarioChange): string {
  return `${scenario}: ${t`${t(ENDINGS[before])} before, ${t(ENDINGS[after])} now`}`;
}

function lastOf({ unchanged: { causes, scenarios } }: Comparison): string {
  return t`as before: ${formatCount(causes, 'thing')} to change, ${formatCount(scenarios, 'scenario')}`;
}

function escaped(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]<>|#]/g, (char) => `\\${char}`);
}
