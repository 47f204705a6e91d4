/** The product as a process of its own: started, killed, started again with the same arguments. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** A port that nobody uses now. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

export class Product {
  /**
   * @param {string[]} args  of `serve`, with a port of their own
   * @param {Record<string, string>} [env]  beside that of this process
   */
  constructor(args, env = {}) {
    this.env = env;
    this.args = ['serve', ...args];
    this.starts = 0;
    this.errors = '';
  }

  /** Starts it; `this.up` is a promise that it listens. */
  start() {
    this.starts += 1;
    const child = spawn(process.execPath, [CLI, ...this.args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...this.env },
    });
    this.child = child;
    this.ended = once(child, 'exit');
    child.stderr.on('data', (part) => {
      this.errors = `${this.errors}${part}`.slice(-4000);
    });
    const up = new Promise((resolve, reject) => {
      child.stdout.on('data', (part) => String(part).includes('"listening"') && resolve());
      this.ended.then(([code, signal]) => {
        if (signal !== 'SIGKILL')
          reject(new Error(`the product has ended with ${code ?? signal}: ${this.errors}`));
      });
    });
    this.isUpAgain?.(up);
    this.up = up;
    up.catch(() => {});
    return up;
  }

  /** Until it is started again nobody can be told that it listens. */
  async kill() {
    this.up = new Promise((resolve) => {
      this.isUpAgain = resolve;
    });
    // Whoever starts it is told.
    this.up.catch(() => {});
    this.child.kill('SIGKILL');
    await this.ended;
  }
}
