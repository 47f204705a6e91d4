import type { Moment } from '../../time/moments.js';
import type { Call } from '../call.js';
import { formatApiLength, formatCount } from '../format.js';
import { greatest, pairs } from '../lists.js';
import { judgePolled, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';

export const givesUp: Rule = {
  name: 'gives-up',
  title: 'A job that never ends is given up some day',
  why: 'Some jobs never end. A client that waits for ever holds for ever what it holds: a thread, a form, a person in front of it.',
  severity: 'error',
  sources: [SOURCES.waiters, SOURCES.backoff],
  advice: 'set a greatest time to wait; past it stop, and report the outcome as unknown',
  allowance: { kind: 'duration', usual: 30 * 60_000, paced: true, means: 'to poll for' },
  judge: (history, allowed) =>
    judgePolled(history, 'every job could come to an end', (one) => {
      const { endless, polls, submission } = one;
      const last = polls.at(-1);
      if (!endless || !last) return undefined;
      const span = last.at - submission.at;
      const times = formatCount(polls.length, 'poll');
      if (span > allowed(one)) {
        const message = `the client was still polling after ${formatApiLength(span, history.clock)} and ${times}; ${formatApiLength(allowed(one), history.clock)} are allowed`;
        return { message, calls: [submission, last] };
      }
      if (history.run === 'running') return undefined;
      if (history.run === 'over' || !wasStillAtIt(polls, history.now)) return {};
      const message = `the client was still polling (${times} in ${formatApiLength(span, history.clock)}) when its run was stopped; one that would have given up later needs a longer --timeout`;
      return { message, calls: [submission, last] };
    }),
};

/** The next poll was not overdue yet, going by what the last answer told and by the pauses before. */
function wasStillAtIt(polls: readonly Call[], now: Moment): boolean {
  const pauses = pairs(polls).map(([before, poll]) => poll.at - before.at);
  const { at = now, eta = at, retryAt = at } = polls.at(-1) ?? {};
  return now - Math.max(at, eta, retryAt) <= 2 * Math.max(1000, greatest(pauses));
}
