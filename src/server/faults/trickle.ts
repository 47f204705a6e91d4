import type { Millis } from '../../scenario/duration.js';
import { hold } from '../hold.js';
import { honestHeadOf } from './head.js';
import { leftAlone, type Struck, sent } from './struck.js';

/** Smaller pieces than come in this time of the machine cost much and show nothing more. */
const SHORTEST_WAIT: Millis = 50;

/** The headers trickle in; the body comes at once behind them. */
export function slowHeaders(struck: Struck): void {
  trickle(struck, '', honestHeadOf(struck), struck.answer.body);
}

/** The headers come at once; the body trickles in. */
export function slowBody(struck: Struck): void {
  trickle(struck, honestHeadOf(struck), struck.answer.body, '');
}

/**
 * Sends `before` at once, `slow` at the fault's rate by the session's clock, then `after`. What is left
 * when the session ends is sent at once.
 */
function trickle(struck: Struck, before: string, slow: string, after: string): void {
  const { exchange, fault, socket, answer } = struck;
  const { session } = exchange;
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
    if (gone < bytes.length) wade();
    else {
      if (after) socket.write(after);
      socket.destroySoon();
      sent(struck, answer.body);
    }
  };
  const wade = () => hold(exchange, wait, { due: step, left: () => leftAlone(struck) });
  wade();
}
