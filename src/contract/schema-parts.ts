import { resolve } from './document.js';
import { isObject, type Json } from './json.js';

/** Deeper ones are made by no person; a schema that is made of itself ends here. */
const MAX_DEPTH = 12;

/** A schema and all that it may be made of: every `allOf`, and every form of a choice. */
export function allParts(document: Json, schema: unknown, depth = 0): Json[] {
  const here = resolve(document, schema);
  if (!here || depth > MAX_DEPTH) return [];
  const inner = [here.allOf, here.oneOf, here.anyOf].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  return [here, ...inner.flatMap((part) => allParts(document, part, depth + 1))];
}

/** The same, but of a choice only the form that suits a value best. */
export function partsFor(document: Json, schema: unknown, value: Json, depth = 0): Json[] {
  const here = resolve(document, schema);
  if (!here || depth > MAX_DEPTH) return [];
  const expand = (part: unknown) => partsFor(document, part, value, depth + 1);
  const all = Array.isArray(here.allOf) ? here.allOf.flatMap(expand) : [];
  const chosen = [here.oneOf, here.anyOf].flatMap((list) => {
    if (!Array.isArray(list)) return [];
    const forms = list.map(expand).filter(mayBeObject);
    return forms.sort((a, b) => suits(document, b, value) - suits(document, a, value))[0] ?? [];
  });
  return [here, ...all, ...chosen];
}

function mayBeObject(parts: readonly Json[]): boolean {
  return parts.every(({ type }) => type === undefined || [type].flat().includes('object'));
}

/** How well a value suits the parts of a form: what it names is known, what is required is there, words agree. */
function suits(document: Json, parts: readonly Json[], value: Json): number {
  const properties = propertiesOf(parts);
  const known = Object.keys(value).filter((name) => properties.has(name)).length;
  const lacking = requiredOf(parts).filter((name) => !Object.hasOwn(value, name)).length;
  const wrong = [...properties].filter(([name, schemas]) => {
    if (!Object.hasOwn(value, name)) return false;
    return schemas.some((schema) => forbids(resolve(document, schema) ?? {}, value[name]));
  }).length;
  return known - lacking - 100 * wrong;
}

function forbids(schema: Json, value: unknown): boolean {
  if (schema.const !== undefined) return schema.const !== value;
  return Array.isArray(schema.enum) && !schema.enum.includes(value);
}

/** What parts say of properties, by their names, in the order of the document. */
export function propertiesOf(parts: readonly Json[]): Map<string, unknown[]> {
  const found = new Map<string, unknown[]>();
  for (const { properties } of parts) {
    for (const [name, schema] of Object.entries(isObject(properties) ? properties : {})) {
      found.set(name, [...(found.get(name) ?? []), schema]);
    }
  }
  return found;
}

export function requiredOf(parts: readonly Json[]): string[] {
  return parts.flatMap(({ required }) => (Array.isArray(required) ? required.map(String) : []));
}

/** One schema of all that is said of a property. */
export function together(schemas: readonly unknown[]): unknown {
  return schemas.length === 1 ? schemas[0] : { allOf: schemas };
}

/** The types that parts name; empty: any. */
export function typesOf(parts: readonly Json[]): string[] {
  const named = parts.flatMap(({ type }) => [type].flat());
  const types = named.filter((type): type is string => typeof type === 'string');
  if (types.length > 0 && parts.some(({ nullable }) => nullable === true)) types.push('null');
  return types;
}

/** Is a value of a type that the parts name? Whether it keeps the rest is for a validator to say. */
export function isOfType(parts: readonly Json[], value: unknown): boolean {
  const types = typesOf(parts);
  if (types.length === 0) return true;
  if (typeof value === 'number') {
    return types.includes('number') || (types.includes('integer') && Number.isInteger(value));
  }
  if (value === null) return types.includes('null');
  return types.includes(Array.isArray(value) ? 'array' : typeof value);
}
