// Says whether src/ has changed since dist/ was built.
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** When a file was changed; 0: it is not there. */
export function changed(...path) {
  return statSync(join(root, ...path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

export function isStale() {
  const newest = readdirSync(join(root, 'src'), { recursive: true }).reduce(
    (latest, name) => Math.max(latest, changed('src', String(name))),
    0,
  );
  return newest > changed('dist', 'cli.js');
}
