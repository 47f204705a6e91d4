import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../src/server/server.js';
import { makeClient, send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { NOON } from '../support/sandbox.js';

/** Stores as versions of this program have written them (`npm run keep:store`), each with what it held. */
const KEPT = 'test/fixtures/stores';

/** What `scripts/keep-store.mjs` writes beside a store. */
interface Told {
  seed: number;
  sessions: Record<
    string,
    {
      session: object;
      jobs: object[];
      exchanges: object[];
      resources: [id: string, kind: string, created: string][];
      rules: [rule: string, outcome: string][];
      next: string[];
      answers: [job: string, status: string | null][];
    }
  >;
}

async function unpack(file: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-kept-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const bytes = brotliDecompressSync(await readFile(file));
  let at = bytes.indexOf('\n') + 1;
  const files = JSON.parse(bytes.subarray(0, at).toString()) as [name: string, length: number][];
  for (const [name, length] of files) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes.subarray(at, at + length));
    at += length;
  }
  expect(at).toBe(bytes.length);
  return folder;
}

const names = (await readdir(KEPT)).filter((name) => name.endsWith('.store'));

it('there is a store of an older version', () => {
  expect(names.length).toBeGreaterThan(0);
});

it.each(names)('%s is read, and its sessions go on', async (name) => {
  const told: Told = JSON.parse(
    await readFile(join(KEPT, name.replace('.store', '.json')), 'utf8'),
  );
  const store = `file:${await unpack(join(KEPT, name))}`;
  const clock = { mode: 'manual' as const, now: Date.parse(NOON) };
  const server = await startServer({ port: 0, clock, seed: told.seed, store });
  onTestFinished(() => server.close());
  for (const [session, expected] of Object.entries(told.sessions)) {
    const control = (method: string, path: string, body?: unknown) =>
      send(method, `${server.url}/__sandbox/sessions/${session}${path}`, { body });
    expect((await control('GET', '')).json).toMatchObject(expected.session);
    expect((await control('GET', '/jobs')).json.jobs).toMatchObject(expected.jobs);
    expect((await control('GET', '/journal')).json.exchanges).toMatchObject(expected.exchanges);
    const { resources } = (await control('GET', '/resources')).json;
    expect(resources).toMatchObject(
      expected.resources.map(([id, kind, created]) => ({ id, kind, created })),
    );
    const { rules } = (await control('GET', '/verdict')).json;
    const outcomes = new Map(
      rules.map(({ rule, outcome }: { rule: string; outcome: string }) => [rule, outcome]),
    );
    expect(expected.rules.map(([rule]) => [rule, outcomes.get(rule)])).toEqual(expected.rules);
    // It goes on: ids that come next, and jobs by the scenarios that they began with.
    const client = makeClient(`${server.url}/~${session}`);
    for (const [i, id] of expected.next.entries()) {
      const chosen = i === 0 ? undefined : { 'X-Sandbox-Scenario': 'done-after-eta' };
      expect((await client.create(disability(), chosen)).json.data.id).toBe(id);
    }
    await control('POST', '/clock/advance', { by: '1h' });
    for (const [job, status] of expected.answers) {
      const { json } = await client.poll(job);
      expect([job, json?.data?.status ?? null]).toEqual([job, status]);
    }
  }
});
