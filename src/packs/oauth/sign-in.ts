import type { ApiRequest, Refusal, Reply, World } from '../../sandbox/pack.js';
import { approve } from './authorize.js';
import { findClient, refuseUser, userByEmail, users } from './clients.js';
import { isRedirect, redirectTo } from './redirect.js';
import { denied, WRONG_REDIRECT } from './refusals.js';
import { page, policyFor } from './sign-in-page.js';

/** The page of one button. */
export function signIn({ query }: ApiRequest, world: World): Reply | Refusal {
  const asked = query as Record<'client_id' | 'redirect_uri' | 'scope', string> &
    Partial<Record<'state' | 'email', string>>;
  const { client_id, redirect_uri, scope, state = '', email } = asked;
  const client = findClient(world, client_id);
  if (!client) return denied('Invalid client id.');
  if (!isRedirect(redirect_uri)) return denied(WRONG_REDIRECT);
  const user = email === undefined ? users(world)[0] : userByEmail(world, email);
  const refused = refuseUser(user);
  if (refused || !user) return refused ?? denied('User not found.');
  const fields = { client_id, redirect_uri, scope, state, user_id: user.id };
  const names = { user: user.facts.name, client: client.title ?? client_id };
  return {
    status: 200,
    headers: {
      'X-Frame-Options': 'deny',
      'Content-Security-Policy': policyFor(redirect_uri),
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    },
    content: { text: page(names, fields), mediaType: 'text/html' },
  };
}

/** The button: back to the client, with a code. */
export function approveSignIn({ body }: ApiRequest, world: World): Reply | Refusal {
  const given = body as Record<string, string>;
  const { client_id = '', redirect_uri = '', scope = '', state, user_id = '' } = given;
  const code = approve(world, { user: user_id, client_id, redirect_uri, scope });
  if ('status' in code) return code;
  const location = redirectTo(redirect_uri, code.document.value, state);
  return { status: 303, headers: { Location: location }, content: { text: '', mediaType: '' } };
}
