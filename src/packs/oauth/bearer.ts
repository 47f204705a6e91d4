import { textOf } from '../../contract/json.js';
import type { ApiRequest, Refusal, World } from '../../sandbox/pack.js';
import { denied, INVALID_TOKEN } from './refusals.js';
import { find, hasExpired, type Token } from './tokens.js';

/** The text of a header of a request; empty where it has none. */
export function headerOf({ headers = {} }: Pick<ApiRequest, 'headers'>, name: string): string {
  return textOf(headers[name] ?? '').trim();
}

const NO_TOKEN = denied("Authorization header is not set or doesn't contain Bearer token");

/** The token that a request brings, or why it is not let in, in the gateway's words. */
export function holderOf(request: Pick<ApiRequest, 'headers'>, world: World): Token | Refusal {
  const [, value] = /^bearer +(\S+)$/i.exec(headerOf(request, 'authorization')) ?? [];
  if (value === undefined) return NO_TOKEN;
  const token = find(world, 'access_token', value);
  return token && !hasExpired(world, token) ? token : INVALID_TOKEN;
}
