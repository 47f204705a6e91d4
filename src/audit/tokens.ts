import { isObject, parseJson, at as valueAt } from '../contract/json.js';
import type { TokenBinding } from '../contract/token-binding.js';
import type { Moment } from '../time/moments.js';
import type { Call } from './call.js';
import { headerReader } from './credentials.js';
import type { ApiFacts, Evidence } from './evidence.js';
import type { JobAttempt } from './job-attempt.js';
import type { Reads } from './reads.js';
import { readsOfAttempt } from './reads-of-attempt.js';

/** An access token that was handed out. */
export interface Token {
  family: Family;
  /** The request that it came of. */
  from: Grant;
  /** The requests that brought it, by when they began. */
  uses: Call[];
  /** When it ends, by the session's clock; undefined: nobody has said. */
  ends: Moment | undefined;
}

/** A request for a token. */
export interface Grant {
  call: Call;
  /** The refresh token that it brought; undefined: somebody has signed in. */
  by: string | undefined;
  /** What it was given; undefined: it was refused, or its answer never came. */
  token: Token | undefined;
  /** The refresh token that came with it. */
  refresh: string | undefined;
}

/** A sign-in, and whatever was refreshed by the refresh tokens that came of it. */
export interface Family {
  /** In the order in which they began. */
  grants: Grant[];
  /** In the order in which they came. */
  tokens: Token[];
}

/** What the clients of a session did with their tokens. */
export interface TokenStory {
  /** The API that hands them out: there it is judged. */
  issuer: ApiFacts;
  families: readonly Family[];
  tokenOf(call: Call): Token | undefined;
  /** All that was done about each job, by when it began. */
  ofJobs: readonly { attempt: JobAttempt; calls: readonly Call[] }[];
  attemptOf(call: Call): JobAttempt | undefined;
}

/** What was read of the journal so far. */
interface Sorted {
  api: ApiFacts;
  calls: readonly Call[];
  attempts: readonly JobAttempt[];
  reads: Reads;
}

/** Reads what became of tokens; undefined: none was asked for. Linear in the journal's length, but for sorting. */
export function readTokens(
  histories: readonly Sorted[],
  bodyOf: Evidence['bodyOf'],
): TokenStory | undefined {
  const issuer = histories.find(({ api }) => api.tokens)?.api;
  if (!issuer) return undefined;
  const calls = histories
    .flatMap(({ calls }) => calls)
    .sort((a, b) => a.startedMono - b.startedMono || a.exchange.seq - b.exchange.seq);
  const grants = new Map<Call, Grant>();
  for (const { api, calls: own } of histories) {
    for (const call of own) {
      const { operation = '' } = call;
      if (api.tokens?.operations.includes(operation)) {
        grants.set(call, readGrant(call, api.tokens, bodyOf));
      }
    }
  }
  if (grants.size === 0) return undefined;
  const byValue = new Map<string, Token>();
  const families = sortGrants(calls, grants, byValue);
  const tokenOf = tokenReader(histories, byValue);
  for (const call of calls) if (!grants.has(call)) tokenOf(call)?.uses.push(call);
  return { issuer, families, tokenOf, ...jobsOf(histories) };
}

function readGrant(call: Call, words: TokenBinding, bodyOf: Evidence['bodyOf']): Grant & Given {
  const asked = bodyOf(call.exchange);
  const by = textIn(fieldsOf(asked), words.renewedBy);
  const isGood = call.status >= 200 && call.status < 300 && call.reply !== 'lost';
  const answer = isGood ? parseJson(call.exchange.responseBody) : undefined;
  const said = (path: string | undefined) =>
    path === undefined ? undefined : valueAt(answer, path);
  const ends = Number(said(words.expiresAt)) * 1000;
  const after = (call.endedAt ?? call.at) + Number(said(words.expiresIn)) * 1000;
  return {
    call,
    by,
    token: undefined,
    refresh: textIn(answer, words.refreshToken),
    value: textIn(answer, words.accessToken),
    ends: [ends, after].find((moment) => Number.isFinite(moment)),
  };
}

/** What an answer has handed out. */
interface Given {
  value: string | undefined;
  ends: Moment | undefined;
}

/** A body of JSON, or one of a form (RFC 6749 §4.1.3). */
function fieldsOf(body: string): unknown {
  const json = parseJson(body);
  return isObject(json) ? json : Object.fromEntries(new URLSearchParams(body));
}

function textIn(value: unknown, path: string): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** Each sign-in begins a family; who brings a refresh token belongs to that which it came of. */
function sortGrants(
  calls: readonly Call[],
  grants: ReadonlyMap<Call, Grant>,
  byValue: Map<string, Token>,
): Family[] {
  const families: Family[] = [];
  const byRefresh = new Map<string, Family>();
  for (const call of calls) {
    const grant = grants.get(call) as (Grant & Given) | undefined;
    if (!grant) continue;
    const { by, refresh, value, ends } = grant;
    const known = by === undefined ? undefined : byRefresh.get(by);
    const family = known ?? { grants: [], tokens: [] };
    if (!known) families.push(family);
    family.grants.push(grant);
    for (const each of [by, refresh]) if (each !== undefined) byRefresh.set(each, family);
    if (value === undefined) continue;
    grant.token = { family, from: grant, uses: [], ends };
    family.tokens.push(grant.token);
    byValue.set(value, grant.token);
  }
  return families;
}

/** Finds the token that a request brings: all of a header's value, or its last word. */
function tokenReader(
  histories: readonly Sorted[],
  byValue: ReadonlyMap<string, Token>,
): TokenStory['tokenOf'] {
  const names = new Set(['authorization', ...histories.flatMap(({ api }) => api.credentials)]);
  const read = headerReader([...names]);
  const known = new Map<ReadonlyMap<string, string>, Token | undefined>();
  return ({ exchange }) => {
    const sent = read(exchange);
    if (known.has(sent)) return known.get(sent);
    const values = [...sent.values()].flatMap((value) => [value, value.split(' ').at(-1) ?? '']);
    const found = values.map((value) => byValue.get(value)).find((token) => token);
    known.set(sent, found);
    return found;
  };
}

function jobsOf(histories: readonly Sorted[]): Pick<TokenStory, 'ofJobs' | 'attemptOf'> {
  const owners = new Map<Call, JobAttempt>();
  const ofJobs = histories.flatMap((history) =>
    history.attempts.map((attempt) => {
      const calls = readsOfAttempt(attempt, history);
      for (const call of calls) owners.set(call, attempt);
      return { attempt, calls };
    }),
  );
  return { ofJobs, attemptOf: (call) => owners.get(call) };
}

/** Was it refused for its token? RFC 6750 §3.1: one that has run out, was revoked or is malformed is answered 401. */
export function isRefusedToken({ status }: Call): boolean {
  return status === 401;
}

/** Of a request for a token: refused for what it brought, not because somebody is busy or broken. */
export function isRefusedGrant({ call: { status } }: Grant): boolean {
  return status >= 400 && status < 500 && ![408, 425, 429].includes(status);
}

/** Has a token come to the second half of its life? Whoever refreshes it then need not have been refused. */
export function nearsItsEnd({ from, ends }: Token, at: Moment): boolean {
  if (ends === undefined) return false;
  const began = from.call.endedAt ?? from.call.at;
  return at >= began + (ends - began) / 2;
}
