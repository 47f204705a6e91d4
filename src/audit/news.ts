import { parseJson } from '../contract/json.js';
import { isEnd } from '../outcome.js';
import { type Call, callWith, momentOfNumber } from './call.js';
import { toldEnd } from './deliveries.js';
import type { ApiFacts, Evidence } from './evidence.js';
import type { JobAttempt, News } from './job-attempt.js';
import { linksOf } from './links.js';
import type { Sent } from './sent.js';

/** What was told of the end of a job without asking; undefined: nothing. */
export function newsOf(
  one: JobAttempt,
  { api, bodyOf }: Pick<Evidence, 'api' | 'bodyOf'>,
): News | undefined {
  const sent = toldEnd(one);
  const told = sent?.exchange.reportedOutcome;
  if (!sent || !isEnd(told)) return undefined;
  const { requestHeaders, calledAs } = one.submission.exchange;
  const responseBody = bodyOf(sent.exchange);
  const exchange = {
    ...sent.exchange,
    ...{ requestHeaders, calledAs, path: '/', responseBody, responseHeaders: {} },
  };
  const answer = callWith(exchange, told);
  answer.endedMono = answer.startedMono;
  if (isThin(responseBody, one, sent, api.states)) {
    exchange.responseBody = '';
    exchange.resultPlace = api.result === 'inline' ? 'resource' : api.result;
  } else if (api.result !== 'link' || !leadsOn(answer, one, api.prefixes)) {
    // What else it carries may be the result.
    exchange.resultPlace = 'inline';
  }
  return { sent, answer };
}

/** It has a link, and not to the job itself. */
function leadsOn(
  answer: Call,
  { job = '' }: JobAttempt,
  prefixes: readonly string[] = [],
): boolean {
  const { here } = linksOf(answer, prefixes);
  return here.length > 0 && !here.some((target) => partsOf(target).includes(job));
}

/** `/jobs/17?full=true` → `jobs`, `17`, `full`, `true`. */
function partsOf(path: string): string[] {
  return path.split(/[/:?#=&]/);
}

/** RFC 3339 §5.6, with or without a time of day. */
const DATE = /^\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d\S*)?$/;
/** A smaller number may be a progress. */
const PERCENT = 100;

/** All that it says is which job it is about, how that stands, and when. */
function isThin(body: string, one: JobAttempt, sent: Sent, states: ApiFacts['states']): boolean {
  const value = body.trim() === '' ? null : parseJson(body);
  return value !== undefined && !saysMore(value, isBareWord(one, sent, states));
}

function saysMore(value: unknown, isBare: (text: string) => boolean): boolean {
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).some((inner) => saysMore(inner, isBare));
  }
  if (typeof value === 'number') {
    return !(value >= 0 && value <= PERCENT) && momentOfNumber(value) === undefined;
  }
  return typeof value === 'string' && !isBare(value);
}

/** An id of the job, of what it has made or of the webhook, a path to either, a state, an event, a moment. */
function isBareWord(
  { job, resource }: JobAttempt,
  { exchange: { state }, facts: { id, event } }: Sent,
  states: ApiFacts['states'],
): (text: string) => boolean {
  const ids = [job, resource, id];
  return (text) =>
    text === '' ||
    DATE.test(text) ||
    partsOf(text).some((part) => ids.includes(part)) ||
    text === event ||
    text.split('.').some((word) => states.has(word) || word === event || word === state);
}
