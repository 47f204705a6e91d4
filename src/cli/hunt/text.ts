import pc from 'picocolors';
import { formatCount } from '../../audit/format.js';
import { beyondHunts } from '../../hunt/beyond.js';
import { stepsOf } from '../../hunt/draft.js';
import type { IngredientKind } from '../../hunt/ingredient.js';
import type { Find, Flaky, Hunted } from '../../hunt/plan.js';
import { tellLife } from '../../hunt/write-life.js';
import { t } from '../../texts/spoken.js';
import { printable } from '../../view/printable.js';
import type { Ended, Unplayed } from './ended.js';
import { tellLives } from './progress.js';

interface Again {
  seed: number;
  /** How many times as fast lives were played before they were played again. */
  rate: number | undefined;
  argv: readonly string[];
  again: readonly string[];
}

/** So many names of a kind are told; JSON has them all. */
const TOLD = 12;
/** So many lines of what the command printed are shown. */
const SHOWN = 10;

/** A hunt as people read it: what was found, then what was never tried. */
export function tellHunted(hunted: Hunted, ended: Ended, again: Again): string {
  const { finds, flaky, lives, runs } = hunted;
  const seconds = Math.round(ended.took / 1000);
  const played = t`${tellLives(lives)} played in ${seconds} s, ${formatCount(runs, 'run')} of the client in all`;
  const lines = [
    ...finds.flatMap((find) => [...tellFind(find, ended, again), '']),
    ...flaky.flatMap((one) => tellFlaky(one, again.rate)),
    ...(finds.length === 0 ? [`${pc.green('✓')} ${t('no life broke the client')}`] : []),
    played,
    '',
    ...tellUntried(hunted, ended),
  ];
  return `${lines.join('\n')}\n`;
}

/** What the client does wrong, at which step, and what to change. */
function tellFind(find: Find, { texts }: Ended, { seed, argv, again }: Again): string[] {
  const { cause, shrunk, drawn, number, runs, smallest } = find;
  const color = cause.severity === 'error' ? pc.red : pc.yellow;
  const steps = t(formatCount(stepsOf(shrunk), 'step'));
  const before = t(formatCount(stepsOf(drawn), 'step'));
  const shrinking = t`life ${number} of seed ${seed} had ${before}, shrunk to ${steps} in ${formatCount(runs, 'run')}`;
  const late = smallest ? '' : `; ${t('time was up before nothing smaller was left to try')}`;
  const { name, text, file } = texts.get(find) ?? { name: '', text: '', file: undefined };
  return [
    `${color('✗')} ${pc.bold(printable(t(cause.title)))}`,
    `  ${printable(paragraphOf(find))}`,
    pc.dim(`  ${t`wrong and right code: ${cause.help}`}`),
    pc.dim(`  ${shrinking}${late}`),
    ...(file === undefined
      ? [
          '',
          ...text
            .trimEnd()
            .split('\n')
            .map((line) => `    ${line}`),
        ]
      : [
          `  ${file}`,
          `  ${t('to see it again')}: esoz-sandbox exec ${['--scenario', name, ...again, '--', ...argv].join(' ')}`,
        ]),
  ];
}

/** One paragraph: `In step 1 of 2 (running for 1 poll): 1 of 1 poll came before … To change: …`. */
function paragraphOf({ cause, shrunk, outcome }: Find): string {
  const { message } = cause.evidence.finding;
  const steps = tellLife(shrunk.scenario, t);
  const step = outcome.stepOf(cause);
  return `${tellWhere(steps, step, shrunk.scenario.refuse !== undefined)}: ${t(message)}. ${t`To change: ${cause.advice}`}.`;
}

function tellWhere(steps: readonly string[], step: number | undefined, refused: boolean): string {
  const life = steps.join('; ');
  if (refused) return t`Where the request that schedules meets «${life}»`;
  if (step === undefined) return t`Where the life is «${life}»`;
  return t`In step ${step + 1} of ${steps.length}, «${steps[step] ?? ''}»`;
}

function tellFlaky({ cause, number, life, seen, of }: Flaky, rate: number | undefined): string[] {
  const { message } = cause.evidence.finding;
  const why =
    rate === undefined
      ? t`not counted, since it was seen in ${seen} of ${of} plays of life ${number}`
      : t`not counted, since fast time has shown it, and ${seen - 1} of ${of - 1} plays of life ${number} at true time`;
  return [
    `${pc.yellow('?')} ${why}: ${printable(t(message))}`,
    pc.dim(`  ${tellLife(life.scenario, t).join('; ')}`),
  ];
}

const SAYS: Readonly<Record<IngredientKind, string>> = {
  state: 'states',
  answer: 'answers',
  fault: 'faults',
  end: 'ends',
  refusal: 'refusals',
};

function tellUntried({ tried }: Hunted, { api, kit }: Ended): string[] {
  const { met, all } = tried.counts;
  const untried = tried.untried();
  return [
    t`never tried (the client met ${met} of ${all} things that lives of ${api.name} are made of):`,
    ...untried.map(({ kind, names }) => pc.dim(`  ${t(SAYS[kind])}: ${tellNames(names)}`)),
    ...(untried.length > 0
      ? [pc.dim(`  ${t('a longer --budget or another --seed tries more')}`)]
      : []),
    pc.dim(
      `  ${t('no hunt tries')}: ${beyondHunts(api, kit)
        .map((one) => t(one))
        .join('; ')}`,
    ),
  ];
}

function tellNames(names: readonly string[]): string {
  const told = names
    .slice(0, TOLD)
    .map((name) => t(name))
    .join(', ');
  return names.length > TOLD ? t`${told} and ${names.length - TOLD} more` : told;
}

export function tellUnplayed({ why, output, next }: Unplayed): string {
  const printed = printable(output).trimEnd();
  const lines = printed === '' ? [] : printed.split('\n').slice(-SHOWN);
  return [
    `${pc.yellow('!')} ${t(why)}`,
    ...(lines.length > 0 ? [`  ${t('it printed:')}`, ...lines.map((line) => `  | ${line}`)] : []),
    `  → ${t(next)}`,
    '',
  ].join('\n');
}
