import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import {
  colonAfter,
  columnOf,
  endOf,
  entriesOf,
  inline,
  keyOf,
  lineEnd,
  lineStart,
  type Path,
  pairOf,
  readSource,
  startOf,
} from './yaml-source.js';

export type { Path } from './yaml-source.js';

/**
 * Puts a value at a path. What the text says beside it, its comments and its order stay as they are.
 * @param order in which keys of the mapping are usually written: a new one is put where it belongs
 */
export function setAt(
  text: string,
  path: Path,
  value: unknown,
  order: readonly string[] = [],
): string {
  return careful(
    text,
    (data) => within(data, path, value),
    (source) => spliceSet(source, path, value, order),
    (document) => document.setIn(path, value),
  );
}

/** Takes out what stands at a path. */
export function removeAt(text: string, path: Path): string {
  return careful(
    text,
    (data) => without(data, path),
    (source) => spliceRemove(source, path),
    (document) => document.deleteIn(path),
  );
}

/** Puts an entry into a list; what stood there comes behind it. */
export function insertAt(
  text: string,
  path: Path,
  index: number,
  value: Record<string, unknown>,
): string {
  return changeList(
    text,
    path,
    (list) => list.splice(index, 0, structuredClone(value)),
    (source, entries, column) => {
      const entry = entryText(value, column);
      const at = entries[index]?.start ?? entries.at(-1)?.end ?? source.length;
      return source.slice(0, at) + entry + source.slice(at);
    },
  );
}

/** The same entry once more, behind itself. */
export function duplicateAt(text: string, path: Path, index: number): string {
  return changeList(
    text,
    path,
    (list) => list.splice(index, 0, structuredClone(list[index])),
    (source, entries) => {
      const { start, end } = entries[index] as { start: number; end: number };
      return source.slice(0, end) + source.slice(start, end) + source.slice(end);
    },
  );
}

/** Puts an entry in another place, with the comments above it. */
export function moveAt(text: string, path: Path, from: number, to: number): string {
  return changeList(
    text,
    path,
    (list) => list.splice(to, 0, ...list.splice(from, 1)),
    (source, entries) => {
      const lines = entries.map(({ start, end }) => source.slice(start, end));
      lines.splice(to, 0, ...lines.splice(from, 1));
      const [first, last] = [entries[0]?.start ?? 0, entries.at(-1)?.end ?? 0];
      return source.slice(0, first) + lines.join('') + source.slice(last);
    },
  );
}

type Data = unknown;
type Source = ReturnType<typeof readSource>;

/**
 * Changes the text in its place; where that does not say what is meant, because the text is written in a way that
 * nobody has thought of, its document is changed and written anew.
 */
function careful(
  given: string,
  meant: (data: Data) => Data,
  splice: (text: string) => string | undefined,
  change: (document: Source) => void,
): string {
  const text = given === '' || given.endsWith('\n') ? given : `${given}\n`;
  const document = readSource(text);
  if (document.errors.length > 0) return given;
  const wanted = sorted(meant(document.toJS() ?? {}));
  const changed = splice(text);
  if (changed !== undefined && says(changed, wanted)) return changed;
  change(document);
  return document.toString({ lineWidth: 100, flowCollectionPadding: true });
}

function says(text: string, wanted: string): boolean {
  const document = readSource(text);
  return document.errors.length === 0 && sorted(document.toJS()) === wanted;
}

/** The order of keys says nothing. */
function sorted(data: Data): string {
  return JSON.stringify(data, (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function changeList(
  text: string,
  path: Path,
  meant: (list: unknown[]) => unknown,
  splice: (text: string, entries: { start: number; end: number }[], column: number) => string,
): string {
  const changed = (data: Data) => {
    const copy = structuredClone(data);
    const before = at(copy, path);
    const list = Array.isArray(before) ? before : [];
    meant(list);
    return within(copy, path, list);
  };
  return careful(
    text,
    changed,
    (source) => {
      const list = readSource(source).getIn(path, true);
      if (!isSeq(list)) return undefined;
      const entries = entriesOf(source, list);
      const [first] = list.srcToken?.type === 'block-seq' ? list.srcToken.items : [];
      const dash = first?.start.find(({ type }) => type === 'seq-item-ind')?.offset;
      if (!entries || dash === undefined) return undefined;
      return splice(source, entries, columnOf(source, dash));
    },
    (document) =>
      document.setIn(path, document.createNode(at(changed(document.toJS() ?? {}), path))),
  );
}

function entryText(value: Record<string, unknown>, column: number): string {
  const lines = Object.entries(value).map(([key, one]) => `${key}: ${inline(one)}`);
  const indent = ' '.repeat(column);
  return `${indent}- ${lines.join(`\n${indent}  `)}\n`;
}

function spliceSet(
  text: string,
  path: Path,
  value: unknown,
  order: readonly string[],
): string | undefined {
  const document = readSource(text);
  if (document.contents === null)
    return `${text}${path.map((key) => `${key}: `).join('')}${inline(value)}\n`;
  const key = path.at(-1);
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (parent === undefined && path.length > 1) {
    return spliceSet(text, path.slice(0, -1), { [String(key)]: value }, order);
  }
  if (!isMap(parent) || typeof key !== 'string') return undefined;
  const pair = pairOf(parent, key);
  if (!pair) return spliceNew(text, parent, key, value, order);
  const { range } = (pair.value ?? {}) as { range?: [number, number, number] };
  const colon = colonAfter(text, (pair.key as { range: [number, number] }).range[1]);
  const inLine =
    isScalar(pair.value) &&
    !String(pair.value.type).startsWith('BLOCK') &&
    pair.value.value !== null;
  const start = range && inLine ? range[0] : colon;
  const end = range?.[1] ?? colon;
  const said = written(text, pair.key as { range: [number, number] }, value, inLine ? '' : ' ');
  const tail = end > start && text[end - 1] === '\n' ? '\n' : '';
  return text.slice(0, start) + said + tail + text.slice(Math.max(start, end));
}

/** Longer texts are folded, as they are in the files of the package. */
const WIDTH = 100;

function written(
  text: string,
  key: { range: [number, number] },
  value: unknown,
  space: string,
): string {
  const column = columnOf(text, key.range[0]);
  const one = inline(value);
  const fits = column + (key.range[1] - key.range[0]) + 2 + one.length <= WIDTH;
  if (fits || typeof value !== 'string' || !/^\S+( \S+)+$/.test(value)) return space + one;
  const indent = ' '.repeat(column + 2);
  return `${space}>-\n${wrap(value, WIDTH - indent.length)
    .map((line) => indent + line)
    .join('\n')}`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function spliceNew(
  text: string,
  map: YAMLMap,
  key: string,
  value: unknown,
  order: readonly string[],
): string | undefined {
  const said = `${key}: ${inline(value)}`;
  if (map.flow || map.srcToken?.type === 'flow-collection') {
    const last = map.items.at(-1);
    const end = last && endOf(text, last);
    return end === undefined ? undefined : `${text.slice(0, end)}, ${said}${text.slice(end)}`;
  }
  const [first] = map.items;
  if (!first) return undefined;
  const column = columnOf(text, startOf(first));
  const before = anchorOf(map, key, order);
  if (!before) {
    const at = startOf(first);
    return `${text.slice(0, at)}${said}\n${' '.repeat(column)}${text.slice(at)}`;
  }
  const at = lineEnd(text, endOf(text, before));
  return `${text.slice(0, at)}${' '.repeat(column)}${said}\n${text.slice(at)}`;
}

/** The pair that a new key comes behind; undefined: it is the first one. */
function anchorOf(map: YAMLMap, key: string, order: readonly string[]) {
  const rank = order.indexOf(key);
  if (rank === -1) return map.items.at(-1);
  return map.items.findLast((pair) => {
    const own = order.indexOf(keyOf(pair));
    return own !== -1 && own < rank;
  });
}

function spliceRemove(text: string, path: Path): string | undefined {
  const document = readSource(text);
  const key = path.at(-1);
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (isSeq(parent) && typeof key === 'number') {
    const entry = entriesOf(text, parent)?.[key];
    if (!entry || parent.items.length === 1) return undefined;
    return text.slice(0, entry.start) + text.slice(entry.end);
  }
  if (!isMap(parent) || parent.items.length < 2) return undefined;
  const index = parent.items.findIndex((pair) => keyOf(pair) === key);
  const pair = parent.items[index];
  if (!pair) return undefined;
  const next = parent.items[index + 1];
  const before = parent.items[index - 1];
  if (parent.srcToken?.type === 'flow-collection') {
    const [start, end] = next
      ? [startOf(pair), startOf(next)]
      : [before ? endOf(text, before) : startOf(pair), endOf(text, pair)];
    return text.slice(0, start) + text.slice(end);
  }
  const at = startOf(pair);
  const alone = text.slice(lineStart(text, at), at).trim() === '';
  if (!alone && next) return text.slice(0, at) + text.slice(startOf(next));
  return text.slice(0, lineStart(text, at)) + text.slice(lineEnd(text, endOf(text, pair)));
}

function at(data: Data, path: Path): unknown {
  return path.reduce<unknown>(
    (here, key) => (typeof here === 'object' && here !== null ? Reflect.get(here, key) : undefined),
    data,
  );
}

function within(data: Data, [key, ...more]: Path, value: unknown): Data {
  if (key === undefined) return value;
  const here = Array.isArray(data) ? [...data] : { ...(data as Record<string, unknown>) };
  Reflect.set(here, key, within(Reflect.get(here, key) as Data, more, value));
  return here;
}

function without(data: Data, path: Path): Data {
  const copy = structuredClone(data);
  const around = at(copy, path.slice(0, -1));
  const key = path.at(-1);
  if (Array.isArray(around)) around.splice(Number(key), 1);
  else if (typeof around === 'object' && around !== null && key !== undefined) {
    Reflect.deleteProperty(around, key);
  }
  return copy;
}
