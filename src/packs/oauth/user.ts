import type { ApiRequest, Refusal, Reply, World } from '../../sandbox/pack.js';
import { holderOf } from './bearer.js';
import { findClient, findUser, refuseUser } from './clients.js';
import { denied, invalidRequest } from './refusals.js';

/** The user that the token is of. */
export function readUser(request: ApiRequest, world: World): Reply | Refusal {
  const holder = holderOf(request, world);
  if ('status' in holder) return holder;
  const user = findUser(world, holder.document.user_id);
  const refused = refuseUser(user);
  if (refused || !user) return refused ?? denied('User not found.');
  // A moment without a zone, as the platform writes those of users.
  const moment = new Date(user.created).toISOString().slice(0, -1);
  const own = { block_reason: null, settings: {}, inserted_at: moment, updated_at: moment };
  return { status: 200, content: { data: { ...own, ...user.document }, type: 'object' } };
}

/** In seconds: as long as the example of the public document. */
const NONCE_SECONDS = 900;

/** A JWT that is good for one login by signature. Nobody checks its signature here, so it has one of chance. */
export function nonce({ body, query }: ApiRequest, world: World): Reply | Refusal {
  const { client_id = query.client_id } = (body ?? {}) as Record<string, unknown>;
  if (typeof client_id !== 'string') return invalidRequest('client_id is missing');
  if (!findClient(world, client_id)) return denied('Invalid client id.', 'invalid_client');
  const now = Math.floor(world.now / 1000);
  const payload = {
    aud: 'mithril-login',
    exp: now + NONCE_SECONDS,
    iat: now,
    iss: 'EHealth',
    jti: world.ids.uuid(),
    nbf: now - 1,
    nonce: world.ids.number(),
    sub: client_id,
    typ: 'access',
  };
  const parts = [{ alg: 'HS512', typ: 'JWT' }, payload].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const signature = Buffer.from(world.ids.uuid() + world.ids.uuid()).toString('base64url');
  const token = [...parts, signature].join('.');
  return { status: 200, content: { data: { token }, type: 'object' } };
}
