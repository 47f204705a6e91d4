import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RedisServer {
  url: string;
  port: number;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Lets it stand still until the function ends. */
  whileFrozen(go: () => Promise<unknown>): Promise<void>;
  /** Starts it on what it has left on its disk. */
  again(): Promise<void>;
  stop(): Promise<void>;
}

/** A Redis of its own on a free port. @param options as on its command line: `['--appendonly', 'yes']` */
export async function startRedis(options: readonly string[] = []): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'esoz-redis-'));
  const port = await freePort();
  let started = await run(port, folder, options);
  const kill = async () => {
    if (started.exitCode !== null || started.signalCode !== null) return;
    started.kill('SIGKILL');
    await once(started, 'exit');
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    whileFrozen: async (go) => {
      started.kill('SIGSTOP');
      await go().finally(() => started.kill('SIGCONT'));
    },
    again: async () => {
      started = await run(port, folder, options);
    },
    stop: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function run(port: number, dir: string, options: readonly string[]): Promise<ChildProcess> {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', ''];
  const child = spawn('redis-server', [...args, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  await new Promise<void>((done, fail) => {
    let said = '';
    child.stdout?.on('data', (text: Buffer) => {
      said += text;
      if (said.includes('Ready to accept connections')) done();
    });
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`redis-server ended with ${code}: ${said}`)));
  });
  return child;
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}
