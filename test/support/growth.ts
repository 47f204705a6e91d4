const TIMES = 8;
/** What grows less than this grows with its size: chance may go to nearly three times either way. */
export const LINEAR = 24;
const TRIES = 5;
/** In ms of the processor: less could not be told from what the runner does meanwhile. */
const SEEN = 2;
const FIRST = 1000;
const LAST = 1_000_000;

/**
 * How many times as much of the processor's time work takes that is eight times as large: about 8 where it grows
 * with its size, 64 where it grows with the square; {@link LINEAR} lies between. The least of several tries counts, for all else that the machine does
 * can only add to one. 0: a million costs nothing that could be seen.
 */
export function growth(work: (size: number) => unknown): number {
  for (let size = FIRST; size < LAST; size *= 2) {
    const once = cost(work, size);
    // What other threads of the process do is counted too: a ratio that chance has made is asked for again.
    if (once >= SEEN) return Math.min(...Array.from({ length: 3 }, () => ratio(work, size)));
  }
  return 0;
}

function ratio(work: (size: number) => unknown, size: number): number {
  return cost(work, TIMES * size) / cost(work, size);
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
