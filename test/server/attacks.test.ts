import { describe, expect, it } from 'vitest';
import { CREDENTIALS, send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { openSandbox } from '../support/sandbox.js';
import { openWire, sendRaw, statusOf } from '../support/wire.js';

const HOST = 'Host: localhost\r\n';
const CREATE = `POST /api/patients/composition HTTP/1.1\r\n${HOST}Authorization: Bearer t\r\napi-key: k\r\nContent-Type: application/json\r\n`;
/** What must never be run: it would begin a session of its own. */
const SMUGGLED = `PUT /__sandbox/sessions/victim HTTP/1.1\r\n${HOST}Content-Length: 2\r\n\r\n{}`;

const TRICKS: readonly (readonly [string, string])[] = [
  ['a length and chunks', `Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['chunks and a length', `Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n`],
  ['the same length twice', `Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}`],
  ['a list of lengths', `Content-Length: 2, 2\r\n\r\n{}`],
  ['a length with a plus', `Content-Length: +2\r\n\r\n{}`],
  ['a length in hexadecimal', `Content-Length: 0x2\r\n\r\n{}`],
  ['a length beyond 64 bits', `Content-Length: 18446744073709551618\r\n\r\n{}`],
  ['an empty length', `Content-Length:\r\n\r\n{}`],
  ['a space before the colon of a length', `Content-Length : 2\r\n\r\n{}`],
  ['a folded length', `Content-Length:\r\n 2\r\n\r\n{}`],
  ['a coding that only ends in chunked', `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
  ['chunked in quotes', `Transfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n`],
  ['chunked with a parameter', `Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n`],
  ['chunked before another coding', `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
  ['another coding before chunked', `Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
  ['identity before chunked', `Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n`],
  ['chunked twice', `Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['a space before the colon of a coding', `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`],
  ['a vertical tab behind the coding', `Transfer-Encoding: chunked\x0b\r\n\r\n0\r\n\r\n`],
  ['a coding behind a bare line feed', `X: a\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['a coding behind a bare carriage return', `X: a\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['a folded header', `X: a\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['a NUL in a header', `X: a\0b\r\nContent-Length: 2\r\n\r\n{}`],
  ['a chunk whose size overflows', `Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}`],
  ['a chunk of a negative size', `Transfer-Encoding: chunked\r\n\r\n-1\r\n{}`],
  ['a chunk whose size has a prefix', `Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n`],
  ['a chunk behind a bare line feed', `Transfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n`],
  ['a chunk longer than it says', `Transfer-Encoding: chunked\r\n\r\n2\r\n{}xx0\r\n\r\n`],
  ['a chunk extension of 100 KB', `Transfer-Encoding: chunked\r\n\r\n2;${'a'.repeat(100_000)}\r\n{}\r\n0\r\n\r\n`],
  ['a trailer that is a length', `Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nContent-Length: 9\r\n\r\n`],
  ['two hosts', 'Host: other.example\r\nContent-Length: 2\r\n\r\n{}'],
]; // biome-ignore format: a table

describe('a request with', () => {
  it.each(TRICKS)('%s is refused, and what follows it on the wire is not run', async (_, rest) => {
    const { sandbox } = await openSandbox();
    const answer = await sendRaw(sandbox.url, CREATE + rest + SMUGGLED);
    expect([...answer.matchAll(/HTTP\/1\.1 \d{3} /g)]).toHaveLength(1);
    expect(statusOf(answer)).toBe(
      /overflow|extension/.test(_) && statusOf(answer) === 413 ? 413 : 400,
    );
    expect(answer.toLowerCase()).toContain('connection: close');
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))).error.type).toBe(
      'request_malformed',
    );
    const { json } = await send('GET', `${sandbox.url}/__sandbox/sessions`);
    expect(json.sessions.map(({ name }: { name: string }) => name)).not.toContain('victim');
    expect(sandbox.jobs()).toEqual([]);
  });

  it('a request in its body, whose body nobody reads, runs one of the two', async () => {
    const { sandbox } = await openSandbox();
    const head = `GET /nowhere HTTP/1.1\r\n${HOST}Content-Length: ${SMUGGLED.length}\r\n\r\n`;
    const last = `GET /__sandbox/sessions HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`;
    const answer = await sendRaw(sandbox.url, head + SMUGGLED + last);
    expect([...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, s]) => s)).toEqual(['404', '200']);
    expect(answer).not.toContain('victim');
  });

  it('a session in its trailers is one of the session in its headers', async () => {
    const { sandbox } = await openSandbox();
    const text = JSON.stringify(disability());
    const answer = await sendRaw(
      sandbox.url,
      `${CREATE}Connection: close\r\nTransfer-Encoding: chunked\r\nX-Sandbox-Session: mine\r\n\r\n${text.length.toString(16)}\r\n${text}\r\n0\r\nX-Sandbox-Session: yours\r\n\r\n`,
    );
    expect(statusOf(answer)).toBe(200);
    expect(sandbox.session('mine').jobs()).toHaveLength(1);
    const { json } = await send('GET', `${sandbox.url}/__sandbox/sessions`);
    expect(json.sessions.map(({ name }: { name: string }) => name)).not.toContain('yours');
  });

  it('chunks in HTTP/1.0 is refused: the version has none (RFC 9112 §6.1)', async () => {
    const { sandbox } = await openSandbox();
    const answer = await sendRaw(
      sandbox.url,
      `POST /api/patients/composition HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
    );
    expect(answer).toContain('HTTP/1.0 has no Transfer-Encoding');
    expect([...answer.matchAll(/HTTP\/1\.1 \d{3} /g)]).toHaveLength(1);
  });

  it.each([
    ['websocket', 'Upgrade'],
    ['h2c', 'Upgrade, HTTP2-Settings'],
  ])('an upgrade to %s is answered as if it had not asked', async (upgrade, connection) => {
    const { sandbox } = await openSandbox();
    const wire = await openWire(sandbox.url);
    wire.write(
      `GET /__sandbox/sessions HTTP/1.1\r\n${HOST}Connection: ${connection}\r\nUpgrade: ${upgrade}\r\nHTTP2-Settings: AAMAAABk\r\n\r\n`,
    );
    expect(statusOf(await wire.until('"sessions"'))).toBe(200);
  });

  it('an expectation other than 100-continue is refused with 417, in the envelope', async () => {
    const { sandbox } = await openSandbox();
    const answer = await sendRaw(
      sandbox.url,
      `${CREATE}Expect: a-cake\r\nContent-Length: 2\r\n\r\n{}${SMUGGLED}`,
    );
    expect(statusOf(answer)).toBe(417);
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))).error.message).toContain(
      '100-continue',
    );
    expect(sandbox.jobs()).toEqual([]);
    const { json } = await send('GET', `${sandbox.url}/__sandbox/sessions`);
    expect(json.sessions.map(({ name }: { name: string }) => name)).not.toContain('victim');
  });

  it('100-continue is told to go on', async () => {
    const { sandbox } = await openSandbox();
    const text = JSON.stringify(disability());
    const wire = await openWire(sandbox.url);
    wire.write(
      `${CREATE}Expect: 100-continue\r\nConnection: close\r\nContent-Length: ${text.length}\r\n\r\n`,
    );
    await wire.until('HTTP/1.1 100 Continue\r\n\r\n');
    wire.write(text);
    expect(await wire.whole()).toContain('HTTP/1.1 200 OK');
  });

  it('* for a path, TRACE, a tunnel or the greeting of HTTP/2 reaches nothing', async () => {
    const { sandbox } = await openSandbox();
    const close = `${HOST}Connection: close\r\nCookie: secret\r\n\r\n`;
    expect(statusOf(await sendRaw(sandbox.url, `OPTIONS * HTTP/1.1\r\n${close}`))).toBe(404);
    const traced = await sendRaw(
      sandbox.url,
      `TRACE /api/patients/composition HTTP/1.1\r\n${close}`,
    );
    expect(statusOf(traced)).toBe(405);
    expect(traced).not.toContain('secret');
    expect(await sendRaw(sandbox.url, `CONNECT localhost:80 HTTP/1.1\r\n${close}`)).toBe('');
    expect(statusOf(await sendRaw(sandbox.url, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'))).toBe(400);
  });
});

describe('a refusal of what cannot be read', () => {
  it('never comes in the middle of another answer', async () => {
    const { sandbox } = await openSandbox();
    const wire = await openWire(sandbox.url);
    wire.write(`GET /__sandbox/sessions/default/events HTTP/1.1\r\n${HOST}\r\n`);
    await wire.until('events of an esoz-sandbox session');
    wire.write('GARBAGE\r\n\r\n');
    expect([...(await wire.whole()).matchAll(/HTTP\/1\.1 /g)]).toHaveLength(1);
  });
});

describe('what a request carries is told, and not obeyed', () => {
  const job = (id: string) => `/api/patients/composition/job/${id}`;

  it('line ends in a path reach neither headers nor the stream of events', async () => {
    const { sandbox } = await openSandbox();
    const wire = await openWire(sandbox.url);
    wire.write(`GET /__sandbox/sessions/default/events HTTP/1.1\r\n${HOST}\r\n`);
    await wire.until('events of an esoz-sandbox session');
    const evil = job('%0d%0aSet-Cookie:%20a=b%0d%0a%0d%0aevent:%20end%0adata:%20x%0a%0a');
    const answer = await send('GET', sandbox.url + evil, { headers: CREDENTIALS });
    expect(answer.status).toBe(400);
    expect(answer.headers.has('set-cookie')).toBe(false);
    const stream = await wire.until('\n\n\r\n');
    expect(stream).not.toMatch(/^event: end/m);
    expect(stream).not.toMatch(/^data: x/m);
  });

  it('line ends in headers that choose a session or a scenario are refused by HTTP itself', async () => {
    const { sandbox } = await openSandbox();
    for (const name of ['X-Sandbox-Session', 'X-Sandbox-Scenario']) {
      const answer = await sendRaw(
        sandbox.url,
        `${CREATE}${name}: a\rSet-Cookie: b=c\r\nContent-Length: 0\r\n\r\n`,
      );
      expect(statusOf(answer)).toBe(400);
      expect(answer).not.toMatch(/^set-cookie/im);
    }
  });

  it.each([
    '..%2f..%2fetc%2fpasswd',
    '..%5c..%5cetc',
    '%2fetc%2fpasswd',
    'slow%00.yaml',
    '__proto__',
    'constructor',
    'toString',
  ])('%s is the name of no scenario, session, job or operation', async (name) => {
    const { sandbox } = await openSandbox();
    const control = `${sandbox.url}/__sandbox`;
    const statuses = await Promise.all(
      [`/scenarios/${name}`, `/examples/${name}`, `/sessions/default/jobs/${name}`].map(
        async (path) => (await send('GET', control + path)).status,
      ),
    );
    for (const status of statuses) expect([404, 422]).toContain(status);
    const session = await send('PUT', `${control}/sessions/${name}`);
    const plain = /^(constructor|toString)$/.test(name);
    expect([422, 400, 404]).toContain(plain ? 404 : session.status);
    if (plain) expect(session.json).toMatchObject({ name, scenario: null });
    const created = await send('POST', `${sandbox.url}/api/patients/composition`, {
      body: disability(),
      headers: {
        ...CREDENTIALS,
        'X-Sandbox-Scenario': decodeURIComponent(name).replaceAll('\0', ''),
      },
    });
    expect(created.status).toBe(400);
    expect(created.json.error.message).toContain('unknown scenario');
  });

  it('keys that are prototypes, in bodies for the control API, change no object but their own', async () => {
    const { sandbox } = await openSandbox();
    const at = `${sandbox.url}/__sandbox/sessions/default`;
    for (const key of ['__proto__', 'constructor', 'prototype', 'toString']) {
      const evil = `"${key}": { "polluted": true, "status": "FINAL" }`;
      const body = `{ "scenario": "slow", ${evil} }`;
      expect((await send('POST', `${at}/next`, { body })).status).toBe(422);
      expect((await send('PUT', at, { body })).status).toBe(422);
      const { type, subject, encounter } = disability();
      const document = JSON.stringify({ type, subject, encounter }).replace('{', `{ ${evil}, `);
      const seeded = await send('POST', `${at}/resources`, { body: `{ "document": ${document} }` });
      expect([201, 422]).toContain(seeded.status);
      expect((await send('GET', `${at}/verdict?tolerance=${key}=1`)).status).toBe(422);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    }
    expect(sandbox.set({})).toMatchObject({ queue: [], scenario: null });
  });
});
