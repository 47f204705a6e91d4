import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const LANGUAGES = ['javascript', 'php', 'python', 'csharp', 'java'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Runner {
  /** Compiles the example, if its language wants that. Once is enough. */
  prepare(): Promise<void>;
  /** What to spawn, from the root of the repository. */
  command: string[];
}

/** Compiled examples. */
const built = mkdtempSync(join(tmpdir(), 'esoz-examples-'));

/** To be called when all runs are over. */
export function removeBuilt(): void {
  rmSync(built, { recursive: true, force: true });
}

const LIBRARIES = ['System.Net.Http', 'System.Runtime.Serialization', 'System.Xml.Linq'];
const POLLER_EXE = join(built, 'Poller.exe');

export const RUNNERS: Record<Language, Runner> = {
  javascript: interpreted(process.execPath, 'examples/javascript/poller.mjs'),
  php: interpreted('php', 'examples/php/poller.php'),
  python: interpreted('python3', 'examples/python/poller.py'),
  csharp: {
    prepare: async () => {
      const references = LIBRARIES.map((name) => `-r:${name}.dll`);
      await compile('mcs', `-out:${POLLER_EXE}`, ...references, 'examples/csharp/Poller.cs');
    },
    command: ['mono', POLLER_EXE],
  },
  java: {
    prepare: () => compile('javac', '-d', built, 'examples/java/Poller.java'),
    // The second compiler and its threads cost more than they give to a program of a few seconds.
    command: ['java', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', built, 'Poller'],
  },
};

/** Runs an example to its end. */
export async function runExample(language: Language, env: Record<string, string>) {
  const [command = '', ...args] = RUNNERS[language].command;
  const child = spawn(command, args, { env: { ...process.env, ...env } });
  const out: string[] = [];
  child.stdout.on('data', (chunk) => out.push(String(chunk)));
  child.stderr.on('data', (chunk) => out.push(String(chunk)));
  const code = await new Promise<number | null>((ended, failed) => {
    child.once('close', ended);
    child.once('error', (error) => failed(notThere(command, error)));
  });
  return { code, out: out.join('') };
}

function interpreted(command: string, file: string): Runner {
  return { prepare: async () => {}, command: [command, file] };
}

async function compile(command: string, ...args: string[]): Promise<void> {
  await run(command, args).catch((error) => {
    throw notThere(command, error);
  });
}

function notThere(command: string, error: NodeJS.ErrnoException): Error {
  if (error.code !== 'ENOENT') return error;
  return new Error(`${command} is not there; node scripts/runtimes.mjs installs it`);
}
