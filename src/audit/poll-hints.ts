import { parseJson, at as valueAt } from '../contract/json.js';
import type { PollHint } from '../contract/poll-hint.js';
import type { Exchange } from '../sandbox/journal.js';
import { parseDuration } from '../time/duration.js';
import type { Duration, Moment } from '../time/moments.js';
import { type Call, header, momentOfNumber } from './call.js';
import type { ApiFacts } from './evidence.js';
import type { JobAttempt } from './job-attempt.js';
import { isMishap, isRedirect } from './reply.js';

/** What an answer says of the next poll: so long after it, or at a moment. */
interface Told {
  after?: Duration;
  at?: Moment;
}

/**
 * Notes for each answer about a job the moment before which the API's own hint asks nobody to come again. What an
 * answer tells holds until another one tells something else; a state that slows down adds to it (RFC 8628 §3.5). Where
 * `Retry-After` says more, that counts. After a mishap only what that answer itself says does.
 * @param pace divides lengths that the client knows from the documentation and not from an answer
 */
export function heedHints({ submission, polls }: JobAttempt, words: ApiFacts, pace: number): void {
  const { pollHint: hint, slower, eta } = words;
  if (!hint && !slower) return;
  let inForce = hint?.usual === undefined ? undefined : hint.usual / Math.max(1, pace);
  for (const call of [submission, ...polls].toSorted((a, b) => a.endedMono - b.endedMono)) {
    const { exchange, reply, endedAt: until } = call;
    if (until === undefined || reply === 'lost' || reply === 'unreadable') continue;
    const told = hint && readHint(hint, exchange);
    inForce = longer(told?.after ?? inForce, slowedBy(exchange, words), pace);
    const after = isMishap(reply) || isRedirect(exchange) ? told?.after : inForce;
    const moment = told?.at ?? (after === undefined ? undefined : until + after);
    if (moment !== undefined) note(call, moment, hint?.word ?? exchange.state, eta);
  }
}

function slowedBy(
  { reportedOutcome, state }: Exchange,
  { slower }: ApiFacts,
): Duration | undefined {
  return reportedOutcome === undefined ? undefined : slower?.get(state ?? '');
}

function longer(
  pause: Duration | undefined,
  by: Duration | undefined,
  pace: number,
): Duration | undefined {
  return by === undefined ? pause : (pause ?? 0) + by / Math.max(1, pace);
}

function note(call: Call, moment: Moment, word: string | undefined, eta: ApiFacts['eta']): void {
  if (eta === 'hint') call.advisedAt = moment;
  else if (call.retryAt === undefined || call.retryAt < moment) {
    call.retryAt = moment;
    call.retryBy = word;
  }
}

function readHint({ at: place, unit }: PollHint, exchange: Exchange): Told | undefined {
  const said =
    'header' in place
      ? header(exchange, place.header)
      : valueAt(parseJson(exchange.responseBody), place.field.join('.'));
  if (typeof said !== 'string' && typeof said !== 'number') return undefined;
  if (unit === 'date') return momentIn(said);
  const after = unit === 'duration' ? lengthIn(String(said)) : numberIn(said, unit);
  return after === undefined || after < 0 ? undefined : { after };
}

function numberIn(said: string | number, unit: 's' | 'ms'): Duration | undefined {
  const number = String(said).trim() === '' ? Number.NaN : Number(said);
  if (!Number.isFinite(number)) return undefined;
  return unit === 's' ? number * 1000 : number;
}

/** `5s`, `1500ms`; ISO 8601 `PT5S`, `PT1M30S`. */
function lengthIn(said: string): Duration | undefined {
  const [, hours, minutes, seconds] =
    /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(said.trim()) ?? [];
  if (hours === undefined && minutes === undefined && seconds === undefined)
    return parseDuration(said);
  return ((Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0)) * 1000;
}

function momentIn(said: string | number): Told | undefined {
  const number = Number(said);
  const at = Number.isNaN(number) ? Date.parse(String(said)) : momentOfNumber(number);
  return at === undefined || Number.isNaN(at) ? undefined : { at };
}
