import { brotliCompressSync, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CREDENTIALS, send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { openSandbox } from '../support/sandbox.js';
import { openWire, sendRaw, statusOf } from '../support/wire.js';

const HOST = 'Host: localhost\r\n';
const CREATE = `POST /api/patients/composition HTTP/1.1\r\n${HOST}Authorization: Bearer t\r\napi-key: k\r\nContent-Type: application/json\r\n`;
const SHORT = { timeouts: { headers: 150, request: 300 } };

describe('a client that takes its time', () => {
  it.each([
    ['with its first byte', ''],
    ['in its first line', 'GET /api'],
    ['in its headers', `GET / HTTP/1.1\r\n${HOST}X-Slow: `],
    ['in its body', `${CREATE}Content-Length: 1000\r\n\r\n{`],
    ['in a chunk', `${CREATE}Transfer-Encoding: chunked\r\n\r\nff\r\n{`],
    ['with a body for the control API', `PUT /__sandbox/sessions/default HTTP/1.1\r\n${HOST}Content-Length: 1000\r\n\r\n{`],
  ])('%s is answered 408 and loses its connection, however it dribbles', async (_, begun) => {
    const { sandbox } = await openSandbox(SHORT);
    const wire = await openWire(sandbox.url);
    if (begun !== '') wire.write(begun);
    const drip = setInterval(() => begun !== '' && wire.write('a'), 20);
    const answer = await wire.whole();
    clearInterval(drip);
    expect(statusOf(answer)).toBe(408);
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))).error.message).toContain('in time');
    expect(sandbox.jobs()).toEqual([]);
  }); // biome-ignore format: a table

  it('is not served once it was told 408, though its request was only waiting to be read', async () => {
    const { sandbox, client } = await openSandbox(SHORT);
    const wire = await openWire(sandbox.url);
    // By now the server has taken the connection.
    await client.poll('nobody');
    const before = sandbox.journal().length;
    const body = JSON.stringify(disability());
    wire.write(`${CREATE}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    const stands = performance.now() + 2 * SHORT.timeouts.request;
    while (performance.now() < stands);
    expect(statusOf(await wire.whole())).toBe(408);
    expect(sandbox.jobs()).toEqual([]);
    expect(sandbox.journal()).toHaveLength(before);
  });

  it('does not hinder others, though there are five hundred of it', async () => {
    const { sandbox, client } = await openSandbox();
    const wires = await Promise.all(Array.from({ length: 500 }, () => openWire(sandbox.url)));
    for (const wire of wires) wire.write(`${CREATE}Content-Length: 1000\r\n\r\n{`);
    const { status, json } = await client.create(disability());
    expect(status).toBe(200);
    expect((await client.poll(json.data.id)).status).toBe(200);
    for (const wire of wires) wire.reset();
  });

  it('between two requests keeps its connection: a poller may ask every minute', async () => {
    const { sandbox } = await openSandbox(SHORT);
    const wire = await openWire(sandbox.url);
    const ask = `GET /__sandbox/sessions HTTP/1.1\r\n${HOST}`;
    wire.write(`${ask}\r\n`);
    await wire.until('"sessions"');
    const other = await openWire(sandbox.url);
    other.write('GET /');
    await other.whole(); // by now the time of the first connection would be over as well
    wire.write(`${ask}Connection: close\r\n\r\n`);
    expect([...(await wire.whole()).matchAll(/HTTP\/1\.1 200 /g)]).toHaveLength(2);
  });
});

describe('a bomb', () => {
  const MIB = 1024 * 1024;

  it.each([
    ['201 headers', 'a: b\r\n'.repeat(201)],
    ['3000 headers', 'a:b\r\n'.repeat(3000)],
    ['a header of 17 KB', `a: ${'a'.repeat(17_000)}\r\n`],
    ['a header of 1 MiB', `a: ${'a'.repeat(MIB)}\r\n`],
  ])('of %s is refused with 431', async (_, headers) => {
    const { sandbox } = await openSandbox();
    const answer = await sendRaw(sandbox.url, `${CREATE}${headers}Content-Length: 0\r\n\r\n`);
    expect(statusOf(answer)).toBe(431);
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))).meta.code).toBe(431);
  });

  it('of an address of 1 MiB is refused with 431', async () => {
    const { sandbox } = await openSandbox();
    const path = `/${'a'.repeat(MIB)}`;
    expect(statusOf(await sendRaw(sandbox.url, `GET ${path} HTTP/1.1\r\n${HOST}\r\n`))).toBe(431);
  });

  it.each([
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('packed with %s is refused with 413, for the API and the control API', async (coding, pack) => {
    const { sandbox } = await openSandbox();
    const body = pack(Buffer.alloc(50 * MIB, ' '));
    expect(body.length).toBeLessThan(MIB);
    for (const path of ['/api/patients/composition', '/__sandbox/sessions/default/next']) {
      const answer = await fetch(sandbox.url + path, {
        method: 'POST',
        headers: { ...CREDENTIALS, 'Content-Type': 'application/json', 'Content-Encoding': coding },
        body: new Uint8Array(body),
      });
      expect(answer.status).toBe(413);
      expect(((await answer.json()) as { error: { message: string } }).error.message).toContain(
        '1 MiB',
      );
    }
  });

  it('of a hundred thousand brackets is refused by the control API too', async () => {
    const { sandbox } = await openSandbox();
    const answer = await send('POST', `${sandbox.url}/__sandbox/sessions/default/next`, {
      body: '['.repeat(100_000),
    });
    expect(answer.status).toBe(400);
    expect(answer.json.error.message).toContain('nested deeper than 100 levels');
  });
});
