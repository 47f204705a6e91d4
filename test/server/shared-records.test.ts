import { describe, expect, it } from 'vitest';
import { disability } from '../support/conclusions.js';
import { replica, sharedRedis } from '../support/replicas.js';
import { needs } from '../support/runtimes.js';

needs('redis');

const { store } = sharedRedis();

describe('several servers of which one writes records', () => {
  it('leave a session behind that another one finds', async () => {
    const where = await store();
    const one = await replica(where, {}, { recordEvery: 30 });
    // It does not come to write any, as one that is killed before.
    const two = await replica(where);
    const job = (await one.client.create(disability())).json.data.id;
    for (let i = 0; i < 61; i += 1) {
      expect((await (i % 3 ? one : two).client.poll(job)).status).toBe(200);
    }
    const three = await replica(where);
    expect((await three.client.poll(job)).status).toBe(200);
    const here = (await three.control('GET', '/sessions/default/journal')).json;
    expect(here.exchanges.map(({ seq }: { seq: number }) => seq)).toEqual(
      Array.from({ length: 63 }, (_, i) => i + 1),
    );
    expect(here).toEqual((await one.control('GET', '/sessions/default/journal')).json);
  });
});
