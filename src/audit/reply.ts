import { parseJson } from '../contract/json.js';
import { FAULTS, type FaultName } from '../faults/index.js';
import { isEnd, type Outcome } from '../outcome.js';
import type { Exchange } from '../sandbox/journal.js';
import { type ApiFacts, isReport } from './evidence.js';

/**
 * What a poll was told, as a client has to understand it:
 * `open`, `done`, `failed`, `cancelled`: a state of the job; `unknown`: an answer that names no state it knows;
 * `unreadable`: a good status with a body that is none; `gone`: 404 or 410; `refused`: 401 or 403;
 * `rejected`: the request itself is at fault; `failure`: 429 or 5xx; `lost`: no answer came.
 */
export type Reply =
  | Outcome
  | 'unknown'
  | 'unreadable'
  | 'gone'
  | 'refused'
  | 'rejected'
  | 'failure'
  | 'lost';

/** Status and headers may have come, and the answer never did. */
const PARTIAL_RESPONSE_FAULTS: readonly FaultName[] = [
  'reset-after-headers',
  'truncated-body',
  'chunked-cut-off',
  'wrong-content-length',
];

export function replyOf(exchange: Exchange, words: ApiFacts): Reply {
  const { status, reportedOutcome: told, fault } = exchange;
  if (status === 0 || (fault && PARTIAL_RESPONSE_FAULTS.includes(fault))) return 'lost';
  if (told !== undefined) return told;
  if (status === 401 || status === 403) return 'refused';
  if (status === 404 || status === 410) return 'gone';
  if (status === 429 || status >= 500) return 'failure';
  if (status >= 400) return 'rejected';
  // RFC 9110 §15.2: an interim answer is no answer; whoever gets nothing else goes on waiting.
  if (status < 200) return 'lost';
  if (fault && FAULTS[fault].read === 'no') return 'unreadable';
  return isAboutJob(exchange, words) ? toldOfJob(exchange, words) : 'unknown';
}

function toldOfJob(exchange: Exchange, words: ApiFacts): Reply {
  const { status } = exchange;
  if (isOwnWords(exchange, words)) {
    const state = namedIn(exchange.responseBody, words);
    return state ?? (STILL_OPEN.includes(status) ? 'open' : 'unknown');
  }
  if (STILL_OPEN.includes(status)) return stateOf(exchange.responseBody, words) ?? 'open';
  return readScripted(exchange.responseBody, words);
}

/** The binding itself has written it, to a request that has got a job: JSON as it was serialised. */
function isOwnWords(
  { operation = '', job, fault, responseBody }: Exchange,
  { schedules }: ApiFacts,
): boolean {
  return (
    job !== undefined &&
    fault === undefined &&
    schedules.has(operation) &&
    responseBody.startsWith('{') &&
    responseBody.endsWith('}') &&
    !responseBody.includes('\\')
  );
}

/** The first state that such a text names. It is not read for that: there are thousands of them. */
function namedIn(json: string, { states }: ApiFacts): Outcome | undefined {
  let first = json.length;
  let found: Outcome | undefined;
  for (const { name, outcome } of namesOf(states)) {
    const place = placeOfValue(json, name);
    if (place >= first) continue;
    first = place;
    found = outcome;
  }
  return found;
}

const NAMES = new WeakMap<ApiFacts['states'], readonly { name: string; outcome: Outcome }[]>();

/** The states of a binding as a text of JSON has them between its quotes. */
function namesOf(states: ApiFacts['states']) {
  const known = NAMES.get(states);
  if (known) return known;
  const made = [...states].map(([name, outcome]) => ({
    name: JSON.stringify(name).slice(1, -1),
    outcome,
  }));
  NAMES.set(states, made);
  return made;
}

/**
 * Where a name stands as a value, and as no key; infinitely far away: nowhere. It is looked for without its quotes,
 * of which an answer is full.
 */
function placeOfValue(json: string, name: string): number {
  for (let from = 0; from < json.length; ) {
    const place = json.indexOf(name, from);
    if (place === -1) break;
    const end = place + name.length;
    const isText = json.charAt(place - 1) === '"' && json.charAt(end) === '"';
    if (isText && json.charAt(end + 1) !== ':') return place;
    from = place + 1;
  }
  return Number.POSITIVE_INFINITY;
}

/** Nobody asks what the good answer to another request says of a job. */
function isAboutJob({ operation }: Exchange, words: ApiFacts): boolean {
  if (operation === undefined) return false;
  const { schedules, roles } = words;
  return isReport(words, operation) || schedules.has(operation) || roles?.has(operation) === true;
}

/**
 * What these say stands in the status itself (RFC 9110 §15.3.3, §15.3.5, §15.4.5): accepted and not done yet,
 * nothing to say, nothing new. None of them is a result, nor a mishap because its body is empty.
 */
const STILL_OPEN: readonly number[] = [202, 204, 304];

/** RFC 9110 §15.4.5: what the client was told before holds on. */
export function repeatsFormer({ status, reply }: { status: number; reply: Reply }): boolean {
  return status === 304 && reply === 'open';
}

/** Answers that say nothing about the job for now, though the next one may: mishaps of the way. */
export const MISHAPS: readonly Reply[] = ['failure', 'lost', 'unreadable'];

export function isMishap(reply: Reply): boolean {
  return reply === 'failure' || reply === 'lost' || reply === 'unreadable';
}

/** The answer says how the job stands, be it with a word that nobody knows. */
export function namesState(reply: Reply): boolean {
  return reply === 'open' || reply === 'unknown' || isEnd(reply);
}

/** RFC 9110 §15.4: the answer is at another place; whoever follows asks again at once, and may. */
export function isRedirect({ status }: Pick<Exchange, 'status'>): boolean {
  return status > 300 && status < 309 && status !== 304;
}

/** After these, asking on is pointless, so stopping is no giving up. */
export function isPointlessToRepeat(reply: Reply): boolean {
  return reply === 'gone' || reply === 'refused' || reply === 'rejected';
}

/** A body that a scenario has written itself: it may name a state of the binding after all. */
function readScripted(body: string, words: ApiFacts): Reply {
  const value = parseJson(body);
  return isDocument(value) ? (stateIn(value, words) ?? 'unknown') : 'unreadable';
}

function stateOf(body: string, words: ApiFacts): Reply | undefined {
  const value = parseJson(body);
  return isDocument(value) ? stateIn(value, words) : undefined;
}

function isDocument(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function stateIn(value: object, words: ApiFacts): Reply | undefined {
  for (const key in value) {
    const inner = (value as Readonly<Record<string, unknown>>)[key];
    const found =
      typeof inner === 'object' && inner !== null
        ? stateIn(inner, words)
        : words.states.get(String(inner));
    if (found) return found;
  }
  return undefined;
}
