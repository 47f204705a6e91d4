import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTcp } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CREDENTIALS, makeClient, send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { openRecorder, readFiles } from '../support/recorder.js';
import { openWire, sendRaw, statusOf } from '../support/wire.js';

/** An upstream of one's own; `seen` are the requests that have reached it. */
async function openUpstream(
  handle: (req: IncomingMessage, res: ServerResponse, body: Buffer) => void,
) {
  const seen: { method: string; url: string; headers: string[]; body: Buffer }[] = [];
  const server = createServer(async (req, res) => {
    const parts: Buffer[] = [];
    for await (const part of req) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    seen.push({ method: req.method ?? '', url: req.url ?? '', headers: req.rawHeaders, body });
    handle(req, res, body);
  });
  return { url: await listening(server), seen };
}

/** An upstream that speaks no HTTP but these bytes, after the request has come. */
async function openBytes(answer: (socket: Socket) => void) {
  return listening(
    createTcp((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => answer(socket));
    }),
  );
}

async function listening(server: ReturnType<typeof createTcp>): Promise<string> {
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const CREATE = '/api/patients/composition';

describe('what reaches the upstream', () => {
  it('is the request as it was: method, path, query, headers and the bytes of the body', async () => {
    const { url: upstream, seen } = await openUpstream((_, res) => res.end());
    const { url } = await openRecorder(`${upstream}/base/`);
    const { host } = new URL(upstream);
    const request = [
      'PATCH /api/a%20b/%D1%96?x=1&x=%2F HTTP/1.1',
      'Host: recorder.example',
      'X-Twice: one',
      'X-Twice: two',
      'Connection: close, X-Private',
      'X-Private: for the recorder only',
      'TE: trailers',
      'Proxy-Authorization: Basic abc',
      'Content-Length: 5',
      '',
      '\x00\x01\xff{]',
    ].join('\r\n');
    const answer = await sendRaw(url, Buffer.from(request, 'latin1'));
    expect(statusOf(answer)).toBe(200);
    const [got] = seen;
    expect(got).toMatchObject({ method: 'PATCH', url: '/base/api/a%20b/%D1%96?x=1&x=%2F' });
    expect(got?.body).toEqual(Buffer.from('\x00\x01\xff{]', 'latin1'));
    const sent = got?.headers ?? [];
    expect(sent.join('\n')).toContain(`Host\n${host}`);
    expect(sent.filter((name) => name === 'X-Twice')).toHaveLength(2);
    expect(sent.join('\n')).not.toMatch(/private|proxy-|\bTE\b|recorder/i);
  });

  it('keeps the framing of a body that comes in chunks, whatever the method', async () => {
    const { url: upstream, seen } = await openUpstream((_, res) => res.end());
    const { url } = await openRecorder(upstream);
    const chunked = 'Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n';
    for (const method of ['GET', 'POST', 'DELETE']) {
      await sendRaw(url, `${method} /x HTTP/1.1\r\nHost: a\r\n${chunked}`);
    }
    expect(seen.map(({ method, body }) => `${method} ${body}`)).toEqual([
      'GET abc',
      'POST abc',
      'DELETE abc',
    ]);
  });

  it('never leaves the upstream, whatever address a request line names', async () => {
    const { url: upstream, seen } = await openUpstream((_, res) => res.end());
    const { url } = await openRecorder(upstream);
    for (const target of ['http://elsewhere.example/x?y=1', '//elsewhere.example/x']) {
      await sendRaw(url, `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    }
    expect(seen.map((request) => request.url)).toEqual(['/x?y=1', '//elsewhere.example/x']);
  });

  it('is nothing when the path holds raw bytes, and the recorder lives on', async () => {
    const { url: upstream, seen } = await openUpstream((_, res) => res.end('fine'));
    const { url } = await openRecorder(upstream);
    const bytes = Buffer.from(
      'GET /\xe9 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
      'latin1',
    );
    expect(statusOf(await sendRaw(url, bytes))).toBe(400);
    expect((await send('GET', `${url}/x`)).text).toBe('fine');
    expect(seen).toHaveLength(1);
  });
});

describe('what comes back', () => {
  it('is a redirect, not where it leads', async () => {
    const { url: upstream, seen } = await openUpstream((_, res) => {
      res.writeHead(303, { Location: '/elsewhere' });
      res.end();
    });
    const { url } = await openRecorder(upstream);
    const answer = await sendRaw(url, 'GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 303 See Other\r\nLocation: \/elsewhere\r\n/);
    expect(seen).toHaveLength(1);
  });

  it('is the compressed body byte by byte, which the recording reads all the same', async () => {
    const data = {
      id: '9db4ef1e-3c1d-4c80-bbd9-0a61a3a0f4b1',
      status: 'PENDING',
      eta: new Date().toISOString(),
    };
    const packed = gzipSync(JSON.stringify({ data }));
    const { url: upstream } = await openUpstream((_, res) => {
      res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' });
      res.end(packed);
    });
    const { url, folder, close } = await openRecorder(upstream);
    const wire = await openWire(url);
    wire.write(
      `POST ${CREATE} HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
    );
    const answer = Buffer.from(await wire.whole(), 'latin1');
    const start = answer.indexOf(Buffer.from([0x1f, 0x8b]));
    const bytes = answer.subarray(start, start + packed.length);
    expect(gunzipSync(bytes).toString()).toBe(JSON.stringify({ data }));
    await close();
    expect(Object.keys(await readFiles(folder))).toContain(
      'recorded-002-createComposition-open.yaml',
    );
  });

  it('is a body of 40 MB whole, of which the recording keeps a beginning', async () => {
    const part = Buffer.alloc(1024 * 1024, 'x');
    const { url: upstream } = await openUpstream(async (_, res) => {
      for (let i = 0; i < 40; i += 1) {
        if (!res.write(part)) await new Promise((done) => res.once('drain', done));
      }
      res.end();
    });
    const { url, folder, close } = await openRecorder(upstream);
    const { text } = await send('GET', `${url}/x`);
    expect(text).toHaveLength(40 * part.length);
    await close();
    const { 'exchanges-001.jsonl': lines = '' } = await readFiles(folder);
    expect(JSON.parse(lines).answer.cut).toBe('41943040 bytes on the wire');
    expect(lines.length).toBeLessThan(1.1 * part.length);
  });
});

describe('an upstream that fails', () => {
  const record = async (upstream: string, timeout: number) => {
    const { url, folder, close } = await openRecorder(upstream, { timeout });
    const answer = await makeClient(url)
      .create(disability())
      .catch((error: Error) => error);
    await close();
    const { 'recorded-002-createComposition-refused.yaml': text } = await readFiles(folder);
    return { answer, text };
  };

  type Row = [string, () => Promise<string>, number, string, string, number];
  const row = (
    what: string,
    answer: (socket: Socket) => void,
    [status, type, fault]: [number, string, string] = [502, 'reset', 'reset'],
    timeout = 10_000,
  ): Row => [what, () => openBytes(answer), status, type, fault, timeout];
  const ROWS: Row[] = [
    ['cannot be reached', async () => 'http://127.0.0.1:9', 502, 'unreachable', 'reset', 10_000],
    row('breaks the connection', (s) => s.resetAndDestroy()),
    row('closes it without a word', (s) => s.end()),
    row('speaks no HTTP', (s) => s.end('SSH-2.0-x\r\n')),
    row('is silent', () => {}, [504, 'timeout', 'hang'], 30),
  ];
  const TITLE = 'and %s is told to the client, and recorded as a fault';
  it.each(ROWS)(TITLE, async (_, open, status, type, fault, timeout) => {
    const { answer, text } = await record(await open(), timeout);
    expect(answer).toMatchObject({ status, json: { error: { type } } });
    expect((answer as { text: string }).text).toMatch(
      /esoz-sandbox record: the upstream http:\S+ (cannot|broke|has not)/,
    );
    expect(text).toContain(`refuse:\n  fault: ${fault}\n`);
  });

  it('in the middle of an answer breaks the answer off for the client too', async () => {
    const half = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"data"';
    const { answer, text } = await record(await openBytes((s) => s.end(half)), 10_000);
    expect(answer).toBeInstanceOf(Error);
    expect(text).toContain('fault: reset');
  });
});

it('lets open requests finish when it is closed, and writes them', async () => {
  let open = (_: ServerResponse) => {};
  const came = new Promise<ServerResponse>((done) => {
    open = done;
  });
  const { url: upstream } = await openUpstream((_, res) => open(res));
  const { url, folder, close } = await openRecorder(upstream);
  const asked = send('GET', `${url}/slow`, { headers: CREDENTIALS });
  const res = await came;
  const closed = close();
  res.end('at last');
  expect((await asked).text).toBe('at last');
  await closed;
  expect((await readFiles(folder))['exchanges-001.jsonl']).toContain('at last');
});
