/** What stands in front of an API and turns requests away, as a binding has it. */
export interface Gateway {
  /** How a token is refused that lacks scopes; `{scopes}` of the message are those. Undefined: as the binding has it. */
  missingScope: { status: number; type?: string | undefined; message?: string | undefined };
  /** How a token is refused that asks too often; undefined: as the binding has 429. */
  rateLimit: RateLimit;
  /** The header by which a request names itself, in small letters and as it is told; undefined: none is heeded. */
  requestId: { name: string; told: string } | undefined;
}

/** The answer to who has asked too often, and what every answer says of how often one may. */
interface RateLimit {
  /** A plain text in place of the binding's form of refusals. */
  text: string | undefined;
  /** Headers with the number of requests that may be made in a minute, and of those that are left. */
  limit: string | undefined;
  remaining: string | undefined;
}

/** RFC 6750 §3.1: who lacks a scope is answered 403. */
export const USUAL_GATEWAY: Gateway = {
  missingScope: { status: 403 },
  rateLimit: { text: undefined, limit: undefined, remaining: undefined },
  requestId: undefined,
};
