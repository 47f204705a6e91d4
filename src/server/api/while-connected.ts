import type { Duration } from '../../time/moments.js';
import { reportUnexpected } from '../report-unexpected.js';
import type { RequestContext } from './request-context.js';

/** Node sets a longer timer to a millisecond; a longer wait looks at the clock on its way. */
export const MAX_TIMER: Duration = 2 ** 31 - 1;

/**
 * Begins a wait that ends in one of two ways: something is due, or the client has left.
 * @param begin is given what to call when it is due; @returns a function that ends the wait
 */
export function whileConnected(
  { req: { socket }, res }: RequestContext,
  begin: (isDue: () => void) => () => void,
  { due, left }: { due: () => void; left: () => void },
): void {
  if (socket.destroyed) {
    left();
    return;
  }
  let stop = () => {};
  const leave = () => {
    stop();
    left();
  };
  socket.once('close', leave);
  stop = begin(() => {
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
