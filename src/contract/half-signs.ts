import { isObject } from './json.js';

/** Text of a document can have half of a pair of surrogates as an escape alone (RFC 8259 §8.2, YAML 1.2 §5.7). */
const HALF_ESCAPED = /\\u\{?[dD][89a-fA-F]/;

const HALF = /\p{Surrogate}/u;

/**
 * The first name in a document, or text, with half of a pair of surrogates: no URL, pointer or header could say it.
 * @returns the path to it; undefined: there is none
 */
export function halfSignIn(text: string, document: unknown): string[] | undefined {
  return HALF_ESCAPED.test(text) ? find(document, [], new Set()) : undefined;
}

const HALVES = /\p{Surrogate}/gu;

/**
 * A text as any answer and any address can hold it: half of a pair of surrogates becomes U+FFFD, as UTF-8 makes it.
 * @example wholeSigns('a\ud800') // 'a\ufffd'
 */
export function wholeSigns(text: string): string {
  return HALF.test(text) ? text.replace(HALVES, '\ufffd') : text;
}

function find(value: unknown, path: string[], seen: Set<unknown>): string[] | undefined {
  if (typeof value === 'string' && NAMING.has(path.at(-1) ?? '') && HALF.test(value)) return path;
  if (isObject(value) && isSentByName(value)) return [...path, 'name'];
  if (!(isObject(value) || Array.isArray(value)) || seen.has(value)) return undefined;
  // An alias of YAML leads to what was looked at.
  seen.add(value);
  for (const [key, inner] of Object.entries(value)) {
    const found = HALF.test(key) ? [...path, key] : find(inner, [...path, key], seen);
    if (found) return found;
  }
  return undefined;
}

/** A parameter or a key of an API; a contact, a licence or a tag has a name too, which is only read. */
function isSentByName(value: Readonly<Record<string, unknown>>): boolean {
  return typeof value.in === 'string' && typeof value.name === 'string' && HALF.test(value.name);
}

/** Keys whose values name something that is sent or led to. */
const NAMING: ReadonlySet<string> = new Set(['propertyName', 'operationId', '$ref']);
