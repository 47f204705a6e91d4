import type { ApiRequest, Caller, Refusal, World } from '../../sandbox/pack.js';
import { headerOf, holderOf } from './bearer.js';
import { findUser, isApiKey, refuseUser } from './clients.js';
import { denied } from './refusals.js';
import { choiceOf } from './settings.js';
import { scopesOf } from './tokens.js';

/** Who asks, or why the gateway does not let them in. */
export function authenticate(request: ApiRequest, world: World): Caller | Refusal {
  const token = holderOf(request, world);
  if ('status' in token) return token;
  const lacking = asksForKey(request) ? refuseKeys(request, world) : undefined;
  if (lacking) return lacking;
  const { user_id, details } = token.document;
  const user = findUser(world, user_id);
  const refused = refuseUser(user);
  if (refused) return refused;
  return {
    user: user_id,
    employee: user?.facts.employee,
    legal_entity: details.client_id,
    client: details.client_id,
    scopes: scopesOf(details.scope),
  };
}

/** The service that hands out tokens asks for no key with them. */
function asksForKey({ operation }: ApiRequest): boolean {
  return operation.security.flat().some(({ name }) => name.toLowerCase() === 'api-key');
}

/**
 * Every MIS sends its API-key and X-Custom-PSK with every call. The public sources have no text for a missing
 * X-Custom-PSK, so that one is ours.
 */
function refuseKeys(request: ApiRequest, world: World): Refusal | undefined {
  const key = headerOf(request, 'api-key');
  if (key === '') return denied('API-KEY header required');
  if (!isApiKey(world, key)) return denied('Invalid api key');
  const psk = headerOf(request, 'x-custom-psk');
  if (psk !== '' || choiceOf(world, 'CUSTOM_PSK') === 'ignore') return undefined;
  return denied('X-Custom-PSK header required');
}
