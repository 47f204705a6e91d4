/** A Redis of the run's own, which can be frozen, stopped, killed, and made to forget. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { Redis } from 'ioredis';
import { freePort } from './product.mjs';

const PREFIX = 'check:';

export class RedisServer {
  /** @param {string} folder  where it keeps what it is told */
  constructor(folder) {
    this.folder = folder;
  }

  async start() {
    mkdirSync(this.folder, { recursive: true });
    this.port ??= await freePort();
    const lasting = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
    const args = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder];
    const child = spawn('redis-server', [...args, ...lasting], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.child = child;
    this.ended = once(child, 'exit');
    await new Promise((resolve, reject) => {
      child.stdout.on('data', (text) => String(text).includes('Ready to accept') && resolve());
      child.once('error', reject);
      child.once('exit', () => reject(new Error('redis-server has ended')));
    });
    this.client ??= new Redis({ port: this.port, lazyConnect: true });
    this.client.on('error', () => {});
  }

  get store() {
    return `redis://127.0.0.1:${this.port}?prefix=${PREFIX.slice(0, -1)}`;
  }

  /** @param {'SIGSTOP' | 'SIGCONT' | 'SIGTERM' | 'SIGKILL'} signal */
  signal(signal) {
    this.child.kill(signal);
  }

  async stop() {
    this.client?.disconnect();
    if (!this.child || this.child.exitCode !== null || this.child.signalCode) return;
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** How much of a session it has now. @returns {Promise<{ facts: number, stands: string }>} */
  async mark(session) {
    const [facts, [trimmed, recorded, birth]] = await Promise.all([
      this.client.llen(`${PREFIX}f:${session}`),
      this.client.hmget(`${PREFIX}s:${session}`, 'trimmed', 'recorded', 'birth'),
    ]);
    return { facts, stands: [trimmed, recorded, birth].join() };
  }

  /**
   * Forgets what a session has gained since, as a replica does that takes the place of a master which has died: its process
   * has another name, and whoever was connected has to come again.
   */
  async forget(session, { facts }) {
    await this.client
      .multi()
      .ltrim(`${PREFIX}f:${session}`, 0, facts - 1)
      .hset(`${PREFIX}life`, 'process', 'gone')
      .exec();
    await this.client.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await this.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  }
}
