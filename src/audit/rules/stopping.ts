import type { MachineMs } from '../../time/moments.js';
import type { Call } from '../call.js';
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

/**
 * The client was refused and stopped, as it is to do without new credentials (RFC 9110 §15.5.2, §15.5.4): what
 * it has left undone since then is not held against it. One that had new ones after a 401 could have gone on.
 * @param renewed when its clients were last let in with new credentials, as `lastRenewal` finds out
 */
export function wasRefused({ polls }: JobAttempt, renewed: MachineMs): boolean {
  const last = polls.at(-1);
  return last?.reply === 'refused' && !hadNewCredentials(last, renewed);
}

export function hadNewCredentials({ exchange }: Call, renewed: MachineMs): boolean {
  return exchange.status === 401 && renewed > exchange.startedMono;
}
