import type { Path } from './yaml-source.js';

/** Where in a scenario a place of its text is: what is being written there, be it finished or not. */
export interface Place {
  /** Of the mapping or list around it. */
  around: Path;
  /** The key whose value is written; undefined: a key is. */
  key: string | number | undefined;
  /** Offset at which the word begins. */
  from: number;
  /** Keys that the mapping has on this line or around it. */
  taken: readonly string[];
}

/** A line of a block, taken apart. */
interface Line {
  /** Columns of its dashes. */
  dashes: number[];
  /** Column of what stands behind them. */
  column: number;
  key: string | undefined;
}

/**
 * Where an offset is, by the indentation of the lines above: a text that is being typed need not be readable.
 * Mappings in braces are followed within one line.
 */
export function placeAt(text: string, offset: number): Place | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(start, offset);
  if (/(^|\s)#/.test(before)) return undefined;
  const above = text.slice(0, start).split('\n').slice(0, -1);
  const here = take(before);
  const around = pathAbove(above, here);
  const rest = before.slice(here.column);
  const taken = siblings(text, start, here.column);
  if (here.key === undefined) {
    const braced = inBraces(rest, around, start + here.column);
    if (braced) return braced;
    const isEntry = here.dashes.length > 0;
    // `- PEND`: an entry of a list may be a value or the first key of a mapping.
    return { around, key: undefined, from: start + here.column, taken: isEntry ? [] : taken };
  }
  const valueAt = here.column + here.key.length + 1;
  const value = before.slice(valueAt);
  const inner = [...around, here.key];
  const braced = inBraces(value, inner, start + valueAt);
  if (braced) return braced;
  const from = start + valueAt + (/^\s*/.exec(value)?.[0].length ?? 0);
  return { around, key: here.key, from, taken };
}

function take(line: string): Line {
  let at = 0;
  const dashes: number[] = [];
  for (;;) {
    at += /^ */.exec(line.slice(at))?.[0].length ?? 0;
    if (!/^-( |$)/.test(line.slice(at))) break;
    dashes.push(at);
    at += 1;
  }
  const key = /^([\w.-]+):(?=\s|$)/.exec(line.slice(at))?.[1];
  return { dashes, column: at, key };
}

/** What leads to a line: the keys and lists that it lies in. */
function pathAbove(above: readonly string[], here: Line): Path {
  const path: (string | number)[] = here.dashes.map(() => 0);
  let column = here.dashes[0] ?? here.column;
  // A list may stand as far in as its key.
  let isEntry = here.dashes.length > 0;
  for (let i = above.length - 1; i >= 0 && (column > 0 || isEntry); i -= 1) {
    const text = above[i] as string;
    if (/^\s*(#|$)/.test(text)) continue;
    const line = take(text);
    const isAbove = isEntry ? line.column <= column : line.column < column;
    if (line.key !== undefined && isAbove && !(isEntry && line.dashes.at(-1) === column)) {
      path.unshift(line.key);
      column = line.column;
      isEntry = false;
    }
    for (const dash of line.dashes.toReversed()) {
      if (dash >= column) continue;
      path.unshift(0);
      column = dash;
      isEntry = true;
    }
  }
  return path;
}

/** Keys of the mapping that a line lies in, above and below. */
function siblings(text: string, start: number, column: number): string[] {
  const lines = text.split('\n');
  const own = text.slice(0, start).split('\n').length - 1;
  const first = take(lines[own] as string).dashes.length > 0;
  const above = first ? [] : lines.slice(0, own).reverse();
  return [...keysUpTo(above, column, 'above'), ...keysUpTo(lines.slice(own + 1), column, 'below')];
}

/** Keys that stand as far in, until the mapping ends: by a line that is less far in, or by the dash of its entry. */
function keysUpTo(lines: readonly string[], column: number, where: 'above' | 'below'): string[] {
  const keys: string[] = [];
  for (const text of lines) {
    if (/^\s*(#|$)/.test(text)) continue;
    const line = take(text);
    const entry = line.dashes.some((dash) => dash < column);
    if (line.column < column || (entry && where === 'below')) break;
    if (line.column === column && line.key !== undefined) keys.push(line.key);
    if (entry) break;
  }
  return keys;
}

/** One of the braces or brackets that are open. */
interface Level {
  path: Path;
  key: string | number | undefined;
  /** Where what is being written begins. */
  from: number;
  taken: readonly string[];
  list: boolean;
}

/** Inside of braces and brackets that are open at the end of a line's text. */
function inBraces(text: string, path: Path, start: number): Place | undefined {
  const levels: Level[] = [];
  let now: Level = { path, key: undefined, from: 0, taken: [], list: false };
  for (const { 0: sign, index: at } of text.matchAll(/"[^"]*"?|'[^']*'?|[{}[\],]|:(?=\s|$)/g)) {
    if (sign === '{' || sign === '[') {
      levels.push(now);
      now = opened(now, at, sign === '[');
    } else if (sign === '}' || sign === ']') now = levels.pop() ?? now;
    else if (levels.length > 0 && sign === ',')
      now = { ...now, key: now.list ? 0 : undefined, from: at + 1 };
    else if (levels.length > 0 && sign === ':') now = withKey(now, text, at);
  }
  if (levels.length === 0) return undefined;
  const space = /^\s*/.exec(text.slice(now.from))?.[0].length ?? 0;
  return { around: now.path, key: now.key, from: start + now.from + space, taken: now.taken };
}

function opened({ path, key }: Level, at: number, list: boolean): Level {
  const inner = key === undefined ? path : [...path, key];
  return { path: inner, key: list ? 0 : undefined, from: at + 1, taken: [], list };
}

function withKey(level: Level, text: string, at: number): Level {
  if (level.list || level.key !== undefined) return level;
  const key = text.slice(level.from, at).trim();
  return { ...level, key, from: at + 1, taken: [...level.taken, key] };
}
