import { isObject, textOf } from '../../contract/json.js';

/** How a composition relates to an earlier one. */
export interface Relation {
  code: 'replaces' | 'appends';
  /** Id of the earlier composition. */
  target: string;
}

/**
 * Reads `relatesTo`. Met in the wild: one object or a list of them, codes in either case, and the
 * target as an id, as `{value}` or as a bare reference. What cannot be read is left out.
 */
export function readRelations(relatesTo: unknown): Relation[] {
  if (relatesTo === undefined || relatesTo === null) return [];
  const list = Array.isArray(relatesTo) ? relatesTo : [relatesTo];
  return list.flatMap((entry) => {
    if (!isObject(entry)) return [];
    const code = textOf(entry.code).toLowerCase();
    const { targetIdentifier } = entry;
    const target = isObject(targetIdentifier) ? targetIdentifier.value : targetIdentifier;
    if ((code !== 'replaces' && code !== 'appends') || typeof target !== 'string') return [];
    return [{ code, target: target.toLowerCase() }];
  });
}
