import type { ProcessStep } from '../../scenario/process.js';
import type { ProcessFacts } from './facts.js';
import { callsOf, type StepJudgement } from './judge-step.js';
import { reasonsIn } from './reasons.js';
import { brokenBy, type Candidate } from './step-check.js';
import { overAt, type Walked } from './walk.js';

/** The steps that can be gone through where the played scenario ends the process at one of them. */
export function stepsInCourse({ process: { steps, end } }: ProcessFacts): readonly ProcessStep[] {
  const last = end ? steps.findIndex(({ name }) => name === end.step) : -1;
  return last === -1 ? steps : steps.slice(0, last + 1);
}

/**
 * What comes where the played scenario ends the process: the client shows why, and does none of the steps that are
 * left with what was not made.
 */
export function afterTheEnd(
  walked: readonly Walked[],
  candidates: ReadonlyMap<string, readonly Candidate[]>,
  facts: ProcessFacts,
): StepJudgement[] {
  const { steps, end } = facts.process;
  if (!end) return [];
  const ended = walked.at(-1);
  const left = steps.slice(walked.length);
  return [
    showing(ended, facts),
    ...left.map((step) => {
      const gone = ended?.one && ended.done ? wentOn(step, ended, candidates, facts) : undefined;
      const head = { name: step.name, title: step.title, advice: step.advice };
      if (!gone) {
        const told = `not in this course: the process ends at ${end.step}`;
        return { ...head, outcome: 'skipped' as const, told, calls: [] };
      }
      const told = `the client went on, although ${end.step} has come to nothing`;
      return { ...head, outcome: 'wrong' as const, told, ...callsOf(step, gone, facts) };
    }),
  ];
}

/** What has failed is worth nothing to a user who is not told why. */
function showing(ended: Walked | undefined, facts: ProcessFacts): StepJudgement {
  const { output, seen, process } = facts;
  const words = process.end?.words ?? [];
  const head = {
    name: `${process.end?.step}-shown`,
    title: `What has failed is shown${words.length > 0 ? `: ${words[0]}` : ''}`,
    advice: 'show the user what the answer says, and go on with nothing that needs its job',
    calls: [],
  };
  if (!ended?.done || !ended.one) return { ...head, outcome: 'not reached' };
  const told = ended.one.attempt?.end?.call ?? ended.one.call;
  const texts = [...words, ...reasonsIn(told.exchange.responseBody)];
  const calls = [told];
  if (output === undefined) {
    if (seen) return { ...head, outcome: 'done', told: 'somebody has seen it', calls };
    const what = `nobody sees it from here: look whether the client shows ${texts[0] ?? 'it'}, and say so with --seen`;
    return { ...head, outcome: 'unseen', told: what, calls };
  }
  if (texts.some((text) => isIn(output, text))) return { ...head, outcome: 'done', calls };
  const what = `the command printed nothing of it: neither ${texts.slice(0, 3).join(' nor ')}`;
  return { ...head, outcome: 'wrong', told: what, calls };
}

/** As words of its own: a code must not be found within an id. */
function isIn(output: string, text: string): boolean {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}_-])${escaped}(?![\\p{L}\\p{N}_-])`, 'u').test(output);
}

/** A request of a later step that is about what the failed one should have made. */
function wentOn(
  step: ProcessStep,
  { step: ended, one }: Walked,
  candidates: ReadonlyMap<string, readonly Candidate[]>,
  facts: ProcessFacts,
): Candidate | undefined {
  const about = step.expect.tests.filter(
    ({ wanted, part }) =>
      'place' in wanted && wanted.place.step === ended.name && part !== 'answer' && part !== 'end',
  );
  if (about.length === 0 || !one) return undefined;
  const bare = { ...step, expect: { status: ANY, job: undefined, tests: about } };
  const over = overAt(ended, one, facts);
  const bound = new Map([[ended.name, one]]);
  return candidates
    .get(step.name)
    ?.find(
      (each) => each.call.startedMono >= over && brokenBy(bare, each, bound, facts).length === 0,
    );
}

/** Whatever it was answered. */
const ANY = Array.from({ length: 600 }, (_, status) => status);
