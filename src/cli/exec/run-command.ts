import type { ChildProcess } from 'node:child_process';
import spawn from 'cross-spawn';
import type { CommandEnd } from '../../report/report.js';
import { UsageError } from '../../sandbox-error.js';
import type { Duration, MachineMs } from '../../time/moments.js';
import { descendantsOf, endGroup, endProcesses, type ProcessId } from './processes.js';

/** The end of what a command prints is what tells why it has failed. */
const KEPT = 64 * 1024;
/** A command that is told to stop has this long to do so. */
const GRACE: Duration = 2000;
/** What a command has printed before its end is in its pipes; who else holds them open is not waited for. */
const DRAIN: Duration = 250;
/** The system ends a process at SIGKILL, unless it is stuck in the kernel: then nobody waits for it. */
const KILLED: Duration = 1000;

export interface Command {
  argv: readonly string[];
  env: Record<string, string>;
  /** It is stopped when it takes longer. */
  timeout: MachineMs;
  /** Its output is shown as it comes. */
  show: boolean;
  /** What it has started goes on when it has ended, until `endRest`. */
  linger?: boolean;
}

/** A command that runs. */
export interface RunningCommand {
  ended: Promise<CommandEnd>;
  /** Ends it and all that it has started. */
  stop(): void;
  /** Ends what it has left running. */
  endRest(): void;
}

/**
 * Starts a command. It is over when its process has ended, whatever that has left behind.
 * `ended` fails with a UsageError when it cannot be started.
 */
export function runCommand({ argv, env, timeout, show, linger = false }: Command): RunningCommand {
  const [file = '', ...args] = argv;
  const began = performance.now();
  // By way of cross-spawn: on Windows npm, mvn and gradlew are scripts, which the system's own call does not
  // start. A group of its own, so that what the command has started ends with it.
  const child = spawn(file, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const output = keepOutput(child, show);
  // The sandbox may end by a way of its own: a second Ctrl-C, a fault.
  const endToo = () => endGroup(child, 'SIGKILL');
  process.on('exit', endToo);
  let stopping: Stopping | undefined;
  let settle = (_code: number | null) => {};
  const stop = () => {
    stopping ??= stopWithAll(child, () => settle(null));
  };
  let stopped = false;
  const limit = setTimeout(() => {
    stopped = true;
    stop();
  }, timeout);
  const release = () => {
    clearTimeout(limit);
    stopping?.over();
    if (!linger) process.off('exit', endToo);
  };
  const ended = new Promise<CommandEnd>((done, fail) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      // An error of a running child, such as one that could not be killed, is no end of it.
      if (child.pid !== undefined) return;
      release();
      const what = `cannot start ${JSON.stringify(file)} (${error.code})`;
      fail(new UsageError('USAGE_CANNOT_START', what, advise(error)));
    });
    settle = (code) => {
      const took = performance.now() - began;
      release();
      // What it has left running would go on to poll.
      if (!linger) endGroup(child, 'SIGKILL');
      void output
        .drain(linger)
        .then((text) => done({ code: code ?? undefined, stopped, took, output: text }));
    };
    child.on('exit', (code) => settle(code));
  });
  const endRest = () => {
    process.off('exit', endToo);
    endGroup(child, 'SIGKILL');
    output.close();
  };
  return { ended, stop, endRest };
}

function advise({ code }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'check its name, or give its path';
  if (code === 'EACCES') return 'make it executable, or put its interpreter in front';
  return 'check the command after --';
}

interface Stopping {
  /** The command has ended: what it had started and is there yet ends at once. */
  over(): void;
}

/**
 * Asks a command and all below it to end, then makes them. A child may have left the group (setsid(1), a
 * daemon), so who descends from it is looked up while the family is whole: at its parent's end a process
 * becomes another one's child.
 */
function stopWithAll(child: ChildProcess, givenUp: () => void): Stopping {
  const family: ProcessId[] = child.pid === undefined ? [] : descendantsOf(child.pid);
  endGroup(child, 'SIGTERM');
  endProcesses(family, 'SIGTERM');
  const killAll = () => {
    const late = child.pid === undefined ? [] : descendantsOf(child.pid);
    endGroup(child, 'SIGKILL');
    endProcesses([...family, ...late], 'SIGKILL');
  };
  let last: NodeJS.Timeout | undefined;
  const hard = setTimeout(() => {
    killAll();
    last = setTimeout(givenUp, KILLED);
  }, GRACE);
  return {
    over: () => {
      clearTimeout(hard);
      clearTimeout(last);
      endProcesses(family, 'SIGKILL');
    },
  };
}

function keepOutput(child: ChildProcess, show: boolean) {
  let kept = '';
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  for (const stream of streams) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      kept = (kept + text).slice(-KEPT);
      if (show) process.stdout.write(text);
    });
  }
  const closed = Promise.all(
    streams.map((stream) => new Promise<void>((done) => stream.once('close', () => done()))),
  );
  const close = () => {
    for (const stream of streams) stream.destroy();
  };
  return {
    /** What it has printed, once all of that has been read. */
    drain: async (stays: boolean): Promise<string> => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((done) => {
        timer = setTimeout(done, DRAIN);
      });
      await Promise.race([closed, late]);
      clearTimeout(timer);
      // Who goes on to write would be ended by a pipe that nobody reads.
      if (!stays) close();
      return kept;
    },
    close,
  };
}
