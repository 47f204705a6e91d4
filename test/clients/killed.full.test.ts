import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Runtime } from '../../scripts/runtimes.mjs';
import { needs } from '../support/runtimes.js';
import {
  clients,
  compileCsharp,
  compileJava,
  environment,
  jars,
  temporary,
} from './fixture-runs.js';

const held = join(import.meta.dirname, 'held');
const folder = temporary();

/** A program of each language, which the fixture has given a session. */
const PROGRAMS: readonly [Runtime['id'] | undefined, string, () => string[]][] = [
  ['pytest', 'python', () => ['/usr/bin/python3', join(held, 'held.py')]],
  ['php', 'php', () => ['php', join(held, 'held.php')]],
  [
    'junit',
    'java',
    () => {
      compileJava(folder, join(held, 'Held.java'));
      return ['java', '-cp', `${jars()}:${folder}`, 'Held'];
    },
  ],
  [
    'csharp',
    'csharp',
    () => {
      const program = join(folder, 'held.exe');
      compileCsharp([`-out:${program}`], join(held, 'Held.cs'));
      return ['mono', program];
    },
  ],
  [undefined, 'javascript', () => [process.execPath, join(held, 'held.mjs')]],
];

/** Starts it, in a group of its own with whatever it starts. */
function start([command = '', ...args]: string[], fixture: string): ChildProcess {
  const env = environment({ ESOZ_FIXTURE: fixture, PYTHONPATH: fixture });
  const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    try {
      process.kill(-(child.pid as number), 'SIGKILL');
    } catch {
      // Nothing of it is left, as it has to be.
    }
  });
  return child;
}

const answers = (url: string) =>
  fetch(`${new URL(url).origin}/__sandbox/health`).then(
    ({ ok }) => ok,
    () => false,
  );

describe.each(PROGRAMS)('the sandbox of %s', (runtime, language, make) => {
  if (runtime) needs(runtime);

  it(`ends when a program of ${language} that has started it is killed`, async () => {
    const child = start(make(), join(clients, language));
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    const [url] = (await once(lines, 'line')) as [string];
    expect(await answers(url)).toBe(true);
    child.kill('SIGKILL');
    await expect.poll(() => answers(url)).toBe(false);
  });
});
