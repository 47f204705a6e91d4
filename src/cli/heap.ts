import { availableParallelism } from 'node:os';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/**
 * V8 lets a heap of many small lasting objects grow to several times what lives in it before it collects:
 * with a hundred thousand waiting jobs that is 390 MiB instead of 235.
 */
const OLD_SPACE = '--heap-growing-percent=60';
/**
 * Its young part begins with 1 MiB, so that it is collected every 130 polls, and grows to 16 MiB and their
 * copy. With 3 MiB and their copy a poll costs a tenth less than with 1; more bring little and hold 30 MiB.
 */
const YOUNG_SPACE = 2 * 3 * 1024 * 1024;
/**
 * What waits for a store outlives what does not, and is copied by each collection of a young part that is small. With
 * 8 MiB and their copy a strict poll costs 0.93 of the processor's time that it costs with 3; with 16 more than with 3.
 */
const YOUNG_SPACE_OF_STORE = 2 * 8 * 1024 * 1024;
/**
 * With one core V8's four helpers take turns with the thread that they are to relieve: it stood still for 120 ms again and
 * again while jobs were scheduled, and each cost a third more. Flags about marking must not change while it goes on.
 */
const WITHOUT_HELPERS = '--no-parallel-scavenge';
/**
 * V8 puts what it makes at a place of the program into the old part at once, where most of what came from there before has
 * outlived a collection. Beside a store that is what each request makes, for it waits for a few milliseconds; and what is
 * dead there keeps alive whatever it points to, until the whole heap is collected. It is up to chance whether V8 comes to
 * that: without it a poll over Redis costs 0.69 to 0.79 of what it costs with it, and always as much.
 */
const AT_ONCE = '--no-allocation-site-pretenuring';
/**
 * V8 marks what lives by four threads beside the one that serves. On two cores or one they take those from it: with
 * 100,000 jobs in memory it stood still for 75 to 93 ms, by a store for 63; and without them for 57 to 63, and 52 once.
 * A poll of a store costs 0.93 of what it costs with them, a job that is scheduled in memory 0.77 to 0.93.
 */
const ALONE = '--no-concurrent-marking';
const growsBy = (factor: number) => `--semi-space-growth-factor=${factor}`;
/** V8 grows the young part when as much as it holds has survived: some thousands of exchanges. */
const BETWEEN_LOOKS = 500;

/**
 * Fits V8's heap to what a sandbox keeps. V8 shrinks the young part when little happens, so it has to be
 * looked after.
 * @param waits whether requests wait for a store
 * @returns to be called at each exchange
 */
export function tendHeap(waits: boolean): () => void {
  setFlagsFromString(OLD_SPACE);
  setFlagsFromString(AT_ONCE);
  const cores = availableParallelism();
  if (cores === 1) setFlagsFromString(WITHOUT_HELPERS);
  if (cores <= 2) setFlagsFromString(ALONE);
  // What is read at the start stays: the young part would grow for it and be too large for what follows.
  setFlagsFromString(growsBy(1));
  const wanted = waits ? YOUNG_SPACE_OF_STORE : YOUNG_SPACE;
  let factor = 1;
  let exchanges = 0;
  return () => {
    exchanges += 1;
    if (exchanges % BETWEEN_LOOKS !== 0) return;
    const needed = Math.max(1, Math.round(wanted / youngSpace()));
    if (needed === factor) return;
    setFlagsFromString(growsBy(needed));
    factor = needed;
  };
}

/** What V8 has for young objects and their copy, in bytes; where it does not say, nothing has to grow. */
function youngSpace(): number {
  return (
    getHeapSpaceStatistics().find((space) => space.space_name === 'new_space')?.space_size ??
    Number.POSITIVE_INFINITY
  );
}
