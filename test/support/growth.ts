const TIMES = 256;
/** Far from both: what grows with its size has 1, what grows with the square 2. */
export const LINEAR = 1.7;
/** In ms of the processor: less could not be told from what the runner does meanwhile. */
const SEEN = 0.3;
const FIRST = 500;
const LAST = 500_000;

/**
 * The power of its size that the processor's time of some work grows with, between a size at which it can be seen and
 * one that is so many times as large: 1, or 1.4 where eight times as much is added by garbage and by leaving what memory
 * is near; 2 for the square. Of each the least of several tries counts, for all else that the machine does can only add
 * to one. 0: half a million costs nothing that could be seen.
 */
export function growth(work: (size: number) => unknown, times = TIMES): number {
  // What is compiled once it is used is compiled by now.
  cost(work, FIRST, 10);
  for (let size = FIRST; size < LAST; size *= 2) {
    const before = cost(work, size, 5);
    if (before < SEEN) continue;
    return Math.log(cost(work, times * size, 2) / before) / Math.log(times);
  }
  return 0;
}

function cost(work: (size: number) => unknown, size: number, tries: number): number {
  const times = Array.from({ length: tries }, () => {
    const began = process.cpuUsage();
    work(size);
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
