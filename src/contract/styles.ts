import type { Json } from './json.js';

/** OpenAPI 3.1.1, "Style Values". */
export const STYLES = [
  ...(['simple', 'label', 'matrix', 'form'] as const),
  ...(['spaceDelimited', 'pipeDelimited', 'deepObject'] as const),
];
export type Style = (typeof STYLES)[number];

/** What a value can be, by its schema. */
export type Kind = 'primitive' | 'array' | 'object';

/** How a value is written as text. */
export interface Serialization {
  name: string;
  style: Style;
  /** Each item of a list, and each property of an object, stands for itself. */
  explode: boolean;
  /** Several where the schema leaves a choice. */
  kinds: readonly Kind[];
  /** Names of an object's properties; `others`: it may have more of them. */
  properties: readonly string[];
  others: boolean;
  /** No value can hold a delimiter itself: one that is percent-encoded delimits as well. */
  plain: boolean;
}

/** A name and its value as they were sent, percent-encoded. */
export type RawPair = readonly [name: string, value: string];

/**
 * Reads a value that stands alone, in a path or a header: `simple`, `label` or `matrix`.
 * @param raw percent-encoded
 * @returns texts, in a list or an object where there are several; undefined for what is not of the style
 * @example readAlone({ …, style: 'matrix', explode: true, kinds: ['array'] }, ';color=blue;color=black')
 * is ['blue', 'black']
 */
export function readAlone(how: Serialization, raw: string): unknown {
  if (how.style === 'label') return readLabel(how, raw);
  if (how.style === 'matrix') return readMatrix(how, raw);
  return readSimple(how, raw);
}

function readSimple({ kinds, explode, plain }: Serialization, raw: string): unknown {
  const kind = choose(kinds, raw.includes(','));
  const pieces = split(raw, plain ? /,|%2C/i : ',');
  return build(kind, raw, explode ? pieces.map(pairOf) : alternating(pieces), pieces);
}

/** RFC 6570 §3.2.5. Older texts of OpenAPI show points between the items of what is not exploded, newer ones commas. */
function readLabel({ kinds, explode }: Serialization, raw: string): unknown {
  if (!raw.startsWith('.')) return undefined;
  const text = raw.slice(1);
  const kind = choose(kinds, /[.,]/.test(text));
  const pieces = split(text, !explode && text.includes(',') ? ',' : '.');
  return build(kind, text, explode ? pieces.map(pairOf) : alternating(pieces), pieces);
}

/** RFC 6570 §3.2.7. */
function readMatrix(how: Serialization, raw: string): unknown {
  if (!raw.startsWith(';')) return undefined;
  const pairs = raw.slice(1).split(';').map(pairOf);
  if (how.explode && how.kinds.includes('object')) return objectOf(pairs);
  const named = pairs.filter(([name]) => decode(name) === how.name).map(([, value]) => value);
  if (named.length !== pairs.length || named.length === 0) return undefined;
  const [first = ''] = named;
  const pieces = how.explode ? named : split(first, ',');
  return build(choose(how.kinds, pieces.length > 1), first, alternating(pieces), pieces);
}

/**
 * Reads a value that stands among others, in a query, a form or among cookies: `form`, `spaceDelimited`,
 * `pipeDelimited` or `deepObject`.
 * @param declared names of other values, which are no properties of this one
 * @returns texts, in a list or an object where there are several; undefined when it is not there
 * @example readAmong({ name: 'ids', style: 'form', explode: false, kinds: ['array'], … }, [['ids', '1,2']], [])
 * is ['1', '2']
 */
export function readAmong(
  how: Serialization,
  pairs: readonly RawPair[],
  declared: readonly string[],
): unknown {
  const { name, style, explode, kinds } = how;
  const deep = style === 'deepObject' ? readDeep(name, pairs) : undefined;
  if (deep !== undefined) return deep;
  const values = pairs.filter(([key]) => decodeForm(key) === name).map(([, value]) => value);
  if (explode && kinds.includes('object') && style === 'form') {
    const own = ownPairs(how, pairs, declared);
    if (own.length > 0) return objectOf(own, decodeForm);
  }
  if (values.length === 0) return undefined;
  if (explode || style === 'deepObject') {
    if (kinds.includes('array'))
      return values.length === 1 ? one(how, values) : values.map(decodeForm);
    return values.length === 1 ? decodeForm(values[0] as string) : values.map(decodeForm);
  }
  const pieces = values.flatMap((value) => split(value, delimiterOf(how)));
  const kind = choose(kinds, pieces.length > 1);
  if (kind === 'primitive' && values.length > 1) return values.map(decodeForm);
  return build(kind, values[0] as string, alternating(pieces), pieces, decodeForm);
}

/** One value of an exploded list: the list, unless the schema takes a single value as well. */
function one({ kinds }: Serialization, [value = '']: readonly string[]): unknown {
  return kinds.includes('primitive') ? decodeForm(value) : [decodeForm(value)];
}

/** The pairs that are an object's properties. */
function ownPairs(
  { properties, others }: Serialization,
  pairs: readonly RawPair[],
  declared: readonly string[],
): RawPair[] {
  return pairs.filter(([key]) => {
    const name = decodeForm(key);
    return properties.includes(name) || (others && !declared.includes(name));
  });
}

function delimiterOf({ style, plain }: Serialization): RegExp | string {
  // OpenAPI 3.1.1, Appendix E: blanks and bars have to be percent-encoded in a URL, and delimit all the same.
  if (style === 'spaceDelimited') return /%20|\+| /;
  if (style === 'pipeDelimited') return /\||%7C/i;
  return plain ? /,|%2C/i : ',';
}

/** The last name of `a[b][c]` goes deeper than any parameter does. */
const DEEPEST = 8;

/** `color[R]=100&color[G]=200`; nested names and indexes, as many frameworks write them, are read too. */
function readDeep(name: string, pairs: readonly RawPair[]): unknown {
  let found: Json | undefined;
  for (const [key, value] of pairs) {
    const plain = decodeForm(key);
    if (!plain.startsWith(`${name}[`)) continue;
    const steps = plain.slice(name.length).match(/\[[^[\]]*\]/g) ?? [];
    if (steps.length > DEEPEST || steps.join('') !== plain.slice(name.length)) continue;
    found ??= {};
    put(
      found,
      steps.map((step) => step.slice(1, -1)),
      decodeForm(value),
    );
  }
  return found && listed(found);
}

function put(into: Json, steps: readonly string[], value: string): void {
  const [step = '', ...rest] = steps;
  const key = step === '' ? String(Object.keys(into).length) : step;
  if (key === '__proto__') return;
  const before = Object.hasOwn(into, key) ? into[key] : undefined;
  if (rest.length === 0) into[key] = before === undefined ? value : [before, value].flat();
  else {
    const inner = typeof before === 'object' && !Array.isArray(before) ? (before as Json) : {};
    into[key] = inner;
    put(inner, rest, value);
  }
}

/** Objects whose names count from 0 are lists. */
function listed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, listed(inner)] as const);
  const counts = entries.length > 0 && entries.every(([key], i) => key === String(i));
  return counts ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

function choose(kinds: readonly Kind[], several: boolean): Kind {
  const [first = 'primitive'] = kinds;
  if (kinds.length < 2) return first;
  const many = kinds.includes('array') ? 'array' : 'object';
  return several ? many : kinds.includes('primitive') ? 'primitive' : many;
}

function build(
  kind: Kind,
  whole: string,
  pairs: readonly RawPair[] | undefined,
  pieces: readonly string[],
  read = decode,
): unknown {
  if (kind === 'primitive') return read(whole);
  if (kind === 'array') return pieces.map(read);
  return pairs && objectOf(pairs, read);
}

function objectOf(pairs: readonly RawPair[], read = decode): Json {
  const found: Json = {};
  for (const [key, value] of pairs) {
    const name = read(key);
    if (name === '__proto__') continue;
    const before = Object.hasOwn(found, name) ? found[name] : undefined;
    found[name] = before === undefined ? read(value) : [before, read(value)].flat();
  }
  return found;
}

/** `R,100,G,200`: undefined when a name has no value. */
function alternating(pieces: readonly string[]): RawPair[] | undefined {
  if (pieces.length % 2 !== 0) return undefined;
  const pairs: RawPair[] = [];
  for (let i = 0; i < pieces.length; i += 2) pairs.push([pieces[i] ?? '', pieces[i + 1] ?? '']);
  return pairs;
}

function pairOf(text: string): RawPair {
  const sign = text.indexOf('=');
  return sign === -1 ? [text, ''] : [text.slice(0, sign), text.slice(sign + 1)];
}

function split(text: string, delimiter: string | RegExp): string[] {
  return text === '' ? [] : text.split(delimiter);
}

/** The pairs of a query or of a form, as they were sent. */
export function rawPairs(text: string): RawPair[] {
  return text
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair !== '')
    .map(pairOf);
}

/** What cannot be decoded stays as it is. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `application/x-www-form-urlencoded`, as queries are read: a plus is a blank, and wrong escapes stay (WHATWG URL §5.1). */
export function decodeForm(text: string): string {
  if (!/[%+]/.test(text)) return text;
  return new URLSearchParams(`=${text.replaceAll('&', '%26')}`).get('') ?? '';
}
