import { isObject, type Json } from './json.js';

/**
 * Says of a list which of its items are those that `contains` asks for: generators put them in any place, where the
 * list may have a form of its own. Changed in place; what keeps it keeps the schema of before.
 */
export function placeContained(schema: Json): void {
  const { type, prefixItems = [], contains, items, minContains = 1, maxItems } = schema;
  if (!Array.isArray(prefixItems) || !isObject(contains)) return;
  // A property may be called `contains` as well.
  if (![type].flat().includes('array') && prefixItems.length === 0) return;
  const least = Number(minContains);
  delete schema.contains;
  const room = typeof maxItems === 'number' ? maxItems - prefixItems.length : least;
  const placed =
    items === false || room < least
      ? among(prefixItems, contains)
      : [...prefixItems, ...Array.from({ length: least }, () => both(items, contains))];
  if (least === 0) return;
  schema.prefixItems = placed;
  schema.minItems = Math.max(Number(schema.minItems ?? 0), placed.length);
}

/** The last item that may be of the same type is the one. */
function among(prefixItems: readonly unknown[], contains: Json): unknown[] {
  const at = prefixItems.findLastIndex((item) => isObject(item) && mayBeBoth(item, contains));
  return prefixItems.map((item, i) => (i === at ? both(item, contains) : item));
}

function mayBeBoth(item: Json, contains: Json): boolean {
  const wanted = typesOf(contains);
  const types = typesOf(item);
  return types.length === 0 || wanted.length === 0 || types.some((type) => wanted.includes(type));
}

/** `integer` is a `number`; of a fixed value its own. */
function typesOf({ type, const: fixed }: Json): string[] {
  const named = [type ?? (fixed === undefined ? [] : typeOf(fixed))].flat().map(String);
  return named.map((one) => (one === 'integer' ? 'number' : one));
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function both(item: unknown, contains: Json): Json {
  return isObject(item) ? { allOf: [item, contains] } : contains;
}
