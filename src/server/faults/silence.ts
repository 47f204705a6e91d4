import { unanswered, write } from '../exchange.js';
import { nothingSent, type Struck } from './struck.js';

/** RFC 9293 §3.5.2: a reset, where closing would look like an empty answer. */
export function reset(struck: Struck): void {
  struck.socket.resetAndDestroy();
  nothingSent(struck);
}

/** Closes the connection in peace, without a byte of an answer. */
export function emptyReply(struck: Struck): void {
  struck.socket.destroySoon();
  nothingSent(struck);
}

/**
 * Never answers. The journal has the exchange at once, open, and its end when the connection ends: the
 * client leaves, or the session ends, or the server closes.
 */
export function hang({ exchange, remarks, socket }: Struck): void {
  const { session, began } = exchange;
  const entry = write(exchange, remarks, unanswered('hang'));
  let cut = session.ended;
  const unwatch = session.watch(({ kind }) => {
    if (kind !== 'end') return;
    cut = true;
    socket.destroy();
  });
  socket.once('close', () => {
    unwatch();
    entry.until = session.clock.now();
    entry.took = performance.now() - began;
    entry.left = !cut;
  });
  if (cut) socket.destroy();
}
