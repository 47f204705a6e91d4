import { FAILSAFE_SCHEMA, type LoadOptions, load, type State, Type } from 'js-yaml';
import { jsonIn, NoJson } from './json-places.js';

/**
 * The second reader of YAML, for long documents: js-yaml, which takes a seventh of the time of the library
 * that knows where each node stands (`yaml.ts`). It is given the scalars of that one, YAML 1.2 §10.3.2,
 * and what it might read in another way is left to it.
 */

/** Deeper than any document that is read, so that this is told by who looks for it. */
const MAX_DEPTH = 1000;

const SCHEMA = FAILSAFE_SCHEMA.extend({
  implicit: [
    scalar('null', /^(?:~|[Nn]ull|NULL)?$/, () => null),
    scalar('bool', /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/, (text) => /^t/i.test(text)),
    scalar('int', /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?[0-9]+)$/, integer),
    scalar(
      'float',
      /^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
      float,
    ),
  ],
});

/** `maxDepth` is younger than the package's types. */
const OPTIONS: LoadOptions & { maxDepth: number } = { schema: SCHEMA, maxDepth: MAX_DEPTH };

function scalar(name: string, form: RegExp, construct: (text: string) => unknown): Type {
  return new Type(`tag:yaml.org,2002:${name}`, {
    kind: 'scalar',
    resolve: (text: string | null) => form.test(text ?? ''),
    construct,
  });
}

function integer(text: string): number {
  if (text.startsWith('0o')) return Number.parseInt(text.slice(2), 8);
  return text.startsWith('0x') ? Number.parseInt(text.slice(2), 16) : Number.parseInt(text, 10);
}

function float(text: string): number {
  if (/nan$/i.test(text)) return Number.NaN;
  if (!/inf$/i.test(text)) return Number.parseFloat(text);
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/**
 * What the two libraries may read in different ways: tags, directives, keys that are no plain text, merge keys,
 * lines that end in a carriage return alone, bytes that were no text. Found in time that grows with the length.
 */
const ODD =
  /(?:^|[\s,[{?-])<<\s*:|(?:^|[\s,[{])!(?:[!<]|\s)|^%|^(?:---|\.\.\.)\S|^ *(?:- +)*(?:[[{].*[\]}] *:|\?|(?:~|null|Null|NULL) *:|:)(?:\s|$)|[{,]\s*(?:\?|(?:~|null|Null|NULL)\s*:|:)\s|\r(?!\n)|[\0\uFFFD\uFEFF\u0085\u2028\u2029]/m;

/** The value of a YAML text; undefined when the other reader has to look at it, be it for what is wrong with it. */
export function readYamlFast(text: string): { value: unknown } | undefined {
  if (ODD.test(text)) return undefined;
  let aliases = false;
  const listener = (_: 'open' | 'close', state: State) => {
    aliases ||= typeof (state as State & { anchor: unknown }).anchor === 'string';
  };
  try {
    const value = load(text, { ...OPTIONS, listener });
    return aliases ? undefined : { value };
  } catch {
    return undefined;
  }
}

/** A key of a mapping: where it begins, and its value. */
interface Entry {
  start: number;
  value: Inside | undefined;
}

/** What is known of a node by who follows a path. */
interface Inside {
  start: number;
  keys: ReadonlyMap<string, Entry>;
  items: readonly Inside[];
}

/** A node of a text: where it begins, and what is inside of it. */
interface TextNode extends Inside {
  keys: Map<string, Entry>;
  items: TextNode[];
  result: unknown;
}

/** Line and column, from 1, of what stands at a path. */
export type Locate = (
  path: readonly string[],
  of?: 'key' | 'value',
) => { line: number; column: number };

/**
 * Reads a YAML or JSON text again for the places in it.
 * Where a path leads on and the text does not, the place is the last one on the way.
 * @example locatorOf(text)(['paths', '/jobs'], 'key')
 */
export function locatorOf(text: string): Locate {
  const lines = lineStarts(text);
  let root: Inside | undefined = jsonIn(text) ?? nodesOf(text);
  const offsetOf = (path: readonly string[], of: 'key' | 'value') => {
    try {
      return startAt(root, path, of);
    } catch (error) {
      if (!(error instanceof NoJson)) throw error;
      root = nodesOf(text);
      return startAt(root, path, of);
    }
  };
  return (path, of = 'value') => {
    const offset = skipBlank(text, offsetOf(path, of));
    const line = lastUpTo(lines, offset);
    return { line: line + 1, column: offset - (lines[line] ?? 0) + 1 };
  };
}

/** Where the last of ascending numbers stands that is no greater than another one. */
function lastUpTo(ascending: readonly number[], most: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((ascending[middle] as number) <= most) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where what stands at a path begins. */
function startAt(root: Inside | undefined, path: readonly string[], of: 'key' | 'value'): number {
  let node = root;
  let start = root?.start ?? 0;
  for (const [i, step] of path.entries()) {
    const entry: Entry | undefined = node && entryOf(node, step);
    const next: Inside | undefined = entry ? entry.value : node?.items[Number(step)];
    if (!entry && !next) break;
    const asked = i === path.length - 1 ? of : 'value';
    start = entry && (asked === 'key' || !next) ? entry.start : (next?.start ?? start);
    node = next;
  }
  return start;
}

/** A key of a mapping, or of what it merges. */
function entryOf({ keys }: Inside, name: string, depth = 0): Entry | undefined {
  const own = keys.get(name);
  const merged = keys.get('<<')?.value;
  if (own || !merged || depth > MAX_DEPTH) return own;
  const sources = merged.keys.size > 0 ? [merged] : merged.items;
  for (const source of sources) {
    const found = entryOf(source, name, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function nodesOf(text: string): TextNode | undefined {
  const named = new Map<unknown, TextNode>();
  const open: (TextNode & { key?: { name: string; start: number } | undefined })[] = [];
  let root: TextNode | undefined;
  const listener = (event: 'open' | 'close', state: State) => {
    if (event === 'open') {
      open.push({ start: state.position, keys: new Map(), items: [], result: undefined });
      return;
    }
    const node = whole(open.pop(), state, named);
    const around = open.at(-1);
    root = node;
    if (!around || !node) return;
    if (isKey(text, state.position)) {
      const name = String(state.result);
      around.key = { name, start: node.start };
      around.keys.set(name, { start: node.start, value: undefined });
    } else if (around.key) {
      around.keys.set(around.key.name, { start: around.key.start, value: node });
      around.key = undefined;
    } else around.items.push(node);
  };
  try {
    load(text, { ...OPTIONS, listener, json: true });
  } catch {
    // What has been found up to here is of use: the text has been read by another reader.
  }
  return root;
}

/**
 * The library looks at each node as at the first key of a mapping first, and tells of both.
 * @param named lists and mappings by their values: an alias brings one of these again
 */
function whole(
  node: TextNode | undefined,
  { kind, result }: State,
  named: Map<unknown, TextNode>,
): TextNode | undefined {
  if (!node) return undefined;
  const known = named.get(result);
  if (known && kind !== 'mapping' && kind !== 'sequence') return known;
  const [inner] = node.items;
  if (inner && inner.result === result && node.keys.size === 0) return inner;
  node.result = result;
  if (kind !== 'mapping' && kind !== 'sequence') node.items.length = 0;
  else named.set(result, node);
  return node;
}

/** Is what ends here followed by a colon? */
function isKey(text: string, end: number): boolean {
  let at = end;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return text[at] === ':';
}

/** Where a node begins: behind blanks, line ends and comments. */
function skipBlank(text: string, start: number): number {
  const blank = /(?:\s+|(?<=^|\s)#[^\n]*)*/y;
  blank.lastIndex = start;
  return start + (blank.exec(text)?.[0].length ?? 0);
}

/** Where each line begins. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
