import type { History } from '../history.js';
import type { JobAttempt } from '../job-attempt.js';

/**
 * Nobody can say what the client would have done next: it still runs, or it was stopped while it
 * waited for an answer.
 */
export function wasCutShort({ run }: History, { polls }: JobAttempt): boolean {
  if (run === 'running') return true;
  const last = polls.at(-1)?.exchange;
  return run === 'stopped' && (last === undefined || last.durationMs === undefined || last.aborted);
}
