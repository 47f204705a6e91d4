import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { locatorOf } from '../yaml-fast.js';

/**
 * Tells where a document has something: ` (openapi.yaml:12, $.paths['/jobs'].post)`. What a reference leads to has
 * the place of the reference.
 */
export async function placesIn(file: string): Promise<(at: readonly string[]) => string> {
  const locate = locatorOf(await readFile(file, 'utf8'));
  return (at) => ` (${basename(file)}:${locate(at, 'key').line}, ${jsonPath(at)})`;
}

/** RFC 9535 §2.7, normalized where a name is no plain word. */
function jsonPath(at: readonly string[]): string {
  const parts = at.map((key) => {
    return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `['${key.replaceAll("'", "\\'")}']`;
  });
  return `$${parts.join('')}`;
}
