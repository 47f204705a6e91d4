import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort, startRedis } from './redis-server.js';

/** A Redis with a replica, and the Sentinel that lets the replica take its place. */
export async function startWatched() {
  const main = await startRedis();
  const replica = await startRedis(['--replicaof', `127.0.0.1 ${main.port}`]);
  const folder = mkdtempSync(join(tmpdir(), 'esoz-sentinel-'));
  const port = await freePort();
  const config = join(folder, 'sentinel.conf');
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${folder}`,
    `sentinel monitor sandbox 127.0.0.1 ${main.port} 1`,
    'sentinel down-after-milliseconds sandbox 1000',
    'sentinel failover-timeout sandbox 5000',
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  const sentinel: ChildProcess = spawn('redis-server', [config, '--sentinel'], {
    stdio: 'ignore',
  });
  const client = new Redis(main.url);
  client.on('error', () => {});
  return {
    url: `redis+sentinel://127.0.0.1:${port}/sandbox`,
    /** Waits until the replica has all that was written until now. */
    replicated: async () => {
      while ((await client.wait(1, 1000)) < 1);
    },
    /** Whether Sentinel knows of the replica: before that it cannot take over. */
    isWatched: async () => {
      const asked = new Redis(port, { lazyConnect: true });
      asked.on('error', () => {});
      try {
        await asked.connect();
        const replicas = (await asked.call('SENTINEL', 'REPLICAS', 'sandbox')) as unknown[];
        return replicas.length === 1;
      } catch {
        return false;
      } finally {
        asked.disconnect();
      }
    },
    killMain: () => main.kill(),
    stop: async () => {
      client.disconnect();
      sentinel.kill('SIGKILL');
      if (sentinel.exitCode === null) await once(sentinel, 'exit');
      await Promise.all([main.stop(), replica.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
