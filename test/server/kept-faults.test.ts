import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../src/server/server.js';
import { makeClient } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { callControl } from '../support/control.js';
import { playJob } from '../support/life.js';
import { openSandbox } from '../support/sandbox.js';

/** The journal of a sandbox by HTTP: the next start on the folder must tell the same. */
async function journalOf(url: string) {
  const { json } = await callControl(url, 'GET', '/sessions/default/journal');
  return json.exchanges as {
    fault?: string;
    status: number;
    until?: string;
    left: boolean;
    response?: { headers: Record<string, string> };
  }[];
}

async function temporary() {
  const folder = await mkdtemp(join(tmpdir(), 'kept-faults-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

it.each([
  ['reset', 0],
  ['hang', 0],
  ['truncated-body', 200],
  ['malformed-json', 200],
  ['interim', 200],
  ['gateway-html', 502],
])('%s: a store has the line of the exchange with what it has changed, and its end', async (fault, status) => {
  const store = `file:${await temporary()}/store`;
  const life = `{ answer: { fault: ${fault} }, for: 1 poll, off_contract: true }, { state: PENDING, for: 1 poll }`;
  const { sandbox, client, job } = await playJob(life, { store });
  const asked = client.poll(job).catch(() => undefined);
  if (fault === 'hang') {
    await expect.poll(async () => (await journalOf(sandbox.url)).length).toBe(2);
  } else await asked;
  await client.poll(job);
  const before = await journalOf(sandbox.url);
  expect(before.map((line) => [line.fault, line.status])).toEqual([
    [undefined, 200],
    [fault, status],
    [undefined, 200],
  ]);
  await sandbox.close();
  await asked;
  const again = await openSandbox({ store });
  const after = await journalOf(again.sandbox.url);
  const isOpen = fault === 'hang';
  expect(after.map(({ until, ...line }) => line)).toMatchObject(
    before.map(({ until, ...line }) => line),
  );
  expect(after.every(({ until }) => until !== undefined || isOpen)).toBe(true);
});

const LATE = '{ state: PENDING, for: 1 poll, delay: 5s }';

it('a delayed answer has its line with what it has changed, and its end once it is sent', async () => {
  const folder = await temporary();
  const { sandbox, client, job } = await playJob(LATE, { store: `file:${folder}/store` });
  const asked = client.poll(job);
  await expect.poll(async () => (await journalOf(sandbox.url)).length).toBe(2);
  const [, open] = await journalOf(sandbox.url);
  expect(open).toMatchObject({ status: 200 });
  expect(open).not.toHaveProperty('until');
  // As the disk is when the process is killed now.
  await cp(`${folder}/store`, `${folder}/killed`, { recursive: true });
  const killed = await openSandbox({ store: `file:${folder}/killed` });
  const path = `/sessions/default/jobs/${job}`;
  const { json: shown } = await callControl(killed.sandbox.url, 'GET', path);
  expect(shown.polls).toBe(1);
  expect(await journalOf(killed.sandbox.url)).toMatchObject([{}, { status: 200 }]);
  sandbox.clock.advance('5s');
  const { headers } = await asked;
  const [, sent] = await journalOf(sandbox.url);
  expect(sent).toMatchObject({ until: '2026-02-02T12:00:05.000Z' });
  expect(sent?.response?.headers.Date).toBe(headers.get('date'));
  await sandbox.close();
  const again = await openSandbox({ store: `file:${folder}/store` });
  expect((await journalOf(again.sandbox.url))[1]).toEqual(sent);
});

it('a delayed answer whose client leaves was told nothing', async () => {
  const store = `file:${await temporary()}/store`;
  const { sandbox, client, job } = await playJob(LATE, { store });
  const left = new AbortController();
  const asked = client.poll(job, left.signal).catch(() => undefined);
  await expect.poll(async () => (await journalOf(sandbox.url)).length).toBe(2);
  left.abort();
  await asked;
  const gone = { status: 0, left: true, until: '2026-02-02T12:00:00.000Z' };
  await expect.poll(async () => (await journalOf(sandbox.url))[1]).toMatchObject(gone);
});

it('an answer that hung while records were written has its end when its session is found again', async () => {
  const folder = await temporary();
  const server = await startServer({ port: 0, store: `file:${folder}` }, {}, { recordEvery: 20 });
  const client = makeClient(server.url);
  const { json } = await client.create(disability(), { 'X-Sandbox-Scenario': 'silent-server' });
  const job = json.data.id;
  const left = new AbortController();
  const asked = client.poll(job, left.signal).catch(() => undefined);
  await expect.poll(async () => (await journalOf(server.url)).length).toBe(2);
  const { json: other } = await client.create(disability());
  for (let i = 0; i < 30; i += 1) await client.poll(other.data.id);
  left.abort();
  await asked;
  await expect.poll(async () => (await journalOf(server.url))[1]?.until).toBeDefined();
  const before = await journalOf(server.url);
  await server.close();
  const again = await startServer({ port: 0, store: `file:${folder}` });
  onTestFinished(() => again.close());
  expect(await journalOf(again.url)).toEqual(before);
});
