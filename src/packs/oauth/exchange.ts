import type { ApiRequest, Refusal, Reply, World } from '../../sandbox/pack.js';
import { clientWith, findUser, refuseUser } from './clients.js';
import {
  denied,
  INVALID_GRANT,
  TOKEN_EXPIRED,
  TOKEN_NOT_FOUND,
  TOKEN_USED,
  WRONG_REDIRECT,
} from './refusals.js';
import { isOn, seconds } from './settings.js';
import { change, end, endOthers, find, hasExpired, issue, type Token } from './tokens.js';

/** A code or a refresh token becomes an access token (RFC 6749 §4.1.3 and §6, in the platform's own form). */
export function exchange({ body }: ApiRequest, world: World): Reply | Refusal {
  const { token: given } = body as { token: Record<string, string> };
  const { grant_type, client_id = '', client_secret = '' } = given;
  const client = clientWith(world, client_id, client_secret);
  if ('status' in client) return client;
  const made =
    grant_type === 'refresh_token' ? renew(world, given) : redeem(world, client_id, given);
  return 'status' in made ? made : told(made);
}

function redeem(
  world: World,
  client_id: string,
  { code: value = '', redirect_uri = '' }: Record<string, string>,
): Token | Refusal {
  const code = find(world, 'authorization_code', value);
  const refused = refuseGrant(world, code, client_id);
  if (refused || !code) return refused ?? TOKEN_NOT_FOUND;
  const { user_id: user, details } = code.document;
  if (details.redirect_uri !== redirect_uri) return denied(WRONG_REDIRECT, 'invalid_client');
  if (details.used) return TOKEN_USED;
  change(world, code, { details: { ...details, used: true } });
  return signedIn(world, user, { client_id, scope: details.scope_request ?? '', redirect_uri });
}

/** The access token of somebody who has signed in, with a refresh token beside it. */
export function signedIn(
  world: World,
  user: string,
  { scope, ...details }: { client_id: string; scope: string; redirect_uri?: string },
): Token {
  const refresh = refreshToken(world, user, details.client_id, scope);
  const refresh_token = refresh.document.value;
  const grant_type = 'authorization_code';
  return accessToken(world, user, { grant_type, ...details, scope, refresh_token });
}

function renew(
  world: World,
  { refresh_token: value = '', client_id = '' }: Record<string, string>,
): Token | Refusal {
  const refresh = find(world, 'refresh_token', value);
  const refused = refuseGrant(world, refresh, client_id);
  if (refused || !refresh) return refused ?? TOKEN_NOT_FOUND;
  const { user_id: user, details } = refresh.document;
  const { scope_request: scope = '' } = details;
  const renewed = isOn(world, 'REFRESH_ANSWERS_REFRESH_TOKEN')
    ? refreshToken(world, user, client_id, scope).document.value
    : undefined;
  if (renewed !== undefined) end(world, refresh);
  const token = accessToken(world, user, {
    grant_type: 'refresh_token',
    client_id,
    scope,
    ...(renewed === undefined ? {} : { refresh_token: renewed }),
  });
  if (isOn(world, 'RENEWAL_ENDS_OLD_TOKENS')) endOthers(world, token);
  return token;
}

/** What a code and a refresh token have to be alike. */
function refuseGrant(world: World, token: Token | undefined, client: string): Refusal | undefined {
  if (!token) return TOKEN_NOT_FOUND;
  if (token.document.details.client_id !== client) return INVALID_GRANT;
  if (hasExpired(world, token)) return TOKEN_EXPIRED;
  return refuseUser(findUser(world, token.document.user_id));
}

function accessToken(world: World, user: string, details: Token['document']['details']): Token {
  const length = seconds(world, 'ACCESS_TOKEN_SECONDS');
  return issue(world, 'access_token', { user, details, length });
}

/** It opens nothing itself, and knows what the tokens that come of it may do. */
function refreshToken(world: World, user: string, client_id: string, scope: string): Token {
  const details = { grant_type: 'authorization_code', client_id, scope: '', scope_request: scope };
  const length = seconds(world, 'REFRESH_TOKEN_SECONDS');
  return issue(world, 'refresh_token', { user, details, length });
}

export function told({ document }: Token, urgent?: Record<string, string>): Reply {
  return { status: 201, content: { data: document, type: 'object', ...(urgent && { urgent }) } };
}
