// Runs the command line from a checkout: builds first when src/ is newer than dist/.
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { changed, isStale } from './stale.mjs';

const built = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'cli.js');

if (!changed('node_modules')) {
  console.error('The packages are not installed yet. Run: npm ci');
  process.exit(3);
}
if (isStale()) {
  const parent = process.ppid;
  const { bundle } = await import('./build.mjs');
  await bundle();
  // npm was told to stop while this was built, and its shell has died without passing it on.
  if (process.env.npm_lifecycle_script && process.ppid !== parent) process.exit(143);
}
process.argv[1] = built;
await import(pathToFileURL(built).href);
