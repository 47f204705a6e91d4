import { isObject } from '../../../contract/json.js';

/**
 * Where two JSON values differ first, as a JSON path; undefined: nowhere. The order of an object's keys
 * means nothing (RFC 8259 §4), and a key without a value is as good as none.
 */
export function difference(a: unknown, b: unknown, path = '$'): string | undefined {
  if (Array.isArray(a) && Array.isArray(b)) {
    const longer = a.length > b.length ? a : b;
    return first(longer.map((_, i) => () => difference(a[i], b[i], `${path}[${i}]`)));
  }
  if (!isObject(a) || !isObject(b)) return a === b ? undefined : path;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  const own = (object: Record<string, unknown>, key: string) =>
    Object.hasOwn(object, key) ? object[key] : undefined;
  return first(
    [...keys].map((key) => () => difference(own(a, key), own(b, key), `${path}.${key}`)),
  );
}

function first(places: readonly (() => string | undefined)[]): string | undefined {
  for (const place of places) {
    const found = place();
    if (found !== undefined) return found;
  }
  return undefined;
}
