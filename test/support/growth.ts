const DOUBLINGS = 4;
/** What grows with its size doubles when that doubles, what grows with the square takes four times as much. */
export const LINEAR = 3;
const TRIES = 5;
/** In ms of the processor: less could not be told from what the runner does meanwhile. */
const SEEN = 1;
const FIRST = 1000;
const LAST = 1_000_000;

/**
 * How many times as much of the processor's time work takes that is twice as large: the second least of four doublings,
 * for at some of them the work leaves what memory is near, or its garbage is looked through. Of each size the least of several tries counts, for all
 * else that the machine does can only add to one. 0: a million costs nothing that could be seen.
 */
export function growth(work: (size: number) => unknown): number {
  // What is compiled once it is used is compiled by now.
  cost(work, DOUBLINGS * FIRST);
  for (let size = FIRST; size < LAST; size *= 2) {
    let before = cost(work, size);
    if (before < SEEN) continue;
    const times = Array.from({ length: DOUBLINGS }, (_, i) => {
      const now = cost(work, size * 2 ** (i + 1));
      const ratio = now / before;
      before = now;
      return ratio;
    });
    return times.sort((a, b) => a - b)[1] ?? Number.NaN;
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
