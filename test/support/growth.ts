const TIMES = 32;
/** What grows less than this grows with its size: a busy machine may make it seem five times worse, or better. */
export const LINEAR = 180;
const TRIES = 3;
/** In ms of the processor: less could not be told from what the runner does meanwhile. */
const SEEN = 0.5;
const FIRST = 1000;
const LAST = 1_000_000;

/**
 * How many times as much of the processor's time work takes that is 32 times as large: about 32 where it grows
 * with its size, 1024 where it grows with the square; {@link LINEAR} lies between, far from both. The least of several
 * tries counts, for all else that the machine does can only add to one. 0: a million costs nothing that could be seen.
 */
export function growth(work: (size: number) => unknown): number {
  for (let size = FIRST; size < LAST; size *= 2) {
    const once = cost(work, size);
    if (once >= SEEN) return cost(work, TIMES * size) / once;
  }
  return 0;
}

function cost(work: (size: number) => unknown, size: number): number {
  const times = Array.from({ length: TRIES }, () => {
    const began = process.cpuUsage();
    work(size);
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
