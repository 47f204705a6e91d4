import type { Duration, Moment } from '../../time/moments.js';
import type { Call } from '../call.js';
import type { History } from '../history.js';
import type { JobAttempt } from '../job-attempt.js';
import { pairs, smallest } from '../lists.js';
import { isMishap } from '../reply.js';
import { type Grant, isRefusedGrant } from '../tokens.js';
import { LEAST_PAUSE, TIMERS } from '../waits.js';

/**
 * Nobody can say what the client would have done next: it still runs, or it was stopped while it
 * waited for an answer, or while it may still have waited to ask again, as it was told or by itself.
 */
export function wasCutShort({ run, now }: History, { polls }: JobAttempt): boolean {
  if (run === 'running') return true;
  const last = polls.at(-1);
  if (run !== 'stopped') return false;
  if (!last || last.exchange.durationMs === undefined || last.exchange.aborted) return true;
  return Math.max(toldToWaitUntil(last), backsOffUntil(last, polls.at(-2))) > now;
}

/** When a client would have come that goes by what it was told, and rounds up to whole seconds; long ago where it was told nothing. */
function toldToWaitUntil({ eta, etaAtRequest, retryAt, advisedAt }: Call): Moment {
  const told = [eta ?? etaAtRequest?.eta, retryAt, advisedAt];
  const newest = Math.max(...told.map((moment = Number.NEGATIVE_INFINITY) => moment));
  return newest + LEAST_PAUSE + TIMERS;
}

/** When the pause of a client would be over that doubles it after each failure in a row; long ago where it makes none. */
function backsOffUntil(last: Call, before: Call | undefined): Moment {
  if (!before || !isMishap(last.reply) || !isMishap(before.reply)) return Number.NEGATIVE_INFINITY;
  const pause = last.at - (before.endedAt ?? before.at);
  return (last.endedAt ?? last.at) + 2 * pause + TIMERS;
}

/** As long do many clients wait for a job; a length of the API's time. */
const PATIENCE: Duration = 600_000;

/**
 * In a session that is faster than its API a client may divide its patience and not its pauses, none of which is
 * shorter than a second of the machine: then it is out of patience after polls that would else have taken a part of it.
 */
export function lostPatience(
  { clock: { pace } }: History,
  { submission, polls }: JobAttempt,
): boolean {
  if (pace <= 1) return false;
  const last = polls.at(-1);
  const before = polls.at(-2);
  if (!last || !before) return false;
  const pauses = pairs(polls).map(([one, next]) => next.at - (one.endedAt ?? one.at));
  if (smallest(pauses) < LEAST_PAUSE - TIMERS) return false;
  // The next pause is twice as long, where failures follow each other.
  return last.at - submission.at + 2 * (last.at - before.at) > PATIENCE / pace;
}

/**
 * The client was refused and stopped, as it is to do without new credentials (RFC 9110 §15.5.2, §15.5.4): what
 * it has left undone since then is not held against it. One that had new ones after a 401 could have gone on.
 */
export function wasRefused({ polls }: JobAttempt, known: Renewals): boolean {
  const last = polls.at(-1);
  return last?.reply === 'refused' && !hadNewCredentials(last, known);
}

/**
 * A token that was handed out here is followed: its client had a new one once it was refreshed, be it that no request
 * came with that, and none once the refresh was refused, whatever other clients of the session had.
 */
export function hadNewCredentials(call: Call, { renewed, tokens }: Renewals): boolean {
  if (call.status !== 401) return false;
  const family = tokens?.tokenOf(call)?.family;
  const isLater = ({ call: asked }: Grant) => asked.endedMono > call.startedMono;
  if (family?.tokens.some(({ from }) => isLater(from))) return true;
  if (family?.grants.some((grant) => isLater(grant) && isRefusedGrant(grant))) return false;
  return renewed > call.startedMono;
}

type Renewals = Pick<History, 'renewed' | 'tokens'>;
