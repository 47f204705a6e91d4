import { isObject, type Json } from './json.js';

/**
 * An OpenAPI 3.0 document whose schemas read as JSON Schema: `nullable` beside a reference or without
 * a type, and the boolean `exclusiveMinimum`/`exclusiveMaximum` of draft 4, get their present form.
 * A 3.1 document speaks JSON Schema already and passes unchanged.
 */
export function toJsonSchema<T extends Json>(document: T): T {
  const version = String(document.openapi ?? '');
  return version.startsWith('3.0') ? (convert(document) as T) : document;
}

function convert(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convert);
  if (!isObject(value)) return value;
  const schema: Json = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key === '__proto__') continue;
    schema[key] = convert(inner);
  }
  for (const [flag, limit] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof schema[flag] !== 'boolean') continue;
    if (schema[flag]) {
      schema[flag] = schema[limit];
      delete schema[limit];
    } else delete schema[flag];
  }
  if (schema.nullable !== true || typeof schema.type === 'string') return withNull(schema);
  const { nullable: _, ...rest } = schema;
  return { anyOf: [{ type: 'null' }, rest] };
}

/** Ajv reads `nullable` beside `type`, but an `enum` then has to list null itself. */
function withNull(schema: Json): Json {
  if (schema.nullable !== true || !Array.isArray(schema.enum)) return schema;
  return schema.enum.includes(null) ? schema : { ...schema, enum: [...schema.enum, null] };
}
