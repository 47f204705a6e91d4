import { describe, expect, it } from 'vitest';
import { send } from '../../support/client.js';
import { BACK, makeOauthClient, SCOPE } from '../../support/oauth.js';
import { NOON, openSandbox } from '../../support/sandbox.js';

async function open(settings: Record<string, number | string | boolean> = {}) {
  const { sandbox } = await openSandbox({ pack: 'esoz', settings });
  return { sandbox, oauth: makeOauthClient(sandbox) };
}

const tell = ({ status, json }: { status: number; json: { error: object } }) => ({
  status,
  ...json.error,
});
const SECONDS = Date.parse(NOON) / 1000;

describe('a login without a browser', () => {
  it('leads over a token and a code to an access token and a refresh token', async () => {
    const { oauth } = await open();
    const login = await oauth.login();
    expect(login.status).toBe(201);
    expect(login.json.urgent).toEqual({ next_step: 'REQUEST_APPS' });
    const authorized = await oauth.authorize(login.json.data.value);
    expect(authorized.status).toBe(201);
    const { value: code, ...more } = authorized.json.data;
    expect(more).toMatchObject({
      name: 'authorization_code',
      user_id: oauth.begin.user_id,
      expires_at: SECONDS + 300,
      details: { scope_request: SCOPE, redirect_uri: BACK, client_id: oauth.begin.client_id },
    });
    const location = `${BACK}&code=${code}`;
    expect(authorized.headers.get('location')).toBe(location);
    expect(authorized.json.urgent).toEqual({ redirect_uri: location });
    const redeemed = await oauth.redeem(code);
    expect(redeemed.status).toBe(201);
    expect(redeemed.json.meta.code).toBe(201);
    expect(redeemed.json.data).toEqual({
      id: expect.any(String),
      name: 'access_token',
      value: expect.stringMatching(/^[0-9a-f]{44}$/),
      user_id: oauth.begin.user_id,
      expires_at: SECONDS + 30 * 24 * 60 * 60,
      details: {
        grant_type: 'authorization_code',
        client_id: oauth.begin.client_id,
        scope: SCOPE,
        refresh_token: expect.stringMatching(/^[0-9a-f]{44}$/),
        redirect_uri: BACK,
      },
    });
  });

  it('is taken by PUT, and an earlier token of it ends', async () => {
    const { sandbox, oauth } = await open();
    const first = (await oauth.login()).json.data.value;
    expect((await oauth.user(first)).json.data.email).toBe(oauth.begin.email);
    const { mis_client_id, email, password } = oauth.begin;
    const token = { grant_type: 'password', email, password, client_id: mis_client_id, scope: 'a' };
    const put = await send('PUT', `${sandbox.url}/api/auth/login`, { body: { token } });
    expect(put.status).toBe(201);
    expect(tell(await oauth.user(first))).toMatchObject({ status: 401, type: 'access_denied' });
    expect(tell(await oauth.authorize(put.json.data.value))).toMatchObject({ status: 403 });
  });

  it.each([
    [{ password: 'other' }, { message: 'Identity, password combination is wrong.' }],
    [{ email: 'nobody@clinic.example' }, { message: 'User not found.' }],
    [{ client_id: 'none' }, { type: 'invalid_client', message: 'Invalid client id.' }],
  ])('is refused with %o', async (more, said) => {
    const { oauth } = await open();
    expect(tell(await oauth.login(more))).toMatchObject({ status: 401, ...said });
  });

  it('is refused to a user who is blocked', async () => {
    const { sandbox, oauth } = await open();
    sandbox.seed({ kind: 'user', id: oauth.begin.user_id, is_blocked: true });
    const refused = tell(await oauth.login());
    expect(refused).toMatchObject({ type: 'user_blocked', message: 'User blocked.' });
  });

  it.each([
    [{ scope: '' }, 422, 'request_malformed'],
    [{ redirect_uri: 'javascript:alert(1)' }, 401, 'access_denied'],
    [{ client_id: 'none' }, 401, 'access_denied'],
  ])('gives no code for %o', async (more, status, type) => {
    const { oauth } = await open();
    const { json } = await oauth.login();
    expect(tell(await oauth.authorize(json.data.value, more))).toMatchObject({ status, type });
  });
});

describe('a code', () => {
  it('is good once', async () => {
    const { oauth } = await open();
    const code = await oauth.code();
    expect((await oauth.redeem(code)).status).toBe(201);
    const again = tell(await oauth.redeem(code));
    expect(again).toMatchObject({ status: 401, message: 'Token has already been used.' });
  });

  it('is good for five minutes of the session’s clock', async () => {
    const { sandbox, oauth } = await open();
    const code = await oauth.code();
    sandbox.clock.advance('5min');
    expect(tell(await oauth.redeem(code))).toMatchObject({ status: 401, type: 'token_expired' });
  });

  it.each([
    [{ client_secret: 'other' }, 'invalid_client'],
    [{ client_id: 'none' }, 'invalid_client'],
    [{ redirect_uri: 'https://elsewhere.example/' }, 'invalid_client'],
    [{ code: 'none' }, 'token_not_found'],
    [{ client_id: '0c8e5f2d-71b3-4a96-8d47-b9e1a6f3c052' }, 'invalid_grant'],
  ])('is refused with %o', async (more, type) => {
    const { oauth } = await open();
    expect(tell(await oauth.redeem(await oauth.code(), more))).toMatchObject({ status: 401, type });
  });

  it('of a grant that is none is refused by the contract', async () => {
    const { oauth } = await open();
    expect((await oauth.redeem('any', { grant_type: 'client_credentials' })).status).toBe(422);
  });
});

describe('a refresh token', () => {
  it('gives a new access token with the same scope, and none of its own kind', async () => {
    const { sandbox, oauth } = await open({ ACCESS_TOKEN_SECONDS: 60 });
    const { details, value } = await oauth.token();
    sandbox.clock.advance('60s');
    expect((await oauth.user(value)).status).toBe(401);
    const { status, json } = await oauth.refresh(details.refresh_token);
    expect(status).toBe(201);
    expect(json.data).toMatchObject({ name: 'access_token', expires_at: SECONDS + 120 });
    expect(json.data.details).toEqual({
      grant_type: 'refresh_token',
      client_id: oauth.begin.client_id,
      scope: SCOPE,
    });
    expect((await oauth.user(json.data.value)).status).toBe(200);
    expect((await oauth.refresh(details.refresh_token)).status).toBe(201);
  });

  it('ends after seven days', async () => {
    const { sandbox, oauth } = await open();
    const { details } = await oauth.token();
    sandbox.clock.advance('7d');
    const refused = tell(await oauth.refresh(details.refresh_token));
    expect(refused).toMatchObject({
      status: 401,
      type: 'token_expired',
      message: 'Token expired.',
    });
  });

  it('is replaced where the settings say so, and the old one is used up', async () => {
    const { oauth } = await open({ REFRESH_ANSWERS_REFRESH_TOKEN: true });
    const { details } = await oauth.token();
    const renewed = (await oauth.refresh(details.refresh_token)).json.data.details.refresh_token;
    expect(renewed).not.toBe(details.refresh_token);
    expect(tell(await oauth.refresh(details.refresh_token)).status).toBe(401);
    expect((await oauth.refresh(renewed)).status).toBe(201);
  });

  it('ends earlier access tokens where the settings say so', async () => {
    const { oauth } = await open({ RENEWAL_ENDS_OLD_TOKENS: true });
    const { details, value } = await oauth.token();
    expect((await oauth.user(value)).status).toBe(200);
    await oauth.refresh(details.refresh_token);
    expect((await oauth.user(value)).status).toBe(401);
  });

  it('ends with its access token by a logout', async () => {
    const { oauth } = await open();
    const { details, value } = await oauth.token();
    expect((await oauth.logout(value)).status).toBe(200);
    expect((await oauth.user(value)).status).toBe(401);
    expect(tell(await oauth.refresh(details.refresh_token))).toMatchObject({
      type: 'token_expired',
    });
  });
});

describe('what surrounds tokens', () => {
  it('tells who has signed in', async () => {
    const { oauth } = await open();
    const { json } = await oauth.user((await oauth.token()).value);
    expect(json.data).toMatchObject({ id: oauth.begin.user_id, is_blocked: false });
  });

  it('gives a nonce by GET and by POST', async () => {
    const { sandbox, oauth } = await open();
    const { client_id } = oauth.begin;
    const url = `${sandbox.url}/oauth/nonce`;
    const got = await send('GET', `${url}?client_id=${client_id}`);
    const posted = await send('POST', url, { body: { client_id } });
    for (const { status, json } of [got, posted]) {
      expect(status).toBe(200);
      const [, payload = ''] = json.data.token.split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
      expect(claims).toMatchObject({ sub: client_id, iat: SECONDS, exp: SECONDS + 900 });
    }
    expect((await send('GET', url)).status).toBe(422);
  });

  it('takes clients that nobody knows where the settings say so', async () => {
    const { oauth } = await open({ UNKNOWN_CLIENTS: 'take' });
    const own = { client_id: '9c8b7a60-0000-4000-8000-000000000001', client_secret: 'own' };
    const { json } = await oauth.login({ client_id: 'their-own-mis' });
    const code = (await oauth.authorize(json.data.value, own)).json.data.value;
    expect((await oauth.redeem(code, own)).status).toBe(201);
  });

  it('takes clients and users that a person has put there', async () => {
    const { sandbox, oauth } = await open();
    const [id, user] = [
      '11111111-1111-4111-8111-111111111111',
      '22222222-2222-4222-8222-222222222222',
    ];
    sandbox.seed({ kind: 'client', id, secret: 's3' });
    sandbox.seed({ kind: 'user', id: user, email: 'me@x.example', password: 'p' });
    const { json } = await oauth.login({ email: 'me@x.example', password: 'p' });
    const code = (await oauth.authorize(json.data.value, { client_id: id })).json.data.value;
    const token = (await oauth.redeem(code, { client_id: id, client_secret: 's3' })).json.data;
    expect(token.user_id).toBe(user);
    expect(() => sandbox.seed({ kind: 'client', id: 'x' })).toThrow('a client needs its secret');
  });

  it('works where the pack is served by itself', async () => {
    const { sandbox } = await openSandbox({ pack: 'oauth' });
    const platform = await open();
    const oauth = makeOauthClient({ url: sandbox.url, world: () => platform.sandbox.world() });
    expect((await oauth.token()).name).toBe('access_token');
  });
});
