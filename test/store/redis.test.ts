import { afterAll } from 'vitest';
import { openRedisStore } from '../../src/store/redis/open-redis-store.js';
import type { RecordStore } from '../../src/store/store.js';
import { type RedisServer, startRedis } from '../support/redis-server.js';
import { needs } from '../support/runtimes.js';
import { holdsTheContract } from './contract.js';

needs('redis');

let server: Promise<RedisServer> | undefined;
afterAll(async () => (await server)?.stop());

let count = 0;
const prefixes = new WeakMap<RecordStore, string>();

async function open(prefix: string): Promise<RecordStore> {
  server ??= startRedis();
  const { store } = await openRedisStore({ url: (await server).url, prefix });
  prefixes.set(store, prefix);
  return store;
}

holdsTheContract<RecordStore>({
  name: 'redis',
  fresh: () => open(`t${++count}:`),
  again: async (store) => {
    await store.close();
    return open(prefixes.get(store) as string);
  },
});
