import { resolve } from './document.js';
import { isObject, type Json, put } from './json.js';

/** Keys whose values are data, not schemas. */
const DATA = new Set(['example', 'examples', 'enum', 'const', 'default']);
/** Keys whose value names its entries freely: a property may be called `discriminator`. */
const NAMES = new Set([
  ...['properties', 'patternProperties', '$defs', 'definitions', 'schemas', 'responses'],
  ...['parameters', 'requestBodies', 'headers', 'paths', 'callbacks', 'dependentSchemas'],
  ...['securitySchemes', 'links', 'pathItems', 'content', 'variables', 'mapping', 'encoding'],
]);

/**
 * A copy of a document, or of a part of it, in which `change` has had its way with every object that may be a schema,
 * the innermost first. What it leaves as it is stays the same object, and so does all around it.
 */
export function mapSchemas(value: unknown, change: (schema: Json) => Json, named = false): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => mapSchemas(item, change));
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  if (!isObject(value)) return value;
  let copy: Json | undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner !== 'object' || inner === null || (!named && DATA.has(key))) continue;
    const mapped = mapSchemas(inner, change, !named && NAMES.has(key) && isObject(inner));
    if (mapped === inner) continue;
    copy ??= { ...value };
    put(copy, key, mapped);
  }
  const here = copy ?? value;
  return named ? here : change(here);
}

/** Does a document say this of any schema? Looked for before it is copied. */
export function says(value: unknown, keys: ReadonlySet<string>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((item) => says(item, keys));
  return Object.entries(value).some(
    ([key, inner]) => (keys.has(key) && inner !== false) || says(inner, keys),
  );
}

/** Deeper ones are made by no person; a schema that is made of itself ends here. */
const MAX_DEPTH = 16;

/** The schema itself, and every one that it is made of by `$ref` and `allOf`. */
export function partsOf(document: Json, schema: unknown, depth = 0): Json[] {
  if (!isObject(schema) || depth > MAX_DEPTH) return [];
  const { $ref, allOf } = schema;
  const target = typeof $ref === 'string' ? resolve(document, { $ref }) : undefined;
  return [
    schema,
    ...partsOf(document, target, depth + 1),
    ...(Array.isArray(allOf) ? allOf.flatMap((part) => partsOf(document, part, depth + 1)) : []),
  ];
}

/** What a schema says of a property, wherever in it that stands. */
export function propertyOf(document: Json, parts: readonly Json[], name: string): Json[] {
  return parts.flatMap(({ properties }) =>
    isObject(properties) && Object.hasOwn(properties, name)
      ? partsOf(document, properties[name])
      : [],
  );
}
