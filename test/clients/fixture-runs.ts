import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** The checkout. */
export const root = join(import.meta.dirname, '../..');

/** A folder for each language. */
export const clients = join(root, 'clients');

/** What a fixture finds in its environment: the sandbox that was built here. */
export function environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const command = `${process.execPath} ${root}/dist/cli.js`;
  const env: NodeJS.ProcessEnv = { ...process.env, ...more, ESOZ_SANDBOX_COMMAND: command };
  delete env.ESOZ_SANDBOX_URL;
  return env;
}

/** A folder that is there until the tests of the file are over. */
export function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'esoz-clients-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** @throws with what it has said, if it fails */
export function run(cwd: string, command: string, ...args: string[]): void {
  runWith({}, cwd, command, ...args);
}

/** The same with more in its environment. */
export function runWith(
  more: Record<string, string>,
  cwd: string,
  command: string,
  ...args: string[]
): void {
  execFileSync(command, args, { cwd, env: environment(more), stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Files of a folder that are called so. */
export function filesIn(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name));
}

const JARS = /^(junit-|opentest4j|apiguardian-api|picocli|univocity-parsers).*\.jar$/;

/** JUnit 5, as a class path. */
export const jars = () => filesIn('/usr/share/java', JARS).join(':');

/** Compiles the Java fixture, and what is to go with it. */
export function compileJava(into: string, ...more: string[]): void {
  const sources = [...filesIn(join(clients, 'java'), /\.java$/), ...more];
  run(clients, 'javac', '-encoding', 'UTF-8', '-cp', jars(), '-d', into, ...sources);
}

const REFERENCES = [
  'System.Net.Http',
  'System.Runtime.Serialization',
  'System.Xml',
  'System.Xml.Linq',
];

/** Compiles the fixture of C#, and what is to go with it. */
export function compileCsharp(options: string[], ...more: string[]): void {
  const sources = filesIn(join(clients, 'csharp'), /^Esoz(Sandbox|Names)\.cs$/);
  const references = REFERENCES.map((name) => `-r:${name}`);
  run(clients, 'mcs', ...options, ...references, ...sources, ...more);
}
