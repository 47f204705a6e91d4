import type { MachineMs } from '../../time/moments.js';
import type { Call } from '../call.js';
import type { History } from '../history.js';
import type { Rule } from '../rule.js';
import { SOURCES } from './sources.js';

/** What counts as the same instant, in milliseconds of the machine. */
const INSTANT: MachineMs = 100;
/**
 * A client that asks in turn sends its next request when the last answer has reached it. Requests that follow each
 * other faster than any answer can had been sent together, also where the server answers each within a moment.
 */
const IN_TURN: MachineMs = 0.5;

export const noHerd: Rule = {
  name: 'no-herd',
  title: 'Many jobs are not polled all in the same instant',
  why: 'Many jobs of one morning, all asked for on the full second, are a wave that breaks on the service.',
  severity: 'note',
  sources: [SOURCES.backoff],
  advice: 'add some chance to each wait, and let a queue of polls out a few at a time',
  allowance: { kind: 'count', usual: 10, means: 'jobs polled in one instant' },
  judge: (history, allowedFor) => {
    const allowed = allowedFor();
    const polled = history.attempts.filter(({ polls }) => polls.length > 0).length;
    const manual = history.clock.mode === 'manual';
    const tested = !manual && polled > allowed ? polled : 0;
    const wanting = manual
      ? 'a manual clock has no instants'
      : `no more than ${allowed} jobs were polled`;
    const { jobs, calls } = tested > 0 ? busiest(history) : { jobs: 0, calls: [] };
    if (jobs <= allowed) return { tested, breaches: [], wanting };
    const message = `${jobs} jobs were polled within ${INSTANT} ms`;
    return { tested, breaches: [{ message, calls }], wanting };
  },
};

/** The instant in which most jobs were polled at once. */
function busiest({ attempts: cases }: History): { jobs: number; calls: Call[] } {
  const polls = sentTogether(
    cases.flatMap((one) => one.polls).toSorted((a, b) => began(a) - began(b)),
  );
  const inside = new Map<string, number>();
  let best = { jobs: 0, from: 0, to: 0 };
  let from = 0;
  polls.forEach((poll, to) => {
    change(inside, poll, 1);
    for (; began(poll) - began(polls[from] as Call) > INSTANT; from += 1) {
      change(inside, polls[from] as Call, -1);
    }
    if (inside.size > best.jobs) best = { jobs: inside.size, from, to };
  });
  return { jobs: best.jobs, calls: polls.slice(best.from, best.to + 1) };
}

/** Polls that did not wait for the answer to the one before them, and those that were not waited for. */
function sentTogether(polls: readonly Call[]): Call[] {
  let answered = Number.NEGATIVE_INFINITY;
  const waited = polls.map((poll) => {
    const inTurn = began(poll) >= answered + IN_TURN;
    answered = Math.max(answered, poll.endedMono);
    return inTurn;
  });
  return polls.filter((_, i) => waited[i] === false || waited[i + 1] === false);
}

function change(inside: Map<string, number>, { job = '' }: Call, by: number): void {
  const left = (inside.get(job) ?? 0) + by;
  if (left > 0) inside.set(job, left);
  else inside.delete(job);
}

function began({ startedMono }: Call): MachineMs {
  return startedMono;
}
