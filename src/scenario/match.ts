import type { Scenario, When } from './scenario.js';

/** The parts of a scheduling request that a scenario's `when` can look at. */
export type Asked = Record<keyof When, unknown>;

/** Does the request choose this scenario by itself? */
export function matches(scenario: Scenario, asked: Asked): boolean {
  return meetsAny(scenario.when, asked);
}

/** Does a request meet one of these conditions? */
export function meetsAny(conditions: readonly When[], asked: Asked): boolean {
  return conditions.some((when) =>
    (Object.keys(when) as (keyof When)[]).every((part) =>
      Object.entries(when[part]).every(([path, wanted]) => same(find(asked[part], path), wanted)),
    ),
  );
}

/** The value at a name. A whole name first (headers hold dots and dashes), then a dotted path. Own properties only. */
function find(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, path)) return (value as Record<string, unknown>)[path];
  const [head = '', ...rest] = path.split('.');
  if (rest.length === 0 || !Object.hasOwn(value, head)) return undefined;
  return find((value as Record<string, unknown>)[head], rest.join('.'));
}

/** Is a single value the wanted one? Identifiers are the same in any case; 5 and "5" are the same, for queries and headers are texts. */
export function same(found: unknown, wanted: unknown): boolean {
  if (found === wanted) return true;
  if (typeof found === 'object' || found === undefined || wanted === null) return false;
  // Beyond 2^53 a file's number is not exact: a text in quotes is.
  if (typeof wanted === 'number' && !Number.isSafeInteger(wanted)) return Number(found) === wanted;
  return String(found).toLowerCase() === String(wanted).toLowerCase();
}
