import { pairs } from './lists.js';
import type { JobVerdict, Mark } from './verdict.js';

/** Pauses that differ by less are those of one timer. */
const EVEN = 1.3;
/** So large a part of a timer's pauses is even; the last may be cut, the first one longer. */
const MOSTLY = 2 / 3;
/** The second of two polls that belong together follows after so small a part of the pause before. */
const TOGETHER = 0.2;

/**
 * Were a job's polls sent by two workers that do not know of each other? Each of them waits for its own
 * answers and keeps the etas that it has read; it is only together that they overlap or come too early. A
 * timer that does not wait for answers ticks evenly, and so is told from them.
 */
export function isPolledByTwo({ submission, polls }: JobVerdict): boolean {
  if (polls.length < 3) return false;
  const workers: Mark[][] = [[], []];
  for (const poll of polls) {
    const free = workers.find((own) => isOnTime(poll, own.at(-1) ?? submission));
    if (!free) return false;
    free.push(poll);
  }
  const [, second = []] = workers;
  if (second.length < 2 || isEven(polls)) return false;
  return comeTogether([submission, ...polls], new Set(second));
}

/** The worker has had its last answer, and the eta of that is not ahead. */
function isOnTime({ at }: Mark, last: Mark): boolean {
  return last.until !== undefined && last.until <= at && (last.eta ?? at) <= at + SLACK;
}

/** Timers fire a little early now and then. */
const SLACK = 50;

/** Most polls of the second worker come right behind or before one of the first, or while that is under way. */
function comeTogether(marks: readonly Mark[], second: ReadonlySet<Mark>): boolean {
  const close = pairs(marks).filter(([before, poll], i) => {
    if (i === 0 || second.has(before) === second.has(poll)) return false;
    const pause = before.at - (marks[i - 1]?.at ?? before.at);
    const isUnderWay = before.until === undefined || poll.at < before.until;
    return isUnderWay || poll.at - before.at <= pause * TOGETHER;
  });
  return close.length >= Math.ceil(second.size / 2);
}

function isEven(polls: readonly Mark[]): boolean {
  const pauses = pairs(polls).map(([before, poll]) => poll.at - before.at);
  const sorted = pauses.toSorted((a, b) => a - b);
  const usual = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const even = pauses.filter((pause) => pause <= usual * EVEN && usual <= pause * EVEN);
  return even.length >= pauses.length * MOSTLY;
}
