import type { Call } from './call.js';
import type { JobAttempt } from './job-attempt.js';
import { type Reads, resultReads } from './reads.js';

/** All that was done about a job, from its request to the reading of its result, each once, by when it began. */
export function readsOfAttempt(attempt: JobAttempt, { reads }: { reads: Reads }): Call[] {
  const { submission, resubmissions = [], polls, asides } = attempt;
  const { good, bad } = resultReads(attempt, reads);
  const looked = [...asides.looks.map(({ call }) => call), ...asides.dismissals, ...asides.early];
  const all = new Set([submission, ...resubmissions, ...polls, ...looked, ...good, ...bad]);
  return [...all].sort((a, b) => a.startedMono - b.startedMono);
}
