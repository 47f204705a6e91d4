import type { Case } from '../case.js';
import type { History } from '../history.js';

/**
 * Nobody can say what the client would have done next: it still runs, or it was stopped while it
 * waited for an answer.
 */
export function wasCutShort({ run }: History, { polls }: Case): boolean {
  if (run === 'running') return true;
  const last = polls.at(-1)?.exchange;
  return run === 'stopped' && (last === undefined || last.took === undefined || last.left);
}
