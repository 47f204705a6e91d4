import { portGateOf } from '../../port-gate.js';
import { delayUntil } from '../delay-until.js';
import type { FaultContext } from './fault-context.js';
import { reset } from './silence.js';

/**
 * Breaks the connection, and for a while nobody listens where the client has knocked. Its session's
 * other connections there end as well, as they do when a server goes down.
 *
 * Nobody but this process can move a manual clock while nobody listens: there the machine's time counts
 * too, whichever is first.
 */
export function refused(faulty: FaultContext): void {
  const { context, fault, socket } = faulty;
  const { session } = context;
  const gate = portGateOf(socket);
  reset(faulty);
  const reopen = gate?.close(session);
  if (!reopen) return;
  const stop = delayUntil(session, fault.closed, reopen);
  if (session.clock.mode !== 'manual') return;
  setTimeout(() => {
    stop();
    reopen();
  }, fault.closed).unref();
}
