import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type http from 'node:http';
import https from 'node:https';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../src/server/server.js';
import { makeAuthority } from '../../src/server/tls/make-certificate.js';
import { eventually } from '../support/eventually.js';

const run = promisify(execFile);

async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tls-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

type Options = NonNullable<Parameters<typeof startServer>[0]>;

async function open(options: Options = {}) {
  const folder = await openFolder();
  const notices: string[] = [];
  const tls = { folder };
  const server = await startServer(
    { port: 0, clock: { mode: 'manual' }, tls, ...options },
    { onNotice: (text) => notices.push(text) },
  );
  onTestFinished(server.close);
  const ca = await readFile(join(folder, 'ca.pem'), 'utf8').catch(() => '');
  return { server, folder, ca, notices, port: Number(new URL(server.url).port) };
}

/** A request by https; every one has a connection of its own. */
function ask(url: string, ca: string, { method = 'GET', headers = {}, body = '' } = {}) {
  return new Promise<{ status: number; headers: http.IncomingHttpHeaders; text: string }>(
    (done, fail) => {
      const request = https.request(url, { method, headers, ca, agent: false }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        answer.on('error', fail);
        answer.on('end', () =>
          done({ status: answer.statusCode ?? 0, headers: answer.headers, text }),
        );
      });
      request.on('error', fail).end(body);
    },
  );
}

/** What comes by a connection of its own until its end, and the error that has ended it. */
async function raw(port: number, ca: string, bytes: string) {
  const socket: TLSSocket = connect({ port, host: '127.0.0.1', ca, servername: 'localhost' });
  let text = '';
  let failure: string | undefined;
  socket.on('data', (part) => {
    text += part.toString('latin1');
  });
  socket.on('error', ({ code }: NodeJS.ErrnoException) => {
    failure = code;
  });
  socket.write(bytes);
  await new Promise((done) => {
    socket.on('close', done);
  });
  return { text, failure };
}

const CREDENTIALS = 'Authorization: Bearer t\r\napi-key: k\r\n';
const POLL = (job: string) =>
  `GET /api/patients/composition/job/${job} HTTP/1.1\r\nHost: localhost\r\n${CREDENTIALS}\r\n`;

/** A job of a life that a scenario file gives. */
async function playFault(fault: string) {
  const folder = await openFolder();
  const text = `scenario: one\ntitle: One\nlife:\n  - { state: PENDING, for: 1 poll }\n  - { answer: { fault: ${fault} }, for: 1 poll }\n  - state: DONE\n`;
  await writeFile(join(folder, 'one.yaml'), text);
  const opened = await open({ scenarios: folder, scenario: 'one' });
  const example = await ask(`${opened.server.url}/__sandbox/examples/createComposition`, opened.ca);
  const made = await ask(`${opened.server.url}/api/patients/composition`, opened.ca, {
    method: 'POST',
    headers: { Authorization: 'Bearer t', 'api-key': 'k', 'Content-Type': 'application/json' },
    body: example.text,
  });
  const job: string = JSON.parse(made.text).data.id;
  await raw(opened.port, opened.ca, POLL(job).replace('Host', 'Connection: close\r\nHost'));
  return { ...opened, job };
}

describe('a sandbox with a certificate that it has made', () => {
  it('is trusted by who trusts its authority, by every name of this machine, and tells https links', async () => {
    const { server, ca, port } = await open();
    expect(server.url).toBe(`https://127.0.0.1:${port}`);
    for (const host of ['localhost', '127.0.0.1']) {
      const { text } = await ask(`https://${host}:${port}/__sandbox/health`, ca);
      expect(JSON.parse(text).url).toBe(`https://${host}:${port}`);
    }
    await expect(ask(server.url, '')).rejects.toThrow(/certificate/);
  });

  it('keeps its authority, whose key nobody else may read, and makes the rest anew', async () => {
    const { folder, ca, server, port } = await open();
    const first = await certificateAt(port, ca);
    await server.close();
    const again = await open({ tls: { folder } });
    const second = await certificateAt(again.port, ca);
    expect(await readFile(join(folder, 'ca.pem'), 'utf8')).toBe(ca);
    expect(second.serialNumber).not.toBe(first.serialNumber);
    expect((await stat(join(folder, 'ca-key.pem'))).mode & 0o777).toBe(0o600);
  });

  it('is what RFC 5280 and clients ask of a certificate', async () => {
    const { ca, port, folder } = await open();
    const leaf = await certificateAt(port, ca);
    const authority = new X509Certificate(ca);
    expect(leaf.checkIssued(authority) && leaf.verify(authority.publicKey)).toBe(true);
    expect([authority.ca, leaf.ca]).toEqual([true, false]);
    for (const name of ['localhost', 'host.docker.internal'])
      expect(leaf.checkHost(name)).toBe(name);
    for (const address of ['127.0.0.1', '::1']) expect(leaf.checkIP(address)).toBe(address);
    const days = (Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)) / 86_400_000;
    expect(days).toBeLessThanOrEqual(398);
    await writeFile(join(folder, 'leaf.pem'), leaf.toString());
    const args = ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile'];
    const { stdout } = await run('openssl', [
      ...args,
      join(folder, 'ca.pem'),
      join(folder, 'leaf.pem'),
    ]);
    expect(stdout).toMatch(/: OK$/m);
  });

  it('makes another authority where the old one is about to end', async () => {
    const folder = await openFolder();
    const old = await makeAuthority('old', Date.now() - 3630 * 86_400_000);
    await writeFile(join(folder, 'ca-key.pem'), old.key + old.cert);
    await open({ tls: { folder } });
    const { subject, validTo } = new X509Certificate(await readFile(join(folder, 'ca.pem')));
    expect(subject).not.toContain('of old');
    expect(Date.parse(validTo)).toBeGreaterThan(Date.now() + 3600 * 86_400_000);
  });

  it('says what is wrong with an authority that cannot be read', async () => {
    const folder = await openFolder();
    await writeFile(join(folder, 'ca-key.pem'), 'nonsense');
    const starting = startServer({ port: 0, tls: { folder } });
    await expect(starting).rejects.toMatchObject({ code: 'USAGE_TLS_UNUSABLE' });
    await expect(starting).rejects.toThrow(/ca-key\.pem holds no authority; remove the file/);
  });

  it('keeps one authority though two are started at a time', async () => {
    const folder = await openFolder();
    const servers = await Promise.all([1, 2].map(() => open({ tls: { folder } })));
    const ca = await readFile(join(folder, 'ca.pem'), 'utf8');
    for (const { server } of servers) expect((await ask(server.url, ca)).status).toBe(404);
  });
});

async function certificateAt(port: number, ca: string): Promise<X509Certificate> {
  const socket = connect({ port, host: '127.0.0.1', ca });
  await new Promise<void>((done, fail) => {
    socket.on('secureConnect', done).on('error', fail);
  });
  const certificate = socket.getPeerX509Certificate();
  socket.destroy();
  return certificate as X509Certificate;
}

describe('a sandbox with a certificate of your own', () => {
  const make = async (...more: string[]) => {
    const folder = await openFolder();
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const fresh = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
    await run('openssl', [...fresh, '-keyout', key, '-out', cert, ...subject, ...more]);
    return { key, cert, folder };
  };

  it('serves by it, also where the key has a passphrase', async () => {
    for (const [more, rest] of [
      [['-nodes'], {}],
      [['-passout', 'pass:secret'], { passphrase: 'secret' }],
    ] as const) {
      const { key, cert } = await make(...more);
      const { server, port } = await open({ tls: { key, cert, ...rest } });
      const ca = await readFile(cert, 'utf8');
      expect((await ask(`https://localhost:${port}/`, ca)).status).toBe(404);
      expect(server.authority).toBe(cert);
    }
  });

  it('says what is wrong with it at the start', async () => {
    const { key, cert, folder } = await make('-passout', 'pass:secret');
    const other = await make('-nodes');
    const broken = join(folder, 'broken.pem');
    await writeFile(broken, 'none');
    const rows: [object, RegExp][] = [
      [{ key, cert }, /give the passphrase of the key in ESOZ_TLS_PASSPHRASE/],
      [{ key, cert, passphrase: 'wrong' }, /give the passphrase/],
      [{ key: other.key, cert }, /the key is not that of the certificate/],
      [{ key: join(folder, 'none.pem'), cert }, /none\.pem \(ENOENT\); name a file in PEM/],
      [{ key: broken, cert }, /both are PEM/],
      [{ key }, /--tls-key and --tls-cert go together/],
    ];
    for (const [tls, message] of rows) {
      await expect(startServer({ port: 0, tls })).rejects.toThrow(message);
    }
  });
});

describe('a client that does not fit', () => {
  it('and speaks http is told at once that the address speaks https', async () => {
    const { port } = await open();
    const answer = await fetch(`http://127.0.0.1:${port}/x?y=1`);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(
      `this address speaks https: call https://127.0.0.1:${port}/x?y=1`,
    );
  });

  it('and speaks https where http is served is named in a notice', async () => {
    const notices: string[] = [];
    const onNotice = (text: string) => notices.push(text);
    const server = await startServer({ port: 0 }, { onNotice });
    onTestFinished(server.close);
    await expect(ask(server.url.replace('http:', 'https:'), '')).rejects.toThrow();
    await eventually(() => notices.length > 0);
    expect(notices).toEqual([expect.stringContaining('start with --tls to serve https')]);
  });

  it('and does not trust the authority is named in a notice with the file to trust', async () => {
    const { server, notices, folder } = await open();
    const args = ['s_client', '-verify_return_error', '-connect', new URL(server.url).host];
    await expect(run('openssl', args)).rejects.toThrow(/verif/i);
    await eventually(() => notices.length > 0);
    expect(notices.join()).toContain(join(folder, 'ca.pem'));
  });

  it('and says nothing does not hold up the end', async () => {
    const { server, port, ca } = await open();
    const silent = connectTcp(port, '127.0.0.1');
    const ended = new Promise((done) => {
      silent.on('close', done).on('error', () => {});
    });
    // One that comes later is there: so is the silent one.
    expect((await ask(`${server.url}/x`, ca)).status).toBe(404);
    await server.close();
    await ended;
    expect(silent.destroyed).toBe(true);
  });
});

describe('a fault of the wire over TLS', () => {
  it('reset: not a byte, then a reset of the connection below', async () => {
    const { port, ca, job } = await playFault('reset');
    expect(await raw(port, ca, POLL(job))).toEqual({ text: '', failure: 'ECONNRESET' });
  });

  it('reset-after-headers: the whole head, then a reset', async () => {
    const { port, ca, job } = await playFault('reset-after-headers');
    const { text, failure } = await raw(port, ca, POLL(job));
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n[^{]*\r\n\r\n$/);
    expect(failure).toBe('ECONNRESET');
  });

  it('empty-reply: not a byte, then a close in peace', async () => {
    const { port, ca, job } = await playFault('empty-reply');
    expect(await raw(port, ca, POLL(job))).toEqual({ text: '', failure: undefined });
  });

  it('truncated-body: fewer bytes than were promised, then a close in peace', async () => {
    const { port, ca, job } = await playFault('truncated-body, bytes: 20');
    const { text, failure } = await raw(port, ca, POLL(job));
    expect(text.slice(text.indexOf('\r\n\r\n') + 4)).toHaveLength(20);
    expect(failure).toBeUndefined();
  });

  it('slow-body: all of it, by the rate of the session clock', async () => {
    const { port, ca, job, server } = await playFault('slow-body');
    const socket = connect({ port, host: '127.0.0.1', ca, servername: 'localhost' });
    let text = '';
    const came = new Promise<void>((done) => {
      socket.on('data', (part) => {
        text += part;
        if (text.includes('\r\n\r\n')) done();
      });
    });
    socket.write(POLL(job));
    await came;
    server.sandbox.session('default').advance(3_600_000);
    await new Promise((done) => {
      socket.on('close', done);
    });
    expect(JSON.parse(text.slice(text.indexOf('\r\n\r\n'))).data.status).toBe('PENDING');
  });

  it('refused: the port takes no connection, and does so again afterwards', async () => {
    const { port, ca, job, server } = await playFault('refused, closed: 1h');
    expect((await raw(port, ca, POLL(job))).failure).toBe('ECONNRESET');
    await expect(ask(`${server.url}/x`, ca)).rejects.toThrow(/ECONNREFUSED/);
    server.sandbox.session('default').advance(3_600_000);
    expect((await ask(`${server.url}/x`, ca)).status).toBe(404);
  });
});
