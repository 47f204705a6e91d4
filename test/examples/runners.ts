import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';
import { needs, works } from '../support/runtimes.js';

const run = promisify(execFile);

export const LANGUAGES = ['javascript', 'php', 'python', 'csharp', 'java'] as const;
export type Language = (typeof LANGUAGES)[number];

interface Runner {
  /** Compiles the example, if its language wants that. Once is enough. */
  prepare?(): Promise<unknown>;
  /** What to spawn, from the root of the repository. */
  command: string[];
}

/** Compiled examples, of the test file that imports this. */
const built = mkdtempSync(join(tmpdir(), 'esoz-examples-'));
afterAll(() => rmSync(built, { recursive: true, force: true }));

const LIBRARIES = ['System.Net.Http', 'System.Runtime.Serialization', 'System.Xml.Linq'];
const POLLER_EXE = join(built, 'Poller.exe');

export const RUNNERS: Record<Language, Runner> = {
  javascript: { command: [process.execPath, 'examples/javascript/poller.mjs'] },
  php: { command: ['php', 'examples/php/poller.php'] },
  python: { command: ['python3', 'examples/python/poller.py'] },
  csharp: {
    prepare: () => {
      const references = LIBRARIES.map((name) => `-r:${name}.dll`);
      return run('mcs', [`-out:${POLLER_EXE}`, ...references, 'examples/csharp/Poller.cs']);
    },
    command: ['mono', POLLER_EXE],
  },
  java: {
    prepare: () => run('javac', ['-d', built, 'examples/java/Poller.java']),
    // The second compiler and its threads cost more than they give to a program of a few seconds.
    command: ['java', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', built, 'Poller'],
  },
};

const prepared = new Map<Language, Promise<unknown> | undefined>();

/** To be called in the `describe` of one language: its example is compiled, or its tests are left out. */
export function prepare(language: Language): void {
  if (language !== 'javascript') needs(language);
  beforeAll(async () => {
    if (language !== 'javascript' && !(await works(language))) return;
    if (!prepared.has(language)) prepared.set(language, RUNNERS[language].prepare?.());
    await prepared.get(language);
  }, 120_000);
}

/** Runs an example to its end. */
export async function runExample(language: Language, env: Record<string, string>) {
  const [command = '', ...args] = RUNNERS[language].command;
  const child = spawn(command, args, { env: { ...process.env, ...env } });
  const out: string[] = [];
  child.stdout.on('data', (chunk) => out.push(String(chunk)));
  child.stderr.on('data', (chunk) => out.push(String(chunk)));
  const code = await new Promise<number | null>((ended, failed) => {
    child.once('close', ended);
    child.once('error', failed);
  });
  return { code, out: out.join('') };
}
