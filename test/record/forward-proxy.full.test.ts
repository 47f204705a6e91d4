import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { proxyFor } from '../../src/server/http/forward-proxy.js';
import { startServer } from '../../src/server/server.js';
import { send } from '../support/client.js';
import { collect, start, until } from '../support/command.js';
import { openRecorder, readFiles } from '../support/recorder.js';

describe('the proxy of an address', () => {
  const P = 'http://proxy.example:3128';
  const rows: [Record<string, string>, string, string | undefined][] = [
    [{}, 'https://api.example', undefined],
    [{ HTTPS_PROXY: P }, 'https://api.example', P],
    [{ https_proxy: P }, 'https://api.example', P],
    [{ HTTPS_PROXY: P }, 'http://api.example', undefined],
    [{ HTTP_PROXY: P }, 'http://api.example', P],
    [{ ALL_PROXY: P }, 'http://api.example', P],
    [{ HTTPS_PROXY: 'proxy.example:3128' }, 'https://api.example', P],
    [{ HTTPS_PROXY: 'http://me:p%40ss@proxy.example:3128' }, 'https://api.example', P],
    [{ HTTPS_PROXY: P, NO_PROXY: '*' }, 'https://api.example', undefined],
    [{ HTTPS_PROXY: P, NO_PROXY: 'a.example, api.example' }, 'https://api.example', undefined],
    [{ HTTPS_PROXY: P, no_proxy: 'example' }, 'https://api.example', undefined],
    [{ HTTPS_PROXY: P, no_proxy: '.example' }, 'https://api.example', undefined],
    [{ HTTPS_PROXY: P, no_proxy: '*.example' }, 'https://api.example', undefined],
    [{ HTTPS_PROXY: P, no_proxy: 'pi.example' }, 'https://api.example', P],
    [{ HTTPS_PROXY: P, no_proxy: 'api.example:8443' }, 'https://api.example', P],
    [{ HTTPS_PROXY: P, no_proxy: 'api.example:443' }, 'https://api.example', undefined],
    [{ HTTPS_PROXY: P, no_proxy: '10.0.0.0/8' }, 'https://10.1.2.3', undefined],
    [{ HTTPS_PROXY: P, no_proxy: '10.0.0.0/8' }, 'https://11.1.2.3', P],
    [{ HTTPS_PROXY: P, no_proxy: '[2001:db8::1]' }, 'https://[2001:db8::1]', undefined],
    [{ HTTPS_PROXY: P, HTTP_PROXY: P }, 'http://127.0.0.1:4010', undefined],
    [{ HTTPS_PROXY: P, HTTP_PROXY: P }, 'https://localhost', undefined],
  ];
  it.each(rows)('by %j for %s: %s', (env, upstream, shown) => {
    expect(proxyFor(new URL(upstream), env)?.shown).toBe(shown);
  });

  it('gives name and password to the proxy, and to nobody who looks', () => {
    const env = { HTTPS_PROXY: 'http://me:p%40ss@proxy.example:3128' };
    const { authorization, shown } = proxyFor(new URL('https://api.example'), env) ?? {};
    expect(authorization).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`);
    expect(shown).not.toContain('me');
  });

  it.each(['socks5://me:secret@proxy.example:1080', 'http://:99999'])('"%s" is refused', (text) => {
    const read = () => proxyFor(new URL('https://api.example'), { HTTPS_PROXY: text });
    expect(read).toThrow(/no http or https URL; write HTTPS_PROXY=/);
    expect(read).not.toThrow(/secret/);
  });
});

/** A proxy that leads every name to one port of this machine, and asks for name and password. */
async function openProxy(port: number) {
  const asked: string[] = [];
  const wanted = `Basic ${Buffer.from('me:secret').toString('base64')}`;
  const refused = (req: IncomingMessage) => req.headers['proxy-authorization'] !== wanted;
  const server = createServer((req, res) => {
    asked.push(`${req.method} ${req.url} ${req.headers.host}`);
    if (refused(req)) {
      res.writeHead(407).end();
      return;
    }
    const { 'proxy-authorization': _, ...headers } = req.headers;
    const { pathname, search } = new URL(req.url ?? '');
    const options = { port, path: pathname + search, method: req.method ?? '', headers };
    req.pipe(
      request(options, (answer) => {
        res.writeHead(answer.statusCode ?? 0, answer.rawHeaders);
        answer.pipe(res);
      }),
    );
  });
  server.on('connect', (req: IncomingMessage, client: Socket, head: Buffer) => {
    asked.push(`CONNECT ${req.url}`);
    if (refused(req)) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const way = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      way.write(head);
      client.pipe(way).pipe(client);
    });
    for (const each of [way, client]) each.on('error', () => each.destroy());
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const at = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, url: `http://me:secret@${at}`, nameless: `http://${at}` };
}

const UPSTREAM = 'http://api.example/v1';

describe('a recorder behind a proxy', () => {
  const open = async () => {
    const upstream = createServer((req, res) => {
      res.writeHead(200, {
        'Content-Type': 'text/plain',
        Location: `http://api.example${req.url}`,
      });
      res.end(`${req.url} ${req.headers.host} ${req.headers['proxy-authorization']}`);
    });
    await new Promise<void>((done) => {
      upstream.listen(0, '127.0.0.1', done);
    });
    onTestFinished(() => void upstream.close());
    return openProxy((upstream.address() as AddressInfo).port);
  };

  it('asks it for what goes by http, by the whole address', async () => {
    const proxy = await open();
    const known = proxyFor(new URL(UPSTREAM), { HTTP_PROXY: proxy.url });
    const { url } = await openRecorder(UPSTREAM, { proxy: known });
    const { text, headers } = await send('GET', `${url}/x?y=1`);
    expect(text).toBe('/v1/x?y=1 api.example undefined');
    expect(headers.get('location')).toBe(`${url}/x?y=1`);
    expect(proxy.asked).toEqual(['GET http://api.example/v1/x?y=1 api.example']);
  });

  it('says what the proxy says where that refuses, and does not take it for the upstream', async () => {
    const proxy = await open();
    for (const upstream of [UPSTREAM, 'https://api.example']) {
      const env = { HTTP_PROXY: proxy.nameless, HTTPS_PROXY: proxy.nameless };
      const known = proxyFor(new URL(upstream), env);
      const { url, folder, close } = await openRecorder(upstream, { proxy: known });
      const { status, json } = await send('GET', `${url}/x`);
      expect([status, json.error.message]).toEqual([
        502,
        `esoz-sandbox record: the proxy ${proxy.nameless} refuses: 407 Proxy Authentication Required; put name and password into its URL, http://name:password@host:port`,
      ]);
      await close();
      expect((await readFiles(folder))['exchanges-001.jsonl']).toContain('"failure":"unreachable"');
    }
  });

  it('says that the proxy cannot be reached', async () => {
    for (const upstream of [UPSTREAM, 'https://api.example']) {
      const env = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' };
      const { url } = await openRecorder(upstream, { proxy: proxyFor(new URL(upstream), env) });
      const { status, json } = await send('GET', `${url}/x`);
      expect(status).toBe(502);
      expect(json.error.message).toContain('the proxy http://127.0.0.1:9 cannot be reached');
    }
  });
});

it('record reaches an https upstream by way of HTTPS_PROXY, and tells no password', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'record-proxy-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const server = await startServer({ port: 0, tls: { folder } });
  onTestFinished(server.close);
  const port = Number(new URL(server.url).port);
  const proxy = await openProxy(port);
  // One of the names of the certificate; the proxy alone knows where it leads.
  const upstream = `https://host.docker.internal:${port}`;
  const child = start(
    ['record', '--upstream', upstream, '--out', join(folder, 'out'), '--port', '0'],
    { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const out = collect(child.stdout);
  await until(
    () => out.join('').includes('Ctrl-C'),
    () => out.join(''),
  );
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(out.join(''))?.[0] ?? '';
  expect(out.join('')).toContain(`${upstream}, by way of the proxy ${proxy.nameless}\n`);
  expect(out.join('')).not.toContain('secret');
  const { status, text } = await send('GET', `${url}/x`);
  expect([status, text]).toEqual([404, expect.stringContaining('/x is no path of the contract')]);
  expect(proxy.asked).toEqual([`CONNECT host.docker.internal:${port}`]);
});

describe('serve --upstream behind a proxy', () => {
  const open = async (env: (proxy: Awaited<ReturnType<typeof openProxy>>) => object) => {
    const upstream = createServer((req, res) => res.end(`${req.url} ${req.headers.host}`));
    await new Promise<void>((done) => {
      upstream.listen(0, '127.0.0.1', done);
    });
    onTestFinished(() => void upstream.close());
    const proxy = await openProxy((upstream.address() as AddressInfo).port);
    const child = start(['serve', '--port', '0', '--upstream', UPSTREAM], {
      HTTP_PROXY: '',
      NO_PROXY: '',
      ...env(proxy),
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const out = collect(child.stdout);
    const text = () => out.join('');
    await until(() => /http:\/\/127\.0\.0\.1:\d+/.test(text()), text);
    return { proxy, url: /http:\/\/127\.0\.0\.1:\d+/.exec(text())?.[0] ?? '' };
  };

  it('passes on what no contract knows by way of it', async () => {
    const { proxy, url } = await open((known) => ({ HTTP_PROXY: known.url }));
    const { text, status } = await send('GET', `${url}/x?y=1`);
    expect([status, text]).toEqual([200, '/v1/x?y=1 api.example']);
    expect(proxy.asked).toEqual(['GET http://api.example/v1/x?y=1 api.example']);
  });

  it('says what the proxy says where that refuses, and asks it for nothing that NO_PROXY names', async () => {
    const refused = await open((known) => ({ HTTP_PROXY: known.nameless }));
    const answer = await send('GET', `${refused.url}/x`);
    expect([answer.status, answer.text]).toEqual([
      502,
      expect.stringContaining(`the proxy ${refused.proxy.nameless} refuses: 407`),
    ]);
    const excepted = await open((known) => ({ HTTP_PROXY: known.url, NO_PROXY: 'api.example' }));
    expect((await send('GET', `${excepted.url}/x`)).status).toBe(502);
    expect(excepted.proxy.asked).toEqual([]);
  });
});
