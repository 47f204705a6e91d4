import { readFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { t } from '../texts/spoken.js';
import type { MachineMs } from '../time/moments.js';

/** What is open gets less than this to finish (`Listening.close`), in milliseconds; nothing may hold up the end. */
const GRACE = 4500;

/** npm passes on a Ctrl-C that the terminal has sent to each process already: it is one wish, told twice. */
const SAME_WISH: MachineMs = 500;

/** How often a server that npm has started looks whether npm's shell is there yet, in milliseconds. */
const LOOK_EVERY = 250;

/**
 * Ends the process at SIGTERM or SIGINT when what is under way has finished; at a second one at once.
 * To be called before anything listens: who sees a port open may send a signal in the same moment, and
 * process 1 of a container has no handlers but its own (pid_namespaces(7)).
 * @param close finishes what is under way
 * @param exitCode is asked for then, or when the time of grace is over
 * @returns what ends it for another reason, which is said
 */
export function stopOnSignal(
  say: (text: string) => void,
  close: () => Promise<void>,
  exitCode: () => Promise<number> | number = () => 0,
): (why: string) => void {
  let since: MachineMs | undefined;
  const stop = async (why: string) => {
    if (since !== undefined) {
      if (performance.now() - since > SAME_WISH) process.exit(130);
      return;
    }
    since = performance.now();
    say(t`${why}: finishing open requests`);
    await Promise.race([close().catch(() => {}), after(GRACE)]);
    process.exit(await exitCode());
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  if (isRunByNpm(process.env)) watchParent(() => void stop('npm has ended'));
  return (why) => void stop(why);
}

/**
 * Waits for the end of standard input. The system closes a pipe when whoever holds its other end has gone, however it
 * went, on Windows too; an input that was never open has ended already.
 */
export function onStdinEnd(gone: () => void): void {
  process.stdin.once('end', gone);
  // A pipe may break, too.
  process.stdin.on('error', gone);
  process.stdin.resume();
}

/**
 * npm and npx start a shell, pass SIGTERM on to it, and the shell dies without telling the process that
 * it has started. What the script itself puts into the background is meant to live on.
 */
export function isRunByNpm({ npm_lifecycle_script: script }: NodeJS.ProcessEnv): boolean {
  if (script === undefined || process.platform === 'win32') return false;
  const direct = /esoz-sandbox|\bcli\.m?js\b/.test(script);
  return direct && !/(^|[^&>])&(?![&>])/.test(script);
}

/**
 * Waits until the process that has started this one has ended, or the one that has started its shell: npm that is
 * ended by SIGHUP tells its shell nothing, which goes on waiting for us.
 */
function watchParent(gone: () => void): void {
  const parent = process.ppid;
  const npm = parentOfShell(parent);
  const timer = setInterval(() => {
    const isThere = process.ppid === parent && (npm === undefined || parentOfShell(parent) === npm);
    if (isThere) return;
    clearInterval(timer);
    gone();
  }, LOOK_EVERY);
  timer.unref();
}

/**
 * The parent of a process that is a shell; undefined where it is none, or the system has no /proc.
 * proc_pid_stat(5): the name stands in parentheses and may hold some; behind it are state and parent.
 */
function parentOfShell(pid: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = text.lastIndexOf(')');
    const isShell = text.slice(text.indexOf('(') + 1, end).endsWith('sh');
    return isShell ? Number(text.slice(end + 2).split(' ')[1]) : undefined;
  } catch {
    return undefined;
  }
}
