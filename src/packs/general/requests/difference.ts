import { isObject } from '../../../contract/json.js';

/** These change on the way from what was handed out to what is signed. */
const FREE = new Set(['status', 'patient_signed', 'inserted_at', 'updated_at']);

/**
 * Where signed content first differs from what was handed out to be signed, as a JSON path; undefined: it is the same,
 * whatever the order of its members. What stands on one side alone is a difference.
 * @example difference({ a: [1, 2] }, { a: [1, 3] }) // '$.a.1'
 */
export function difference(signed: unknown, handed: unknown, path = '$'): string | undefined {
  if (Array.isArray(signed) && Array.isArray(handed)) {
    if (signed.length !== handed.length) return path;
    return first(signed.keys(), (i) => difference(signed[i], handed[i], `${path}.${i}`));
  }
  if (isObject(signed) && isObject(handed)) {
    const keys = new Set([...Object.keys(handed), ...Object.keys(signed)]);
    const asked = [...keys].filter((key) => !FREE.has(key));
    return first(asked, (key) => difference(signed[key], handed[key], `${path}.${key}`));
  }
  return (signed ?? undefined) === (handed ?? undefined) ? undefined : path;
}

function first<T>(items: Iterable<T>, look: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
