import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../src/server/server.js';
import { FileStore } from '../../src/store/file/file-store.js';
import { StoreUnavailable } from '../../src/store/store.js';
import { makeClient, send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { openEvents } from '../support/events.js';

/** Holds what is kept from now on, until it is let go, or fails. */
function holdAppends() {
  return hold('append');
}

/** Holds what a store is asked for from now on, until it is let go, or fails. */
function hold(method: 'append' | 'find') {
  const own = FileStore.prototype[method] as (...args: unknown[]) => Promise<unknown>;
  let go = () => {};
  let fail = (_: Error) => {};
  const held = new Promise<void>((done, failed) => {
    [go, fail] = [done, failed];
  });
  held.catch(() => {});
  const waits = async function (this: FileStore, ...args: unknown[]) {
    await held;
    return own.apply(this, args);
  };
  Object.assign(FileStore.prototype, { [method]: waits });
  const end = () => {
    Object.assign(FileStore.prototype, { [method]: own });
  };
  onTestFinished(end);
  return { go, fail, end };
}

/** A job that waits to be released, on a store in a folder. */
async function waitingJob() {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-refused-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const scenario = 'held-until-released';
  const server = await startServer({ port: 0, store: `file:${folder}`, scenario });
  onTestFinished(() => server.close());
  const { json } = await makeClient(server.url).create(disability());
  const job = `${server.url}/__sandbox/sessions/default/jobs/${json.data.id}`;
  /** Twice at once: the second is refused because of what the first has done. */
  const releaseTwice = async () => {
    const answered: number[] = [];
    const release = async () => {
      const { status } = await send('POST', `${job}/release`);
      answered.push(status);
      return status;
    };
    const both = Promise.all([release(), release()]);
    await others(server.url);
    return { answered: [...answered], both };
  };
  return { job, releaseTwice };
}

it('a refusal tells of nothing that is not kept yet', async () => {
  const { releaseTwice } = await waitingJob();
  const store = holdAppends();
  const { answered, both } = await releaseTwice();
  expect(answered).toEqual([]);
  store.go();
  expect((await both).toSorted()).toEqual([200, 409]);
});

it('a refusal does not tell of what could not be kept', async () => {
  const { job, releaseTwice } = await waitingJob();
  const store = holdAppends();
  const { both } = await releaseTwice();
  store.end();
  store.fail(new StoreUnavailable('STORE_FULL', 'the store has no room', 'free some'));
  expect(await both).toEqual([503, 503]);
  expect((await send('GET', job)).json.waits_for_release).toBe(true);
});

it('who looks at a session while it is steered is told of nothing that is not kept yet', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-looked-at-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const options = { port: 0, store: `file:${folder}`, scenario: 'held-until-released' };
  const before = await startServer(options);
  const clock = { mode: 'manual', now: '2026-01-31T08:00:00Z' };
  await send('PUT', `${before.url}/__sandbox/sessions/default`, { body: { clock } });
  await makeClient(before.url).create(disability());
  await before.close();
  const server = await startServer(options);
  onTestFinished(() => server.close());
  const [store, reading] = [holdAppends(), hold('find')];
  onTestFinished(store.go);
  const session = `${server.url}/__sandbox/sessions/default`;
  const seen: string[] = [];
  const look = async () => {
    const { json } = await send('GET', session);
    seen.push(json.clock.now);
  };
  const looks = Array.from({ length: 8 }, look);
  const advanced = send('POST', `${session}/clock/advance`, { body: { by: '1h' } });
  looks.push(...Array.from({ length: 8 }, look));
  await others(server.url);
  // All of them wait until the session is read, and go on in one turn of the event loop.
  reading.go();
  await others(server.url);

  expect(seen).not.toContain('2026-01-31T09:00:00.000Z');

  store.go();
  expect((await advanced).json.now).toBe('2026-01-31T09:00:00.000Z');
  await Promise.all(looks);
  expect((await send('GET', session)).json.clock.now).toBe('2026-01-31T09:00:00.000Z');
});

it('no stream of events tells of an exchange that is not kept yet', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-streamed-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const server = await startServer({ port: 0, store: `file:${folder}`, scenario: 'never-ends' });
  onTestFinished(() => server.close());
  const client = makeClient(server.url);
  const { json } = await client.create(disability());
  const events = `${server.url}/__sandbox/sessions/default/events`;
  const streams = [await openEvents(events), await openEvents(`${server.url}/__sandbox/events`)];
  // All of the sessions there are come first, with what has happened in them.
  expect((await streams[1]?.next())?.event).toBe('sessions');
  const store = holdAppends();
  onTestFinished(store.go);
  const poll = client.poll(json.data.id);
  await others(server.url);
  // One that comes back is given what it has missed; one that sees all has sessions looked through for the others as well.
  streams.push(await openEvents(events, { 'Last-Event-ID': '1' }));
  streams.push(await openEvents(`${server.url}/__sandbox/events`));
  const first = streams.map((stream) => stream.next());
  let told = 0;
  for (const one of first) void one.then(() => told++);
  await others(server.url);
  await new Promise((done) => setTimeout(done, 0));

  expect(told).toBe(0);

  store.go();
  await poll;
  const [live, all, back, late] = await Promise.all(first);
  expect([live?.id, back?.id]).toEqual(['2', '2']);
  expect(all?.data.holds.exchanges).toBe(2);
  expect(late?.data.sessions[0].holds.exchanges).toBe(2);
});

/** Who asks for nothing that is kept is answered meanwhile. */
async function others(url: string) {
  for (let i = 0; i < 20; i++) await send('GET', `${url}/__sandbox/nothing`);
}
