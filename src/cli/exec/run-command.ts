import { type ChildProcess, spawn } from 'node:child_process';
import type { CommandEnd } from '../../report/report.js';
import type { Millis } from '../../scenario/duration.js';
import { UsageError } from '../../server/load.js';

/** The end of what a command prints is what tells why it has failed. */
const KEPT = 64 * 1024;
/** A command that is told to stop has this long to do so. */
const GRACE: Millis = 2000;

export interface Command {
  argv: readonly string[];
  env: Record<string, string>;
  /** It is stopped when it takes longer. */
  timeout: Millis;
  /** Its output is shown as it comes. */
  show: boolean;
}

/** A command that runs. */
export interface RunningCommand {
  ended: Promise<CommandEnd>;
  /** Ends it and all that it has started. */
  stop(): void;
}

/** Starts a command. `ended` fails with a UsageError when it cannot be started. */
export function runCommand({ argv, env, timeout, show }: Command): RunningCommand {
  const [file = '', ...args] = argv;
  const began = performance.now();
  // A group of its own, so that what the command has started ends with it.
  const child = spawn(file, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const output = keepOutput(child, show);
  let stopped = false;
  const limit = setTimeout(() => {
    stopped = true;
    stop(child);
  }, timeout);
  const ended = new Promise<CommandEnd>((done, fail) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(limit);
      fail(
        new UsageError(`cannot start ${JSON.stringify(file)} (${error.code}); ${advise(error)}`),
      );
    });
    child.on('close', (code) => {
      clearTimeout(limit);
      // What it has left running would go on to poll.
      kill(child, 'SIGKILL');
      const took = performance.now() - began;
      done({ code: code ?? undefined, stopped, took, output: output() });
    });
  });
  return { ended, stop: () => stop(child) };
}

function advise({ code }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'check its name, or give its path';
  if (code === 'EACCES') return 'make it executable, or put its interpreter in front';
  return 'check the command after --';
}

function stop(child: ChildProcess): void {
  kill(child, 'SIGTERM');
  const hard = setTimeout(() => kill(child, 'SIGKILL'), GRACE);
  child.on('close', () => clearTimeout(hard));
  // A grandchild that holds the pipes open would hold up the end.
  child.on('exit', () => kill(child, 'SIGKILL'));
}

function kill({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // It has ended already.
  }
}

function keepOutput(child: ChildProcess, show: boolean): () => string {
  let kept = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      kept = (kept + text).slice(-KEPT);
      if (show) process.stdout.write(text);
    });
  }
  return () => kept;
}
