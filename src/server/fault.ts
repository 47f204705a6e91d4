import type { Fault } from '../scenario/scenario.js';
import { type Exchange, type Remarks, unanswered, write } from './exchange.js';

/** Breaks the connection, or leaves the request without an answer, and writes the exchange down. */
export function playFault(exchange: Exchange, fault: Fault, remarks: Remarks): void {
  if (fault === 'hang') hang(exchange, remarks);
  else {
    // RFC 9293 §3.5.2: a reset, where closing would look like an empty answer.
    exchange.req.socket.resetAndDestroy();
    write(exchange, remarks, unanswered(fault));
  }
}

/**
 * The journal has the exchange at once, open, and its end when the connection ends: the client leaves,
 * or the session ends, or the server closes.
 */
function hang(exchange: Exchange, remarks: Remarks): void {
  const { session, began } = exchange;
  const { socket } = exchange.req;
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
