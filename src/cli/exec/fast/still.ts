import type { Duration, MachineMs } from '../../../time/moments.js';
import type { RunningCommand } from '../run-command.js';

const LOOK: MachineMs = 500;
/** Nothing that is asked of a client makes it wait so long between two requests, in its own time. */
const LONG: Duration = 5 * 60_000;
/** A busy machine may keep a client from its work for a while. */
const LEAST: MachineMs = 20_000;
/** Builds and virtual machines take their time before the first request. */
const LEAST_AT_FIRST: MachineMs = 90_000;

/** How long a client may stand still on this machine before it is taken to hang. */
export function stillAt(rate: number, requests: number): MachineMs {
  return Math.max(LONG / rate, requests === 0 ? LEAST_AT_FIRST : LEAST);
}

/** Ends a command that sends nothing any more and does not end either: what waits beside a fast clock may hang. */
export function watchStill(rate: number) {
  let timer: NodeJS.Timeout | undefined;
  const watch = {
    stood: false,
    begin: ({ stop }: RunningCommand, requests: () => number): void => {
      let seen = { requests: requests(), at: performance.now() };
      timer = setInterval(() => {
        const now = performance.now();
        if (requests() !== seen.requests) seen = { requests: requests(), at: now };
        if (now - seen.at < stillAt(rate, seen.requests)) return;
        watch.stood = true;
        watch.end();
        stop();
      }, LOOK);
      timer.unref();
    },
    end: (): void => clearInterval(timer),
  };
  return watch;
}
