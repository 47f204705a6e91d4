import { formatLength } from '../audit/format.js';
import type { ProcessVerdict, StepOutcome, StepVerdict } from '../audit/verdict.js';
import { t } from '../texts/spoken.js';

/** One character for what has become of a step. */
export const STEP_GLYPHS: Readonly<Record<StepOutcome, string>> = {
  done: '✓',
  wrong: '✗',
  'out of order': '✗',
  'left out': '✗',
  'not reached': '·',
  unproven: '?',
  unseen: '?',
  skipped: '–',
};

/** Is it a breach, is it wanting, is it through, or does it not count? */
export type StepWeight = 'passed' | 'error' | 'warning' | 'off';

export function weightOf({ outcome }: StepVerdict): StepWeight {
  if (outcome === 'done') return 'passed';
  if (outcome === 'skipped') return 'off';
  return STEP_GLYPHS[outcome] === '✗' ? 'error' : 'warning';
}

/** `5 of 7 steps gone through, 1 wrong, 1 not reached`. */
export function tellProcess({ steps }: ProcessVerdict): string {
  const counted = steps.filter(({ outcome }) => outcome !== 'skipped');
  const number = (outcome: StepOutcome) => steps.filter((one) => one.outcome === outcome).length;
  const others = (Object.keys(STEP_GLYPHS) as StepOutcome[]).filter(
    (outcome) => outcome !== 'done' && outcome !== 'skipped' && number(outcome) > 0,
  );
  const wanting = others.map((outcome) => `, ${number(outcome)} ${t(outcome)}`).join('');
  return t`${number('done')} of ${counted.length} steps gone through${wanting}`;
}

/** `create-and-sign, done-after-eta`: the suite and the scenario of it that was played. */
export function tellCourse({ suite, course }: ProcessVerdict): string {
  return course === undefined ? suite : `${suite}, ${course}`;
}

/** Why a process that is not through is no success; undefined: it is through, or findings say why not. */
export function whyIncomplete(process: ProcessVerdict | undefined): string | undefined {
  if (process?.outcome !== 'incomplete') return undefined;
  const index = process.steps.findIndex((step) => weightOf(step) === 'warning');
  const step = process.steps[index];
  const what = step ? t`: step ${index + 1}, ${step.step}, is ${step.outcome}` : '';
  const why = step?.told === undefined ? '' : ` (${t(step.told)})`;
  return t`the process ${process.suite} was not gone through${what}${why}`;
}

/** `#3 +4.2 s`: the exchanges that show a step, and how long after the first step it came, in the API's time. */
export function tellWhen({ evidence, after }: StepVerdict): string {
  const numbers = evidence.map(({ seq }) => `#${seq}`).join(' ');
  return after === undefined || after === 0 ? numbers : `${numbers} +${t(formatLength(after))}`;
}

/** What is said of a step that is not simply done. */
export function tellStepOutcome({ outcome, told }: StepVerdict): string {
  if (outcome === 'done') return '';
  return told === undefined ? t(outcome) : `${t(outcome)}: ${t(told)}`;
}
