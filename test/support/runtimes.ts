import { beforeEach } from 'vitest';
import { RUNTIMES, type Runtime } from '../../scripts/runtimes.mjs';

/** Set where nothing may be left out: there a missing runtime is a failure. */
const ALL = process.env.ESOZ_ALL_RUNTIMES === '1';

const asked = new Map<Runtime['id'], Promise<boolean>>();

/** Whether a runtime is there and works; asked of the machine once a file. */
export function works(id: Runtime['id']): Promise<boolean> {
  const known = asked.get(id);
  if (known) return known;
  const answer = runtimeOf(id)
    .works()
    .catch(() => false);
  asked.set(id, answer);
  return answer;
}

/**
 * Leaves the tests of this `describe` or file out, with a note that the reporter prints, where a runtime is not
 * installed; fails them where nothing may be left out.
 */
export function needs(id: Runtime['id']): void {
  beforeEach(async ({ skip }) => {
    if (await works(id)) return;
    const { name, packages } = runtimeOf(id);
    if (ALL)
      throw new Error(`${name} is not installed (${packages.join(' ')}); run: npm run runtimes`);
    skip(`${name} is not installed`);
  }, 60_000);
}

function runtimeOf(id: Runtime['id']): Runtime {
  const runtime = RUNTIMES.find((one) => one.id === id);
  if (!runtime) throw new Error(`no runtime ${id} in scripts/runtimes.mjs`);
  return runtime;
}
