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

/** The second compiler and its threads cost more than they give to a program of a few seconds. */
const QUICK_START = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

function compileWithMono(source: string, to: string) {
  return run('mcs', [`-out:${to}`, ...LIBRARIES.map((name) => `-r:${name}.dll`), source]);
}

export const RUNNERS: Record<Language, Runner> = {
  javascript: { command: [process.execPath, 'examples/javascript/poller.mjs'] },
  php: { command: ['php', 'examples/php/poller.php'] },
  python: { command: ['python3', 'examples/python/poller.py'] },
  csharp: {
    prepare: () => compileWithMono('examples/csharp/Poller.cs', POLLER_EXE),
    command: ['mono', POLLER_EXE],
  },
  java: {
    prepare: () => run('javac', ['-d', built, 'examples/java/Poller.java']),
    command: ['java', ...QUICK_START, '-cp', built, 'Poller'],
  },
};

const MINIMAL_EXE = join(built, 'Minimal.exe');

/** The minimal pollers, of which each is called `client`. */
export const MINIMAL: Record<Language, Runner & { source: string }> = {
  javascript: minimal('javascript/minimal/client.mjs', (source) => [process.execPath, source]),
  php: minimal('php/minimal/client.php', (source) => ['php', source]),
  python: minimal('python/minimal/client.py', (source) => ['python3', source]),
  csharp: {
    ...minimal('csharp/minimal/Client.cs', () => ['mono', MINIMAL_EXE]),
    prepare: () => compileWithMono('examples/csharp/minimal/Client.cs', MINIMAL_EXE),
  },
  java: {
    ...minimal('java/minimal/Client.java', () => ['java', ...QUICK_START, '-cp', built, 'Client']),
    prepare: () => run('javac', ['-d', built, 'examples/java/minimal/Client.java']),
  },
};

function minimal(name: string, command: (source: string) => string[]) {
  const source = `examples/${name}`;
  return { source, command: command(source) };
}

const prepared = new Map<Runner, Promise<unknown> | undefined>();

/** To be called in the `describe` of one language: its example is compiled, or its tests are left out. */
export function prepare(language: Language, runner: Runner = RUNNERS[language]): void {
  if (language !== 'javascript') needs(language);
  beforeAll(async () => {
    if (language !== 'javascript' && !(await works(language))) return;
    if (!prepared.has(runner)) prepared.set(runner, runner.prepare?.());
    await prepared.get(runner);
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
