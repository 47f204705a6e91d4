import { atRate } from '../../../time/origin.js';
import { runCommand } from '../run-command.js';
import { fastEnvironment } from './environment.js';
import type { Library } from './library.js';
import { shareOrigin } from './shared-origin.js';

const RATE = 10;
/** What has gone by of our time, before they are started. */
const AHEAD = 300;
/** Two looks at the clock, a second of fast time apart. */
const LOOKS = 'date +%s.%N; sleep 1; date +%s.%N';
/** Programs that are started later than told; and what whole milliseconds leave out. */
const SLACK = 20;

/**
 * Whether a library takes our origin and runs at our rate: how it shares a moment is its own affair, and may differ with
 * another version of it or of glibc.
 */
export async function keepsTime(library: Library, env: NodeJS.ProcessEnv): Promise<boolean> {
  const shared = shareOrigin();
  try {
    // A process that takes a moment of its own shows less than has gone by since ours.
    await new Promise((wake) => setTimeout(wake, AHEAD));
    const earliest = atRate(shared.origin, RATE, Date.now()) - SLACK;
    const setting = { library, rate: RATE, names: shared.names, curl: false };
    const command = {
      argv: ['sh', '-c', LOOKS],
      env: fastEnvironment(setting, env.LD_PRELOAD),
      timeout: 10_000,
      show: false,
    };
    const end = await runCommand(command).ended.catch(() => undefined);
    const [from, to] = (end?.output ?? '')
      .trim()
      .split(/\s+/)
      .map((text) => Number(text) * 1000);
    const latest = atRate(shared.origin, RATE, Date.now()) + SLACK;
    if (from === undefined || to === undefined || Number.isNaN(from + to)) return false;
    return from >= earliest && to >= from + 1000 - SLACK && to <= latest;
  } finally {
    shared.remove();
  }
}
