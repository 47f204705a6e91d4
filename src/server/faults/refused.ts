import { doorOf } from '../door.js';
import { until } from '../hold.js';
import { reset } from './silence.js';
import type { Struck } from './struck.js';

/**
 * Breaks the connection, and for a while nobody listens where the client has knocked. Its session's
 * other connections there end as well, as they do when a server goes down.
 *
 * Nobody but this process can move a manual clock while nobody listens: there the machine's time counts
 * too, whichever is first.
 */
export function refused(struck: Struck): void {
  const { exchange, fault, socket } = struck;
  const { session } = exchange;
  const door = doorOf(socket);
  reset(struck);
  const reopen = door?.shut(session);
  if (!reopen) return;
  const stop = until(session, fault.closed, reopen);
  if (session.clock.mode !== 'manual') return;
  setTimeout(() => {
    stop();
    reopen();
  }, fault.closed).unref();
}
