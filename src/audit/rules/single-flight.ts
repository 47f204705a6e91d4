import { type Call, endedMono, waitedFor } from '../call.js';
import { formatCount } from '../format.js';
import { judgeAttempts, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';

/** Faster answers give a client no time to overlap. */
const SLOW = 100;
/** That a client has left, and that it has come again, may reach a busy server in either order. */
const SLACK = 250;

export const singleFlight: Rule = {
  name: 'single-flight',
  title: 'No poll of a job is sent while another one is on its way',
  why: 'A timer that polls whether or not the last answer has come piles up requests on a service that is slow already.',
  severity: 'error',
  sources: [SOURCES.concurrency, SOURCES.waiters],
  advice: 'start the wait for the next poll when the answer has come, not on a fixed timer',
  judge: (history) =>
    judgeAttempts(history, 'every answer came at once', ({ polls }) => {
      const overlapping = overlaps(polls);
      let slow = 0;
      for (const poll of polls) if (waitedFor(poll, history.now) >= SLOW) slow += 1;
      if (slow === 0 && overlapping.length === 0) return undefined;
      const message =
        overlapping.length > 0
          ? `${formatCount(overlapping.length, 'poll')} came while an earlier one of the same job had no answer yet`
          : undefined;
      return { tested: Math.max(slow, overlapping.length), message, calls: overlapping };
    }),
};

function overlaps(polls: readonly Call[]): Call[] {
  let busyUntil = Number.NEGATIVE_INFINITY;
  return polls.filter((poll) => {
    const early = poll.exchange.startedMono < busyUntil;
    busyUntil = Math.max(busyUntil, endedMono(poll) - (poll.exchange.aborted ? SLACK : 0));
    return early;
  });
}
