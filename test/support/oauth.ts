import type { RunningSandbox } from '../../src/index.js';
import { type Answered, send } from './client.js';

export const BACK = 'https://mis.example/back?from=login';
export const SCOPE = 'composition:read composition:create job:read';

/** A client of the authorization of a platform, which does no more than it is told. */
export function makeOauthClient(sandbox: Pick<RunningSandbox, 'url' | 'world'>) {
  const { url } = sandbox;
  const { begin } = sandbox.world();
  const { client_id = '', client_secret = '', mis_client_id = '', email, password } = begin;
  const client = { client_id, client_secret };
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    send('POST', url + path, { body, headers });
  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
  const self = {
    begin,
    login: (more: object = {}): Promise<Answered> => {
      const scope = 'app:authorize';
      const token = { grant_type: 'password', email, password, client_id: mis_client_id, scope };
      return post('/auth/login', { token: { ...token, ...more } });
    },
    authorize: (token: string, more: object = {}): Promise<Answered> =>
      post(
        '/oauth/apps/authorize',
        { app: { client_id, redirect_uri: BACK, scope: SCOPE, ...more } },
        bearer(token),
      ),
    redeem: (code: string, more: object = {}): Promise<Answered> => {
      const token = { grant_type: 'authorization_code', ...client, code, redirect_uri: BACK };
      return post('/oauth/tokens', { token: { ...token, scope: SCOPE, ...more } });
    },
    refresh: (refresh_token: string, more: object = {}): Promise<Answered> => {
      const token = { grant_type: 'refresh_token', ...client, refresh_token };
      return post('/oauth/tokens', { token: { ...token, ...more } });
    },
    logout: (token: string): Promise<Answered> => post('/auth/logout', undefined, bearer(token)),
    user: (token: string): Promise<Answered> =>
      send('GET', `${url}/oauth/user`, { headers: bearer(token) }),
    /** A code without a browser. */
    code: async (scope = SCOPE): Promise<string> => {
      const { json } = await self.login();
      return (await self.authorize(json.data.value, { scope })).json.data.value;
    },
    /** An access token, as the answer tells it. */
    token: async (scope = SCOPE) => (await self.redeem(await self.code(scope))).json.data,
    /** What a request has to bring where tokens are looked at. */
    credentials: (token: string): Record<string, string> => ({
      ...bearer(token),
      'API-key': begin.api_key ?? '',
      'X-Custom-PSK': 'any',
    }),
  };
  return self;
}
