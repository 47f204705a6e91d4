import { execFileSync } from 'node:child_process';
import { isStale } from '../../scripts/stale.mjs';

/**
 * Tests of the command line, of start-up and of Prism's thread run what users run: the built files. All
 * tests read the catalogue as the build has kept it, in the form that the code had then.
 */
export default function setup(): void {
  if (!isStale()) return;
  execFileSync(process.execPath, ['scripts/build.mjs', '--keep'], { stdio: 'inherit' });
}
