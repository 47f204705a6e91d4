import { nearest } from '../problem.js';
import type { Refuse } from '../sandbox-error.js';
import type { Api } from './api.js';
import type { Draft } from './draft.js';
import type { ApiRequest, Caller, Refusal } from './pack.js';
import { tellMissing } from './play-token.js';
import { AUTHS } from './settings.js';

/** For callers whose values no contract has checked. @throws what `refuse` makes */
export function checkAuth(apis: readonly Api[], auth: string, refuse: Refuse): void {
  if (!AUTHS.some((known) => known === auth)) {
    const hint = nearest(auth, AUTHS);
    throw refuse('SETTING_WRONG_AUTH', `"auth" is ${JSON.stringify(auth)}`, hint);
  }
  if (auth !== 'strict' || apis.some(({ pack }) => pack?.authenticate)) return;
  const what = 'auth is strict, and nothing that is served here hands out tokens';
  throw refuse('SETTING_NO_TOKENS', what, 'serve a pack beside it that does, or leave it open');
}

/**
 * Who asks, by the pack that hands out tokens: one of the same world, else any. A refusal where the credentials are no
 * good, or the token lacks scopes that the contract asks for.
 */
export function authenticate(draft: Draft, request: ApiRequest): Caller | Refusal | undefined {
  const { apis } = draft.setup;
  const issuing = apis.filter(({ pack }) => pack?.authenticate);
  const issuer = issuing.find(({ world }) => world === draft.api.world) ?? issuing[0];
  if (!issuer) return undefined;
  const world = draft.world(undefined, draft.now, issuer);
  const caller = issuer.pack?.authenticate?.(request, world);
  if (!caller || 'status' in caller) return caller;
  return refuseScope(draft.api, request, caller) ?? caller;
}

/** Of alternatives, the one that lacks the least is told. */
function refuseScope(api: Api, { operation }: ApiRequest, caller: Caller): Refusal | undefined {
  if (operation.scopes === undefined) return undefined;
  const missing = operation.scopes.map((asked) =>
    asked.filter((scope) => !caller.scopes.includes(scope)),
  );
  const [least = []] = missing.toSorted((a, b) => a.length - b.length);
  if (least.length === 0) return undefined;
  return tellMissing(api.binding.gateway.missingScope, least);
}
