import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { until } from '../support/command.js';

const URL_SAID = /http:\/\/127\.0\.0\.1:\d+/;

/** A process of one test, with what it has said; it ends with the test. */
export function launch(file: string, args: readonly string[], options: SpawnOptions = {}) {
  const { env, ...more } = options;
  const child: ChildProcess = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', ...env },
    ...more,
  });
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (part: string) => {
    out += part;
  });
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    err += part;
  });
  const exit = new Promise<number | string | null>((done) => {
    child.on('exit', (code, signal) => done(code ?? signal));
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const says = (what: RegExp) =>
    until(
      () => what.test(out + err),
      () => out + err,
    );
  return { child, exit, says, out: () => out, err: () => err };
}

/** The built command line, as users run it. */
export function launchCli(args: readonly string[], options: SpawnOptions = {}) {
  return launch(process.execPath, ['dist/cli.js', ...args], options);
}

/** `serve` on a free port, once it has said where it listens. */
export async function launchServe(args: readonly string[] = [], options: SpawnOptions = {}) {
  const served = launchCli(['serve', '--port', '0', ...args], options);
  await served.says(URL_SAID);
  return { ...served, url: URL_SAID.exec(served.out())?.[0] ?? '' };
}
