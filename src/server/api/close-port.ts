import type { Session } from '../../sandbox/session.js';
import type { Duration } from '../../time/moments.js';
import type { PortGate } from '../http/port-gate.js';
import { delayUntil } from './delay-answer.js';

/**
 * Takes no connection at a gate for a length of a session's time. Nobody but this process can move a manual clock while
 * nobody listens: there the machine's time counts too, whichever is first.
 */
export function closePortFor(session: Session, gate: PortGate, length: Duration): void {
  const reopen = gate.close(session);
  const stop = delayUntil(session, length, reopen);
  if (session.clock.mode !== 'manual') return;
  setTimeout(() => {
    stop();
    reopen();
  }, length).unref();
}
