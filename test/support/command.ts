import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';

/** Runs the command line as a user does; `NO_COLOR` makes the text plain. */
export function run(...args: string[]) {
  return runWith({}, ...args);
}

/** The same with further variables in its environment. */
export async function runWith(env: Record<string, string>, ...args: string[]) {
  const child = start(args, env);
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  const code = await exitOf(child);
  return { code, out: out.join(''), err: err.join('') };
}

/** What `exec` says of a good client: a note is no reproach. To be put into a pattern. */
export const CONTENT = '(?:no finding|\\d+ notes?)';

/** Starts `serve` on a free port for one test, and waits until it listens. */
export async function serve(...args: string[]) {
  const served = launch(...args);
  onTestFinished(async () => {
    (await served).child.kill('SIGKILL');
  });
  return served;
}

/** The same for who ends it himself. */
export async function launch(...args: string[]) {
  const child = start(['serve', '--port', '0', ...args]);
  const out = collect(child.stdout);
  const err = collect(child.stderr);
  const exit = exitOf(child);
  const text = () => out.join('');
  await until(
    () => /http:\/\/127\.0\.0\.1:\d+/.test(text()),
    () => text() + err.join(''),
  );
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text())?.[0] ?? '';
  return { child, url, text, exit };
}

/** Waits for something to become true; fails with what was there instead. */
export async function until(holds: () => boolean, instead: () => string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`still not so after a minute:\n${instead()}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}

/** Is a process running? One that has ended and that nobody has asked about is not. */
export function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Starts the command line; what a CI system would add to the environment is kept away from it. */
export function start(
  args: readonly string[],
  env: Record<string, string> = {},
): ChildProcessWithoutNullStreams {
  const clean = { GITHUB_ACTIONS: undefined, GITLAB_CI: undefined, FORCE_COLOR: undefined };
  return spawn(process.execPath, ['scripts/cli.mjs', ...args], {
    env: { ...process.env, ...clean, NO_COLOR: '1', ...env },
  });
}

export function collect(stream: NodeJS.ReadableStream): string[] {
  const parts: string[] = [];
  stream.setEncoding('utf8').on('data', (part: string) => parts.push(part));
  return parts;
}

function exitOf(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  return new Promise((done) => child.on('close', done));
}
