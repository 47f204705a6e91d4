import { expect, it, onTestFinished } from 'vitest';
import type { ServerOptions } from '../../src/load/server-options.js';
import { send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { filesWith } from '../support/documents.js';
import { openEvents } from '../support/events.js';
import { openReceiver } from '../support/receiver.js';
import { startRedis } from '../support/redis-server.js';
import { type Replica, replica, sharedRedis } from '../support/replicas.js';
import { needs } from '../support/runtimes.js';
import { openSmallApi } from '../support/small-api.js';

needs('redis');

const { store, replicas } = sharedRedis();

const RENDERS: ServerOptions = {
  spec: 'test/fixtures/callbacks/openapi.yaml',
  scenarios: 'test/fixtures/callbacks/scenarios',
  timeouts: { webhook: 60_000 },
};

async function render({ url }: Replica, scenario: string, callbackUrl: string): Promise<string> {
  const headers = { 'X-Sandbox-Scenario': scenario };
  const { json } = await send('POST', `${url}/renders`, {
    body: { scene: 'forest', callbackUrl },
    headers,
  });
  return json.id;
}

const journalOf = async ({ control }: Replica) =>
  (await control('GET', '/sessions/default/journal')).json.exchanges;

const deliveriesOf = async (one: Replica) =>
  (await journalOf(one)).filter(({ webhook }: { webhook?: object }) => webhook);

it('a webhook is sent by one of the servers, and all of them show it', async () => {
  const all = await replicas(RENDERS);
  const receiver = await openReceiver();
  const ids = [];
  for (const each of all) ids.push(await render(each, 'render-done', receiver.url));
  for (const each of all) expect(await journalOf(each)).toHaveLength(3);
  await all[1].control('POST', '/sessions/default/clock/advance', { by: '6s' });
  for (const each of all) {
    await expect.poll(() => deliveriesOf(each), { timeout: 20_000 }).toHaveLength(3);
  }
  const told = receiver.received.map(({ json }) => json.data.id);
  expect(told.sort()).toEqual(ids.sort());
  const sent = receiver.received.map(({ headers }) => headers['webhook-id']);
  expect(new Set(sent).size).toBe(sent.length);
});

it('a webhook whose server has died on the way is sent by another one, under the same id', async () => {
  const options = { ...RENDERS, timeouts: { webhook: 300 } };
  const where = await store();
  const one = await replica(where, options);
  const two = await replica(where, options);
  // It takes nothing while the first server lives.
  let isTaking = false;
  const receiver = await openReceiver(() => (isTaking ? 204 : undefined));
  await render(one, 'render-done', receiver.url);
  await one.control('POST', '/sessions/default/clock/advance', { by: '6s' });
  await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(1);
  isTaking = true;
  await one.close();
  await expect.poll(() => deliveriesOf(two), { timeout: 20_000 }).toMatchObject([{ status: 204 }]);
  const [first, second] = receiver.received.map(({ headers }) => headers['webhook-id']);
  expect(second).toBe(first);
});

it('a client that is refused at one server is refused at all of them', async () => {
  const all = await replicas();
  const headers = { 'X-Sandbox-Scenario': 'refused-connection' };
  const job = (await all[0].client.create(disability(), headers)).json.data.id;
  // The clock of a session that nobody can reach stands still: the machine's time counts, too.
  const poll = ({ client }: Replica) =>
    client.poll(job).then(
      ({ status }) => status,
      () => 0,
    );
  const told: number[] = [];
  while (!told.includes(0)) {
    told.push(await poll(all[1]));
    await all[1].control('POST', '/sessions/default/clock/advance', { by: '1s' }).catch(() => {});
  }
  const others = [all[0], all[2]];
  for (const { url } of others) await expect(fetch(`${url}/__sandbox/health`)).rejects.toThrow();
  for (const { url } of all) {
    const isBack = () =>
      fetch(`${url}/__sandbox/health`).then(
        ({ ok }) => ok,
        () => false,
      );
    await expect.poll(isBack, { timeout: 20_000 }).toBe(true);
  }
  expect(await poll(all[2])).toBe(200);
});

it('events go on at another server from the last one that was read', async () => {
  const [one, two, three] = await replicas();
  const events = (at: Replica, last?: string) =>
    openEvents(
      `${at.url}/__sandbox/sessions/default/events`,
      last ? { 'Last-Event-ID': last } : {},
    );
  const first = await events(one);
  const job = (await two.client.create(disability())).json.data.id;
  const [created] = await first.take(1);
  first.close();
  await two.client.poll(job);
  const second = await events(three, created?.id);
  await one.client.poll(job);
  const rest = await second.take(2);
  expect(rest.map(({ id }) => id)).toEqual(['2', '3']);
  expect(rest.map(({ data }) => data.operation)).toEqual(Array(2).fill('getAsyncJobStatus'));
});

it('the page at one server shows sessions that begin at another', async () => {
  const [one, two] = await replicas();
  const events = await openEvents(`${one.url}/__sandbox/events`);
  await two.client.create(disability());
  let exchanges: { seq: number }[] = [];
  while (exchanges.length === 0) {
    const { event, data } = (await events.next()) ?? {};
    if (event === 'exchanges') exchanges = data.exchanges;
  }
  expect(exchanges).toMatchObject([{ seq: 1, operation: 'createComposition' }]);
});

it('an answer that is held at one server is sent when its job has come to its end at another', async () => {
  const where = await store();
  const api = {
    scenarios: {
      'done.yaml': 'scenario: done\nlife: [{ state: RUNNING, for: 10s }, { state: DONE }]\n',
    },
    schedules: { responses: { 201: { description: 'Good', content: {} } } },
    binding: { wait: 'header.Prefer', scheduled: { http: 201, bare: true, data: { id: '{job}' } } },
    options: { scenario: 'done', store: where },
  };
  const one = await openSmallApi(api);
  const two = await openSmallApi(api);
  const held = one.send('POST', '/things', { headers: { Prefer: 'wait=30' } });
  const control = (path: string) => `${two.sandbox.url}/__sandbox/sessions/default${path}`;
  const jobs = async () => (await send('GET', control('/jobs'), {})).json.jobs;
  await expect.poll(jobs, { timeout: 20_000 }).toHaveLength(1);
  await send('POST', control('/clock/advance'), { body: { by: '10s' } });
  const { headers, status } = await held;
  expect([status, headers.get('preference-applied')]).toEqual([201, 'wait=30']);
});

it('says that its store is away where it is asked whether it is ready, and lives', async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const one = await replica(redis.url);
  const ready = () => one.control('GET', '/ready');
  expect(await ready()).toMatchObject({
    status: 200,
    json: { status: 'ready', store: { kind: 'redis', servers: 1 } },
  });
  await redis.kill();
  await expect.poll(async () => (await ready()).status, { timeout: 20_000 }).toBe(503);
  const away = await ready();
  expect(away.json.error.code).toBe('STORE_UNAVAILABLE');
  expect(away.headers.get('retry-after')).toBe('1');
  expect((await one.control('GET', '/health')).status).toBe(200);
  await redis.again();
  await expect.poll(async () => (await ready()).status, { timeout: 20_000 }).toBe(200);
  await expect.poll(() => one.notices.join(), { timeout: 20_000 }).toContain('was started again');
});

it('whoever leads clients here needs no token to ask whether it is ready', async () => {
  const one = await replica(await store(), { controlToken: 'secret' });
  expect((await one.control('GET', '/ready')).status).toBe(200);
  expect((await one.control('GET', '/health')).status).toBe(401);
});

it('servers that serve other scenarios on one store say so', async () => {
  const where = await store();
  const folder = await filesWith({
    'mine.yaml': 'scenario: mine\nlife: [{ state: DONE }]\n',
  });
  const one = await replica(where);
  const two = await replica(where, { scenarios: folder.replace(/\/[^/]*$/, '') });
  const differ = async ({ control }: Replica) => (await control('GET', '/ready')).json.store.differ;
  await expect.poll(() => differ(two), { timeout: 20_000 }).toEqual(['scenarios']);
  expect(two.notices.join()).toContain('another server on this store has other scenarios');
  const same = await replica(where);
  await expect.poll(() => differ(same), { timeout: 20_000 }).toEqual(['scenarios']);
  await two.close();
  expect(one.notices.join()).toContain('appendonly no');
});
