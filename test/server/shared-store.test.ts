import { describe, expect, it, onTestFinished } from 'vitest';
import { RedisStore } from '../../src/store/redis/redis-store.js';
import { disability } from '../support/conclusions.js';
import { eventually } from '../support/eventually.js';
import { type Replica, sharedRedis } from '../support/replicas.js';
import { needs } from '../support/runtimes.js';

needs('redis');

const { replicas } = sharedRedis();

const at = (all: readonly Replica[], i: number) => all[i % all.length] as Replica;

/** Holds what the first server keeps that wants to keep something now. */
function holdFirst() {
  const { append } = RedisStore.prototype;
  let held: RedisStore | undefined;
  let go = () => {};
  const free = new Promise<void>((done) => {
    go = done;
  });
  RedisStore.prototype.append = async function (appends) {
    held ??= this;
    if (held === this) await free;
    return append.call(this, appends);
  };
  onTestFinished(() => {
    RedisStore.prototype.append = append;
  });
  return { go, isHeld: () => held !== undefined };
}

describe('several servers on one store', () => {
  it('show a client that goes from one to the other what one server would', async () => {
    const [one, two] = await replicas();
    const { json } = await one.client.create(disability());
    const job = json.data.id;
    expect((await two.client.poll(job)).json.data.status).toBe('PENDING');
    await two.control('POST', '/sessions/default/clock/advance', { by: '1h' });
    expect((await one.client.poll(job)).json.data.status).toBe('DONE');
    const here = await one.control('GET', '/sessions/default/journal');
    const there = await two.control('GET', '/sessions/default/journal');
    expect(here.json).toEqual(there.json);
    expect(here.json.exchanges.map(({ seq }: { seq: number }) => seq)).toEqual([1, 2, 3]);
  });

  it('count each poll once, whichever of them it comes to at the same time', async () => {
    const all = await replicas();
    const job = (await all[0].client.create(disability())).json.data.id;
    const polls = Array.from({ length: 60 }, (_, i) => at(all, i).client.poll(job));
    expect(new Set((await Promise.all(polls)).map(({ status }) => status))).toEqual(new Set([200]));
    for (const { control } of all) {
      const { json } = await control('GET', `/sessions/default/jobs/${job}`);
      expect(json.polls).toBe(60);
      const { json: journal } = await control('GET', '/sessions/default/journal');
      expect(journal.exchanges.map(({ seq }: { seq: number }) => seq)).toEqual(
        Array.from({ length: 61 }, (_, i) => i + 1),
      );
    }
  });

  it('answer who is decided anew while they end', async () => {
    const [one, two] = await replicas();
    const job = (await one.client.create(disability())).json.data.id;
    expect((await two.client.poll(job)).status).toBe(200);
    const store = holdFirst();
    const polling = two.client.poll(job);
    await eventually(store.isHeld);
    expect((await one.client.poll(job)).status).toBe(200);
    const closing = two.close();
    store.go();
    expect((await polling).status).toBe(200);
    await closing;
    const { json } = await one.control('GET', `/sessions/default/jobs/${job}`);
    expect(json.polls).toBe(3);
  });

  it('give no id twice', async () => {
    const all = await replicas();
    const created = await Promise.all(
      Array.from({ length: 30 }, (_, i) => at(all, i).client.create(disability())),
    );
    const ids = created.map(({ json }) => json.data.id);
    expect(new Set(ids).size).toBe(30);
    const { json } = await all[2].control('GET', '/sessions/default/jobs');
    expect(json.jobs.map(({ id }: { id: string }) => id).sort()).toEqual([...ids].sort());
  });

  it('know a session that was deleted elsewhere, and one of its name that began anew', async () => {
    const [one, two] = await replicas();
    const before = (await one.client.create(disability())).json.data.id;
    expect((await two.client.poll(before)).status).toBe(200);
    await one.control('DELETE', '/sessions/default');
    expect((await two.client.poll(before)).status).toBe(404);
    const after = (await one.client.create(disability())).json.data.id;
    expect((await two.client.poll(after)).status).toBe(200);
    const { json } = await two.control('GET', '/sessions/default/journal');
    expect(json.exchanges).toHaveLength(3);
  });
});
