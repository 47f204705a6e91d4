import { ControlProblem } from '../../sandbox-error.js';
import type { TokenEvent } from '../../scenario/scenario.js';
import { formatMoment } from '../../time/format-moment.js';
import type { Apis } from '../api.js';
import { credentialsOf } from '../credentials-of.js';
import { headersIn } from '../headers-in.js';
import type { Exchange } from '../journal.js';
import type { HandedToken } from '../pack.js';
import { endToken, letInAgain } from '../play-token.js';
import type { Session } from '../session.js';

export type TokenView = ReturnType<typeof handOut>;

/**
 * A token that requests of a session are let in with: of the pack that hands out tokens, else a value that is as good as
 * any other.
 * @param wanted what it may do; left out: all that operations ask for
 */
export function handOut(session: Session, wanted?: readonly string[]) {
  const { apis } = session.setup;
  const issuer = apis.find(({ pack }) => pack?.handOutToken);
  const scopes = wanted ?? scopesOf(apis);
  const draft = session.draft(issuer ?? apis[0]);
  const handed = issuer?.pack?.handOutToken?.(scopes, draft.world()) ?? {
    ...madeUp(apis, draft.ids.uuid()),
  };
  session.keep(draft);
  const { token, headers, refresh, until } = handed;
  return {
    token,
    headers: { ...headers },
    scopes: [...scopes],
    ...(refresh === undefined ? {} : { refresh_token: refresh }),
    ...(until === undefined ? {} : { until: formatMoment(until) }),
  };
}

function scopesOf(apis: Apis): string[] {
  const all = apis.flatMap(({ contract }) =>
    [...contract.operations.values()].flatMap(({ scopes }) => scopes?.flat() ?? []),
  );
  return [...new Set(all)].sort();
}

/** Where nothing hands out tokens any value will do, in whatever headers the contracts name. */
function madeUp(apis: Apis, token: string): HandedToken {
  const schemes = apis.flatMap(({ contract }) =>
    [...contract.operations.values()].flatMap(({ security }) => security[0] ?? []),
  );
  const headers = schemes
    .filter((scheme) => scheme.in === 'header')
    .map(({ name, prefix }) => [name, prefix ? `${prefix} ${token}` : token]);
  return { token, headers: Object.fromEntries(headers) };
}

/** Whose token is to end: that of an exchange, or of a request with such headers; left out, that which came last. */
export interface EndedToken {
  by?: TokenEvent | undefined;
  exchange?: number | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
}

/** Lets the token of a client end. @throws ControlProblem where no request has brought one */
export function endTokenOf(session: Session, { by = 'expires', exchange, headers }: EndedToken) {
  const found =
    headers === undefined ? broughtLast(session, exchange) : { all: broughtBy(session, headers) };
  const [first] = found?.all ?? [];
  if (!found || !first) throw noneBrought(session, exchange, headers !== undefined);
  const draft = session.draft();
  for (const { credentials, sent } of found.all) {
    endToken(draft, { headers: sent }, credentials, by);
  }
  session.keep(draft);
  return {
    by,
    ...(found.seq === undefined ? {} : { exchange: found.seq }),
    refused: session.endedTokens.size,
  };
}

/** Lets in again what was refused. A token whose own time is over, or that was revoked, stays so where tokens are looked at. */
export function restoreTokens(session: Session): void {
  const draft = session.draft();
  letInAgain(draft);
  session.keep(draft);
}

interface Brought {
  credentials: string;
  /** Headers by their names in small letters. */
  sent: Record<string, string>;
}

/** The token of the newest exchange that brings one, or of this one. */
function broughtLast(
  session: Session,
  wanted: number | undefined,
): { all: Brought[]; seq?: number } | undefined {
  const kept = session.journal.read();
  const all = wanted === undefined ? kept.toReversed() : kept.filter(({ seq }) => seq === wanted);
  for (const exchange of all) {
    const brought = broughtIn(session, exchange);
    if (brought) return { all: [brought], seq: exchange.seq };
  }
  return undefined;
}

function broughtIn({ setup: { apis } }: Session, exchange: Exchange): Brought | undefined {
  if (exchange.delivery || exchange.operation === undefined) return undefined;
  const api = apis.find(({ name }) => name === exchange.api) ?? apis[0];
  const operation = api.contract.operations.get(exchange.operation);
  if (!operation || operation.security.length === 0) return undefined;
  const sent = headersIn(exchange.requestHeaders);
  const credentials = credentialsOf({ operation, headers: sent });
  return credentials === undefined ? undefined : { credentials, sent };
}

/** Operations may ask for different headers: each that such a request could be for. */
function broughtBy(
  { setup: { apis } }: Session,
  headers: Readonly<Record<string, string>>,
): Brought[] {
  const sent = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const asking = apis.flatMap(({ contract }) =>
    [...contract.operations.values()].filter(({ security }) => security.length > 0),
  );
  const found = asking.map((operation) => credentialsOf({ operation, headers: sent }));
  return [...new Set(found)].flatMap((credentials) =>
    credentials === undefined ? [] : [{ credentials, sent }],
  );
}

function noneBrought({ name }: Session, exchange: number | undefined, named: boolean) {
  const what = named
    ? 'these headers bring no credential that an operation asks for'
    : exchange === undefined
      ? `no request of session ${name} has brought a credential yet`
      : `exchange ${exchange} of session ${name} has brought no credential, or is not kept`;
  const hint = 'let the client send a request that asks for one, or give its headers';
  return new ControlProblem(409, 'TOKEN_NONE_BROUGHT', what, hint);
}
