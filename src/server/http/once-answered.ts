import type { ServerResponse } from 'node:http';

/** A server that nobody asks anything makes itself ready after so long, in milliseconds of the machine. */
const IDLE = 1000;

/** Does what can wait once the first answer has gone out, or when nobody has asked for a while. */
export function onceAnswered(act: () => void): (res: ServerResponse) => void {
  let done = false;
  const go = () => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    act();
  };
  const timer = setTimeout(go, IDLE).unref();
  return (res) => {
    if (!done) res.once('close', go);
  };
}
