import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  brotliCompressSync,
  brotliDecompressSync,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateSync,
} from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Rewriter } from '../../src/record/rewrite.js';
import { send } from '../support/client.js';
import { openRecorder, readFiles } from '../support/recorder.js';
import { openSandbox } from '../support/sandbox.js';
import { openWire, sendRaw } from '../support/wire.js';

const TO = 'http://127.0.0.1:4011';

describe('an address of the upstream', () => {
  const rewriter = new Rewriter(new URL('https://api.example/v1/'));
  it.each([
    ['https://api.example/v1/jobs/1', `${TO}/jobs/1`],
    ['https://api.example:443/v1/jobs/1', `${TO}/jobs/1`],
    ['https://api.example/v1', TO],
    ['https://api.example/v1?x=1', `${TO}?x=1`],
    [
      String.raw`{"href":"https:\/\/api.example\/v1\/jobs\/1"}`,
      String.raw`{"href":"http:\/\/127.0.0.1:4011\/jobs\/1"}`,
    ],
    [
      '<a href="https://api.example/v1/x">https://api.example/v1/y</a>',
      `<a href="${TO}/x">${TO}/y</a>`,
    ],
  ])('in %s is told as the recorder', (text, told) => {
    expect(rewriter.text(text, TO)).toBe(told);
  });

  it.each([
    'https://api.example.org/v1/jobs/1',
    'https://api.example:8443/v1/jobs/1',
    'https://api.example/v10/jobs/1',
    'https://api.example/other',
    'http://api.example/v1/jobs/1',
    'https://x@api.example/v1',
  ])('is none of %s', (text) => {
    expect(rewriter.text(text, TO)).toBe(text);
  });

  it('is found wherever a stream is cut', () => {
    const text =
      'h https://api.example/v1/a {"x":"https:\\/\\/api.example\\/v1\\/b"} https://api.example/v1';
    const told = rewriter.text(text, TO);
    for (let at = 0; at <= text.length; at += 1) {
      const stream = rewriter.stream(TO);
      let got = '';
      stream.on('data', (part) => {
        got += part;
      });
      stream.write(text.slice(0, at));
      const early = got;
      stream.end(text.slice(at));
      expect(got).toBe(told);
      // No more is held back than the beginning of an address.
      if (at === 2) expect(early).toBe('h ');
    }
  });
});

async function openUpstream(handle: (req: IncomingMessage, res: ServerResponse) => void) {
  const server = createServer(handle);
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('an answer that passes through the recorder', () => {
  it('keeps its client there by every header that leads somewhere', async () => {
    let own = '';
    own = await openUpstream((_, res) => {
      res.writeHead(307, {
        Location: `${own}/v1/a`,
        'Content-Location': '/v1/b',
        'Operation-Location': `${own}/v1/c`,
        Link: `<${own}/v1/d>; rel=next, </v1/e>; rel=prev, <https://other.example/v1/f>; rel=help`,
        'X-Job-Url': `${own}/v1/g`,
        'X-Other': `see ${own}/v1/h`,
      });
      res.end();
    });
    const { url, close, folder } = await openRecorder(`${own}/v1`);
    const { headers } = await send('GET', `${url}/x`);
    const read = (name: string) => headers.get(name);
    expect(read('location')).toBe(`${url}/a`);
    expect(read('content-location')).toBe('/b');
    expect(read('operation-location')).toBe(`${url}/c`);
    expect(read('link')).toBe(
      `<${url}/d>; rel=next, </e>; rel=prev, <https://other.example/v1/f>; rel=help`,
    );
    expect(read('x-job-url')).toBe(`${url}/g`);
    expect(read('x-other')).toBe(`see ${own}/v1/h`);
    await close();
    // What is recorded is the upstream's own.
    expect((await readFiles(folder))['exchanges-001.jsonl']).toContain(`"Location":"${own}/v1/a"`);
  });

  it('tells addresses by the name that the client has for the recorder', async () => {
    let own = '';
    own = await openUpstream((_, res) => res.writeHead(201, { Location: `${own}/a` }).end());
    const { url } = await openRecorder(own);
    const head = 'GET /x HTTP/1.1\r\nConnection: close\r\nHost: recorder.example:81\r\n\r\n';
    expect(await sendRaw(url, head)).toContain('Location: http://recorder.example:81/a\r\n');
  });

  const CODINGS = [
    ['identity', (bytes: Buffer) => bytes, (bytes: Buffer) => bytes],
    ['gzip', gzipSync, gunzipSync],
    ['br', brotliCompressSync, brotliDecompressSync],
    ['deflate', deflateSync, inflateSync],
  ] as const;
  it.each(
    CODINGS,
  )('has addresses in a body of coding %s rewritten, with its true length', async (coding, pack, unpack) => {
    let own = '';
    own = await openUpstream((_, res) => {
      const body = pack(Buffer.from(JSON.stringify({ href: `${own}/jobs/1`, name: 'Їжак' })));
      const headers = { ...JSON_TYPE, 'Content-Encoding': coding, 'Content-Length': body.length };
      res.writeHead(200, headers);
      res.end(body);
    });
    const { url, folder, close } = await openRecorder(own);
    const head = 'GET /x HTTP/1.1\r\nConnection: close\r\nHost: r.example\r\n\r\n';
    const answer = Buffer.from(await sendRaw(url, head), 'latin1');
    const start = answer.indexOf('\r\n\r\n') + 4;
    const body = answer.subarray(start);
    expect(unpack(body).toString()).toBe('{"href":"http://r.example/jobs/1","name":"Їжак"}');
    expect(answer.subarray(0, start).toString()).toContain(`Content-Length: ${body.length}\r\n`);
    await close();
    expect((await readFiles(folder))['exchanges-001.jsonl']).toContain(`${own}/jobs/1`);
  });

  it('is passed on as it came where nothing is to be rewritten, it is signed, or no text', async () => {
    let own = '';
    const rows: Record<string, Record<string, string>> = {
      '/none': JSON_TYPE,
      '/signed': { ...JSON_TYPE, 'Content-Digest': 'sha-256=:x:' },
      '/picture': { 'Content-Type': 'image/svg' },
      '/part': { ...JSON_TYPE, 'Content-Range': 'bytes 0-9/10' },
    };
    own = await openUpstream((req, res) => {
      const path = req.url ?? '';
      const body = gzipSync(path === '/none' ? '{}' : `{"href":"${own}/a"}`, { level: 1 });
      res.writeHead(path === '/part' ? 206 : 200, { ...rows[path], 'Content-Encoding': 'gzip' });
      res.end(body);
    });
    const { url } = await openRecorder(own);
    for (const path of Object.keys(rows)) {
      const head = `GET ${path} HTTP/1.0\r\nHost: r.example\r\n\r\n`;
      const [through, direct] = [await sendRaw(url, head), await sendRaw(own, head)];
      const bodyOf = (answer: string) => answer.slice(answer.indexOf('\r\n\r\n'));
      expect(bodyOf(through)).toBe(bodyOf(direct));
    }
  });

  it('streams where it has no length, piece by piece', async () => {
    let own = '';
    let go = (_: string) => {};
    own = await openUpstream((_, res) => {
      res.writeHead(200, { 'Content-Type': 'text/event-stream' });
      go = (text) => res.write(text);
      res.write('data: one\n\n');
    });
    const { url } = await openRecorder(own);
    const wire = await openWire(url);
    wire.write('GET /x HTTP/1.1\r\nHost: r.example\r\n\r\n');
    await wire.until('data: one\n\n');
    go(`data: ${own.slice(0, 9)}`);
    go(`${own.slice(9)}/jobs/1\n\n`);
    expect(await wire.until('/jobs/1\n\n')).toContain('http://r.example/jobs/1\n\n');
  });

  it('trickles for the client too, whatever length it has', async () => {
    let own = '';
    let go = (_: string) => {};
    own = await openUpstream((_, res) => {
      const body = `{"a":"${own}/a","b":1}`;
      res.writeHead(200, { ...JSON_TYPE, 'Content-Length': body.length });
      res.write(body.slice(0, -8));
      go = () => res.end(body.slice(-8));
    });
    const { url } = await openRecorder(own);
    const wire = await openWire(url);
    wire.write('GET /x HTTP/1.1\r\nHost: r.example\r\nConnection: close\r\n\r\n');
    // Before the upstream has said it all.
    const began = await wire.until('{"a":');
    expect(began).not.toMatch(/content-length/i);
    go('');
    expect(await wire.whole()).toContain('http://r.example/a');
  });

  it('that breaks off does so for the client, after what had come', async () => {
    const own = await openUpstream((_, res) => {
      res.writeHead(200, { ...JSON_TYPE, 'Content-Length': 100 });
      res.write('{"half":');
      setImmediate(() => res.destroy());
    });
    const { url } = await openRecorder(own);
    const head = 'GET /x HTTP/1.1\r\nHost: r.example\r\n\r\n';
    const answer = await sendRaw(url, head);
    expect(answer).toContain('Content-Length: 100\r\n');
    expect(answer).toMatch(/\{"half":$/);
  });

  it('of more than a megabyte is whole, and rewritten as it streams', async () => {
    const filler = 'x'.repeat(3_000_000);
    let own = '';
    own = await openUpstream((req, res) => {
      const body = `{"a":"${own}/a","filler":"${filler}","b":"${own}/b"}`;
      const length = req.url === '/long' ? { 'Content-Length': Buffer.byteLength(body) } : {};
      res.writeHead(200, { ...JSON_TYPE, ...length });
      res.end(body);
    });
    const { url } = await openRecorder(own);
    const { json: streamed } = await send('GET', `${url}/chunks`);
    expect([streamed.a, streamed.b, streamed.filler.length]).toEqual([
      `${url}/a`,
      `${url}/b`,
      3_000_000,
    ]);
    const { json: long, headers } = await send('GET', `${url}/long`);
    expect([long.a, long.b, long.filler.length]).toEqual([`${url}/a`, `${url}/b`, 3_000_000]);
    expect(headers.get('content-length')).toBeNull();
  });
});

it('a client that follows links stays with the recorder to the end of its job', async () => {
  const { sandbox } = await openSandbox({
    spec: 'test/fixtures/long-running/openapi.yaml',
    scenarios: 'test/fixtures/long-running/scenarios',
  });
  const { url, recorder, close, folder } = await openRecorder(`${sandbox.url}/v1`, {
    spec: 'test/fixtures/long-running/openapi.yaml',
    timeout: 120_000,
  });
  expect(recorder.url).toBe(url);
  const headers = { 'X-Sandbox-Scenario': 'export-done' };
  const started = await send('POST', `${url}/exports`, { body: { format: 'ndjson' }, headers });
  const monitor = started.headers.get('location') ?? '';
  expect(monitor.startsWith(`${url}/monitors/`)).toBe(true);
  let answer = await send('GET', monitor);
  while (answer.status === 202) {
    sandbox.clock.advance('3s');
    answer = await send('GET', monitor);
  }
  const result = new URL(answer.headers.get('location') ?? '', monitor).href;
  expect(result.startsWith(`${url}/exports/`)).toBe(true);
  expect((await send('GET', result)).status).toBe(200);
  await close();
  expect(Object.keys(await readFiles(folder)).some((name) => name.endsWith('-done.yaml'))).toBe(
    true,
  );
});
