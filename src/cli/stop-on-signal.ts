import { setTimeout as after } from 'node:timers/promises';

/** Open requests get this long to finish, in milliseconds. */
const GRACE = 10_000;

/**
 * Ends the process at SIGTERM or SIGINT when what is under way has finished; at a second one at once.
 * @param close finishes what is under way
 * @param exitCode is asked for then, or when the time of grace is over
 */
export function stopOnSignal(
  say: (text: string) => void,
  close: () => Promise<void>,
  exitCode: () => Promise<number> | number = () => 0,
): void {
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) process.exit(130);
    stopping = true;
    say(`${signal}: finishing open requests`);
    await Promise.race([close(), after(GRACE)]);
    process.exit(await exitCode());
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
}
