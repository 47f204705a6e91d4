import { setTimeout as after } from 'node:timers/promises';
import type { Duration } from '../time/moments.js';

/** How often files are looked at. */
const LOOK_EVERY: Duration = 1000;

/** A file that is being written is read when it has stayed as it is for so long. */
const QUIET: Duration = 50;

interface Looking<State> {
  /** How the files were before they were read. */
  before: State;
  /** How they are now. */
  read(): Promise<State>;
  differ(a: State, b: State): boolean;
  changed(now: State, before: State): Promise<void>;
  /** Of `read` or `changed`; the next look comes all the same. */
  failed(error: Error): void;
}

/**
 * Looks at files once a second, and says when they are others and have stayed so. One look comes after the other: a
 * slow reading must not win over a later one.
 * @returns `look`: does it at once; `end`: nothing is said from then on
 */
export function lookAgain<State>(looking: Looking<State>): { look(): void; end(): void } {
  const { read, differ, changed, failed } = looking;
  let known = looking.before;
  let busy = false;
  let ended = false;
  const lookOnce = async () => {
    let now = await read();
    if (!differ(known, now)) {
      known = now;
      return;
    }
    for (let last: State | undefined; last === undefined || differ(last, now); ) {
      await after(QUIET, undefined, { ref: false });
      last = now;
      now = await read();
    }
    const before = known;
    known = now;
    if (!ended) await changed(now, before);
  };
  const look = () => {
    if (busy || ended) return;
    busy = true;
    lookOnce()
      .catch(failed)
      .finally(() => {
        busy = false;
      });
  };
  const timer = setInterval(look, LOOK_EVERY).unref();
  return {
    look,
    end: () => {
      ended = true;
      clearInterval(timer);
    },
  };
}
