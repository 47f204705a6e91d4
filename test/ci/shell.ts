import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What came of a job or a step. */
export interface Ran {
  code: number;
  text: string;
}

/** A machine of a CI: what it has of programs, and an environment that has nothing of who runs the tests. */
export interface Machine {
  /** The working folder of a job, with the user's files. */
  workspace: string;
  /** What is kept from job to job, by its key. */
  caches: string;
  /** Where artifacts of this job are put. */
  artifacts: string;
  env: Record<string, string>;
}

export function runScript(
  command: readonly string[],
  cwd: string,
  env: Record<string, string>,
): Ran {
  const [program = '', ...args] = command;
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, env, encoding: 'utf8' });
  return { code: status ?? -1, text: stdout + stderr };
}

/** Brings a folder of a job back from a cache. @returns whether there was one of this key */
export function restore({ caches }: Machine, key: string, folder: string): boolean {
  const kept = join(caches, key);
  if (!existsSync(kept)) return false;
  copy(kept, folder);
  return true;
}

export function keep({ caches }: Machine, key: string, folder: string): void {
  if (existsSync(folder) && !existsSync(join(caches, key))) copy(folder, join(caches, key));
}

/** Keeps a file of a job, if it is there. */
export function upload({ artifacts, workspace }: Machine, path: string): void {
  const file = join(workspace, path);
  if (existsSync(file)) copy(file, join(artifacts, path));
}

function copy(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}
