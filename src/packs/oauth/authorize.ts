import type { ApiRequest, Refusal, Reply, World } from '../../sandbox/pack.js';
import { holderOf } from './bearer.js';
import { findClient, findUser, refuseUser } from './clients.js';
import { isRedirect, redirectTo } from './redirect.js';
import { denied, invalidRequest, WRONG_REDIRECT } from './refusals.js';
import { seconds } from './settings.js';
import { issue, scopesOf, type Token } from './tokens.js';

/** What a user agrees to. */
interface Approval {
  user: string;
  client_id: string;
  redirect_uri: string;
  scope: string;
}

/** Hands out a code, or says why there is none. */
export function approve(world: World, given: Approval): Token | Refusal {
  const { user: id, client_id, redirect_uri, scope } = given;
  if (!findClient(world, client_id)) return denied('Invalid client id.');
  const user = findUser(world, id);
  const refused = refuseUser(user);
  if (refused) return refused;
  if (!isRedirect(redirect_uri)) return denied(WRONG_REDIRECT);
  if (scopesOf(scope).length === 0) {
    return invalidRequest(
      'Requested scope is empty. Scope not passed or user has no roles or global roles.',
    );
  }
  const scope_request = scopesOf(scope).join(' ');
  const details = { client_id, grant_type: 'password', redirect_uri, scope_request };
  const length = seconds(world, 'CODE_SECONDS');
  return issue(world, 'authorization_code', { user: id, details, length });
}

const SCOPE = 'app:authorize';

/** A code without a browser: the token of a login asks for it. */
export function authorizeApp(request: ApiRequest, world: World): Reply | Refusal {
  const holder = holderOf(request, world);
  if ('status' in holder) return holder;
  if (!scopesOf(holder.document.details.scope).includes(SCOPE)) {
    const message = `Your scope does not allow to access this resource. Missing allowances: ${SCOPE}`;
    return { status: 403, message };
  }
  const { app } = request.body as { app: Record<string, string> };
  const { client_id = '', redirect_uri = '', scope = '' } = app;
  const user = holder.document.user_id;
  const code = approve(world, { user, client_id, redirect_uri, scope });
  if ('status' in code) return code;
  const location = redirectTo(redirect_uri, code.document.value);
  const urgent = { redirect_uri: location };
  return {
    status: 201,
    headers: { Location: location },
    content: { data: code.document, type: 'object', urgent },
  };
}
