import { isObject, type Json, put } from '../../contract/json.js';

/**
 * RFC 7396 §2: what a patch names takes the place of what is there, objects are merged, and null takes a field away.
 * @example mergePatch({ a: 1, b: { c: 2 } }, { a: null, b: { d: 3 } }) // { b: { c: 2, d: 3 } }
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Json = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    const before = Object.hasOwn(merged, name) ? merged[name] : undefined;
    if (value === null) delete merged[name];
    else put(merged, name, mergePatch(before, value));
  }
  return merged;
}
