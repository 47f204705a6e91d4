import type { FaultName } from '../faults/index.js';
import type { Exchange, ReportedOutcome } from '../sandbox/journal.js';
import type { RequestContent } from '../sandbox/request-content.js';
import type { Duration, MachineMs, Moment } from '../time/moments.js';
import type { ApiFacts } from './evidence.js';
import { type Reply, replyOf } from './reply.js';

/** An exchange, read with a client's eyes. Moments are those of the session's clock. */
export interface Call {
  exchange: Exchange;
  /** These and the next ones are those of the exchange, at hand: it lies far away in memory, and rules are many. */
  seq: number;
  method: string;
  path: string;
  api: string | undefined;
  operation: string | undefined;
  job: string | undefined;
  scenario: string | undefined;
  state: string | undefined;
  told: ReportedOutcome | undefined;
  resource: string | undefined;
  content: RequestContent | undefined;
  status: number;
  fault: FaultName | undefined;
  requestHeaders: string;
  breaches: readonly string[] | undefined;
  /** Its path has a query. */
  hasQuery: boolean;
  startedMono: MachineMs;
  /** When the request ended by the machine's steady clock; never, while it is open. */
  endedMono: MachineMs;
  /** The server has held its answer until there was news. */
  held: boolean;
  reply: Reply;
  at: Moment;
  /** When its answer had come; undefined while none has. */
  endedAt: Moment | undefined;
  /** The eta that its answer has told. */
  eta: Moment | undefined;
  /** The moment before which `Retry-After` forbids to come again. */
  retryAt: Moment | undefined;
  /** What forbids it, where it is another word of the API's than `Retry-After`. */
  retryBy?: string | undefined;
  /** The moment at which the API advises to come again, where it calls its etas hints. */
  advisedAt?: Moment | undefined;
  /** For polls: what the client had been told by the time that it asked, and what before that. */
  etaAtRequest: KnownEta | undefined;
  previousEta: KnownEta | undefined;
  /** For polls: a webhook that came just before has brought it about. */
  prompted?: boolean;
  /** Rules that it shows to be broken. */
  breaks: readonly string[] | undefined;
  /** How it is shown where it proves something; made when first asked for. */
  shown: string | undefined;
}

/** From these numbers on, whole numbers are moments since 1970 (September 2001), in seconds and in milliseconds. */
const EPOCH = { seconds: 1e9, milliseconds: 1e12 };

/** An eta, and when the answer had come that told it. */
export interface KnownEta {
  eta: Moment;
  at: Moment;
}

export function readCall(exchange: Exchange, words: ApiFacts): Call {
  const call = callWith(exchange, replyOf(exchange, words));
  // A client may throw away a message that is not whole, headers and all (RFC 9112 §8).
  if (call.reply !== 'lost') call.retryAt = retryAt(exchange);
  return call;
}

/** An exchange of which nothing is read but what it says itself. */
export function callWith(exchange: Exchange, reply: Reply): Call {
  const { at, endedAt: until, startedMono, durationMs: took, operation, job, api } = exchange;
  const { status, fault, eta, heldFrom, requestHeaders, breaches, path, method } = exchange;
  const { seq, scenario, state, reportedOutcome: told, resource, content } = exchange;
  return {
    exchange,
    seq,
    method,
    path,
    api,
    operation,
    job,
    scenario,
    state,
    told,
    resource,
    content,
    status,
    fault,
    requestHeaders,
    breaches,
    hasQuery: path.includes('?'),
    startedMono,
    endedMono: took === undefined ? Number.POSITIVE_INFINITY : startedMono + took,
    held: heldFrom !== undefined,
    reply,
    at,
    endedAt: until,
    eta,
    retryAt: undefined,
    etaAtRequest: undefined,
    previousEta: undefined,
    breaks: undefined,
    shown: undefined,
  };
}

/** How long the client waited for the answer, in milliseconds of the slower of the two clocks. */
export function waitedFor({ exchange, at, endedAt: until }: Call, now: Moment): Duration {
  return Math.max((until ?? now) - at, exchange.durationMs ?? 0);
}

/** A header of the answer, whatever the case of its name. */
export function header({ responseHeaders }: Exchange, wanted: string): string | undefined {
  for (const name in responseHeaders) {
    if (name.length === wanted.length && name.toLowerCase() === wanted) {
      return responseHeaders[name];
    }
  }
  return undefined;
}

/** Seconds or milliseconds since 1970; undefined for a number that is too small for either. */
export function momentOfNumber(number: number): Moment | undefined {
  if (number >= EPOCH.milliseconds) return number;
  return number >= EPOCH.seconds ? number * 1000 : undefined;
}

/**
 * RFC 9110 §10.2.3: seconds from the answer, or a date of whole seconds. Some services write the date as seconds or
 * as milliseconds since 1970: as seconds from now such a number would mean more than thirty years.
 */
export function retryMoment(value: string, answered: Moment): Moment | undefined {
  if (/^\d+$/.test(value)) {
    const number = Number(value);
    return momentOfNumber(number) ?? answered + number * 1000;
  }
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : date;
}

/** When an answer allows to come again. */
export function retryAt(exchange: Exchange): Moment | undefined {
  const value = header(exchange, 'retry-after')?.trim();
  if (value === undefined || exchange.endedAt === undefined) return undefined;
  return retryMoment(value, exchange.endedAt);
}

/**
 * Was any of them answered other than by a refusal, or refused because a scenario says so? Rules about every request
 * say nothing of a client that has been refused alone: how it works with the API was not seen.
 */
export function wasLetIn(calls: readonly Call[]): boolean {
  return calls.some(
    ({ operation, scenario, status }) =>
      operation !== undefined && (scenario !== undefined || status < 400 || status >= 500),
  );
}
