import { isObject, type Json } from './json.js';
import { mapSchemas } from './schemas.js';

/** The one name that an assignment does not make a property of: libraries lose it, or leave it out. */
const NAME = '__proto__';

/** Stands in its place for a while; no document has it. */
const STAND_IN = '\u2063proto\u2063';

/** Documents by whether they name it anywhere. */
const known = new WeakMap<Json, boolean>();

/** Does a document name a property, a schema or a value so? Looked for once. */
export function namesProto(document: Json): boolean {
  const found = known.get(document) ?? JSON.stringify(document).includes(NAME);
  known.set(document, found);
  return found;
}

/**
 * Ajv leaves a property of this name out of `properties`, so that it goes unchecked and `additionalProperties: false`
 * shuts it out. As a pattern it is like any other.
 */
export function asPattern<T>(part: T): T {
  return mapSchemas(part, (schema) => {
    const { properties, patternProperties } = schema;
    if (!isObject(properties) || !Object.hasOwn(properties, NAME)) return schema;
    const patterns = { ...(isObject(patternProperties) ? patternProperties : {}) };
    return { ...schema, patternProperties: { ...patterns, [`^${NAME}$`]: properties[NAME] } };
  }) as T;
}

/** A value in which another name stands in the place of this one, wherever it stands. */
export function withStandIn<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll(NAME, STAND_IN));
}

/** The inverse of {@link withStandIn}. */
export function withoutStandIn<T>(value: T): T {
  const text = JSON.stringify(value) as string | undefined;
  return text?.includes(STAND_IN) ? JSON.parse(text.replaceAll(STAND_IN, NAME)) : value;
}
