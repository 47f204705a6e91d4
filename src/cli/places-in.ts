import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

/**
 * Tells where a document has something: ` (openapi.yaml:12, $.paths['/jobs'].post)`. What a reference leads to has
 * the place of the reference.
 */
export async function placesIn(file: string): Promise<(at: readonly string[]) => string> {
  const text = await readFile(file, 'utf8');
  const lines = new LineCounter();
  const root = parseDocument(text, { lineCounter: lines, uniqueKeys: false }).contents;
  return (at) => {
    const line = lineOf(root, at, lines);
    return ` (${basename(file)}:${line}, ${jsonPath(at)})`;
  };
}

/** The line of the key that a path ends with, or of the last one on the way that the file has. */
function lineOf(root: Node | null, at: readonly string[], lines: LineCounter): number {
  let here: unknown = root;
  let line = 1;
  for (const key of at) {
    if (isSeq(here)) here = here.items[Number(key)];
    else if (isMap(here)) {
      const pair = here.items.find(
        (each) => String((each.key as { value?: unknown })?.value) === key,
      );
      const range = (pair?.key as Node | undefined)?.range;
      if (!pair || !range) break;
      line = lines.linePos(range[0]).line;
      here = pair.value;
    } else break;
  }
  return line;
}

/** RFC 9535 §2.7, normalized where a name is no plain word. */
function jsonPath(at: readonly string[]): string {
  const parts = at.map((key) => {
    return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `['${key.replaceAll("'", "\\'")}']`;
  });
  return `$${parts.join('')}`;
}
