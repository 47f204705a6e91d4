import type { Millis } from '../../../scenario/duration.js';
import { delayAnswer } from '../delay-until.js';
import { clientAborted, type FaultContext, sent } from './fault-context.js';
import { honestHeadOf } from './head.js';

/** Smaller pieces than come in this time of the machine cost much and show nothing more. */
const SHORTEST_WAIT: Millis = 50;

/** The headers trickle in; the body comes at once behind them. */
export function slowHeaders(faulty: FaultContext): void {
  trickle(faulty, '', honestHeadOf(faulty), faulty.answer.body);
}

/** The headers come at once; the body trickles in. */
export function slowBody(faulty: FaultContext): void {
  trickle(faulty, honestHeadOf(faulty), faulty.answer.body, '');
}

/**
 * Sends `before` at once, `slow` at the fault's rate by the session's clock, then `after`. What is left
 * when the session ends is sent at once.
 */
function trickle(faulty: FaultContext, before: string, slow: string, after: string): void {
  const { context, fault, socket, answer } = faulty;
  const { session } = context;
  const { pace } = session.clock;
  const bytes = Buffer.from(slow);
  const began = session.clock.now();
  const wait = Math.max(SHORTEST_WAIT * pace, 1000 / fault.rate);
  let gone = 0;
  if (before) socket.write(before);
  const step = () => {
    const elapsed = (session.clock.now() - began) * pace;
    const due = session.ended ? bytes.length : Math.floor((elapsed * fault.rate) / 1000);
    socket.write(bytes.subarray(gone, due));
    gone = due;
    if (gone < bytes.length) scheduleNext();
    else {
      if (after) socket.write(after);
      socket.destroySoon();
      sent(faulty, answer.body);
    }
  };
  const scheduleNext = () =>
    delayAnswer(context, wait, { due: step, left: () => clientAborted(faulty) });
  scheduleNext();
}
