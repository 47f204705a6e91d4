import type { Pack } from '../../sandbox/pack.js';
import { CLINIC, DOCTORS, MIS } from '../people.js';
import { refuseUser, users } from './clients.js';
import { signedIn } from './exchange.js';

/** What a doctor of the clinic would get who signs in and consents: the first who may. */
export const handOutToken: NonNullable<Pack['handOutToken']> = (scopes, world) => {
  const [{ user: first }] = DOCTORS;
  const user = users(world).find((one) => !refuseUser(one))?.document.id ?? first;
  const { document } = signedIn(world, user, { client_id: CLINIC.id, scope: scopes.join(' ') });
  const { value, expires_at, details } = document;
  return {
    token: value,
    ...(details.refresh_token === undefined ? {} : { refresh: details.refresh_token }),
    until: expires_at * 1000,
    headers: { Authorization: `Bearer ${value}`, 'api-key': MIS.secret, 'X-Custom-PSK': 'any' },
  };
};
