import type { Refusal } from '../../sandbox/pack.js';

/** Kinds of refusals that stand in `error.type`; the texts are those of the platform's public source of 2019. */
type Kind =
  | 'access_denied'
  | 'invalid_client'
  | 'invalid_grant'
  | 'token_expired'
  | 'token_not_found'
  | 'user_blocked';

export function denied(message: string, type: Kind = 'access_denied'): Refusal {
  return { status: 401, type, message };
}

/** A request that cannot be understood. */
export function invalidRequest(message: string): Refusal {
  return { status: 422, type: 'request_malformed', message };
}

export const INVALID_TOKEN = denied('Invalid access token');
export const TOKEN_EXPIRED = denied('Token expired.', 'token_expired');
export const TOKEN_NOT_FOUND = denied('Token not found.', 'token_not_found');
export const TOKEN_USED = denied('Token has already been used.');
export const INVALID_GRANT = denied('Token not found or expired.', 'invalid_grant');
export const INVALID_CLIENT = denied('Invalid client id or secret.', 'invalid_client');
export const WRONG_REDIRECT = 'The redirection URI provided does not match a pre-registered value.';
