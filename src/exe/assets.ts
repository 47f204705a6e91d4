import { join } from 'node:path';

/** A file that comes with the package: in the executable it has a path below the executable's own, where no other can be. */
export function asset(...path: string[]): string {
  return join(process.execPath, ...path);
}
