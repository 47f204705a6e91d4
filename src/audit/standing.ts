import type { Exchange } from '../sandbox/journal.js';
import type { Duration, Moment } from '../time/moments.js';
import { retryAt } from './call.js';
import { wasToldEnd } from './deliveries.js';
import type { Evidence, Run } from './evidence.js';
import { readHistories } from './history.js';
import type { JobAttempt } from './job-attempt.js';
import { isPointlessToRepeat } from './reply.js';

/** A client may come so much later than it was told to; a length of the API's time. */
const GRACE: Duration = 5000;

/**
 * How the run of a client stands of which nobody has said that it is over: `running` while one of its requests is
 * open, or while it may rightly wait, because the next poll of a job was told for later or is due since a few
 * seconds only; else `over`.
 * @param open some request of the session has no answer yet
 */
export function standingOf(evidence: Omit<Evidence, 'run'>, open: boolean): Run {
  if (open) return 'running';
  const due = evidence.now - GRACE / evidence.clock.pace;
  const waitsByHint = [evidence.api, ...(evidence.apis?.values() ?? [])].some(
    ({ pollHint, slower }) => pollHint !== undefined || slower !== undefined,
  );
  // No poll is told for later than any answer says.
  const mayWait = evidence.exchanges.some((exchange) => latestIn(exchange) >= due);
  if (!waitsByHint && !mayWait) return 'over';
  const attempts = readHistories({ ...evidence, run: 'running' }).flatMap((one) => one.attempts);
  const waits = (one: JobAttempt) => (dueAt(one) ?? Number.NEGATIVE_INFINITY) >= due;
  return attempts.some(waits) ? 'running' : 'over';
}

function latestIn(exchange: Exchange): Moment {
  const { at, endedAt = at, eta = endedAt } = exchange;
  return Math.max(endedAt, eta, retryAt(exchange) ?? endedAt);
}

/** When the next poll of a job was told for; undefined: nothing is left to ask. */
function dueAt(one: JobAttempt): Moment | undefined {
  const { job, end, polls, submission, asides } = one;
  if (job === undefined || end || asides.dismissals.length > 0 || wasToldEnd(one)) return undefined;
  const last = polls.at(-1) ?? submission;
  if (last !== submission && isPointlessToRepeat(last.reply)) return undefined;
  const answered = last.endedAt ?? last.at;
  return Math.max(
    answered,
    last.eta ?? last.etaAtRequest?.eta ?? answered,
    last.retryAt ?? answered,
  );
}
