import { existsSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';

/**
 * A path within the folder that one works in, as a merge request knows it: of the first of these files
 * that is there. Undefined when none is, as for scenarios that come with the package.
 */
export function ownFile(files: readonly (string | undefined)[]): string | undefined {
  for (const file of files) {
    const path = file === undefined ? undefined : pathWithin(file);
    if (path !== undefined) return path;
  }
  return undefined;
}

function pathWithin(file: string): string | undefined {
  const path = relative('.', resolve(file));
  const parts = path.split(sep);
  if (path === '' || isAbsolute(path) || parts[0] === '..') return undefined;
  if (parts.includes('node_modules') || !existsSync(path)) return undefined;
  return statSync(path).isFile() ? parts.join('/') : undefined;
}
