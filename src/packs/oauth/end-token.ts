import type { Pack } from '../../sandbox/pack.js';
import { holderOf } from './bearer.js';
import { end, hasExpired, type Token } from './tokens.js';

/** Lets the token of a request open nothing more; revoked, its user has nothing left that could renew it. */
export const endToken: NonNullable<Pack['endToken']> = (request, world, revoked) => {
  const holder = holderOf(request, world);
  if ('status' in holder) return;
  end(world, holder);
  if (!revoked) return;
  const { user_id, details } = holder.document;
  for (const refresh of world.all<Token>('refresh_token')) {
    const { document } = refresh;
    const same = document.user_id === user_id && document.details.client_id === details.client_id;
    if (same && !hasExpired(world, refresh)) end(world, refresh);
  }
};
