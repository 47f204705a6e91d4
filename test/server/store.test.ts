import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ServerOptions } from '../../src/load/server-options.js';
import { startServer } from '../../src/server/server.js';
import { CREDENTIALS, makeClient, send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { linesOf } from '../support/folded.js';
import { NOON } from '../support/sandbox.js';
import { openWire, statusOf } from '../support/wire.js';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'esoz-store-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** A connection that the server has taken; `ask` sends a POST, and gives its answer. */
async function connected(url: string) {
  const wire = await openWire(url);
  wire.write('GET /__sandbox/health HTTP/1.1\r\nHost: sandbox\r\n\r\n');
  const before = await wire.until('"status"');
  return async (path: string, body: unknown) => {
    const text = JSON.stringify(body);
    const headers = {
      Host: 'sandbox',
      ...CREDENTIALS,
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    wire.write(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${text}`);
    const said = (await wire.whole()).slice(before.length);
    return { status: statusOf(said), json: JSON.parse(said.slice(said.indexOf('\r\n\r\n'))) };
  };
}

/** A server on a store; `again` closes it and starts another on the same one. */
async function open(store: string, options: ServerOptions = {}) {
  const clock = { mode: 'manual' as const, now: Date.parse(NOON) };
  const server = await startServer({ port: 0, clock, seed: 7, store, ...options });
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await server.close();
  };
  onTestFinished(close);
  const { url, sandbox } = server;
  const control = (method: string, path: string, body?: unknown) =>
    send(method, `${url}/__sandbox${path}`, { body });
  const lines = async (session = 'default') => {
    await sandbox.ready(session);
    return linesOf(sandbox.session(session));
  };
  const again = async (others = options) => {
    await close();
    return open(store, others);
  };
  return { url, control, client: makeClient(url), lines, again, close };
}

describe.each(['', '?durability=fast'])('--store file:FOLDER%s', (query) => {
  it('finds sessions again as they were, and jobs go on', async () => {
    const store = `file:${await folder()}${query}`;
    const first = await open(store);
    const { json } = await first.client.create(disability());
    const job = json.data.id;
    await first.client.poll(job);
    await first.control('PUT', '/sessions/other', { scenario: 'failed-1001' });
    await makeClient(`${first.url}/~other`).create(disability());
    const [before, other] = [await first.lines(), await first.lines('other')];
    const second = await first.again();
    expect(await second.lines()).toEqual(before);
    expect(await second.lines('other')).toEqual(other);
    await second.control('POST', '/sessions/default/clock/advance', { by: '1h' });
    const polled = await second.client.poll(job);
    expect(polled.json.data.status).toBe('DONE');
    const { json: next } = await second.client.create(disability());
    expect(next.data.id).not.toBe(job);
  });

  it('lists what it has, and forgets what is deleted', async () => {
    const store = `file:${await folder()}${query}`;
    const first = await open(store);
    for (const name of ['one', 'two']) await first.control('PUT', `/sessions/${name}`, {});
    await first.control('DELETE', '/sessions/one');
    const second = await first.again();
    const { json } = await second.control('GET', '/sessions');
    expect(json.sessions.map(({ name }: { name: string }) => name)).toContain('two');
    expect((await second.control('GET', '/sessions/one')).status).toBe(404);
    const { json: health } = await second.control('GET', '/health');
    expect(health.store).toMatchObject({ kind: 'file', opened: 2 });
  });

  it('keeps what is answered at the end, in sessions that begin only then or that lay in the store', async () => {
    const store = `file:${await folder()}${query}`;
    const first = await open(store);
    const before = (await makeClient(`${first.url}/~old`).create(disability())).json.data.id;
    const second = await first.again();
    const [one, two] = [await connected(second.url), await connected(second.url)];
    // On their way when it ends, and not yet read.
    const asked = [
      one('/~old/patients/composition', disability()),
      two('/~new/patients/composition', disability()),
    ];
    const closing = second.close();
    const answers = await Promise.all(asked);
    await closing;
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const [old, begun] = answers.map(({ json }) => json.data.id);
    const third = await second.again();
    for (const [name, jobs] of Object.entries({ old: [before, old], new: [begun] })) {
      const { json } = await third.control('GET', `/sessions/${name}/jobs`);
      expect(json.jobs.map(({ id }: { id: string }) => id).sort()).toEqual(jobs.sort());
    }
  });

  it('holds more sessions than may be open', async () => {
    const store = `file:${await folder()}${query}`;
    const { url, control } = await open(store, { limits: { sessions: 2 } });
    const jobs = new Map<string, string>();
    for (const name of ['a', 'b', 'c', 'd']) {
      const { json } = await makeClient(`${url}/~${name}`).create(disability());
      jobs.set(name, json.data.id);
    }
    for (const [name, job] of jobs) {
      const { json } = await control('GET', `/sessions/${name}/jobs`);
      expect(json.jobs.map(({ id }: { id: string }) => id)).toEqual([job]);
    }
  });
});

it('goes on from files and branches, which are there after a restart', async () => {
  const store = `file:${await folder()}`;
  const first = await open(store);
  const job = (await first.client.create(disability())).json.data.id;
  for (let i = 0; i < 3; i += 1) await first.client.poll(job);
  const file = '/sessions/default/file?secrets=true';
  const saved = await fetch(`${first.url}/__sandbox${file}`);
  const bytes = new Uint8Array(await saved.arrayBuffer());
  const load = (query = '') =>
    send('PUT', `${first.url}/__sandbox/sessions/loaded/file${query}`, { body: bytes });
  expect((await load()).status).toBe(201);
  expect((await load()).json.error.code).toBe('SESSION_IN_USE');
  await first.control('POST', '/sessions/loaded/clock/advance', { by: '1h' });
  expect((await load('?replace=true')).status).toBe(201);
  const branch = { name: 'branched', at: 2 };
  expect((await first.control('POST', '/sessions/default/branch', branch)).status).toBe(201);
  const names = ['default', 'loaded', 'branched'];
  // The clock that nobody can set begins anew with each process.
  const linesIn = async ({ lines }: typeof first, name: string) =>
    (await lines(name)).map((line) => line.replace(/"startedMono":[\d.]+/, ''));
  const before = new Map<string, string[]>();
  for (const name of names) before.set(name, await linesIn(first, name));
  const own = (lines: string[] = []) => lines.filter((line) => !line.includes('"k":"began"'));
  expect(own(before.get('loaded'))).toEqual(own(before.get('default')));
  const second = await first.again();
  for (const name of names) {
    // What lies in the store alone is read when somebody asks for it.
    await second.control('GET', `/sessions/${name}/journal`);
    expect([name, await linesIn(second, name)]).toEqual([name, before.get(name)]);
    const client = makeClient(`${second.url}/~${name}`);
    expect((await client.poll(job)).status).toBe(200);
    const { json } = await second.control('GET', `/sessions/${name}/jobs/${job}`);
    expect(json.polls).toBe(name === 'branched' ? 2 : 4);
  }
});

it('says how far back it knows how a session stood, once facts have been let go', async () => {
  const store = `file:${await folder()}`;
  const limits = { journal: 20 };
  const server = await startServer({ port: 0, store, limits }, {}, { recordEvery: 500 });
  onTestFinished(() => server.close());
  const control = (method: string, path: string, body?: unknown) =>
    send(method, `${server.url}/__sandbox/sessions${path}`, { body });
  const client = makeClient(server.url);
  const job = (await client.create(disability())).json.data.id;
  for (let i = 1; i < 1600; i += 1) await client.poll(job);
  const { json } = await control('GET', '/default/jobs?at=1600');
  expect(json.jobs).toMatchObject([{ id: job, polls: 1599 }]);
  const refused = await control('GET', '/default/jobs?at=1590');
  expect(refused.json.error).toMatchObject({ code: 'SESSION_NO_SUCH_EXCHANGE', status: 404 });
  expect(refused.json.error.message).toContain('is not kept any more');
  // What goes on from it knows no more.
  expect((await control('POST', '/default/branch', { name: 'two' })).status).toBe(201);
  await makeClient(`${server.url}/~two`).poll(job);
  for (const [at, status] of [
    [1590, 404],
    [1601, 200],
  ]) {
    expect((await control('GET', `/two/jobs?at=${at}`)).status).toBe(status);
  }
});

it('refuses a session whose API is not served any more, and goes on', async () => {
  const store = `file:${await folder()}`;
  const first = await open(store);
  await first.client.create(disability());
  const second = await first.again({ pack: 'medical-events' });
  const refused = await second.control('GET', '/sessions/default');
  expect(refused.json.error).toMatchObject({ code: 'SESSION_UNSERVED_API', status: 409 });
  const third = await second.again({});
  expect((await third.control('GET', '/sessions/default')).json.holds.jobs).toBe(1);
});
