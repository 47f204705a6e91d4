import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';

/** Runs the command line as a user does; `NO_COLOR` makes the text plain. */
export async function run(...args: string[]) {
  const child = start(args);
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  const code = await exitOf(child);
  return { code, out: out.join(''), err: err.join('') };
}

/** Starts `serve` on a free port and waits until it listens. */
export async function serve(...args: string[]) {
  const child = start(['serve', '--port', '0', ...args]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
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
  const deadline = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`still not so after 10 s:\n${instead()}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}

function start(args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['scripts/cli.mjs', ...args], {
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
}

function collect(stream: NodeJS.ReadableStream): string[] {
  const parts: string[] = [];
  stream.setEncoding('utf8').on('data', (part: string) => parts.push(part));
  return parts;
}

function exitOf(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  return new Promise((done) => child.on('close', done));
}
