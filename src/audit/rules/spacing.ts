import type { Call } from '../call.js';
import { formatCount, formatLength } from '../format.js';
import { pairs, smallest } from '../lists.js';
import { isRedirect } from '../reply.js';
import { judgeAttempts, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';

/** Timers fire a little early now and then. */
const SLACK = 0.9;

export const spacing: Rule = {
  name: 'spacing',
  title: 'Between two polls of a job there is a least time, whatever eta says',
  why: 'Where no eta gives a moment (it is past, missing or unreadable), only the client itself can see to it that it does not ask without a pause.',
  severity: 'error',
  sources: [SOURCES.waiters, SOURCES.azure],
  advice: 'wait at least a second between polls, even if eta is past, missing or unreadable',
  allowance: {
    kind: 'duration',
    usual: 1000,
    paced: true,
    means: 'to ask again after no less than',
  },
  judge: (history, allowed) =>
    judgeAttempts(
      history,
      'each poll came at a moment that was told, so no pause was the client’s own',
      (one) => {
        const least = allowed(one);
        const own = pairs(one.pollsBeforeFinal).filter(
          ([before, poll]) => !isLicensed(before, poll),
        );
        if (own.length === 0) return undefined;
        const close = own.filter(([before, poll]) => poll.at - before.at < least * SLACK);
        const gaps = close.map(([before, poll]) => poll.at - before.at);
        const message =
          close.length > 0
            ? `${close.length} of ${formatCount(own.length, 'pause')} between polls were shorter than ${formatLength(least)}, down to ${formatLength(smallest(gaps))}`
            : undefined;
        return { tested: own.length, message, calls: close.map(([, poll]) => poll) };
      },
    ),
};

/** The answer before told a moment ahead of it that has passed, or sent the client on. */
function isLicensed(before: Call, poll: Call): boolean {
  const { eta, retryAt, exchange } = before;
  if (isRedirect(exchange)) return true;
  const told = eta ?? retryAt;
  return told !== undefined && told > before.at && poll.at >= told;
}
