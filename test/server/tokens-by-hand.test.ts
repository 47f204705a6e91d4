import { describe, expect, it } from 'vitest';
import { send } from '../support/client.js';
import { callControl } from '../support/control.js';
import { openSandbox } from '../support/sandbox.js';

const HERE = '/sessions/default';

interface Example {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** A person with curl: takes examples and tokens from the control API, and sends what it says. */
async function open(options: Parameters<typeof openSandbox>[0] = {}) {
  const { sandbox } = await openSandbox(options);
  const control = (method: string, path: string, body?: unknown) =>
    callControl(sandbox.url, method, path, body === undefined ? {} : { body });
  const example = async (operation: string, query = ''): Promise<Example> =>
    (await control('GET', `/examples/${operation}/request${query}`)).json;
  const ask = async (operation: string, headers: Record<string, string> = {}, query = '') => {
    const { method, path, headers: own, body } = await example(operation, query);
    const others = Object.entries(own).filter(
      ([name]) => !Object.keys(headers).some((one) => one.toLowerCase() === name.toLowerCase()),
    );
    const all = { ...Object.fromEntries(others), ...headers };
    return send(method, sandbox.url + path, { headers: all, body });
  };
  const token = async (body: unknown = {}) => (await control('POST', `${HERE}/tokens`, body)).json;
  const end = (body: unknown = {}) => control('POST', `${HERE}/tokens/end`, body);
  return { sandbox, control, ask, token, end };
}

const STRICT = { pack: 'esoz', auth: 'strict' } as const;

describe('a token that a person asks for', () => {
  it.each([
    'createComposition',
    'submitEncounterPackage',
    'createEmployeeRequestV2',
  ])('lets %s in where tokens are looked at', async (operation) => {
    const { ask, token } = await open(STRICT);
    expect((await ask(operation)).status).toBe(401);
    const { headers } = await token();
    expect((await ask(operation, headers)).status).toBeLessThan(300);
  });

  it('may do what it was asked for, and is renewed as one of a sign-in', async () => {
    const { ask, token, sandbox } = await open(STRICT);
    const { headers, scopes, until, refresh_token } = await token({ scopes: ['job:read'] });
    expect(scopes).toEqual(['job:read']);
    expect(Date.parse(until)).toBeGreaterThan(sandbox.clock.now().getTime());
    const refused = await ask('createComposition', headers);
    expect([refused.status, refused.json.error.message]).toEqual([
      401,
      expect.stringContaining('composition:create'),
    ]);
    const { client_id, client_secret } = sandbox.world().begin;
    const renewal = { grant_type: 'refresh_token', client_id, client_secret, refresh_token };
    const renewed = await send('POST', `${sandbox.url}/oauth/tokens`, { body: { token: renewal } });
    expect(renewed.status).toBe(201);
  });

  it('is any value where nothing hands out tokens', async () => {
    const { ask, token } = await open();
    const { headers, ...rest } = await token();
    expect(Object.keys(headers).map((name) => name.toLowerCase())).toEqual([
      'authorization',
      'api-key',
    ]);
    expect(rest).not.toHaveProperty('until');
    expect((await ask('createComposition', headers)).status).toBe(200);
  });
});

describe('a token that a person lets end', () => {
  it('is that of the newest request; a new one is let in, and the old one again once that is said', async () => {
    const { ask, token, end, control } = await open();
    expect((await ask('createComposition')).status).toBe(200);
    expect((await end()).json).toEqual({ by: 'expires', exchange: 1, refused: 1 });
    expect((await control('GET', HERE)).json.refused_tokens).toBe(1);
    expect((await ask('createComposition')).status).toBe(401);
    const { headers } = await token();
    expect((await ask('createComposition', headers)).status).toBe(200);
    const { json } = await control('DELETE', `${HERE}/tokens/end`);
    expect(json).not.toHaveProperty('refused_tokens');
    expect((await ask('createComposition')).status).toBe(200);
  });

  it('is that of an exchange, or of headers, and no other', async () => {
    const { ask, token, end } = await open();
    const [one, two] = [(await token()).headers, (await token()).headers];
    await ask('createComposition', one);
    await ask('createComposition', two);
    expect((await end({ exchange: 1 })).json).toMatchObject({ exchange: 1 });
    const status = async (headers: Record<string, string>) =>
      (await ask('createComposition', headers)).status;
    expect([await status(one), await status(two)]).toEqual([401, 200]);
    await end({ headers: two });
    expect(await status(two)).toBe(401);
  });

  it('lacks a scope in the words of its API, and opens nothing', async () => {
    const { ask, end } = await open({ pack: 'medical-events' });
    await ask('submitEncounterPackage');
    await end({ by: 'lacks-scope' });
    const refused = await ask('submitEncounterPackage');
    expect([refused.status, refused.json.error.message]).toEqual([
      expect.any(Number),
      expect.stringContaining('encounter:write'),
    ]);
    expect([401, 403]).toContain(refused.status);
  });

  it.each([
    ['expires', 201],
    ['revoked', 401],
  ])('%s: its refresh token is answered %i', async (by, status) => {
    const { ask, token, end, sandbox } = await open(STRICT);
    const { headers, refresh_token } = await token();
    await ask('createComposition', headers);
    await end({ by });
    expect((await ask('createComposition', headers)).status).toBe(401);
    const { client_id, client_secret } = sandbox.world().begin;
    const renewal = { grant_type: 'refresh_token', client_id, client_secret, refresh_token };
    const renewed = await send('POST', `${sandbox.url}/oauth/tokens`, { body: { token: renewal } });
    expect(renewed.status).toBe(status);
  });

  it('is not there before a request has brought one', async () => {
    const { end, control } = await open();
    const none = await end();
    expect([none.status, none.json.error.code]).toEqual([409, 'TOKEN_NONE_BROUGHT']);
    expect((await end({ exchange: 7 })).json.error.message).toContain('exchange 7');
    expect((await end({ headers: { 'X-Other': 'x' } })).status).toBe(409);
    expect((await control('GET', HERE)).json).not.toHaveProperty('refused_tokens');
  });
});

describe('an example of a request', () => {
  it('is of the API that is named, where several have the operation', async () => {
    const { control } = await open({ pack: 'esoz' });
    const path = async (api: string) =>
      (await control('GET', `/examples/getComposition/request?api=${api}`)).json.path;
    expect(await path('compositions')).not.toBe(await path('medical-events'));
    expect((await control('GET', '/examples/getComposition/request?api=nobody')).status).toBe(404);
  });

  it.each([
    ['long-running', 'scenarios'],
    ['media', 'scenarios'],
    ['device-flow', 'scenarios'],
    ['callbacks', 'scenarios'],
    ['reports', 'scenarios'],
    ['shop', undefined],
  ])('schedules and polls a job of %s, whatever names it', async (name, scenarios) => {
    const folder = `test/fixtures/${name}`;
    const { sandbox, control, ask } = await open({
      spec: `${folder}/openapi.yaml`,
      binding: `${folder}/binding.yaml`,
      ...(scenarios ? { scenarios: `${folder}/${scenarios}` } : {}),
    });
    const { apis } = (await control('GET', '/vocabulary')).json;
    for (const { name: api, operations, report } of apis) {
      const of = api === undefined ? '' : `&api=${api}`;
      for (const operation of operations) {
        const before = sandbox.jobs().length;
        const scheduled = await ask(operation, {}, `?session=default${of}`);
        expect(scheduled.status, `${operation}: ${scheduled.text}`).toBeLessThan(300);
        const job = sandbox.jobs()[before]?.id;
        const polled = await ask(report, {}, `?session=default&job=${job}${of}`);
        expect(sandbox.journal().at(-1), `${report}: ${polled.text}`).toMatchObject({ job });
        // The device flow tells by 400 that it is not over (RFC 8628 §3.5).
        expect(polled.status === 400, polled.text).toBe(name === 'device-flow');
        sandbox.clock.advance('1h');
      }
    }
  });
});
