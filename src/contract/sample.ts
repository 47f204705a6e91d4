import { generateSync, type JsonSchema } from 'json-schema-faker';
import { type OpenApiDocument, resolve } from './document.js';
import { isObject, type Json, joined, put } from './json.js';
import { namesProto, withoutStandIn, withStandIn } from './proto-name.js';

/** Deeper than any document people write; a schema that contains itself ends here. */
const MAX_DEPTH = 32;

/**
 * Adds to a resource what a schema requires and the resource lacks; what it has stays as it is.
 * @param schema of an answer: the resource itself, an envelope with it in `data`, or a choice of both
 * @param seed the same seed invents the same values
 * @example fillRequired(contract.document, answerSchema, { title: 'A' }, 1)
 */
export function fillRequired(
  document: OpenApiDocument,
  schema: Json,
  value: Json,
  seed: number,
): Json {
  return fill(sourceOf(document, seed), payload(document, schema), value, 0) as Json;
}

/**
 * The same of any value, by the schema as it stands.
 * @param optional how many of the optional properties has what is made up, from 0 to 1
 */
export function fillMissing(
  document: OpenApiDocument,
  schema: Json,
  value: unknown,
  seed: number,
  optional = 0,
): unknown {
  return fill(sourceOf(document, seed, optional), schema, value, 0);
}

/**
 * A value made up from a schema; undefined when no sense can be made of it.
 * @param seed the same seed invents the same value
 * @param optional how many of the optional properties it has, from 0 to 1
 */
export function sampleOf(
  document: OpenApiDocument,
  schema: Json,
  seed: number,
  optional = 0,
): unknown {
  return invent(sourceOf(document, seed, optional), schema);
}

function sourceOf(document: OpenApiDocument, seed: number, optional = 0): Source {
  let used = 0;
  const nextSeed = () => {
    used += 1;
    return seed + used;
  };
  return { document, nextSeed, optional };
}

interface Source {
  document: OpenApiDocument;
  /** One for each thing made up, lest all ids are the same. */
  nextSeed: () => number;
  /** How many of the optional properties has what is made up, from 0 to 1. */
  optional: number;
}

/** The schema of the resource inside the schema of an answer. */
function payload(document: OpenApiDocument, schema: Json): Json {
  const here = resolve(document, schema) ?? {};
  const shapes = [here, ...branches(here)].map((shape) => resolve(document, shape) ?? {});
  for (const shape of shapes) {
    const data = resolve(document, isObject(shape.properties) ? shape.properties.data : undefined);
    if (data) return data;
  }
  return here;
}

function fill(source: Source, schema: unknown, value: unknown, depth: number): unknown {
  const here = resolve(source.document, schema);
  if (!here || depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) {
    return here.items === undefined
      ? value
      : value.map((item) => fill(source, here.items, item, depth + 1));
  }
  if (!isObject(value)) return value;
  const rules = partsOf(source, here, value);
  const properties = joined(rules.map((rule) => rule.properties));
  const filled: Json = {};
  for (const [name, inner] of Object.entries(value)) {
    put(filled, name, fill(source, ownOf(properties, name), inner, depth + 1));
  }
  for (const name of new Set(rules.flatMap(required))) {
    if (Object.hasOwn(value, name)) continue;
    const made = invent(source, ownOf(properties, name) ?? {});
    if (made !== undefined) put(filled, name, made);
  }
  return filled;
}

/** The schema and all that it includes: every `allOf`, and of a choice the branch nearest to the value. */
function partsOf(source: Source, schema: Json, value: Json, depth = 0): Json[] {
  if (depth > MAX_DEPTH) return [];
  const expand = (part: unknown): Json[] => {
    const here = resolve(source.document, part);
    return here ? partsOf(source, here, value, depth + 1) : [];
  };
  const lacking = (parts: Json[]) =>
    parts.flatMap(required).filter((name) => !Object.hasOwn(value, name)).length;
  const choice = branches(schema)
    .map(expand)
    .filter((parts) => parts.every(({ type }) => type === undefined || type === 'object'))
    .sort((a, b) => lacking(a) - lacking(b))[0];
  const all = Array.isArray(schema.allOf) ? schema.allOf : [];
  return [schema, ...all.flatMap(expand), ...(choice ?? [])];
}

function branches(schema: Json): unknown[] {
  return [schema.anyOf, schema.oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
}

function required(schema: Json): string[] {
  return Array.isArray(schema.required) ? schema.required.map(String) : [];
}

function ownOf(properties: Json, name: string): unknown {
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/** Undefined when the generator cannot make sense of the schema: the check of answers then tells. */
function invent({ document, nextSeed, optional }: Source, schema: unknown): unknown {
  const { components, paths, definitions, $defs } = document;
  const root = { components, paths, definitions, $defs, ...(schema as Json) };
  const hasProto = namesProto(document);
  try {
    const made = generateSync((hasProto ? withStandIn(root) : root) as JsonSchema, {
      seed: nextSeed(),
      optionalsProbability: optional,
      maxDepth: 12, // the default of 5 would cut a reference within a section short
      maxDefaultItems: 1,
    });
    return hasProto ? withoutStandIn(made) : made;
  } catch {
    return undefined;
  }
}
