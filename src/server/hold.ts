import type { Millis } from '../scenario/duration.js';
import type { Exchange } from './exchange.js';

/** Node sets a longer timer to a millisecond; a longer wait looks at the clock on its way. */
const LONGEST_TIMER: Millis = 2 ** 31 - 1;

/**
 * Waits until the session's clock has gone on by `delay`, or the client has left; one of the two is
 * called. A clock that moves by itself is looked at by a timer, a manual one when it is moved. What is
 * held when the session ends or the server closes is due at once.
 */
export function hold(
  { session, req: { socket } }: Exchange,
  delay: Millis,
  { due, left }: { due: () => void; left: () => void },
): void {
  const { clock } = session;
  const moment = Math.ceil(clock.now() + delay / clock.pace);
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    clearTimeout(timer);
    unwatch();
    socket.off('close', leave);
  };
  const leave = () => {
    stop();
    left();
  };
  const look = () => {
    clearTimeout(timer);
    const ahead = moment - session.clock.now();
    if (ahead <= 0 || session.ended) {
      stop();
      due();
    } else if (session.clock.mode !== 'manual') {
      timer = setTimeout(look, Math.min(ahead, LONGEST_TIMER));
    }
  };
  const unwatch = session.watch(({ kind }) => {
    if (kind === 'clock') look();
  });
  socket.once('close', leave);
  look();
}
