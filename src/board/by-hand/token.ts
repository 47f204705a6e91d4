import { signal } from '@preact/signals';
import type { TokenView } from '../../sandbox/control/tokens.js';
import type { SessionView } from '../../sandbox/control/views.js';
import { ask } from '../control.js';
import type { SampleRequest } from './send.js';

/** Tokens that the page was handed, by the session: its requests bring them. */
export const tokens = signal<ReadonlyMap<string, TokenView>>(new Map());

/** A new one, which all further requests of the page bring. @throws ControlError */
export async function takeToken(session: string): Promise<TokenView> {
  const token = await ask<TokenView>('POST', ['sessions', session, 'tokens'], {});
  tokens.value = new Map(tokens.value).set(session, token);
  return token;
}

/** A request with the token of its session, which is taken first where only tokens are let in. */
export async function withToken(
  view: Pick<SessionView, 'name' | 'auth'>,
  request: SampleRequest,
): Promise<SampleRequest> {
  const known = tokens.value.get(view.name);
  const token = known ?? (view.auth === 'strict' ? await takeToken(view.name) : undefined);
  return bringing(request, token);
}

/** The same request with a token in place of its credentials; one that asks for none stays as it is. */
export function bringing(request: SampleRequest, token: TokenView | undefined): SampleRequest {
  if (!token) return request;
  const named = new Set(Object.keys(token.headers).map((name) => name.toLowerCase()));
  const others = Object.entries(request.headers).filter(([name]) => !named.has(name.toLowerCase()));
  if (others.length === Object.keys(request.headers).length) return request;
  return { ...request, headers: { ...token.headers, ...Object.fromEntries(others) } };
}
