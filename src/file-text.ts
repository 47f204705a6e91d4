import { readFile } from 'node:fs/promises';
import { firstBadByte } from './contract/utf8.js';

/**
 * A file's bytes as text. The first byte that is not UTF-8 becomes half of a pair of surrogates, U+DC00 and its value, as
 * Python's `surrogateescape` has it (PEP 383): no text holds one, so it is told from a U+FFFD that somebody has written.
 */
function fileText(bytes: Buffer): string {
  const bad = firstBadByte(bytes);
  if (bad === undefined) return bytes.toString('utf8');
  const half = String.fromCharCode(0xdc00 + (bytes[bad] as number));
  return bytes.toString('utf8', 0, bad) + half + bytes.toString('utf8', bad + 1);
}

/** A file in YAML as `readYaml` reads it. @throws as `readFile` does */
export async function readFileText(file: string): Promise<string> {
  return fileText(await readFile(file));
}
