import type { TokenEvent } from '../scenario/scenario.js';
import { authenticate } from './authenticate.js';
import { countRequest } from './count-request.js';
import { credentialsOf } from './credentials-of.js';
import type { Draft } from './draft.js';
import { type Handled, type JournalFields, refusal } from './handled.js';
import type { ApiRequest, Caller, Refusal } from './pack.js';
import { refuseFor } from './play-token.js';

/** What a request comes to in front of the API. */
interface Passed {
  caller: Caller | undefined;
  /** Of its answer, whatever that is. */
  headers: Readonly<Record<string, string>> | undefined;
  /** It goes no further. */
  refused: Handled | undefined;
}

/** Credentials that are let in no more. */
interface Tokens {
  endedTokens: ReadonlyMap<string, TokenEvent>;
}

/** Is there anything to pass? Without it no request pays for it. */
export function hasGateway({ chosen, endedTokens }: Tokens & Pick<Draft['state'], 'chosen'>) {
  return chosen.auth === 'strict' || chosen.quota !== undefined || endedTokens.size > 0;
}

/** Requests are counted before their tokens are looked at, as the platform's gateway does. */
export function passGateway(draft: Draft, request: ApiRequest, journal: JournalFields): Passed {
  const counted = countRequest(draft, request, journal);
  const headers = counted?.headers;
  if (counted?.refused) return { caller: undefined, headers, refused: counted.refused };
  const asked = request.operation.security.length > 0 ? askFor(draft, request) : undefined;
  if (asked && 'status' in asked) {
    return { caller: undefined, headers, refused: refusal(asked, journal) };
  }
  return { caller: asked, headers, refused: undefined };
}

/** Who asks, where tokens are looked at; one that was let end is refused in any case. */
function askFor(draft: Draft, request: ApiRequest): Caller | Refusal | undefined {
  const { endedTokens, chosen } = draft.state;
  const by = endedTokens.size > 0 ? endedTokens.get(credentialsOf(request) ?? '') : undefined;
  if (by) return refuseFor(by, draft, request);
  return chosen.auth === 'strict' ? authenticate(draft, request) : undefined;
}

/** The same with more headers of its answer. */
export function withHeaders(
  handled: Handled,
  headers: Readonly<Record<string, string>> | undefined,
): Handled {
  if (!headers) return handled;
  const { outcome } = handled;
  if (outcome.kind === 'refusal') {
    return { ...handled, outcome: { ...outcome, headers: { ...outcome.headers, ...headers } } };
  }
  const { answer } = outcome;
  const all = { ...answer.headers, ...headers };
  return { ...handled, outcome: { ...outcome, answer: { ...answer, headers: all } } };
}
