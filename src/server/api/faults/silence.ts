import { unanswered, writeExchange } from '../journal-line.js';
import { type FaultContext, nothingSent } from './fault-context.js';

/** RFC 9293 §3.5.2: a reset, where closing would look like an empty answer. */
export function reset(faulty: FaultContext): void {
  faulty.socket.resetAndDestroy();
  nothingSent(faulty);
}

/** Closes the connection in peace, without a byte of an answer. */
export function emptyReply(faulty: FaultContext): void {
  faulty.socket.destroySoon();
  nothingSent(faulty);
}

/**
 * Never answers. The journal has the exchange at once, open, and its end when the connection ends: the
 * client leaves, or the session ends, or the server closes.
 */
export function hang({ context, journal, socket }: FaultContext): void {
  const { session, startedMono } = context;
  const entry = writeExchange(context, journal, unanswered('hang'));
  let cut = session.ended;
  const unwatch = session.watch(({ kind }) => {
    if (kind !== 'end') return;
    cut = true;
    socket.destroy();
  });
  socket.once('close', () => {
    unwatch();
    entry.until = session.clock.now();
    entry.took = performance.now() - startedMono;
    entry.left = !cut;
  });
  if (cut) socket.destroy();
}
