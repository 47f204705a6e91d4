import { afterAll, onTestFinished } from 'vitest';
import type { ServerOptions } from '../../src/load/server-options.js';
import type { Storing } from '../../src/sandbox/stored/store-keeper.js';
import { startServer } from '../../src/server/server.js';
import { makeClient, send } from './client.js';
import { type RedisServer, startRedis } from './redis-server.js';
import { NOON } from './sandbox.js';

/** One server of several that share a store. */
export type Replica = Awaited<ReturnType<typeof replica>>;

/** Starts a server on a store; `notices` is what it has said. */
export async function replica(
  store: string,
  options: ServerOptions = {},
  storing: Partial<Storing> = {},
) {
  const clock = { mode: 'manual' as const, now: Date.parse(NOON) };
  const notices: string[] = [];
  const server = await startServer(
    { port: 0, clock, seed: 7, store, ...options },
    { onNotice: (text) => notices.push(text) },
    storing,
  );
  let isOpen = true;
  const close = async () => {
    if (isOpen) await server.close();
    isOpen = false;
  };
  onTestFinished(close);
  const { url } = server;
  const control = (method: string, path: string, body?: unknown) =>
    send(method, `${url}/__sandbox${path}`, { body });
  return { url, client: makeClient(url), control, notices, close, server };
}

let count = 0;

/** A Redis of the test file's own, on which each test has a store of its own. */
export function sharedRedis() {
  let redis: Promise<RedisServer> | undefined;
  afterAll(async () => (await redis)?.stop());
  const store = async () => {
    redis ??= startRedis();
    return `${(await redis).url}?prefix=t${++count}`;
  };
  return {
    store,
    /** Three servers on one store. */
    replicas: async (options: ServerOptions = {}) => {
      const where = await store();
      const one = await replica(where, options);
      const two = await replica(where, options);
      const three = await replica(where, options);
      return [one, two, three] as const;
    },
  };
}
