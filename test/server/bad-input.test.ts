import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../src/index.js';
import { base64, CREDENTIALS, makeClient } from '../support/client.js';
import { disability, ENCOUNTER, PATIENT, reference } from '../support/conclusions.js';
import { openEvents } from '../support/events.js';
import { NOON, openSandbox } from '../support/sandbox.js';
import { fc } from '../support/seeded.js';
import { openWire, sendRaw, statusOf } from '../support/wire.js';

const NOBODY = '3e1d2c4b-5a69-4788-9c3d-2b1a0f9e8d7c';
const JSON_TYPE = { 'Content-Type': 'application/json' };
const MIB = 1024 * 1024;

/** One sandbox takes everything in this file; what it holds must be there in the end. */
let sandbox: RunningSandbox;
let client: ReturnType<typeof makeClient>;
let job: string;
let composition: string;
let held: ReturnType<typeof snapshot>;

beforeAll(async () => {
  sandbox = await startSandbox({ clock: { mode: 'manual', now: Date.parse(NOON) } });
  client = makeClient(sandbox.url);
  sandbox.next('immediate-done');
  await client.create(disability());
  composition = String(sandbox.resources()[0]?.id);
  job = String((await client.create(disability())).json.data.id);
  sandbox.session('kept').next('slow', { operation: 'cancelComposition', times: 3 });
  held = snapshot();
});

/** What nothing in this file may change. */
function snapshot() {
  return {
    job: sandbox.job(job),
    composition: sandbox.resources().find(({ id }) => id === composition),
    now: sandbox.clock.now(),
    queue: sandbox.session('kept').set({}).queue,
  };
}

afterAll(() => sandbox.close());

interface Sent {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

interface Got {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of many shapes
  json: any;
}

/** Sends a request that fetch would not: any path, any header, a body with any method. */
function sendAs({ method = 'GET', path, headers = {}, body }: Sent, base = sandbox.url) {
  const { hostname, port } = new URL(base);
  const chunked = headers['Transfer-Encoding'] !== undefined;
  const length: Record<string, string> =
    body === undefined || chunked ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  return new Promise<Got>((done, fail) => {
    const options = { hostname, port, method, path, headers: { ...headers, ...length } };
    const req = httpRequest(options, (res) => {
      let text = '';
      res.setEncoding('utf8');
      res.on('data', (part: string) => {
        text += part;
      });
      res.on('end', () => {
        let json: unknown;
        try {
          json = JSON.parse(text);
        } catch {
          json = undefined;
        }
        done({ status: res.statusCode ?? 0, headers: res.headers, json });
      });
      res.on('error', fail);
    });
    req.on('error', fail);
    req.end(body);
  });
}

/** The platform's error envelope. */
function expectEnvelope({ status, json }: { status: number; json: unknown }): void {
  expect(json).toMatchObject({
    meta: { code: status },
    error: { type: expect.any(String), message: expect.any(String) },
  });
  const { error } = json as { error: { message: string; invalid?: unknown } };
  expect(error.message).not.toBe('');
  if (error.invalid === undefined) return;
  expect(error.invalid).toEqual(
    (error.invalid as unknown[]).map(() => ({
      entry: expect.any(String),
      entry_type: expect.any(String),
      rules: expect.arrayContaining([
        { rule: expect.any(String), description: expect.any(String), params: expect.any(Array) },
      ]),
    })),
  );
}

const CREATE = '/api/patients/composition';

/** POSTs a body to createComposition. */
const post = (body: string | Uint8Array, headers: Record<string, string> = JSON_TYPE) =>
  sendAs({ method: 'POST', path: CREATE, headers: { ...CREDENTIALS, ...headers }, body });

// biome-ignore lint/suspicious/noExplicitAny: entries of error.invalid
const entriesOf = ({ json }: Got): string[] => json.error.invalid.map((i: any) => i.entry);

describe('a body', () => {
  it.each([
    '{',
    '{"type":',
    "{'type': 1}",
    'type=1',
    '{"a":1}{"b":2}',
    'NaN',
    '\u0000',
    '{"a":"\n"}',
  ])('that is no JSON is refused with 400: %j', async (body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expectEnvelope(answer);
    expect(answer.json.error).toMatchObject({
      type: 'request_malformed',
      message: expect.stringMatching(/^the body is not JSON: /),
      invalid: [{ entry: '$', entry_type: 'json_data_property', rules: [{ rule: 'json' }] }],
    });
  });

  it('that breaks rules is refused with 422 and every one of them at once', async () => {
    const body = {
      type: { coding: [{ system: 'COMPOSITION_TYPES', code: 'ADOPTION' }] },
      category: 'SICKNESS',
      event: [],
      subject: { ...reference('person', 'not-a-uuid') },
      encounter: reference('encounter', ENCOUNTER),
      extension: [{ valueCode: 'IS_ACCIDENT' }],
      surplus: true,
    };
    const answer = await post(JSON.stringify(body));
    expect(answer.status).toBe(422);
    expectEnvelope(answer);
    const { error } = answer.json;
    expect(error.type).toBe('validation_failed');
    expect(error.message).toBe('7 rules of the contract are not kept; see invalid');
    const found = new Map(
      error.invalid.map((i: { entry: string; rules: { rule: string }[] }) => [
        i.entry,
        i.rules.map(({ rule }) => rule),
      ]),
    );
    expect(Object.fromEntries(found)).toEqual({
      '$.author': ['required'],
      '$.type.coding[0].code': ['inclusion'],
      '$.category': ['cast'],
      '$.event': ['minItems'],
      '$.subject.value': ['format'],
      '$.extension[0]': ['oneOf'],
      '$.surplus': ['schema'],
    });
    const inclusion = error.invalid.find(
      ({ entry }: { entry: string }) => entry === '$.type.coding[0].code',
    );
    expect(inclusion).toEqual({
      entry: '$.type.coding[0].code',
      entry_type: 'json_data_property',
      rules: [
        {
          rule: 'inclusion',
          description: 'value is not allowed; allowed: NEWBORN, TEMP_DISABILITY',
          params: ['NEWBORN', 'TEMP_DISABILITY'],
        },
      ],
    });
  });

  it.each([
    'null',
    '[]',
    '1',
    '"text"',
    'true',
  ])('that is JSON but no object is refused: %s', async (body) => {
    const answer = await post(body);
    expect(answer.status).toBe(422);
    expectEnvelope(answer);
    expect(entriesOf(answer)).toContain('$');
  });

  it('that is missing is refused with 422', async () => {
    for (const headers of [JSON_TYPE, {}] as Record<string, string>[]) {
      const answer = await post('', headers);
      expect(answer.status).toBe(422);
      expectEnvelope(answer);
      expect(answer.json.error.message).toBe('the request has no body');
    }
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'text/html; charset=utf-8',
    'json',
  ])('of the type %s is refused with 415, and told what to send', async (type) => {
    const answer = await post(JSON.stringify(disability()), { 'Content-Type': type });
    expect(answer.status).toBe(415);
    expectEnvelope(answer);
    expect(answer.json.error.message).toContain('send application/json');
    expect(entriesOf(answer)).toEqual(['Content-Type']);
  });

  it('without a type is refused with 415', async () => {
    const answer = await post(JSON.stringify(disability()), {});
    expect(answer.status).toBe(415);
    expectEnvelope(answer);
    expect(answer.json.error.message).toContain('content type "none"');
  });

  it.each([
    'application/json;charset=UTF-8',
    'APPLICATION/JSON',
    'application/json; charset="utf-8"',
  ])('of the type %s is JSON', async (type) => {
    const answer = await post(JSON.stringify(disability()), { 'Content-Type': type });
    expect(answer.status).toBe(200);
  });

  it('of exactly 1 MiB is read, and one byte more is refused with 413', async () => {
    const padded = (length: number) => {
      const text = JSON.stringify(disability());
      return text + ' '.repeat(length - text.length);
    };
    expect((await post(padded(MIB))).status).toBe(200);
    for (const length of [MIB + 1, 3 * MIB]) {
      const answer = await post(padded(length));
      expect(answer.status).toBe(413);
      expectEnvelope(answer);
      expect(answer.json.error).toMatchObject({
        type: 'request_too_large',
        message: 'the body is longer than 1 MiB (1048576 bytes); --max-body raises the limit',
      });
    }
  });

  it('that grows beyond 1 MiB when it is unpacked, or has no announced length, is refused too', async () => {
    const long = ' '.repeat(20 * MIB);
    const packed = await post(gzipSync(long), { ...JSON_TYPE, 'Content-Encoding': 'gzip' });
    expect(packed.status).toBe(413);
    const chunked = await post(' '.repeat(MIB + 1), {
      ...JSON_TYPE,
      'Transfer-Encoding': 'chunked',
    });
    expect(chunked.status).toBe(413);
    expectEnvelope(chunked);
  });

  it.each([
    '[',
    '{"a":',
  ])('nested a hundred thousand times with %s is refused with 400', async (open) => {
    const answer = await post(open.repeat(100_000));
    expect(answer.status).toBe(400);
    expectEnvelope(answer);
    expect(answer.json.error.message).toBe('the body is nested deeper than 100 levels');
  });

  it('with brackets inside of texts is not nested', async () => {
    const body = disability({
      extension: [{ valueCode: 'TREATMENT_VIOLATION', valueString: `\\"${'[{'.repeat(500)}` }],
    });
    expect((await post(JSON.stringify(body))).status).toBe(200);
  });

  it('whose text never ends is refused as any other', async () => {
    expect((await post(`"${'\\"'.repeat(500_000)}`)).status).toBe(400);
  });

  it('packed with gzip is read', async () => {
    const packed = gzipSync(JSON.stringify(disability()));
    const answer = await post(packed, { ...JSON_TYPE, 'Content-Encoding': 'gzip' });
    expect(answer.status).toBe(200);
  });

  it.each([
    ['no gzip at all', new TextEncoder().encode(JSON.stringify(disability()))],
    ['a gzip that is cut off', gzipSync(JSON.stringify(disability())).subarray(0, 60)],
    [
      'a gzip with a wrong checksum',
      Buffer.concat([gzipSync('{}').subarray(0, -8), Buffer.alloc(8, 1)]),
    ],
  ])('that says gzip and is %s is refused with 400', async (_, body) => {
    const answer = await post(body, { ...JSON_TYPE, 'Content-Encoding': 'gzip' });
    expect(answer.status).toBe(400);
    expectEnvelope(answer);
    expect(answer.json.error.message).toMatch(/^the body could not be read: /);
  });

  it.each([
    { 'Content-Type': 'application/json; charset=klingon' },
    { ...JSON_TYPE, 'Content-Encoding': 'compress' },
    { ...JSON_TYPE, 'Content-Encoding': 'gzip, gzip' },
  ])('with a charset or an encoding that is not read is refused with 415: %j', async (headers) => {
    const answer = await post(JSON.stringify(disability()), headers as Record<string, string>);
    expect(answer.status).toBe(415);
    expectEnvelope(answer);
    expect(answer.json.error.message).toContain('send UTF-8, plain or with gzip, deflate or br');
  });

  it('with bytes that are no UTF-8, or a byte order mark, never fails the sandbox', async () => {
    const text = JSON.stringify(disability());
    expect((await post(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))).status).toBe(400);
    expect((await post(`\ufeff${text}`)).status).toBe(200);
  });

  it.each([
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
  ])('with the key %s is refused like any other unknown key, and pollutes nothing', async (key) => {
    const text = JSON.stringify(disability());
    const answer = await post(`{"${key}":{"polluted":true},${text.slice(1)}`);
    expect(answer.status).toBe(422);
    expectEnvelope(answer);
    expect(entriesOf(answer)).toEqual([`$.${key}`]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const deep = text.replace('"coding":', `"${key}":{"polluted":1},"coding":`);
    expect((await post(deep)).status).toBeLessThan(500);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each(['type', 'category'])('with an empty text on %s is refused with 400', async (name) => {
    const concept = disability()[name as 'type' | 'category'];
    const answer = await post(JSON.stringify(disability({ [name]: { ...concept, text: '' } })));
    expect(answer.status).toBe(400);
    expectEnvelope(answer);
    expect(entriesOf(answer)).toEqual([`$.${name}.text`]);
    expect(answer.json.error.message).toContain('leave it out instead');
  });

  it.each([
    'subject',
    'encounter',
    'author',
  ])('with the wrapper `identifier` around %s is refused with 422', async (name) => {
    const wrapped = { identifier: reference('person', PATIENT) };
    const answer = await post(JSON.stringify(disability({ [name]: wrapped })));
    expect(answer.status).toBe(422);
    expectEnvelope(answer);
    expect(entriesOf(answer).sort()).toEqual(
      [`$.${name}.identifier`, `$.${name}.type`, `$.${name}.value`].sort(),
    );
  });

  it('that an operation does not ask for changes nothing, whatever it is', async () => {
    const { id } = sandbox.session('erln').seed({
      type: { coding: [{ system: 'COMPOSITION_TYPES', code: 'TEMP_DISABILITY' }] },
      subject: { value: PATIENT },
      encounter: { value: ENCOUNTER },
      status: 'FINAL',
      integration: [
        {
          component: 'ERLN',
          type: 'CREATE_ERLN_RECORD',
          taskStatus: 'FAILED',
          integrationStatus: 'ERROR',
        },
      ],
    });
    const path = `/~erln/api/patients/composition/${id}/erln`;
    const answer = await sendAs({
      method: 'PATCH',
      path,
      headers: CREDENTIALS,
      body: 'not { json',
    });
    expect(answer.status).toBe(200);
    sandbox.session('erln').clock.advance('3s');
    expect(sandbox.session('erln').job(answer.json.data.id)).toMatchObject({ state: 'DONE' });
    const poll = { path: `/~erln/api/patients/composition/job/${job}`, headers: CREDENTIALS };
    expect((await sendAs({ ...poll, body: '{' })).status).toBe(404);
  });

  it('with a signature that cannot be read is refused', async () => {
    for (const data of ['', '***', 'AAAA', base64('x').slice(1), 5, null, {}, [base64({})]]) {
      const answer = await client.api('PATCH', `/patients/composition/${composition}/sign`, {
        data,
      });
      expect([400, 422]).toContain(answer.status);
      expectEnvelope(answer);
    }
  });
});

describe('a path', () => {
  it.each([
    '/',
    '/api',
    '/nowhere',
    '/api/patients',
    '/patients/composition/job',
    `/v1/patients/composition/job/${NOBODY}`,
    '//',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/../../etc/passwd',
    '/__proto__',
    '/~worker',
    '/~worker/',
  ])('that the contract does not know is refused with 404: %s', async (path) => {
    const answer = await sendAs({ path, headers: CREDENTIALS });
    expect(answer.status).toBe(404);
    expectEnvelope(answer);
    expect(answer.json.error.type).toBe('not_found');
  });

  it('that is known takes its methods only: 405, with Allow', async () => {
    const cases = [
      ['GET', CREATE, 'POST'],
      ['PUT', CREATE, 'POST'],
      ['OPTIONS', CREATE, 'POST'],
      ['DELETE', `/patients/composition/job/${job}`, 'GET, HEAD'],
      ['POST', `/api/patients/composition/${composition}/sign`, 'PATCH'],
    ] as const;
    for (const [method, path, allow] of cases) {
      const answer = await sendAs({ method, path, headers: CREDENTIALS });
      expect(answer.status).toBe(405);
      expectEnvelope(answer);
      expect(answer.headers.allow).toBe(allow);
      expect(answer.json.error.message).toBe(
        `${method} is not allowed for ${path}; allowed: ${allow}`,
      );
    }
    expect((await sendAs({ method: 'HEAD', path: CREATE })).status).toBe(405);
  });

  it.each([
    '123',
    'not-a-uuid',
    `${NOBODY}0`,
    NOBODY.replaceAll('-', ''),
    '%00',
    '%F0%9F%92%89',
    "'%20OR%201=1",
  ])('with an id that is no UUID is refused with 400: %s', async (id) => {
    for (const path of [
      `/api/patients/composition/job/${id}`,
      `/api/patients/${id}/encounter/${ENCOUNTER}/composition/${composition}`,
    ]) {
      const answer = await sendAs({ path, headers: CREDENTIALS });
      expect(answer.status).toBe(400);
      expectEnvelope(answer);
      expect(answer.json.error.invalid).toMatchObject([
        { entry_type: 'path_parameter', rules: [{ rule: 'format' }] },
      ]);
    }
  });

  it('with the id of no job is refused with 404, and told in which session', async () => {
    const answer = await sendAs({
      path: `/api/patients/composition/job/${NOBODY}`,
      headers: CREDENTIALS,
    });
    expect(answer.status).toBe(404);
    expectEnvelope(answer);
    expect(answer.json.error.message).toContain(NOBODY);
    expect(answer.json.error.message).toContain('session default');
  });

  it.each([
    '%',
    '%Z',
    '%ZZ',
    '%ff',
    '%c3%28',
    '%u0041',
    '%E0%A4%A',
  ])('with a percent-encoding that is broken is refused: %s', async (part) => {
    for (const path of [`/api/patients/composition/job/${part}`, `/${part}`, `/~s/${part}`]) {
      const answer = await sendAs({ path, headers: CREDENTIALS });
      expect([400, 404]).toContain(answer.status);
      expectEnvelope(answer);
    }
  });

  it('with bytes that no path may have is refused with 400', async () => {
    for (const path of ['/пацієнт', '/a\u0000b', '/a\u0007b', '/é']) {
      const answer = await sendRaw(
        sandbox.url,
        Buffer.from(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`, 'utf8'),
      );
      expect(statusOf(answer)).toBe(400);
    }
  });

  it('of ten thousand characters is refused with 404', async () => {
    const answer = await sendAs({ path: `/${'a'.repeat(10_000)}`, headers: CREDENTIALS });
    expect(answer.status).toBe(404);
    expectEnvelope(answer);
    const id = await sendAs({
      path: `/patients/composition/job/${'a'.repeat(10_000)}`,
      headers: CREDENTIALS,
    });
    expect([400, 404]).toContain(id.status);
    expectEnvelope(id);
  });

  it('beyond what the HTTP parser takes is refused with 431, in the envelope', async () => {
    const answer = await sendRaw(
      sandbox.url,
      `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    expect(statusOf(answer)).toBe(431);
    const body = answer.slice(answer.indexOf('\r\n\r\n') + 4);
    expectEnvelope({ status: 431, json: body === '' ? undefined : JSON.parse(body) });
  });

  it('in absolute form is the same as in origin form (RFC 9112 §3.2.2)', async () => {
    const answer = await sendRaw(
      sandbox.url,
      `GET ${sandbox.url}/__sandbox/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    expect(statusOf(answer)).toBe(200);
  });
});

describe('credentials', () => {
  const path = () => `/api/patients/composition/job/${NOBODY}`;
  const [TOKEN, KEY] = [{ Authorization: 'Bearer t' }, { 'api-key': 'k' }];

  it.each([
    ['no token', KEY, 'Authorization'],
    ['an empty token', { Authorization: '', ...KEY }, 'Authorization'],
    ['a scheme without a token', { Authorization: 'Bearer', ...KEY }, 'Authorization'],
    ['a scheme and a blank', { Authorization: 'Bearer ', ...KEY }, 'Authorization'],
    ['another scheme', { Authorization: 'Basic dDp0', ...KEY }, 'Authorization'],
    ['a token without its scheme', { Authorization: 'abcdef', ...KEY }, 'Authorization'],
    ['no api-key', TOKEN, 'api-key'],
    ['an empty api-key', { ...TOKEN, 'api-key': '' }, 'api-key'],
    ['an api-key of blanks', { ...TOKEN, 'api-key': '   ' }, 'api-key'],
    ['neither of them', {}, 'Authorization'],
  ])('are refused with 401 when there is %s', async (_, headers, entry) => {
    for (const sent of [
      { path: path() },
      { method: 'POST', path: CREATE, body: '{}' },
      { path: `/patients/searchComposition?subject=${PATIENT}` },
      { method: 'PATCH', path: `/patients/composition/${composition}/erln` },
    ]) {
      const answer = await sendAs({ ...sent, headers: headers as Record<string, string> });
      expect(answer.status).toBe(401);
      expectEnvelope(answer);
      expect(answer.json.error).toMatchObject({
        type: 'access_denied',
        message: 'Invalid access token',
      });
      expect(entriesOf(answer)).toEqual([entry]);
    }
  });

  it.each([
    { ...TOKEN, 'API-key': 'k' },
    { ...TOKEN, 'API-KEY': 'k' },
    { authorization: 'bearer t', 'Api-Key': 'k' },
    { AUTHORIZATION: 'BEARER   t', ...KEY },
  ])('are taken in any spelling: %j', async (headers) => {
    const answer = await sendAs({ path: path(), headers: headers as Record<string, string> });
    expect(answer.status).toBe(404);
  });
});

describe('a query', () => {
  it.each([
    `subject=${PATIENT}&limit=x`,
    `subject=${PATIENT}&limit=1&limit=2`,
    'subject=not-a-uuid',
    `subject=${PATIENT}&status=SIGNED`,
    `subject=${PATIENT}&subject=${PATIENT}`,
    `subject=${PATIENT}&offset=1e400`,
    'subject[$ne]=1',
    'subject=%ff',
    'subject=%00',
  ])('that breaks a rule is refused with 400: %s', async (query) => {
    const path = `/api/patients/searchComposition?${query}`;
    const answer = await sendAs({ path, headers: CREDENTIALS });
    expect(answer.status).toBe(400);
    expectEnvelope(answer);
  });

  it.each([
    '__proto__=1',
    '__proto__[polluted]=1',
    'constructor=1&constructor.prototype.polluted=1',
    'toString=1',
    'hasOwnProperty=1',
    '%ZZ=1',
    '&&&===',
    '%00=%00',
    `x=${'y'.repeat(8000)}`,
  ])('with more than the contract knows is answered all the same: %s', async (query) => {
    const path = `/api/patients/searchComposition?subject=${PATIENT}&${query}`;
    const answer = await sendAs({ path, headers: CREDENTIALS });
    expect(answer.status).toBe(200);
    expect(answer.json.data.length).toBeGreaterThanOrEqual(1);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const poll = { path: `/api/patients/composition/job/${NOBODY}?${query}`, headers: CREDENTIALS };
    expect((await sendAs(poll)).status).toBe(404);
  });
});

describe('a session', () => {
  it.each([
    '-a',
    '.a',
    '_a',
    'a b',
    'a%20b',
    '%00',
    'x'.repeat(65),
    '__proto__',
    '~a',
    '',
  ])('with an invalid name is refused with 400: "%s"', async (name) => {
    const asHeader = { ...CREDENTIALS, 'X-Sandbox-Session': name };
    const requests = [{ path: CREATE, method: 'POST', headers: asHeader, body: '{}' }];
    if (!name.includes(' ')) {
      const path = `/~${name}/api/patients/composition/job/${NOBODY}`;
      requests.push({ path, method: 'GET', headers: CREDENTIALS as typeof asHeader, body: '' });
    }
    for (const sent of requests) {
      const answer = await sendAs(sent);
      expect(answer.status).toBe(400);
      expectEnvelope(answer);
      expect(answer.json.error.message).toContain('a session name has 1 to 64 letters, digits');
    }
  });

  it('too many is refused with 429, and those that are open go on', async () => {
    const opened = await openSandbox({ limits: { sessions: 2 } });
    const first = await opened.client.create(disability());
    const path = `/api/patients/composition/job/${first.json.data.id}`;
    expect(
      (await sendAs({ path: `/~b${path}`, headers: CREDENTIALS }, opened.sandbox.url)).status,
    ).toBe(404);
    for (const name of ['default', 'b']) {
      await openEvents(`${opened.sandbox.url}/__sandbox/sessions/${name}/events`);
    }
    for (const sent of [
      { path: `/~c${path}`, headers: CREDENTIALS },
      { path, headers: { ...CREDENTIALS, 'X-Sandbox-Session': 'd' } },
      { path: `/~e${CREATE}`, method: 'POST', headers: CREDENTIALS, body: '{}' },
    ]) {
      const answer = await sendAs(sent, opened.sandbox.url);
      expect(answer.status).toBe(429);
      expectEnvelope(answer);
      expect(answer.json.error).toMatchObject({
        type: 'too_many_requests',
        message: expect.stringContaining('DELETE /__sandbox/sessions/{session} ends one'),
      });
    }
    expect((await opened.client.poll(first.json.data.id)).status).toBe(200);
    opened.sandbox.session('b').reset();
    expect(
      (await sendAs({ path: `/~c${path}`, headers: CREDENTIALS }, opened.sandbox.url)).status,
    ).toBe(404);
  });
});

describe('on the wire', () => {
  /** The sandbox is there and as quick as before. */
  async function expectAlive() {
    const answer = await sendAs({
      path: `/api/patients/composition/job/${NOBODY}`,
      headers: CREDENTIALS,
    });
    expect(answer.status).toBe(404);
  }

  it.each([
    ['a greeting', 'HELO sandbox\r\n\r\n'],
    ['a TLS hello', Buffer.from('16030100c8010000c40303', 'hex')],
    ['random bytes', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256))],
    ['zeros', Buffer.alloc(4096)],
    ['a request without a host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['a version from the future', 'GET / HTTP/9.9\r\nHost: localhost\r\n\r\n'],
    ['a header without a colon', 'GET / HTTP/1.1\r\nHost x\r\n\r\n'],
    [
      'a length that is no number',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ten\r\n\r\n',
    ],
    ['a negative length', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    ],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    [
      'a chunk whose length is none',
      `POST ${CREATE} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n`,
    ],
    ['an unknown coding', 'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: foo\r\n\r\n'],
    ['a tunnel', 'CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n'],
    ['an unknown method', 'BREW /pot HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ])('%s gets a refusal or a closed connection, never a 500', async (_, bytes) => {
    const answer = await sendRaw(sandbox.url, bytes);
    if (answer !== '') {
      expect(statusOf(answer)).toBeGreaterThanOrEqual(400);
      expect(statusOf(answer)).toBeLessThan(500);
    }
    await expectAlive();
  });

  it.each([
    ['in the middle of its first line', 'GET /api/pati'],
    ['in the middle of its headers', 'GET / HTTP/1.1\r\nHost: localhost\r\nAuthor'],
    [
      'in the middle of its body',
      `POST ${CREATE} HTTP/1.1\r\nHost: localhost\r\n${JSON_TYPE['Content-Type']}\r\nContent-Length: 1000\r\n\r\n{"type"`,
    ],
    [
      'in the middle of a body for createComposition',
      `POST ${CREATE} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer t\r\napi-key: k\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"type"`,
    ],
    [
      'in the middle of a chunk',
      `POST ${CREATE} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"ty`,
    ],
    [
      'in the middle of a body for the control API',
      'PUT /__sandbox/sessions/default HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{"scenario":"slow"',
    ],
  ])('a request that breaks off %s does nothing', async (_, bytes) => {
    const jobs = sandbox.jobs().length;
    for (const how of ['end', 'reset'] as const) {
      const wire = await openWire(sandbox.url);
      wire.write(bytes);
      wire[how]();
      await wire.whole();
    }
    await expectAlive();
    expect(sandbox.jobs()).toHaveLength(jobs);
    expect(sandbox.set({}).scenario).toBeNull();
  });

  it('answers many requests that come in one go, in their order', async () => {
    const one = (path: string, more = '') =>
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer t\r\napi-key: k\r\n${more}\r\n`;
    const created = JSON.stringify(disability());
    const create = `POST ${CREATE} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer t\r\napi-key: k\r\nContent-Type: application/json\r\nContent-Length: ${created.length}\r\n\r\n${created}`;
    const answer = await sendRaw(
      sandbox.url,
      one(`/api/patients/composition/job/${NOBODY}`) +
        create +
        one('/__sandbox/health') +
        one('/nowhere') +
        one(`/patients/searchComposition?subject=${PATIENT}`) +
        one('/api/patients/composition/job/x') +
        one(CREATE, 'Connection: close\r\n'),
    );
    const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => status);
    expect(statuses).toEqual(['404', '200', '200', '404', '200', '400', '405']);
  });

  it('answers a request whose body is not read, and the next one on the same connection', async () => {
    const wire = await openWire(sandbox.url);
    const head = 'Host: localhost\r\nAuthorization: Bearer t\r\napi-key: k\r\n';
    wire.write(
      `GET /api/patients/composition/job/${NOBODY} HTTP/1.1\r\n${head}Content-Length: 200000\r\n\r\n${'x'.repeat(200_000)}`,
    );
    await wire.until('}}');
    wire.write(`GET /api/patients/composition/job/x HTTP/1.1\r\n${head}Connection: close\r\n\r\n`);
    const answer = await wire.whole();
    const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => status);
    expect(statuses).toEqual(['404', '400']);
  });
});

describe('whatever comes', () => {
  /** Ids of a job and a composition that may be polled, signed and cancelled. */
  let ids: string[];
  beforeAll(async () => {
    sandbox.next('immediate-done');
    const { json } = await client.create(disability());
    const { id, resource } = sandbox.job(json.data.id);
    ids = [id, resource, PATIENT, ENCOUNTER, NOBODY];
  });
  const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'];

  const word = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 20 }).map((s) => Buffer.from(s).toString()),
    fc.constantFrom('__proto__', 'constructor', '..', '.', '%', '%00', '{}', 'null', '-1', '1e999'),
  );
  /** What Node's client lets through: RFC 9110 §5.5. */
  const headerValue = fc.oneof(
    fc.stringMatching(/^[\x21-\x7e][\x20-\x7e]{0,40}$/),
    fc.constantFrom('', 'gzip', 'application/json', 'text/plain', '*/*', 'a', '0', 'Bearer x'),
  );
  const HEADERS = [
    'Accept', 'Accept-Encoding', 'Content-Type', 'Content-Encoding', 'X-Sandbox-Session', 'X-Custom-PSK',
    'If-None-Match', 'Range', 'Cookie', 'Origin', 'X-Forwarded-For', 'Authorization', 'api-key', 'Date',
  ]; // biome-ignore format: names only
  const headers = fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    {
      weight: 2,
      arbitrary: fc.dictionary(fc.constantFrom(...HEADERS), headerValue, { maxKeys: 4 }),
    },
  );
  const query = fc.oneof(
    { weight: 3, arbitrary: fc.constant('') },
    fc
      .array(
        fc.tuple(
          fc.oneof(
            fc.constantFrom('subject', 'focus', 'limit', 'offset', 'status', 'type', 'templateId'),
            word,
          ),
          word,
        ),
        { maxLength: 4 },
      )
      .map((pairs) => `?${pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`),
    fc.stringMatching(/^\?[\x21-\x7e]{0,40}$/),
  );

  /** A good body with one place of it replaced by something else. */
  const bent = fc
    .tuple(
      fc.nat(200),
      fc.jsonValue({ maxDepth: 4 }),
      fc.constantFrom(disability(), { data: base64({}) }),
    )
    .map(([at, value, body]) => {
      let count = 0;
      return JSON.stringify(body, (_, inner) => {
        count += 1;
        return count === at % 60 ? value : inner;
      });
    });
  const body = fc.oneof(
    { weight: 4, arbitrary: bent },
    { weight: 2, arbitrary: fc.json({ maxDepth: 5 }) },
    fc.string({ maxLength: 200 }),
    fc.uint8Array({ maxLength: 200 }),
    fc.constant(''),
  );
  const type = fc.oneof(
    { weight: 5, arbitrary: fc.constant('application/json') },
    fc.constantFrom('application/json; charset=utf-16', 'text/plain', 'application/x+json', ';;;'),
    headerValue,
  );
  const part = fc.oneof(
    { weight: 3, arbitrary: fc.nat(4).map((i) => () => ids[i] as string) },
    word.map((text) => () => encodeURIComponent(text)),
    fc.stringMatching(/^[\x21-\x22\x24-\x3e\x40-\x7e]{0,20}$/).map((text) => () => text),
  );
  const method = fc.oneof(
    { weight: 5, arbitrary: fc.constant(undefined) },
    fc.constantFrom(...METHODS),
  );
  const prefix = fc.constantFrom('', '/api', '/~fuzz', '/~fuzz/api', '/~', '/api/api');

  const request = fc.record({
    prefix,
    parts: fc.array(part, { minLength: 4, maxLength: 4 }),
    method,
    query,
    headers,
    type,
    body,
    withCredentials: fc.boolean(),
  });

  /** Fills the braces of a path. */
  function fill(path: string, parts: readonly (() => string)[]): string {
    let next = 0;
    return path.replace(/\{[^}]+\}/g, () => {
      next += 1;
      return parts[next - 1]?.() ?? '';
    });
  }

  async function served() {
    const { json } = await sendAs({ path: '/__sandbox/health' });
    return json.operations as { id: string; method: string; path: string }[];
  }

  it('is answered, never with a 5xx, and refused in the envelope', async () => {
    const operations = await served();
    expect(operations.length).toBeGreaterThan(10);
    for (const operation of operations) {
      await fc.assert(
        fc.asyncProperty(request, async (r) => {
          const answer = await sendAs({
            method: r.method ?? operation.method,
            path: `${r.prefix}${fill(operation.path, r.parts)}${r.query}`,
            headers: {
              ...(r.withCredentials || r.method === undefined ? CREDENTIALS : {}),
              'Content-Type': r.type,
              ...r.headers,
            },
            body: r.body,
          });
          expect(answer.status).toBeGreaterThanOrEqual(200);
          expect(answer.status).toBeLessThan(500);
          const envelope = answer.status >= 400 && r.method !== 'HEAD';
          if (envelope) expectEnvelope(answer);
        }),
        { numRuns: 50 },
      );
    }
  });

  it('and was taken can be polled and read afterwards', async () => {
    const fuzz = sandbox.session('bent');
    const base = `${sandbox.url}/~bent`;
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(bent, async (text) => {
        const { status, json } = await sendAs({
          method: 'POST',
          path: `/~bent${CREATE}`,
          headers: { ...CREDENTIALS, ...JSON_TYPE },
          body: text,
        });
        if (status !== 200) return;
        taken += 1;
        const { id } = json.data;
        fuzz.clock.advance('3s');
        expect((await makeClient(base).poll(id)).json.data.status).toMatch(/DONE|FAILED/);
      }),
      { numRuns: 150 },
    );
    expect(taken).toBeGreaterThan(0);
    for (const { id, document } of fuzz.resources()) {
      const { subject, encounter } = document as Record<string, { value: string }>;
      const read = await makeClient(base).read(
        String(subject?.value),
        String(encounter?.value),
        id,
      );
      expect(read.status).toBe(200);
    }
  });

  it('the control API refuses as well, and never fails', async () => {
    const { sandbox: other } = await openSandbox();
    const calls: [string, string][] = [
      ['PUT', '/sessions/{s}'],
      ['POST', '/sessions/{s}/clock/advance'],
      ['POST', '/sessions/{s}/next'],
      ['POST', '/sessions/{s}/resources'],
      ['GET', '/sessions/{s}/jobs/{job}'],
      ['POST', '/sessions/{s}/jobs/{job}/release'],
      ['GET', '/sessions/{s}/journal'],
      ['GET', '/scenarios/{name}'],
      ['GET', '/examples/{operation}'],
    ];
    const control = fc.oneof(
      fc.json({ maxDepth: 4 }),
      fc
        .tuple(
          fc.constantFrom('scenario', 'clock', 'envelope', 'by', 'operation', 'times', 'document'),
          fc.jsonValue(),
        )
        .map(([name, value]) => JSON.stringify({ scenario: 'slow', [name]: value })),
      fc.jsonValue().map((now) => JSON.stringify({ clock: { mode: 'manual', now } })),
      fc
        .date({ noInvalidDate: true })
        .map((d) => JSON.stringify({ clock: { mode: 'manual', now: d.toISOString() } })),
      fc
        .tuple(
          fc.constantFrom(
            'type',
            'subject',
            'encounter',
            'status',
            'identifier',
            'title',
            'date',
            'relatesTo',
            'integration',
          ),
          fc.jsonValue(),
        )
        .map(([name, value]) =>
          JSON.stringify({
            document: {
              type: { coding: [{ system: 'COMPOSITION_TYPES', code: 'TEMP_DISABILITY' }] },
              subject: { value: PATIENT },
              encounter: { value: ENCOUNTER },
              [name]: value,
            },
          }),
        ),
    );
    for (const [method, path] of calls) {
      await fc.assert(
        fc.asyncProperty(control, query, part, part, async (text, asked, first, second) => {
          const target = fill(path, [() => 'fuzz', second]).replace(
            'fuzz',
            asked === '' ? 'fuzz' : first(),
          );
          const answer = await sendAs(
            { method, path: `/__sandbox${target}${asked}`, headers: JSON_TYPE, body: text },
            other.url,
          );
          expect(answer.status).toBeLessThan(500);
          if (answer.status >= 400) {
            expect(answer.json.error).toMatchObject({
              status: answer.status,
              message: expect.any(String),
            });
          }
          const state = await sendAs({ path: '/__sandbox/sessions' }, other.url);
          expect(state.status).toBe(200);
        }),
        { numRuns: 40 },
      );
    }
  });
});

describe('after all of it', () => {
  it('the job, the composition, the clock and the queue are what they were', async () => {
    expect(snapshot()).toEqual(held);
    expect(held.job).toMatchObject({ state: 'PENDING', polls: 0 });
    const read = await client.read(PATIENT, ENCOUNTER, composition);
    expect(read.json.data).toEqual(held.composition?.document);
    expect((await client.poll(job)).json.data.status).toBe('PENDING');
    sandbox.clock.advance('3s');
    expect((await client.poll(job)).json.data.status).toBe('DONE');
    const sign = await client.sign(composition, base64(read.json.data));
    sandbox.clock.advance('3s');
    expect((await client.poll(sign.json.data.id)).json.data.status).toBe('DONE');
  });

  it('no exchange of the journal has been a failure of the sandbox', () => {
    expect(sandbox.journal().filter(({ status }) => status >= 500)).toEqual([]);
    expect(sandbox.journal().length).toBeGreaterThan(100);
  });
});
