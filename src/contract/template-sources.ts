import { isObject } from './json.js';

/** Templates stand no deeper in a binding. */
const DEEPEST = 10;

/** What every template in a value was compiled from: all that a binding tells, whatever its keys. */
export function templateSources(value: unknown, depth = 0): unknown[] {
  if (depth > DEEPEST) return [];
  const inner = (each: unknown) => templateSources(each, depth + 1);
  if (typeof value === 'function') return 'source' in value ? [value.source] : [];
  if (value instanceof Map) return [...value.values()].flatMap(inner);
  if (Array.isArray(value)) return value.flatMap(inner);
  return isObject(value) ? Object.values(value).flatMap(inner) : [];
}
