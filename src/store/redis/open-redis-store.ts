import type { Redis, RedisOptions } from 'ioredis';
import { SandboxError, UsageError } from '../../sandbox-error.js';
import { Connection, FORM, PATIENCE } from './connection.js';
import { Feed } from './feed.js';
import { loadClient } from './load-client.js';
import { Origins } from './origin.js';
import { RedisStore } from './redis-store.js';
import { ServerTime } from './server-time.js';

export interface OpenRedisStore {
  /** `redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE]`, `rediss://` for TLS, or `redis+sentinel://HOST,HOST/NAME`. */
  url: string;
  /** What all keys begin with. */
  prefix: string;
  /** Milliseconds for which calls wait for a server that is away. */
  patience?: number;
}

const CLIENT: RedisOptions = {
  lazyConnect: true,
  // The feed tells what has gone by meanwhile.
  autoResubscribe: false,
  // An append that may have been written is sent again by whoever can tell.
  autoResendUnfulfilledCommands: false,
  enableOfflineQueue: false,
  // What was under way when a connection broke is told so at once.
  maxRetriesPerRequest: 0,
  retryStrategy: (times) => Math.min(50 * times, 500),
  connectTimeout: 2_000,
};

/** What a server does with what it is told, as far as it lets that be known. */
export type Durability = 'strict' | 'fast' | 'none' | 'unknown';

/** Least version: `ZRANGE … BYLEX` is of 6.2, and 7 is what is tested. */
const LEAST = 7;

/**
 * Opens the store of a Redis server.
 *
 * @throws UsageError where it cannot be
 */
export async function openRedisStore(
  options: OpenRedisStore,
): Promise<{ store: RedisStore; durability: Durability }> {
  const { url, prefix, patience = PATIENCE } = options;
  const Client = await loadClient();
  const connecting = () => {
    const sentinel = sentinelOf(url);
    return sentinel ? new Client({ ...CLIENT, ...sentinel }) : new Client(url, CLIENT);
  };
  const [redis, told] = [connecting(), connecting()];
  const connection = new Connection(redis, prefix, patience);
  const origins = new Origins();
  // Behind Sentinel another server may go on that repeats what the one before it was told.
  const feed = new Feed(told, origins.writer, sentinelOf(url) === undefined);
  connection.onDoubt = () => feed.doubt();
  const time = new ServerTime(connection);
  try {
    await connect(redis, url);
    await checkServer(redis, url);
    await connect(told, url);
    await feed.begin(connection.key('feed'));
    await time.begin();
    const { form, since, opened } = await connection.open(time.now);
    if (form > FORM) throw newer(url);
    const durability = await durabilityOf(redis);
    return {
      store: new RedisStore({ connection, feed, time, origins }, { since, opened }),
      durability,
    };
  } catch (error) {
    time.end();
    feed.close();
    connection.close();
    if (error instanceof SandboxError) throw error;
    throw unreachable(url, error as Error);
  }
}

async function connect(redis: Redis, url: string): Promise<void> {
  let last: Error | undefined;
  const note = (error: Error) => {
    last = error;
  };
  redis.on('error', note);
  try {
    await redis.connect();
  } catch (error) {
    throw unreachable(url, last ?? (error as Error));
  } finally {
    redis.off('error', note);
  }
}

/** It cannot be reached, or has gone away in the midst of it. */
function unreachable(url: string, { message }: Error): UsageError {
  return new UsageError(
    'STORE_UNAVAILABLE',
    `Redis at ${withoutPassword(url)} cannot be reached (${message})`,
    'start it, or look at the address, the user and the password',
  );
}

async function checkServer(redis: Redis, url: string): Promise<void> {
  const info = await redis.info();
  const [, version = ''] = /^(?:redis|valkey)_version:(\S+)/m.exec(info) ?? [];
  if (Number.parseInt(version, 10) < LEAST)
    throw new UsageError(
      'STORE_FOREIGN',
      `Redis at ${withoutPassword(url)} is of version ${version}`,
      `take Redis ${LEAST} or later, or Valkey`,
    );
  if (/^cluster_enabled:1/m.test(info))
    throw new UsageError(
      'STORE_FOREIGN',
      `Redis at ${withoutPassword(url)} is a cluster, and sessions need one server that has all of them`,
      'take a single server, or one behind Sentinel',
    );
}

/** What outlives a power cut: what is on the disk when it is answered. */
async function durabilityOf(redis: Redis): Promise<Durability> {
  try {
    const told = (await redis.config('GET', 'append*')) as string[];
    const settings = new Map<string, string>();
    for (let i = 0; i < told.length; i += 2) settings.set(told[i] as string, told[i + 1] as string);
    if (settings.get('appendonly') !== 'yes') return 'none';
    return settings.get('appendfsync') === 'always' ? 'strict' : 'fast';
  } catch {
    // Servers of others often forbid the question.
    return 'unknown';
  }
}

/** What the client needs of servers that Sentinel watches; undefined: there is one server. */
function sentinelOf(url: string): RedisOptions | undefined {
  const [, credentials, hosts = '', name, database] = SENTINEL.exec(url) ?? [];
  if (name === undefined) return undefined;
  const sentinels = hosts.split(',').map((each) => {
    const [host = '', port = '26379'] = each.split(/:(?=\d+$)/);
    return { host, port: Number(port) };
  });
  const [user = '', ...password] = (credentials ?? '').split(':');
  return {
    sentinels,
    name: decodeURIComponent(name),
    sentinelRetryStrategy: (times) => Math.min(50 * times, 500),
    ...(user === '' ? {} : { username: decodeURIComponent(user) }),
    ...(password.length > 0 ? { password: decodeURIComponent(password.join(':')) } : {}),
    ...(database === undefined ? {} : { db: Number(database) }),
  };
}

/** `redis+sentinel://[USER:PASSWORD@]HOST[:PORT][,…]/NAME[/DATABASE]` */
const SENTINEL = /^redis\+sentinel:\/\/(?:([^@/]*)@)?([^@/]+)\/([^/]+)(?:\/(\d+))?$/i;

export function withoutPassword(url: string): string {
  if (SENTINEL.test(url)) return url.replace(/:[^:@/]*@/, ':***@');
  const shown = new URL(url);
  if (shown.password !== '') shown.password = '***';
  return shown.href;
}

function newer(url: string): UsageError {
  return new UsageError(
    'STORE_NEWER',
    `the store in Redis at ${withoutPassword(url)} is of a newer version of the sandbox`,
    'use that version, or another prefix (?prefix=NAME)',
  );
}
