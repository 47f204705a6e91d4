import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's own folder: `src/` and `dist/` both lie directly in it. */
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A file that comes with the package. */
export function asset(...path: string[]): string {
  return join(ROOT, ...path);
}
