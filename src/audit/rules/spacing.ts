import type { Duration } from '../../time/moments.js';
import type { Call } from '../call.js';
import { credentialReader, sameHeaders } from '../credentials.js';
import { formatApiLength, formatCount } from '../format.js';
import type { JobAttempt } from '../job-attempt.js';
import { smallest } from '../lists.js';
import { isMishap, isRedirect } from '../reply.js';
import { judgePolled, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';

/** Timers fire a little early now and then. */
const SLACK = 0.9;
/** So much before a moment that was told a poll still comes at it. Milliseconds of the machine. */
const EARLY: Duration = 50;

export const spacing: Rule = {
  name: 'spacing',
  title: 'Between two polls of a job there is a least time, whatever eta says',
  why: 'Where no eta gives a moment (it is past, missing, unreadable or only a hint), only the client itself can see to it that it does not ask without a pause. Pauses after failures are judged by backs-off.',
  severity: 'error',
  sources: [SOURCES.waiters, SOURCES.azure],
  advice: 'wait at least a second between polls, even if eta is past, missing or unreadable',
  allowance: {
    kind: 'duration',
    usual: 1000,
    paced: true,
    means: 'to ask again after no less than',
  },
  judge: (history, allowed) => {
    const { clock, api } = history;
    const credentialsOf = credentialReader(api.credentials);
    const wanting =
      'each poll came at a moment that was told or after a failure, so no pause was the client’s own';
    return judgePolled(history, wanting, (one) => {
      // A clock that makes everything last longer asks no longer pause of a client that keeps to the machine's.
      const least = Math.min(allowed(one), allowed(one) * clock.pace);
      const close: Call[] = [];
      const gaps: Duration[] = [];
      let own = 0;
      let before: Call | undefined;
      for (const poll of one.pollsBeforeFinal) {
        const last = before;
        before = poll;
        if (!last || isLicensed(last, poll, api.eta === 'promise')) continue;
        if (renewsCredentials(last, poll, credentialsOf) || asksAfterCancelling(one, last, poll))
          continue;
        own += 1;
        const pause = pauseOf(last, poll);
        if (pause >= least * SLACK) continue;
        close.push(poll);
        gaps.push(pause);
      }
      if (own === 0) return undefined;
      const message = () =>
        `${close.length} of ${formatCount(own, 'pause')} between polls were shorter than ${formatApiLength(least, clock)}, down to ${formatApiLength(smallest(gaps), clock)}`;
      return { tested: own, message: close.length > 0 ? message : undefined, calls: close };
    });
  },
};

/** Between the two it has cancelled or deleted the job: one may look at once what has become of it. */
function asksAfterCancelling({ asides }: JobAttempt, before: Call, poll: Call): boolean {
  return asides.dismissals.some(
    ({ startedMono: at }) => at >= before.startedMono && at <= poll.startedMono,
  );
}

/** From request to request; an answer that was held has kept its client waiting, and is no pause of its own. */
function pauseOf({ at, endedAt: until = at, held }: Call, poll: Call): Duration {
  return poll.at - (held ? until : at);
}

/** The pause is none of the client's own choice, or another rule's business. */
function isLicensed(before: Call, poll: Call, etaBinds: boolean): boolean {
  const { retryAt, advisedAt } = before;
  if (poll.prompted || isMishap(before.reply) || isRedirect(before)) return true;
  // The server makes the pause of a request that is held.
  if (poll.held) return true;
  // An answer without a moment, such as 304, leaves the one before it in force.
  const eta = before.eta ?? poll.etaAtRequest?.eta;
  const told = (etaBinds ? eta : undefined) ?? retryAt ?? advisedAt;
  return told !== undefined && told > before.at && poll.at >= told - EARLY;
}

/** RFC 9110 §15.5.2: a request that was answered 401 may be repeated with other credentials, and nothing waits for it. */
function renewsCredentials(
  before: Call,
  poll: Call,
  credentialsOf: ReturnType<typeof credentialReader>,
): boolean {
  if (before.status !== 401) return false;
  return !sameHeaders(credentialsOf(before.exchange), credentialsOf(poll.exchange));
}
