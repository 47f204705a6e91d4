import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openRedisStore } from '../../src/store/redis/open-redis-store.js';
import { startRedis } from '../support/redis-server.js';
import { needs } from '../support/runtimes.js';
import { all } from './contract.js';

needs('redis');

const LASTING = ['--appendonly', 'yes', '--appendfsync', 'always'];

async function redis(options: readonly string[] = LASTING) {
  const server = await startRedis(options);
  onTestFinished(() => server.stop());
  return server;
}

async function open(url: string, patience?: number) {
  const opened = await openRedisStore({ url, prefix: 't:', ...(patience ? { patience } : {}) });
  onTestFinished(() => opened.store.close());
  return opened;
}

/** A way to Redis that can be cut before an answer comes back. */
async function cuttable(port: number) {
  let cut = false;
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = connect(port, '127.0.0.1');
    for (const one of [client, server]) {
      sockets.add(one);
      one.on('error', () => {});
    }
    client.pipe(server);
    server.on('data', (answer) => {
      if (!cut) client.write(answer);
      else {
        cut = false;
        client.destroy();
        server.destroy();
      }
    });
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  const { port: own } = proxy.address() as { port: number };
  return {
    url: `redis://127.0.0.1:${own}`,
    /** The next answer is lost, and the connection with it. */
    loseAnswer: () => {
      cut = true;
    },
  };
}

describe('a store in Redis', () => {
  it('knows an append again whose answer was lost', async () => {
    const server = await redis();
    const way = await cuttable(server.port);
    const { store } = await open(way.url);
    way.loseAnswer();
    const appended = await store.append([{ session: 'ci', expected: 0, facts: ['1', '2'] }]);
    expect(appended).toEqual([{ position: 2 }]);
    expect(await all(store.read('ci', 0))).toEqual(['1', '2']);
  });

  it('waits while its server is away for a moment, and goes on', async () => {
    const server = await redis();
    const { store } = await open(server.url);
    await store.append([{ session: 'ci', expected: 0, facts: ['1'] }]);
    await server.kill();
    const appending = store.append([{ session: 'ci', expected: 1, facts: ['2'] }]);
    await server.again();
    expect(await appending).toEqual([{ position: 2 }]);
    expect(await all(store.read('ci', 0))).toEqual(['1', '2']);
  });

  it('says that it is away when it stays away, and heals by itself', async () => {
    const server = await redis();
    const { store } = await open(server.url, 300);
    await server.kill();
    const append = () => store.append([{ session: 'ci', expected: 0, facts: ['1'] }]);
    await expect(append()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await server.again();
    await expect.poll(append, { timeout: 10_000 }).toEqual([{ position: 1 }]);
  });

  it('notices that its server has forgotten facts, though others have written as many since', async () => {
    // It keeps nothing: what it was told is gone with its process.
    const server = await redis(['--appendonly', 'no']);
    const [{ store: one }, { store: two }] = [await open(server.url), await open(server.url)];
    const birth = one.newBirth();
    await one.append([{ session: 'ci', birth, expected: 0, facts: ['1', '2', '3'] }]);
    await server.kill();
    await server.again();
    // As if the same session had come back from a disk that lacked the last facts.
    const raw = new Redis(server.url);
    onTestFinished(() => raw.disconnect());
    await raw.hset('t:s:ci', { birth: birth.split('@')[0], recorded: 0, trimmed: 0 });
    const other = await two.find('ci');
    await two.append([
      { session: 'ci', birth: other?.birth, expected: 0, facts: ['1', 'other', 'another'] },
    ]);
    const [appended] = await one.append([{ session: 'ci', birth, expected: 3, facts: ['4'] }]);
    expect(appended).toHaveProperty('missed');
    expect(await all(two.read('ci', 0))).toEqual(['1', 'other', 'another']);
  });

  it.each([
    [LASTING, 'strict'],
    [['--appendonly', 'yes', '--appendfsync', 'everysec'], 'fast'],
    [['--appendonly', 'no'], 'none'],
  ])('tells what outlives a power cut: %j', async (options, durability) => {
    const server = await redis(options);
    expect((await open(server.url)).durability).toBe(durability);
  });

  it('tells others of what it has kept, and of a session that has ended', async () => {
    const server = await redis();
    const [{ store: one }, { store: two }] = [await open(server.url), await open(server.url)];
    const heard: unknown[] = [];
    two.watch((done) => heard.push(done));
    const birth = one.newBirth();
    await one.append([{ session: 'ci', birth, expected: 0, facts: ['{"a":1}', '2'] }]);
    await one.end('ci');
    await expect
      .poll(() => heard, { timeout: 10_000 })
      .toEqual([
        { kind: 'appended', session: 'ci', birth, after: 0, facts: ['{"a":1}', '2'] },
        { kind: 'ended', session: 'ci' },
      ]);
  });

  it('tells others from when on they listen, and itself nothing of what it has kept', async () => {
    const server = await redis();
    const { store: one } = await open(server.url);
    const [here, there]: [unknown[], unknown[]] = [[], []];
    one.watch((done) => here.push(done));
    const birth = one.newBirth();
    await one.append([{ session: 'ci', birth, expected: 0, facts: ['1'] }]);
    const { store: two } = await open(server.url);
    two.watch((done) => there.push(done));
    await one.append([
      { session: 'ci', birth, expected: 1, facts: ['2'] },
      { session: 'qa', birth, expected: 0, facts: ['1'] },
    ]);
    await one.say('hello');
    const said = { kind: 'said', text: 'hello' };
    await expect
      .poll(() => there, { timeout: 10_000 })
      .toEqual([
        { kind: 'appended', session: 'ci', birth, after: 1, facts: ['2'] },
        { kind: 'appended', session: 'qa', birth, after: 0, facts: ['1'] },
        said,
      ]);
    await expect.poll(() => here, { timeout: 10_000 }).toEqual([said]);
  });

  it('looks anew once what it has given up may have been done after all', async () => {
    const server = await redis();
    const { store } = await open(server.url, 100);
    const heard: unknown[] = [];
    store.watch((done) => heard.push(done));
    const append = { session: 'ci', birth: store.newBirth(), expected: 0, facts: ['1'] };
    await server.whileFrozen(() =>
      expect(store.append([append])).rejects.toThrow('cannot be reached'),
    );
    await expect.poll(() => heard.at(-1), { timeout: 10_000 }).toEqual({ kind: 'gap' });
    expect(await store.find('ci')).toMatchObject({ position: 1 });
  });
});

it('a cluster is no store', async () => {
  const server = await redis(['--cluster-enabled', 'yes']);
  await expect(openRedisStore({ url: server.url, prefix: 't:' })).rejects.toMatchObject({
    code: 'STORE_FOREIGN',
  });
});
