// Starts the servers that the benchmark compares, each in a process of its own.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onCore } from './measure.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

/**
 * @param core the one that it runs on; left out: any
 * @returns base URL, process id, and a way to stop it
 */
export async function start(args, core) {
  const port = await freePort();
  const command = [process.execPath, ...args.map((a) => a.replace('PORT', String(port)))];
  const [file, ...rest] = core === undefined ? command : onCore(core, command);
  const child = spawn(file, rest, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = new Promise((done) => child.on('exit', done));
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

export const SANDBOX = ['dist/cli.js', 'serve', '--quiet', '--port', 'PORT'];
export const PRISM = [
  'node_modules/@stoplight/prism-cli/dist/index.js',
  ...['mock', 'spec/compositions/openapi.yaml', '--port', 'PORT', '-v', 'fatal'],
];
export const bare = (body) => ['bench/bare.mjs', 'PORT', body];

/** Asks until a request is answered 200; the answer's body. */
export async function firstGood(url, init) {
  for (;;) {
    try {
      const answer = await fetch(url, init);
      const text = await answer.text();
      if (answer.status === 200) return text;
      throw new Error(`${url} answers ${answer.status}: ${text}`);
    } catch (error) {
      if (error.cause?.code !== 'ECONNREFUSED') throw error;
      await new Promise((done) => setTimeout(done, 2));
    }
  }
}
