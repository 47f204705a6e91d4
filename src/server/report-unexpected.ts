import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Tells whoever runs the sandbox of a fault of its own, with the places in its source. The one who
 * asked gets a 500 besides.
 */
export function reportUnexpected(error: unknown): void {
  process.stderr.write(`The sandbox has a fault, please report it: ${stackOf(error)}\n`);
}

/** A place in a file of the build, as V8 writes it into a stack. */
const PLACE = /((?:file:\/\/)?\/?[^\s()]+\.js):(\d+):(\d+)/g;

/**
 * An error's stack with its places in `src/`. Node's own `--enable-source-maps` would read every map
 * at the start; these are read when there is something to tell.
 */
export function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${String(error)}`;
  const { stack = `${error.name}: ${error.message}`, cause } = error;
  const own = stack.replaceAll(PLACE, (place, file: string, line: string, column: string) =>
    sourceOf(file, Number(line), Number(column), place),
  );
  return cause === undefined ? own : `${own}\ncaused by: ${stackOf(cause)}`;
}

function sourceOf(file: string, line: number, column: number, place: string): string {
  try {
    const path = file.startsWith('file:') ? fileURLToPath(file) : file;
    const map = new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')));
    // A stack counts from 1, a map from 0 (ECMA-426).
    const entry = map.findEntry(line - 1, column - 1);
    if (!('originalSource' in entry)) return place;
    const source = resolve(dirname(path), entry.originalSource);
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  } catch {
    return place;
  }
}
