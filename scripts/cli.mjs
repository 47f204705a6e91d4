// Runs the command line from a checkout: builds first when src/ is newer than dist/.
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const built = join(root, 'dist', 'cli.js');

function changed(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newest(folder) {
  return readdirSync(folder, { recursive: true }).reduce(
    (latest, name) => Math.max(latest, changed(join(folder, String(name)))),
    0,
  );
}

if (!changed(join(root, 'node_modules'))) {
  console.error('The packages are not installed yet. Run: npm ci');
  process.exit(3);
}
if (newest(join(root, 'src')) > changed(built)) {
  const parent = process.ppid;
  const { bundle } = await import('./build.mjs');
  await bundle();
  // npm was told to stop while this was built, and its shell has died without passing it on.
  if (process.env.npm_lifecycle_script && process.ppid !== parent) process.exit(143);
}
process.argv[1] = built;
await import(pathToFileURL(built).href);
