import {
  Document,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/** Keys and places in lists that lead from the top to a value. */
export type Path = readonly (string | number)[];

/** A value and where it stands in the text: start, end of it, end with what follows on its line. */
interface Placed {
  range?: [number, number, number] | null | undefined;
}

export function readSource(text: string) {
  return parseDocument(text, { keepSourceTokens: true, prettyErrors: false });
}

/** A value as it stands on one line: `{ code: 1137 }`. */
export function inline(value: unknown): string {
  if (typeof value === 'string' && /[\n,[\]{}]/.test(value)) return JSON.stringify(value);
  const document = new Document(value);
  if (isMap(document.contents) || isSeq(document.contents)) document.contents.flow = true;
  return document.toString({ lineWidth: 0, flowCollectionPadding: true }).trimEnd();
}

/** The pair of a key. */
export function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => String(isScalar(pair.key) ? pair.key.value : pair.key) === key);
}

export function keyOf(pair: Pair): string {
  return String(isScalar(pair.key) ? pair.key.value : pair.key);
}

/** Where the key of a pair begins. */
export function startOf(pair: Pair): number {
  return (pair.key as Placed).range?.[0] ?? 0;
}

/** Where the last letter of a pair is over. */
export function endOf(text: string, pair: Pair): number {
  const key = (pair.key as Placed).range?.[1] ?? 0;
  const value = (pair.value as Placed | null)?.range?.[1] ?? key;
  return trimmed(text, Math.max(key, value, colonAfter(text, key)));
}

/** Behind the colon of a key that ends here. */
export function colonAfter(text: string, end: number): number {
  const colon = text.indexOf(':', end);
  return colon === -1 ? end : colon + 1;
}

/** The end of what stands before an offset, without white space. */
function trimmed(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1] as string)) at -= 1;
  return at;
}

export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Behind the line's own end. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

/** How far a place is from the start of its line. */
export function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}

/** From where to where each entry of a list in lines stands, with the comments above it. */
export function entriesOf(
  text: string,
  list: YAMLSeq,
): { start: number; end: number }[] | undefined {
  const source = list.srcToken;
  if (source?.type !== 'block-seq') return undefined;
  const dashes = source.items.map(
    ({ start }) => start.find(({ type }) => type === 'seq-item-ind')?.offset,
  );
  if (dashes.some((dash) => dash === undefined)) return undefined;
  const starts = (dashes as number[]).map((dash) => withComments(text, dash));
  const last = (list.items.at(-1) as Placed | undefined)?.range?.[1] ?? 0;
  const end = lineEnd(text, Math.max(trimmed(text, last), dashes.at(-1) ?? 0));
  return starts.map((start, i) => ({ start, end: starts[i + 1] ?? end }));
}

/** The first of the lines of comments right above an entry, which are as far in as its dash. */
function withComments(text: string, dash: number): number {
  const column = columnOf(text, dash);
  let start = lineStart(text, dash);
  while (start > 0) {
    const above = lineStart(text, start - 1);
    const line = text.slice(above, start);
    const indent = /^( *)#/.exec(line)?.[1]?.length;
    if (indent === undefined || indent < column) break;
    start = above;
  }
  return start;
}
