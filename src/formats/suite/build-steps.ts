import {
  PLACE_NAMES,
  type ProcessStep,
  STEP_PARTS,
  type StepPart,
  type StepPlace,
  type StepTest,
  type Wanted,
} from '../../scenario/process.js';
import type { When } from '../../scenario/scenario.js';
import { flatten } from '../scenario/conditions.js';
import type { ProcessWords } from './process-words.js';
import { type ProcessStepFile, STEP_WHEN } from './steps-file.js';

/** The steps that a file says, once it has been found good. */
export function buildSteps(steps: readonly ProcessStepFile[], words: ProcessWords): ProcessStep[] {
  return steps.map((step) => ({
    name: step.step,
    title: String(step.title),
    operations: step.operations.flatMap((said) => words.operationOf(String(said)) ?? []),
    when: whensOf(step).map(({ when }) => when),
    expect: {
      status: step.expect?.status === undefined ? undefined : [step.expect.status].flat(),
      job: step.expect?.job,
      tests: testsOf(step).map(({ test }) => test),
    },
    after: step.after === undefined ? undefined : String(step.after),
    optional: step.optional ?? false,
    scenarios: (step.scenarios ?? []).map(String),
    advice: String(step.advice ?? ''),
  }));
}

/** The conditions on which requests a step is about, with their places within it. */
export function whensOf({ when }: Pick<ProcessStepFile, 'when'>) {
  const entries = Array.isArray(when)
    ? when.map((entry, i) => ({ path: ['when', i], entry }))
    : when
      ? [{ path: ['when'], entry: when }]
      : [];
  return entries.flatMap(({ path, entry }) => {
    if (!entry) return [];
    const parts = STEP_WHEN.map((part) => {
      const found = flatten('', (entry[part] ?? {}) as Record<string, unknown>);
      const named =
        part === 'headers' ? found.map(([key, value]) => [key.toLowerCase(), value]) : found;
      return [part, Object.fromEntries(named)] as const;
    });
    return [{ path, when: { ...Object.fromEntries(parts), resource: {} } as unknown as When }];
  });
}

/** Each condition of `expect`, with its place within the step. */
export function testsOf({ expect }: Pick<ProcessStepFile, 'expect'>) {
  return STEP_PARTS.flatMap((part) => {
    const given = expect?.[part];
    if (given === undefined) return [];
    if (typeof given === 'string') return [testAt(['expect', part], part, '', given)];
    return flatten('', given as Record<string, unknown>).map(([at, wanted]) =>
      testAt(['expect', part, at], part, part === 'headers' ? at.toLowerCase() : at, wanted),
    );
  });
}

function testAt(path: (string | number)[], part: StepPart, at: string, wanted: unknown) {
  const test: StepTest = { part, at, wanted: wantedOf(wanted) };
  return { path, test };
}

function wantedOf(given: unknown): Wanted {
  const place = typeof given === 'string' ? readPlace(given) : undefined;
  return place ? { place } : { oneOf: Array.isArray(given) ? given : [given] };
}

/** `{create.answer.data.id}`; undefined for any other text. */
function readPlace(text: string): StepPlace | undefined {
  const [, step, part, at = ''] = /^\{([^.{}]+)\.([^.{}]+)(?:\.([^{}]+))?\}$/.exec(text) ?? [];
  if (step === undefined || part === undefined) return undefined;
  return { step, part: part as StepPlace['part'], at };
}

export function isPart(part: string): boolean {
  return PLACE_NAMES.some((known) => known === part);
}
