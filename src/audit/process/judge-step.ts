import type { ProcessStep } from '../../scenario/process.js';
import type { Call } from '../call.js';
import type { Run } from '../evidence.js';
import type { JobAttempt } from '../job-attempt.js';
import type { StepOutcome } from '../verdict.js';
import type { ProcessFacts } from './facts.js';
import { type Candidate, endFor } from './step-check.js';
import { isAlone, nearestOf, type Walked } from './walk.js';

/** What has become of a step. */
export interface StepJudgement {
  name: string;
  title: string;
  outcome: StepOutcome;
  told?: string | undefined;
  optional?: true;
  advice?: string;
  /** The exchanges that show it. */
  calls: readonly Call[];
  attempt?: JobAttempt | undefined;
}

/** How the run and its journal stand. */
interface Standing {
  run: Run;
  dropped: number;
}

/** What has become of the step at a place of the way that the client has come. */
export function judgeStep(
  walked: readonly Walked[],
  place: number,
  facts: ProcessFacts,
  standing: Standing,
): StepJudgement {
  const { step, one, done } = walked[place] as Walked;
  const { name, title, optional, advice } = step;
  const head = { name, title, advice, ...(optional ? { optional } : {}) } as const;
  if (done && one) return { ...head, outcome: 'done', ...callsOf(step, one, facts) };
  if (optional) return { ...head, outcome: 'skipped', told: 'it may be left out', calls: [] };
  const near = nearestOf(meant(walked, place));
  if (near?.one) {
    const found = tellWrong(near, standing);
    if (found) return { ...head, ...found, ...callsOf(step, near.one, facts) };
  }
  return { ...head, ...tellMissing(walked, place, standing), calls: [] };
}

/**
 * Requests that were meant for the step, though wrong. One that shows another step is none. Where other steps ask for
 * the same, or it came before its turn, it is one only if it names what an earlier step has made, or could be the step.
 */
function meant(walked: readonly Walked[], place: number): Walked[] {
  const { step, tried = [] } = walked[place] as Walked;
  const steps = walked.map((each) => each.step);
  const alone = isAlone(step, steps);
  const shown = new Set(walked.flatMap(({ done, one }) => (done && one ? [one.call] : [])));
  return tried.filter(({ one, before, names, broken }) => {
    if (!one || shown.has(one.call)) return false;
    if (before) return alone ? names === 'same' || names === 'nothing' : broken.length === 0;
    return alone || names !== 'unknown';
  });
}

function tellWrong(
  { broken, before, one }: Walked,
  { run }: Standing,
): Pick<StepJudgement, 'outcome' | 'told'> | undefined {
  const texts = broken.map(({ text }) => text);
  if (before) {
    const early = `it came before step ${before.name} was over`;
    return { outcome: 'out of order', told: [early, ...texts].join('; ') };
  }
  const told = texts.join('; ');
  // Who still runs may be about to ask.
  const waits = run === 'running' && one?.attempt !== undefined && one.attempt.end === undefined;
  if (waits) return { outcome: 'not reached', told: `${told} yet` };
  const unknown = broken.length > 0 && broken.every((each) => each.unknown);
  return { outcome: unknown ? 'unproven' : 'wrong', told };
}

/** Where a later step was gone through, this one was left out; unless the journal has let it go. */
function tellMissing(
  walked: readonly Walked[],
  place: number,
  { dropped }: Standing,
): Pick<StepJudgement, 'outcome' | 'told'> {
  const later = walked.slice(place + 1).find(({ done, step }) => done && !step.optional);
  if (!later) return { outcome: 'not reached' };
  if (dropped > 0) return { outcome: 'not reached', told: 'the journal has let exchanges go' };
  return { outcome: 'left out', told: `step ${later.step.name} came without it` };
}

/** The request, and the answer that told the end of its job. */
export function callsOf(
  step: ProcessStep,
  { call, attempt }: Candidate,
  facts: ProcessFacts,
): Pick<StepJudgement, 'calls' | 'attempt'> {
  const hasJob = step.expect.job !== undefined || endFor(step, facts) !== undefined;
  const end = hasJob ? attempt?.end?.call : undefined;
  return { calls: end && end !== call ? [call, end] : [call], attempt };
}
