import type { ApiRequest, Refusal, Reply, World } from '../../sandbox/pack.js';
import { holderOf } from './bearer.js';
import { findClient, refuseUser, userByEmail } from './clients.js';
import { told } from './exchange.js';
import { denied } from './refusals.js';
import { seconds } from './settings.js';
import { end, endOthers, find, issue } from './tokens.js';

/** A token for the MIS itself; an earlier one of the same user ends. */
export function login({ body }: ApiRequest, world: World): Reply | Refusal {
  const { token: given } = body as { token: Record<string, string> };
  const { client_id = '', email = '', password, scope = '' } = given;
  if (!findClient(world, client_id)) return denied('Invalid client id.', 'invalid_client');
  const user = userByEmail(world, email);
  const refused = refuseUser(user);
  if (refused || !user) return refused ?? denied('User not found.');
  if (user.facts.password !== password) {
    return denied('Identity, password combination is wrong.');
  }
  const details = { grant_type: 'password', client_id, scope };
  const length = seconds(world, 'ACCESS_TOKEN_SECONDS');
  const token = issue(world, 'access_token', { user: user.id, details, length });
  endOthers(world, token);
  return told(token, { next_step: 'REQUEST_APPS' });
}

/** Ends the token that asks, and the refresh token that came with it. */
export function logout(request: ApiRequest, world: World): Reply | Refusal {
  const holder = holderOf(request, world);
  if ('status' in holder) return holder;
  const { refresh_token: value } = holder.document.details;
  const refresh = value === undefined ? undefined : find(world, 'refresh_token', value);
  end(world, holder);
  if (refresh) end(world, refresh);
  return { status: 200, content: { data: {}, type: 'object' } };
}
