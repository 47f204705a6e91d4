import { execFileSync } from 'node:child_process';

/** Tests of the command line, of start-up and of Prism's thread run what users run: the built files. */
export default function setup(): void {
  execFileSync(process.execPath, ['scripts/build.mjs', '--keep'], { stdio: 'inherit' });
}
