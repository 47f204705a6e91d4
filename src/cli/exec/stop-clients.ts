import { constants } from 'node:os';
import type { RunningServer } from '../../server/server.js';
import type { RunningCommand } from './run-command.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Whatever ends `exec` ends the client's commands with it, a closed terminal too; a second signal does so at once. */
export function stopClientsOnSignal(
  running: () => readonly RunningCommand[],
  servers: readonly Pick<RunningServer, 'close'>[],
) {
  let stopping = false;
  const interrupt = (signal: NodeJS.Signals) => {
    // POSIX, "Exit Status for Commands": 128 and the signal's number.
    const code = 128 + constants.signals[signal];
    if (stopping) process.exit(code);
    stopping = true;
    const commands = running();
    for (const command of commands) command.stop();
    const ends = [...commands.map(({ ended }) => ended), ...servers.map((one) => one.close())];
    void Promise.allSettled(ends).then(() => process.exit(code));
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  return {
    /** Comes back unless a signal has come: then nothing more is begun, the process is about to end. */
    none: async (): Promise<void> => {
      if (stopping) await new Promise(() => {});
    },
    ignore: () => {
      for (const signal of SIGNALS) process.off(signal, interrupt);
    },
  };
}
