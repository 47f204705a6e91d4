import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readForwarded } from '../../src/server/http/forwarded.js';
import { makeTrust } from '../../src/server/http/trusted-proxies.js';
import { startServer } from '../../src/server/server.js';
import { growth, LINEAR } from '../support/growth.js';
import { NOON } from '../support/sandbox.js';
import { openWire, sendRaw, statusOf } from '../support/wire.js';

const EXPORTS = {
  spec: 'test/fixtures/long-running/openapi.yaml',
  scenarios: 'test/fixtures/long-running/scenarios',
  port: 0,
  clock: { mode: 'manual' as const, now: Date.parse(NOON) },
};

async function open(options: Parameters<typeof startServer>[0] = {}) {
  const notices: string[] = [];
  const onNotice = (text: string) => notices.push(text);
  const server = await startServer({ ...EXPORTS, ...options }, { onNotice });
  onTestFinished(server.close);
  return { server, notices, host: new URL(server.url).host };
}

const BODY = '{"format":"ndjson"}';

/** What Location says where a request comes with these headers; `path` is what the sandbox sees. */
async function locationFor(url: string, headers: readonly string[], path = '/v1/exports') {
  const all = ['Content-Type: application/json', `Content-Length: ${BODY.length}`, ...headers];
  const head = [`POST ${path} HTTP/1.1`, ...all, 'Connection: close', '', ''].join('\r\n');
  const answer = await sendRaw(url, head + BODY);
  return /^location: (.*?)[0-9A-Za-z]{21}\r$/im.exec(answer)?.[1] ?? answer;
}

const HOST = 'Host: inner:4010';

describe('a link behind a trusted proxy', () => {
  const rows: [string, string[], string][] = [
    ['goes by Host alone', [], 'http://inner:4010/v1/'],
    ['X-Forwarded-Proto', ['X-Forwarded-Proto: https'], 'https://inner:4010/v1/'],
    ['X-Forwarded-Host', ['X-Forwarded-Host: mis.example:8443'], 'http://mis.example:8443/v1/'],
    [
      'X-Forwarded-Port, where the host has none',
      ['X-Forwarded-Proto: https', 'X-Forwarded-Host: mis.example', 'X-Forwarded-Port: 8443'],
      'https://mis.example:8443/v1/',
    ],
    [
      'a port that goes without saying',
      ['X-Forwarded-Proto: https', 'X-Forwarded-Host: mis.example', 'X-Forwarded-Port: 443'],
      'https://mis.example/v1/',
    ],
    [
      'X-Forwarded-Prefix',
      ['X-Forwarded-Host: mis.example', 'X-Forwarded-Prefix: /sandbox/'],
      'http://mis.example/sandbox/v1/',
    ],
    [
      'two prefixes, one cut off behind the other',
      ['X-Forwarded-For: 192.0.2.7, 127.0.0.9', 'X-Forwarded-Prefix: /a, /b'],
      'http://inner:4010/a/b/v1/',
    ],
    [
      'Forwarded (RFC 7239 §4)',
      ['Forwarded: for=192.0.2.60;proto=http;by=203.0.113.43;Host="mis.example:81"'],
      'http://mis.example:81/v1/',
    ],
    [
      'Forwarded of two proxies, the outer one of which is trusted',
      ['Forwarded: for="[2001:db8::1]:4711";proto=https;host=mis.example, for=127.0.0.9;host=x'],
      'https://mis.example/v1/',
    ],
    [
      'Forwarded of two proxies, of which the outer one is anybody',
      ['Forwarded: for=9.9.9.9;host=evil.example, for=192.0.2.7;host=mis.example;proto=https'],
      'https://mis.example/v1/',
    ],
    [
      'the last value of a list, whose first ones anybody may have written',
      ['X-Forwarded-For: 9.9.9.9, 192.0.2.7', 'X-Forwarded-Host: evil.example, mis.example'],
      'http://mis.example/v1/',
    ],
    [
      'the value of the outer proxy, where both are trusted',
      ['X-Forwarded-For: 192.0.2.7, 127.0.0.9', 'X-Forwarded-Host: mis.example, inner'],
      'http://mis.example/v1/',
    ],
    [
      'Forwarded with empty elements (RFC 9110 §5.6.1)',
      ['Forwarded: , for=192.0.2.7;host=mis.example;proto=HTTPS;, ,'],
      'https://mis.example/v1/',
    ],
    ['no host that is none', ['X-Forwarded-Host: a/b'], 'http://inner:4010/v1/'],
    ['no host with a user', ['X-Forwarded-Host: a@evil.example'], 'http://inner:4010/v1/'],
    ['no other scheme', ['X-Forwarded-Proto: javascript'], 'http://inner:4010/v1/'],
    ['no prefix that leads elsewhere', ['X-Forwarded-Prefix: //evil'], 'http://inner:4010/v1/'],
    ['no Forwarded that cannot be read', ['Forwarded: host="x'], 'http://inner:4010/v1/'],
  ];
  it('is told as the client calls the proxy', async () => {
    const { server } = await open({ trustProxy: ['loopback'] });
    for (const [what, headers, link] of rows) {
      const told = await locationFor(server.url, [HOST, ...headers]);
      expect(`${what}: ${told}`).toBe(`${what}: ${link}monitors/`);
    }
  });

  it('is told so too where the proxy leaves its prefix in the path', async () => {
    const { server } = await open({ trustProxy: ['loopback'] });
    const headers = [HOST, 'X-Forwarded-Prefix: /sandbox'];
    const told = await locationFor(server.url, headers, '/sandbox/~w/v1/exports');
    expect(told).toBe('http://inner:4010/sandbox/~w/v1/monitors/');
  });

  it('can be followed where the proxy puts a session in front of every path', async () => {
    const { server } = await open();
    const told = await locationFor(server.url, [HOST], '/~w/~w/v1/exports');
    expect(told).toBe('http://inner:4010/~w/v1/monitors/');
    expect(server.sandbox.session('w').journal.size).toBe(1);
  });
});

it.each([
  ' ',
  ',',
  ', ',
  ';',
  'a=',
  '"',
  'for=a,',
  '/a',
  '\\',
])('headers of a proxy that are a long row of %j are read in a time that grows with their length', (row) => {
  const trust = makeTrust(['loopback']);
  const names = ['for', 'proto', 'host', 'port', 'prefix'].map((name) => `x-forwarded-${name}`);
  const read = (size: number) => {
    const text = `x${row.repeat(size)}x`;
    const headers = Object.fromEntries(['forwarded', ...names].map((name) => [name, text]));
    expect(readForwarded(headers, trust)).not.toHaveProperty('proto');
  };
  expect(growth(read)).toBeLessThan(LINEAR);
});

describe('a proxy that is not trusted', () => {
  const FORWARDED = [
    'X-Forwarded-Host: evil.example',
    'X-Forwarded-Prefix: /x',
    'Forwarded: host=y',
  ];

  it('is not believed, and named once with what to do', async () => {
    const { server, notices } = await open();
    for (let i = 0; i < 2; i += 1) {
      expect(await locationFor(server.url, [HOST, ...FORWARDED])).toBe(
        'http://inner:4010/v1/monitors/',
      );
    }
    const told = notices.filter((text) => text.includes('--trust-proxy 127.0.0.1'));
    expect(told).toHaveLength(1);
  });

  it('is not believed when another one is trusted', async () => {
    const { server } = await open({ trustProxy: ['192.0.2.0/24', '2001:db8::/32'] });
    expect(await locationFor(server.url, [HOST, ...FORWARDED])).toBe(
      'http://inner:4010/v1/monitors/',
    );
  });
});

describe('an address of a proxy', () => {
  it.each([
    ['loopback', '127.9.9.9', true],
    ['loopback', '::1', true],
    ['loopback', '::ffff:127.0.0.1', true],
    ['loopback', '10.0.0.1', false],
    ['uniquelocal', '172.31.0.1', true],
    ['uniquelocal', '172.32.0.1', false],
    ['linklocal', 'fe80::1%eth0', true],
    ['10.0.0.7', '10.0.0.7', true],
    ['10.0.0.7', '10.0.0.8', false],
    ['2001:db8::/32', '2001:db8:1::7', true],
    ['0.0.0.0/0', '198.51.100.1', true],
  ])('%s is %s: %s', (range, address, trusted) => {
    expect(makeTrust([range])(address)).toBe(trusted);
  });

  it.each([
    'localhost',
    '10.0.0.0/33',
    '10.0.0',
    '',
    '::1/129',
    '10.0.0.7/8/9',
  ])('"%s" is none, and refused at the start', async (range) => {
    const starting = startServer({ ...EXPORTS, trustProxy: [range] });
    await expect(starting).rejects.toMatchObject({ code: 'USAGE_WRONG_OPTION' });
    await expect(starting).rejects.toThrow(/write an address \(10\.0\.0\.7\), a range/);
  });
});

describe('the control API behind a trusted proxy', () => {
  const ask = async (url: string, ...headers: string[]) => {
    const lines = ['GET /__sandbox/health HTTP/1.1', ...headers, 'Connection: close', '', ''];
    return sendRaw(url, lines.join('\r\n'));
  };

  it('is not opened to whom the proxy lets through, unless there is a token', async () => {
    const { server, host } = await open({ trustProxy: ['loopback'] });
    const own = `Host: ${host}`;
    const rows: [string[], number, string][] = [
      [[], 200, ''],
      [['X-Forwarded-Host: localhost:8443', 'X-Forwarded-For: 127.0.0.1'], 200, ''],
      [['X-Forwarded-Host: mis.example'], 403, 'for the host name mis.example'],
      [['X-Forwarded-For: 192.0.2.7'], 403, 'for callers from 192.0.2.7'],
      [['Forwarded: for=unknown'], 403, 'for callers from unknown'],
      [['Forwarded: for="[2001:db8::1]:80"'], 403, 'for callers from 2001:db8::1'],
    ];
    for (const [headers, status, said] of rows) {
      const answer = await ask(server.url, own, ...headers);
      expect([statusOf(answer), answer]).toEqual([status, expect.stringContaining(said)]);
    }
    // A name of another site that leads here gains nothing by saying that it is this machine's.
    const rebound = await ask(server.url, 'Host: evil.example', 'X-Forwarded-Host: localhost');
    expect(statusOf(rebound)).toBe(403);
  });

  it('tells addresses as its caller calls it', async () => {
    const { server } = await open({ trustProxy: ['loopback'], controlToken: 's' });
    const headers = ['Host: x', 'X-Sandbox-Token: s', 'X-Forwarded-Proto: https'];
    const more = ['X-Forwarded-Host: mis.example', 'X-Forwarded-Prefix: /sandbox'];
    const answer = await ask(server.url, ...headers, ...more);
    expect(answer).toContain('"url":"https://mis.example/sandbox"');
  });
});

/** A proxy that has the sandbox below a path of its own, which it cuts off; it keeps its connections. */
async function openProxy(target: string, prefix: string): Promise<string> {
  const agent = new http.Agent({ keepAlive: true });
  const proxy = http.createServer((req, res) => {
    const headers = {
      ...req.headers,
      host: new URL(target).host,
      'x-forwarded-proto': 'http',
      'x-forwarded-host': req.headers.host,
      'x-forwarded-for': req.socket.remoteAddress,
      'x-forwarded-prefix': prefix,
    };
    const path = req.url?.slice(prefix.length);
    const passed = http.request(
      target + path,
      { method: req.method ?? '', headers, agent },
      (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(res);
      },
    );
    req.pipe(passed);
  });
  await new Promise<void>((done) => {
    proxy.listen(0, '127.0.0.1', done);
  });
  onTestFinished(() => {
    agent.destroy();
    proxy.closeAllConnections();
    proxy.close();
  });
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${prefix}`;
}

it('a client that follows every link stays with the proxy, and its verdict knows what it has read', async () => {
  const { server } = await open({ trustProxy: ['loopback'] });
  const base = await openProxy(server.url, '/sandbox');
  const from = `${base}/~w/v1/exports`;
  const headers = { 'Content-Type': 'application/json', 'X-Sandbox-Scenario': 'export-done' };
  let answer = await fetch(from, { method: 'POST', headers, body: BODY });
  const monitor = answer.headers.get('location') ?? '';
  expect(monitor.startsWith(`${base}/~w/v1/monitors/`)).toBe(true);
  while (answer.status === 202) {
    server.sandbox.session('w').advance(Number(answer.headers.get('retry-after')) * 1000);
    answer = await fetch(monitor, { redirect: 'manual' });
  }
  const result = new URL(answer.headers.get('location') ?? '', monitor).href;
  expect(result.startsWith(`${base}/~w/v1/exports/`)).toBe(true);
  expect((await fetch(result)).status).toBe(200);
  const control = `${base}/__sandbox/sessions/w/verdict?format=json`;
  const { rules } = (await (await fetch(control)).json()) as {
    rules: { rule: string; outcome: string }[];
  };
  expect(rules.find(({ rule }) => rule === 'reads-the-result')?.outcome).toBe('passed');
});

describe('a request as a proxy of the older kind sends it', () => {
  it('by HTTP/1.0 and without Host is answered whole, with a link that can be called', async () => {
    const { server } = await open();
    const head = `POST /v1/exports HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n`;
    const answer = await sendRaw(server.url, head + BODY);
    expect(answer).toMatch(/^HTTP\/1\.1 202 /);
    expect(answer).not.toMatch(/transfer-encoding/i);
    expect(answer).toContain(`Location: ${server.url}/v1/monitors/`);
  });

  it('by HTTP/1.0 with keep-alive is answered by one connection', async () => {
    const { server } = await open();
    const wire = await openWire(server.url);
    const request = 'GET /v1/nowhere HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n\r\n';
    wire.write(request);
    await wire.until('lists them');
    wire.write(request);
    expect((await wire.until('lists them"}}HTTP/1.1 404')).match(/HTTP\/1\.1 404/g)).toHaveLength(
      2,
    );
  });

  it('with Expect: 100-continue is told to go on, and then answered', async () => {
    const { server } = await open();
    const wire = await openWire(server.url);
    wire.write(
      `POST /v1/exports HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\nExpect: 100-continue\r\n\r\n`,
    );
    await wire.until('HTTP/1.1 100 Continue\r\n\r\n');
    wire.write(BODY);
    expect(await wire.until('/v1/monitors/')).toContain('HTTP/1.1 202');
  });
});

describe('Host', () => {
  it.each([
    ['mis.example', 'http://mis.example/v1/'],
    ['mis.example:80', 'http://mis.example:80/v1/'],
    ['[::1]:4010', 'http://[::1]:4010/v1/'],
    ['[::1]', 'http://[::1]/v1/'],
    ['my_service:4010', 'http://my_service:4010/v1/'],
    ['a"b', undefined],
    ['user@mis.example', undefined],
    ['mis.example/x', undefined],
    ['mis.example:99999', undefined],
    ['256.1.1.1', undefined],
    ['[fe80::1%25eth0]:4010', undefined],
  ])('%s begins links as the client has it, or is safe', async (host, link) => {
    const { server } = await open();
    const told = await locationFor(server.url, [`Host: ${host}`]);
    expect(told).toBe(`${link ?? `${server.url}/v1/`}monitors/`);
  });
});
