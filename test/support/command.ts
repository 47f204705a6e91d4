import {
  type ChildProcess,
  type ChildProcessWithoutNullStreams,
  fork,
  spawn,
} from 'node:child_process';
import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';

/**
 * Runs the built command line as a user does; `NO_COLOR` makes the text plain. Runs share a process, which has loaded
 * it: test/process starts one for each.
 */
export function run(...args: string[]) {
  return runWith({}, ...args);
}

/** The same with further variables in its environment. */
export async function runWith(env: Record<string, string>, ...args: string[]): Promise<Ran> {
  const host = hostOfRuns();
  const id = runs++;
  const answer = new Promise<Ran>((done, fail) => {
    const ended = () => fail(new Error(`the process of all runs has ended in: ${args.join(' ')}`));
    const hear = (said: Ran & { id: number; failure?: string }) => {
      if (said.id !== id) return;
      host.off('message', hear).off('exit', ended);
      const { code, out, err, failure } = said;
      if (failure) fail(new Error(failure));
      else done({ code, out, err });
    };
    host.on('message', hear).on('exit', ended);
  });
  host.send({ id, args, env: environment(env) });
  return answer;
}

/** The same in a process of its own: for runs that go on beside each other. */
export async function runBeside(...args: string[]): Promise<Ran> {
  const child = start(args);
  const out = collect(child.stdout);
  const err = collect(child.stderr);
  const code = await exitOf(child);
  return { code, out: out.join(''), err: err.join('') };
}

/** What came of a command. */
interface Ran {
  code: number | null;
  out: string;
  err: string;
}

let runs = 0;
let runsHost: ChildProcess | undefined;

/** The process in which commands are run, one after the other. */
function hostOfRuns(): ChildProcess {
  if (runsHost?.connected) return runsHost;
  const host = fork('test/support/command-host.mjs', { env: environment({}) });
  host.setMaxListeners(0);
  host.unref();
  host.channel?.unref();
  runsHost = host;
  return host;
}

/** What a CI system would add to the environment is kept away from commands. */
function environment(more: Record<string, string>): Record<string, string> {
  const { GITHUB_ACTIONS: _, GITLAB_CI: _gitlab, FORCE_COLOR: _color, ...clean } = process.env;
  return { ...clean, NO_COLOR: '1', ...more } as Record<string, string>;
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

/** Starts the built command line in a process of its own. */
export function start(
  args: readonly string[],
  env: Record<string, string> = {},
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['dist/cli.js', ...args], { env: environment(env) });
}

export function collect(stream: NodeJS.ReadableStream): string[] {
  const parts: string[] = [];
  stream.setEncoding('utf8').on('data', (part: string) => parts.push(part));
  return parts;
}

function exitOf(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  return new Promise((done) => child.on('close', done));
}
