/**
 * Names that every object of JavaScript knows: the viewer looks things up by name in plain objects, and would find what
 * nobody has put there.
 */
const EVERYWHERE: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
]);

/** Two signs that are not seen and that no text has beside each other: invisible plus, invisible separator. */
const MARK = '\u2064\u2063';

const MARKED = new RegExp(`${MARK}|${encodeURIComponent(MARK)}`, 'g');

/** Half of a pair of surrogates: no address can hold it. */
const HALF = /\p{Surrogate}/gu;

/**
 * A document in which no name is one that every object knows: such a name ends in two signs that are not seen, wherever it
 * stands, as key, as value, in a reference and in a path. What the viewer shows looks the same.
 */
export function withHarmlessNames(value: unknown): unknown {
  if (typeof value === 'string') return harmlessText(value);
  if (Array.isArray(value)) return value.map(withHarmlessNames);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [
    harmlessText(key),
    withHarmlessNames(one),
  ]);
  return Object.fromEntries(entries);
}

/** A text that is about to be sent, with the names as the document has them. */
export function withTrueNames(text: string): string {
  return text.replace(MARKED, '');
}

function harmlessText(text: string): string {
  const whole = text.replace(HALF, '\ufffd');
  if (EVERYWHERE.has(whole)) return whole + MARK;
  if (whole.startsWith('#/')) return whole.split('/').map(harmlessPart).join('/');
  return whole.startsWith('/')
    ? whole.replace(/\{([^{}]*)\}/g, (_, name) => `{${harmlessPart(name)}}`)
    : whole;
}

const harmlessPart = (part: string) => (EVERYWHERE.has(part) ? part + MARK : part);
