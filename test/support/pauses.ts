import { judge } from '../../src/audit/judge.js';
import type { RuleVerdict, Tolerances } from '../../src/audit/verdict.js';
import type { Exchange } from '../../src/sandbox/journal.js';
import { done, evidence, poll, START, submission } from './evidence.js';

/** What a client does about a wait: what eta asks for, and how many polls it has made. It answers the pause that it makes. */
export type Pause = (asked: number, polls: number) => number;

/** How long each answer takes in these journals, in milliseconds. */
const TAKES = 4;

/**
 * The journal of one job, by what its client does. Lengths in milliseconds: each answer tells an eta so far ahead,
 * and the job is done when all have been told.
 */
export function lived(
  pause: Pause,
  etas: readonly number[],
  { job = 'job', from = 0, pace = 1 } = {},
): Exchange[] {
  let at: number = from;
  const answered = (i: number) => {
    const told = etas[i];
    return {
      at,
      endedAt: START + at + TAKES,
      durationMs: TAKES,
      eta: told === undefined ? undefined : START + at + TAKES + told / pace,
    };
  };
  const exchanges = [submission(job, answered(0))];
  etas.forEach((asked, i) => {
    at += TAKES + pause(asked, i) / pace;
    const last = i === etas.length - 1;
    exchanges.push(poll(job, { ...answered(i + 1), ...(last ? done : {}) }));
  });
  return exchanges;
}

/** What a rule says of a journal. */
export function judged(
  rule: string,
  exchanges: readonly Exchange[],
  { pace = 1, tolerances = {} as Tolerances, eta = 'promise' as 'promise' | 'hint' } = {},
): RuleVerdict {
  const plain = evidence(exchanges);
  const clock = { mode: pace === 1 ? ('real' as const) : ('paced' as const), pace };
  const verdict = judge({ ...plain, clock, api: { ...plain.api, eta } }, tolerances);
  return verdict.rules.find((one) => one.rule === rule) as RuleVerdict;
}
