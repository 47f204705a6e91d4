import { machineTime } from '../../sandbox/clock.js';
import type { Session } from '../../sandbox/session.js';
import type { Duration } from '../../time/moments.js';
import type { RequestContext } from './request-context.js';
import { MAX_TIMER, whileConnected } from './while-connected.js';

/**
 * Waits until the session's clock has gone on by `delay`, or the client has left; one of the two is
 * called. What is held when the session ends or the server closes is due at once.
 */
export function delayAnswer(
  context: RequestContext,
  delay: Duration,
  ways: { due: () => void; left: () => void },
): void {
  whileConnected(context, (isDue) => delayUntil(context.session, delay, isDue), ways);
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
      timer = setTimeout(look, Math.min(machineTime(session.clock, ahead), MAX_TIMER));
    }
  };
  const unwatch = session.watch(({ kind }) => {
    if (kind === 'clock') look();
  });
  look();
  return stop;
}
