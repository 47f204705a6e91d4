import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadContract } from '../../src/contract/contract.js';
import { startSandbox } from '../../src/index.js';
import { CREDENTIALS, makeClient, send } from '../support/client.js';
import { disability, ofWorld } from '../support/conclusions.js';
import { makeOauthClient } from '../support/oauth.js';
import { LONG_ENOUGH, openSandbox } from '../support/sandbox.js';

const tell = ({ status, json }: { status: number; json: { error: object } }) => ({
  status,
  ...json.error,
});

/** An API whose operations ask for scopes, served beside the pack that hands out tokens. */
async function openScoped(gateway = '') {
  const folder = await mkdtemp(join(tmpdir(), 'scoped-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const answers = {
    200: { description: 'Good.', content: { 'application/json': { schema: {} } } },
  };
  const operation = (operationId: string, security: object[]) => ({
    get: { operationId, security, responses: answers },
  });
  const document = {
    openapi: '3.0.3',
    info: { title: 'Scoped', version: '1' },
    paths: {
      '/both': operation('readBoth', [{ oauth2: ['a:read', 'b:read'], key: [] }]),
      '/either': operation('readEither', [
        { oauth2: ['a:read'] },
        { oauth2: ['c:read', 'd:read'] },
      ]),
      '/open': operation('readOpen', []),
      '/any': operation('readAny', [{ bearer: [] }]),
    },
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        oauth2: { type: 'oauth2', flows: {} },
        key: { type: 'apiKey', in: 'header', name: 'api-key' },
      },
    },
  };
  await writeFile(join(folder, 'openapi.json'), JSON.stringify(document));
  await writeFile(join(folder, 'binding.yaml'), `binding: scoped\nschedules: []\n${gateway}`);
  const readers = Object.keys(document.paths).map(
    (path) => `read${path[1]?.toUpperCase()}${path.slice(2)}`,
  );
  const body = `(request) => ({ status: 200, content: { data: request.caller ?? null, type: 'object' } })`;
  await writeFile(
    join(folder, 'behaviour.js'),
    `export default { name: 'scoped', reads: { ${readers.map((id) => `${id}: ${body}`).join(', ')} } };`,
  );
  const sandbox = await startSandbox({ pack: [folder, 'oauth'], auth: 'strict' });
  onTestFinished(() => sandbox.close());
  const platform = await openSandbox({ pack: 'esoz' });
  const oauth = makeOauthClient({ url: sandbox.url, world: () => platform.sandbox.world() });
  const get = (path: string, headers: Record<string, string> = {}) =>
    send('GET', sandbox.url + path, { headers });
  return { sandbox, oauth, get };
}

describe('auth: strict', () => {
  it('lets a token in that was handed out, and tells the pack who asks', async () => {
    const { oauth, get } = await openScoped();
    const { value } = await oauth.token('a:read b:read');
    const { status, json } = await get('/both', oauth.credentials(value));
    expect(status).toBe(200);
    expect(json.data).toEqual({
      user: oauth.begin.user_id,
      employee: expect.any(String),
      legal_entity: oauth.begin.client_id,
      client: oauth.begin.client_id,
      scopes: ['a:read', 'b:read'],
    });
  });

  it('asks in this order for a token, a good one, the API key, its value, and the PSK', async () => {
    const { oauth, get } = await openScoped('types: { 401: access_denied }');
    const { value } = await oauth.token('a:read b:read');
    const all = oauth.credentials(value);
    const { Authorization = '', 'API-key': key = '' } = all;
    const sent: Record<string, string>[] = [
      {},
      { ...all, Authorization: 'Basic eDp5' },
      { ...all, Authorization: 'Bearer none' },
      { Authorization },
      { ...all, 'API-key': 'other' },
      { Authorization, 'API-key': key },
    ];
    const texts = [];
    for (const headers of sent) {
      const { status, json } = await get('/both', headers);
      expect(status).toBe(401);
      texts.push(json.detail);
    }
    expect(texts).toEqual([
      "Authorization header is not set or doesn't contain Bearer token",
      "Authorization header is not set or doesn't contain Bearer token",
      'Invalid access token',
      'API-KEY header required',
      'Invalid api key',
      'X-Custom-PSK header required',
    ]);
  });

  it('names the scopes that a token lacks, in the binding’s words', async () => {
    const gateway =
      'gateway: { missing_scope: { http: 401, message: "Missing allowances: {scopes}" } }';
    const { oauth, get } = await openScoped(gateway);
    const { value } = await oauth.token('a:read');
    const { status, json } = await get('/both', oauth.credentials(value));
    expect([status, json.detail]).toEqual([401, 'Missing allowances: b:read']);
    expect((await get('/either', oauth.credentials(value))).status).toBe(200);
    expect((await get('/any', oauth.credentials(value))).status).toBe(200);
    const other = (await oauth.token('c:read')).value;
    const lacking = await get('/either', oauth.credentials(other));
    expect(lacking.json.detail).toBe('Missing allowances: a:read');
  });

  it('refuses with 403 where the binding says nothing, and asks nothing of what is open to all', async () => {
    const { oauth, get } = await openScoped();
    const { value } = await oauth.token('c:read');
    expect((await get('/both', oauth.credentials(value))).status).toBe(403);
    expect((await get('/open')).json.data).toBeNull();
  });

  it('asks for scopes that follow from others where the public documents name none', async () => {
    const { sandbox } = await openSandbox({ pack: 'esoz', auth: 'strict' });
    const oauth = makeOauthClient(sandbox);
    const path = `/api/patients/${oauth.begin.patient_id}/encounters`;
    const read = async (scope: string) => {
      const headers = oauth.credentials((await oauth.token(scope)).value);
      return send('GET', sandbox.url + path, { headers });
    };
    expect(tell(await read('job:read'))).toMatchObject({
      status: 403,
      message: expect.stringMatching(/Missing allowances: encounter:read$/),
    });
    expect((await read('encounter:read')).status).toBe(200);
  });

  it('leaves four operations of medical events to any token, whose scope nobody knows', async () => {
    const { operations } = await loadContract('spec/medical-events/openapi.yaml', ['', '/api']);
    const open = [...operations.values()].filter(({ scopes = [] }) => scopes.flat().length === 0);
    expect(open.map(({ id }) => id).sort()).toEqual([
      'getCompositionContext',
      'getRuleEngineRule',
      'listRuleEngineRules',
      'qualifyDeviceRequest',
    ]);
  });

  it('is put on and off for one session alone', async () => {
    const { sandbox, client } = await openSandbox({ pack: 'esoz' });
    expect((await client.create(disability())).status).toBe(200);
    const strict = sandbox.session('strict');
    expect(strict.set({ auth: 'strict' })).toMatchObject({ auth: 'strict' });
    const refused = await makeClient(strict.url).create(disability());
    expect(tell(refused)).toMatchObject({ status: 401, message: 'Invalid access token' });
    expect((await client.create(disability())).status).toBe(200);
    strict.set({ auth: 'open' });
    expect((await makeClient(strict.url).create(disability())).status).toBe(200);
  });

  it('refuses a poll once the token has run out, and lets a renewed one go on', async () => {
    const settings = { ACCESS_TOKEN_SECONDS: 2 };
    const { sandbox } = await openSandbox({ pack: 'esoz', auth: 'strict', settings });
    const oauth = makeOauthClient(sandbox);
    const { value, details } = await oauth.token();
    const url = `${sandbox.url}/api/patients/composition`;
    const body = disability(ofWorld());
    const { json } = await send('POST', url, { body, headers: oauth.credentials(value) });
    const poll = (token: string) =>
      send('GET', `${url}/job/${json.data.id}`, { headers: oauth.credentials(token) });
    expect((await poll(value)).json.data.status).toBe('PENDING');
    sandbox.clock.advance(LONG_ENOUGH);
    expect(tell(await poll(value))).toMatchObject({ status: 401, type: 'access_denied' });
    const renewed = (await oauth.refresh(details.refresh_token)).json.data.value;
    expect((await poll(renewed)).json.data.status).toBe('DONE');
    const polls = sandbox.journal({ operation: 'getAsyncJobStatus' });
    expect(polls.map(({ status, job }) => [status, job])).toEqual([
      [200, json.data.id],
      [401, json.data.id],
      [200, json.data.id],
    ]);
  });

  it('looks at the token before anything else of a request', async () => {
    const { sandbox } = await openSandbox({ pack: 'esoz', auth: 'strict' });
    const url = `${sandbox.url}/patients/composition`;
    expect((await send('POST', url, { body: {}, headers: CREDENTIALS })).status).toBe(401);
    expect((await send('GET', `${url}/job/none`, { headers: CREDENTIALS })).status).toBe(401);
    expect((await send('GET', `${sandbox.url}/no-such-path`)).status).toBe(404);
  });

  it('needs somebody who hands out tokens', async () => {
    await expect(startSandbox({ auth: 'strict' })).rejects.toMatchObject({
      code: 'SETTING_NO_TOKENS',
    });
    await expect(startSandbox({ auth: 'strickt' as 'strict' })).rejects.toMatchObject({
      code: 'SETTING_WRONG_AUTH',
    });
    const { sandbox } = await openSandbox();
    expect(() => sandbox.set({ auth: 'strict' })).toThrow('hands out tokens');
  });
});
