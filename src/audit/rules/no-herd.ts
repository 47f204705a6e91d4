import type { MachineMs } from '../../time/moments.js';
import type { Call } from '../call.js';
import type { History } from '../history.js';
import type { Rule } from '../rule.js';
import { SOURCES } from './sources.js';

/** What counts as the same instant, in milliseconds of the machine. */
const INSTANT: MachineMs = 100;

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

/** The instant in which most jobs were polled. */
function busiest({ attempts: cases }: History): { jobs: number; calls: Call[] } {
  const polls = cases
    .flatMap((one) => one.polls)
    .toSorted((a, b) => a.exchange.startedMono - b.exchange.startedMono);
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

function change(inside: Map<string, number>, { exchange: { job = '' } }: Call, by: number): void {
  const left = (inside.get(job) ?? 0) + by;
  if (left > 0) inside.set(job, left);
  else inside.delete(job);
}

function began({ exchange }: Call): MachineMs {
  return exchange.startedMono;
}
