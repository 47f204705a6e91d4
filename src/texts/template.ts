/** How a hole is filled: see {@link readSaying}. */
type Way = '' | '#' | 'n' | 't' | '=' | '-' | 'list' | '|';

/** A hole of a translation. */
export interface Hole {
  hole: number;
  way: Way;
  /** Of a word that goes with the number in the hole: for one, few and many. */
  forms?: readonly string[];
}

export type Saying = readonly (string | Hole)[];

/** What stands around the holes of an English phrase, from `{0}` on: one text more than there are holes. */
export function readLiterals(phrase: string): string[] {
  return phrase.split(/\{\d+\}/);
}

/**
 * A translation with its holes, in any order: `{0}` is a phrase in its turn; `{0:t}` even if it is a single word;
 * `{0:=}` stays as it is; `{0:#}` is a number and nothing else; `{0:n}` begins with a number, which alone is told
 * (`4` of `4 polls`); `{0|запит|запити|запитів}` is the word that goes with that number; `{0:list}` is a list of
 * phrases, `a, b and c`; `{0:-}` is left out.
 */
export function readSaying(text: string): Saying {
  return text.split(/(\{\d+(?::(?:#|n|t|=|-|list)|(?:\|[^{}|]*){3})?\})/).map((part, i) => {
    if (i % 2 === 0) return part;
    const inner = part.slice(1, -1);
    const [number, ...forms] = inner.split('|');
    if (forms.length > 0) return { hole: Number(number), way: '|', forms };
    const [hole = '', way = ''] = inner.split(':');
    return { hole: Number(hole), way: way as Way };
  });
}

/**
 * What stands in the holes if a text is of this phrase. It looks for each literal once, from the front or from the
 * end, so that a text of any length costs no more than reading it.
 */
export function holesOf(
  literals: readonly string[],
  text: string,
  from: 'front' | 'end' = 'front',
): string[] | undefined {
  const first = literals[0] as string;
  const last = literals.at(-1) as string;
  const end = text.length - last.length;
  if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return undefined;
  const between = literals.slice(1, -1);
  const middle = between.filter((literal) => literal !== '');
  const places =
    from === 'front' ? forward(middle, text, first.length) : backward(middle, text, end);
  if (places === undefined) return undefined;
  const gaps: string[] = [];
  let at = first.length;
  for (const [i, place] of [...places, end].entries()) {
    if (place < at) return undefined;
    gaps.push(text.slice(at, place));
    at = place + (middle[i]?.length ?? 0);
  }
  return between.includes('') ? split(gaps, between) : gaps;
}

/** Where holes touch each other, the first ends where a further part of a sentence begins. */
function split(gaps: readonly string[], between: readonly string[]): string[] {
  const holes: string[] = [];
  const rest = [...gaps];
  let gap = rest.shift() ?? '';
  for (const literal of between) {
    const found = literal === '' ? gap.search(PART) : gap.length;
    const place = found === -1 ? gap.length : found;
    holes.push(gap.slice(0, place));
    gap = literal === '' ? gap.slice(place) : (rest.shift() ?? '');
  }
  return [...holes, gap];
}

/** How a part of a sentence begins that is left out at times. */
const PART = /, |; |: | \(| by HTTP /;

/** The place of each, the leftmost behind the one before. */
function forward(middle: readonly string[], text: string, start: number): number[] | undefined {
  const places: number[] = [];
  let at = start;
  for (const literal of middle) {
    const place = text.indexOf(literal, at);
    if (place === -1) return undefined;
    places.push(place);
    at = place + literal.length;
  }
  return places;
}

/** The place of each, the rightmost in front of the one behind. */
function backward(middle: readonly string[], text: string, end: number): number[] | undefined {
  const places: number[] = [];
  let at = end;
  for (const literal of middle.toReversed()) {
    if (at < literal.length) return undefined;
    const place = text.lastIndexOf(literal, at - literal.length);
    if (place === -1) return undefined;
    places.unshift(place);
    at = place;
  }
  return places;
}
