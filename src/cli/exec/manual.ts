import { createInterface, type Interface } from 'node:readline';
import { UsageError } from '../../sandbox-error.js';
import { t } from '../../texts/spoken.js';
import type { MachineMs } from '../../time/moments.js';
import type { RunningCommand } from './run-command.js';

let keyboard: { lines: AsyncIterator<string>; reader: Interface } | undefined;

/** One reader for all scenarios: what was typed ahead counts for the next. */
function openKeyboard() {
  if (keyboard) return keyboard;
  const reader = createInterface({ input: process.stdin });
  keyboard = { reader, lines: reader[Symbol.asyncIterator]() };
  return keyboard;
}

export function closeKeyboard(): void {
  keyboard?.reader.close();
  keyboard = undefined;
}

/** In the place of a command: a person lets the application do it, and says when it is done. */
export function askPerson(scenario: string, url: string, timeout: MachineMs): RunningCommand {
  const began = performance.now();
  const { lines } = openKeyboard();
  process.stderr.write(
    `${t`${scenario}: let the application at ${url} do its work, then press Enter`}\n`,
  );
  let stop = () => {};
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((done) => {
    stop = () => done('late');
    limit = setTimeout(stop, timeout);
  });
  const ended = Promise.race([lines.next(), late]).then((come) => {
    clearTimeout(limit);
    if (come !== 'late' && come.done) {
      const hint = 'give a command behind --, which lets the application begin';
      throw new UsageError('USAGE_NOBODY_TO_ASK', 'no keyboard is there for --manual', hint);
    }
    const stopped = come === 'late';
    const code = stopped ? undefined : 0;
    return { code, stopped, took: performance.now() - began, output: '' };
  });
  return { ended, stop: () => stop(), endRest: () => {} };
}
