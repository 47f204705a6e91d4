import type { Session } from '../../sandbox/session.js';
import type { Duration } from '../../time/moments.js';
import { reportUnexpected } from '../report-unexpected.js';
import type { RequestContext } from './request-context.js';

/** Node sets a longer timer to a millisecond; a longer wait looks at the clock on its way. */
const MAX_TIMER: Duration = 2 ** 31 - 1;

/**
 * Waits until the session's clock has gone on by `delay`, or the client has left; one of the two is
 * called. What is held when the session ends or the server closes is due at once.
 */
export function delayAnswer(
  { session, req: { socket }, res }: RequestContext,
  delay: Duration,
  { due, left }: { due: () => void; left: () => void },
): void {
  let stop = () => {};
  const leave = () => {
    stop();
    left();
  };
  socket.once('close', leave);
  stop = delayUntil(session, delay, () => {
    socket.off('close', leave);
    try {
      due();
    } catch (error) {
      // It is one request that goes wrong, though nobody calls from there any more.
      reportUnexpected(error);
      socket.destroy();
      res.destroy();
    }
  });
}

/**
 * Calls `due` once the session's clock has gone on by `delay`, or the session has ended. A clock that
 * moves by itself is looked at by a timer, a manual one when it is moved.
 * @returns a function that ends the wait
 */
export function delayUntil(session: Session, delay: Duration, due: () => void): () => void {
  const { clock } = session;
  const moment = Math.ceil(clock.now() + delay / clock.pace);
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    clearTimeout(timer);
    unwatch();
  };
  const look = () => {
    clearTimeout(timer);
    const ahead = moment - session.clock.now();
    if (ahead <= 0 || session.ended) {
      stop();
      due();
    } else if (session.clock.mode !== 'manual') {
      timer = setTimeout(look, Math.min(ahead, MAX_TIMER));
    }
  };
  const unwatch = session.watch(({ kind }) => {
    if (kind === 'clock') look();
  });
  look();
  return stop;
}
