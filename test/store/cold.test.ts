import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ServerOptions } from '../../src/load/server-options.js';
import { startServer } from '../../src/server/server.js';
import { send } from '../support/client.js';
import { NOON } from '../support/sandbox.js';
import { mediaFolder } from '../support/two-kinds.js';

/** So few jobs stay in memory that nearly all lie in the store, and records are written all the time. */
const STORING = { inMemory: 4, recordEvery: 25 };

const LIVES = {
  'in-five-seconds': '[{ state: waiting, for: 5s }, { state: sent }]',
  'in-two-minutes':
    '[{ state: waiting, for: 1min }, { state: packing, for: 1min }, { state: sent }]',
  'after-two-polls': '[{ state: waiting, for: 2 polls }, { state: sent }]',
  'when-released':
    '[{ state: waiting, for: until released }, { state: packing, for: 1 poll }, { state: sent }]',
  'lost-soon': '[{ state: waiting, for: 3s }, { state: lost, error: { code: STOLEN } }]',
};

async function temporary(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'esoz-cold-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** The same sandbox twice: one keeps all in memory, the other lets jobs lie in its store. */
async function openBoth(options: ServerOptions = {}) {
  const scenarios = await temporary();
  for (const [name, life] of Object.entries(LIVES)) {
    await writeFile(join(scenarios, `${name}.yaml`), `scenario: ${name}\nlife: ${life}\n`);
  }
  const clock = { mode: 'manual' as const, now: Date.parse(NOON) };
  const pack = 'scripts/check-store/orders';
  const all = { port: 0, pack, scenarios, clock, seed: 7, rules: 'off' as const, ...options };
  const store = `file:${await temporary()}`;
  let machine = Date.parse(NOON);
  /** The machine's time is the test's. */
  const begin = async (...args: Parameters<typeof startServer>) => {
    const server = await startServer(...args);
    Object.assign(server.sandbox.setup, { wall: () => machine, steady: () => machine });
    return server;
  };
  const memory = await begin(all);
  onTestFinished(() => memory.close());
  let file = await begin({ ...all, store }, {}, STORING);
  onTestFinished(() => file.close());
  const both = async (method: string, path: string, more: Parameters<typeof send>[2] = {}) => {
    const [one, other] = await Promise.all(
      [memory, file].map(({ url }) => send(method, url + path, more)),
    );
    const said = (answer = one) => [
      answer?.status,
      answer?.text.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'URL'),
    ];
    expect([path, ...said(other)]).toEqual([path, ...said(one)]);
    return one as NonNullable<typeof one>;
  };
  const control = (method: string, path: string, body?: unknown) =>
    both(method, `/__sandbox/sessions/default${path}`, { body });
  const create = async (scenario: string, item: string) => {
    const { json } = await both('POST', '/orders', {
      body: { item },
      headers: { 'X-Sandbox-Scenario': scenario },
    });
    return json.order as string;
  };
  return {
    both,
    control,
    create,
    poll: (job: string) => both('GET', `/orders/${job}`),
    advance: (by: string) => control('POST', '/clock/advance', { by }),
    /** The store's process ends, and another one finds what it has kept. */
    restart: async () => {
      await file.close();
      file = await begin({ ...all, store }, {}, STORING);
    },
    memory: () => memory.sandbox.session().jobs,
    cold: () => file.sandbox.session().jobs.cold,
    url: () => file.url,
    memoryUrl: memory.url,
    goOn: (by: number) => {
      machine += by;
    },
  };
}

const journaled = ({ json }: Awaited<ReturnType<typeof send>>) =>
  json.exchanges.map(
    ({ seq, at, until, path, job, state, status, told }: Record<string, unknown>) => [
      seq,
      at,
      until,
      path,
      job,
      state,
      status,
      told,
    ],
  );

type Both = Awaited<ReturnType<typeof openBoth>>;

/** Jobs of all lives, and as many exchanges that it takes until most of them lie in the store. */
async function many({ create, poll, cold }: Both, rounds = 8): Promise<string[]> {
  const jobs: string[] = [];
  for (let i = 0; i < rounds; i += 1) {
    for (const name of Object.keys(LIVES)) jobs.push(await create(name, `item ${i}`));
  }
  const [, , , , last = ''] = jobs.slice(-5);
  for (let i = 0; i < 30; i += 1) await poll(last);
  expect(cold()?.count).toBeGreaterThan(jobs.length / 2);
  return jobs;
}

/** What a person asks of a session. */
async function lookAtAll({ both, control }: Both) {
  await both('GET', '/orders');
  await both('GET', '/orders?status=waiting&limit=3');
  await control('GET', '/jobs');
  await control('GET', '/jobs?state=waiting&limit=5');
  await control('GET', '/resources');
  const { json } = await control('GET', '');
  return json;
}

describe.each([false, true])('jobs that lie in the store (restart in between: %s)', (restarts) => {
  const between = async ({ restart }: Both) => {
    if (restarts) await restart();
  };

  it('are polled, listed, released, cancelled and deleted as if they were in memory', async () => {
    const opened = await openBoth();
    const { both, control, poll, advance, create } = opened;
    const jobs = await many(opened);
    await between(opened);
    for (const job of jobs) await poll(job);
    await lookAtAll(opened);
    for (const job of jobs.slice(0, 10)) await control('POST', `/jobs/${job}/release`);
    for (const job of jobs.slice(5, 20)) await both('POST', `/orders/${job}/cancel`);
    await between(opened);
    await advance('10s');
    for (const job of jobs.slice(0, 30)) await both('DELETE', `/orders/${job}`);
    for (const job of jobs) await poll(job);
    await between(opened);
    for (const job of jobs.slice(20)) await control('GET', `/jobs/${job}`);
    await control('POST', `/jobs/${jobs[33]}/hold`);
    await both('GET', `/orders/${jobs[31]}/bill`);
    await lookAtAll(opened);
    await advance('10min');
    await lookAtAll(opened);
    await lookAtAll(opened);
    await create('in-five-seconds', 'the next one');
  });

  it('come to their ends by time alone, in their order', async () => {
    const opened = await openBoth();
    const { control, advance, create, memory, cold } = opened;
    await many(opened);
    await between(opened);
    for (const by of ['3s', '1999ms', '1ms', '30s', '2min']) {
      await advance(by);
      await control('GET', '/resources');
      await between(opened);
    }
    await lookAtAll(opened);
    await lookAtAll(opened);
    await create('in-five-seconds', 'the next one');
    expect(memory().size).toBe(41);
    expect(cold()?.count).toBeGreaterThanOrEqual(0);
  });

  it('go when there are more finished ones than are kept, and so do exchanges', async () => {
    const opened = await openBoth({ limits: { jobs: 7, journal: 40 } });
    const { control, poll, advance } = opened;
    const jobs = await many(opened);
    await advance('5s');
    for (const job of jobs.slice(0, 12)) await poll(job);
    await between(opened);
    const { dropped } = await lookAtAll(opened);
    expect(dropped.jobs).toBeGreaterThan(5);
    await advance('10min');
    for (const job of jobs) await poll(job);
    await between(opened);
    const kept = await lookAtAll(opened);
    expect(kept.holds.exchanges).toBe(40);
    expect(kept.holds.jobs).toBeLessThan(25);
    for (const job of jobs.slice(-20)) await control('GET', `/jobs/${job}`);
  });

  it('have other moments when the pace of the clock changes, again and again', async () => {
    const opened = await openBoth({ clock: { mode: 'paced', pace: 1 } });
    const { control, create, goOn, cold } = opened;
    await many(opened);
    for (const [pace, ms] of [
      [4, 700],
      [0.5, 2000],
      [60, 900],
      [2, 100],
      [1, 45_000],
    ]) {
      await control('PUT', '', { clock: { mode: 'paced', pace } });
      await between(opened);
      for (let i = 0; i < 3; i += 1) {
        goOn(ms as number);
        await lookAtAll(opened);
      }
    }
    expect(cold()?.outdated).toBe(0);
    await lookAtAll(opened);
    await create('in-five-seconds', 'the next one');
  });
});

it('shows its journal after a restart, though much has been written down since', async () => {
  const opened = await openBoth();
  const { poll, restart, url } = opened;
  const jobs = await many(opened);
  await restart();
  for (const job of jobs) await poll(job);
  const journal = async (base: string, query: string) =>
    journaled(await send('GET', `${base}/__sandbox/sessions/default/journal${query}`));
  const seqs = Array.from({ length: 110 }, (_, i) => i + 1);
  const shown = await journal(url(), '');
  expect(shown.map(([seq]: unknown[]) => seq)).toEqual(seqs);
  expect(shown).toEqual(await journal(opened.memoryUrl, ''));
  const rules = async (base: string) =>
    (await send('GET', `${base}/__sandbox/sessions/default/verdict`)).json.rules.map(
      ({ rule, outcome }: Record<string, string>) => [rule, outcome],
    );
  expect(await rules(url())).toEqual(await rules(opened.memoryUrl));
});

it('finds jobs that are asked for while others are put away', async () => {
  const opened = await openBoth();
  const { create, url, cold } = opened;
  const jobs = await many(opened, 12);
  const polls = 20;
  for (let i = 0; i < polls; i += 1) {
    const all = jobs.map((job) => send('GET', `${url()}/orders/${job}`));
    expect((await Promise.all(all)).map(({ status }) => status)).toEqual(jobs.map(() => 200));
  }
  await create('in-five-seconds', 'behind');
  const { json } = await send('GET', `${url()}/__sandbox/sessions/default/jobs`);
  const counted = json.jobs.map(({ polls }: { polls: number }) => polls);
  expect(counted.filter((count: number) => count === polls)).toHaveLength(jobs.length - 1);
  expect(cold()).toBeDefined();
});

it('puts away jobs of several kinds too, and knows whose they are', async () => {
  const pack = await mediaFolder();
  const store = `file:${await temporary()}`;
  const clock = { mode: 'manual' as const, now: Date.parse(NOON) };
  const begin = () => startServer({ port: 0, pack, clock, store }, {}, STORING);
  let server = await begin();
  onTestFinished(() => server.close());
  const ids: [path: string, id: string][] = [];
  for (let i = 0; i < 40; i += 1) {
    const path = i % 2 === 0 ? '/exports' : '/imports';
    const { json } = await send('POST', server.url + path);
    ids.push([path, json.exportId ?? json.importId]);
  }
  const cold = () => server.sandbox.session().jobs.cold?.count;
  expect(cold()).toBeGreaterThan(20);
  for (const [path, id] of ids) {
    const { json } = await send('GET', `${server.url}${path}/${id}`);
    expect(['queued', 'waiting']).toContain(json.state);
  }
  await server.close();
  server = await begin();
  for (const [path, id] of ids)
    expect((await send('GET', `${server.url}${path}/${id}`)).status).toBe(200);
});

it('writes records once many jobs are new, however few facts that takes, and not because they are polled', async () => {
  const store = `file:${await temporary()}`;
  const pack = 'scripts/check-store/orders';
  const storing = { inMemory: 4, recordEvery: 1_000_000, recordMost: 40 };
  const server = await startServer({ port: 0, pack, rules: 'off', seed: 7, store }, {}, storing);
  onTestFinished(() => server.close());
  const cold = () => server.sandbox.session().jobs.cold?.count ?? 0;
  const order = { body: { item: 'shoes', quantity: 1 } };
  const paths: string[] = [];
  const begin = async () => {
    const { json } = await send('POST', `${server.url}/orders`, order);
    paths.push(`/orders/${json.order}`);
  };
  for (let i = 0; i < 9; i += 1) await begin();
  for (const path of paths) expect((await send('GET', `${server.url}${path}`)).status).toBe(200);
  expect(cold()).toBe(0);
  for (let i = 0; i < 20; i += 1) await begin();
  expect(cold()).toBeGreaterThan(0);
});
