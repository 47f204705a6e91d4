import { openClosedParts } from './closed-parts.js';
import { cutEndless } from './endless.js';
import { isObject, type Json } from './json.js';
import { isPlace, type Kind, OBJECTS, PATTERNED } from './openapi-objects.js';
import { mendPatterns } from './pattern.js';
import { follow, pointerTo } from './pointer.js';
import { References } from './references.js';
import { joinSameForms } from './same-forms.js';
import { mendWords } from './schema-words.js';
import type { Slip } from './slip.js';
import { type Place, pathOf, type Visit, walk } from './walk.js';

/**
 * Makes of a document one whose schemas read as JSON Schema, in place: words of OpenAPI 3.0 get their
 * present form, values that a metaschema would refuse are read as meant or left out, every `$ref` is a
 * path that leads somewhere, and what would never end or cannot be run is not held to. A validator
 * that is made of any of its schemas can be compiled.
 * @param named somewhere in it stands `$id` or `$anchor`: in an example they are data
 * @returns what was not as it should be; those that are `fatal` say that the document cannot be used
 */
export function normalize(document: Json, named: boolean): Slip[] {
  const version = String(document.openapi);
  const reading: Reading = { document, old: version.startsWith('3.0'), version, slips: [] };
  const references = new References(document);
  const nullables: Visit[] = [];
  const referring: Visit[] = [];
  const composed: Visit[] = [];
  let discriminated = false;
  let closed = false;
  walk(document, {
    enter: (visit) => {
      references.note(visit);
      noteUnchecked(reading, visit);
      if (visit.kind === 'schema') {
        mend(reading, visit);
        discriminated ||= visit.node.discriminator !== undefined;
        if (visit.node.nullable !== undefined) nullables.push(visit);
        if (isComposed(visit.node)) composed.push(visit);
        closed ||= isClosed(visit.node);
        if (typeof visit.node.$ref === 'string') referring.push(visit);
      }
      if (named) hideData(visit.kind, visit.node);
    },
  });
  const targets = settle(references, reading);
  reading.slips.push(...cutEndless(referring, (node) => targets.get(node)?.value));
  const moved = allowNull(nullables);
  if (moved.size > 0 || discriminated) redirect(document, targets, moved);
  const holders = [...targets.keys()].map((node) => (moved.has(node) ? otherwise(node) : node));
  const placed = composed.map((visit) =>
    moved.has(visit.node) ? { ...visit, node: otherwise(visit.node) } : visit,
  );
  reading.slips.push(...joinSameForms(document, placed, holders));
  if (closed) reading.slips.push(...openClosedParts(document, placed));
  return reading.slips;
}

function isComposed({ allOf, oneOf, anyOf }: Json): boolean {
  return (allOf ?? oneOf ?? anyOf) !== undefined;
}

function isClosed({ additionalProperties, unevaluatedProperties }: Json): boolean {
  return additionalProperties === false || unevaluatedProperties === false;
}

/** A schema whose words have moved into an alternative to null, where they are now. */
function otherwise(node: Json): Json {
  return (node.anyOf as Json[])[OTHERWISE] as Json;
}

/** What nothing here holds a message to: OpenAPI 3.2 has brought some of it. */
function noteUnchecked({ slips }: Reading, { kind, node, place, needed }: Visit): void {
  if (!needed) return;
  if (kind === 'parameter' && typeof node.in === 'string' && !isPlace(node.in)) {
    const { in: where, name } = node;
    slips.push({
      code: 'CONTRACT_UNCHECKED',
      kind: `in ${where}`,
      path: pathOf(place),
      message: `no request is held to the parameter ${JSON.stringify(name)} in: ${where}`,
      hint:
        where === 'querystring'
          ? 'describe each field by a parameter in: query to have them checked'
          : 'write in: path, query, header or cookie; a body is described by requestBody',
    });
  }
  if (kind === 'media' && node.itemSchema !== undefined) {
    slips.push({
      code: 'CONTRACT_UNCHECKED',
      kind: 'itemSchema',
      path: [...pathOf(place), 'itemSchema'],
      of: 'key',
      message: 'what comes item by item is not held to the `itemSchema` here',
      hint: 'nothing has to be done',
    });
  }
}

interface Reading {
  document: Json;
  /** Of OpenAPI 3.0, whose words are a dialect of their own. */
  old: boolean;
  version: string;
  slips: Slip[];
}

function mend(reading: Reading, visit: Visit): void {
  const { node, place } = visit;
  followMaps(reading, node, place);
  liftNull(node);
  mendOldWords(reading, node, place);
  for (const { at, word, found, expected, readAs } of mendWords(node)) {
    const path = [...pathOf(place), ...at];
    const said = readAs === undefined ? 'it is left unchecked' : `read as ${short(readAs)}`;
    reading.slips.push({
      code: 'CONTRACT_SCHEMA_VALUE',
      kind: `${word} ${readAs === undefined}`,
      path,
      message: `\`${word}: ${short(found)}\` at ${path.join('.')} is not ${expected}; ${said}`,
      hint: `write ${expected}`,
    });
  }
  reading.slips.push(...mendPatterns(node, () => pathOf(place)));
  // Every address in a reference is followed here; `id` is of a draft that nobody reads any more.
  for (const name of ['$id', 'id', '$schema', '$anchor', '$dynamicAnchor', '$recursiveAnchor']) {
    delete node[name];
  }
}

/** `properties: { $ref: … }`: a reference in the place of the mapping itself, which no version knows. */
function followMaps({ document, slips }: Reading, node: Json, place: Place | undefined): void {
  for (const word of ['properties', 'patternProperties', 'required', 'enum'] as const) {
    const { $ref } = isObject(node[word]) ? (node[word] as Json) : {};
    const found = typeof $ref === 'string' ? follow(document, $ref) : undefined;
    if (!found) continue;
    node[word] = found.value;
    const path = [...pathOf(place), word, '$ref'];
    slips.push({
      code: 'CONTRACT_SCHEMA_VALUE',
      kind: 'ref in place of a mapping',
      path,
      message: `the $ref at ${path.join('.')} stands in the place of a mapping or list; it is read as meant`,
      hint: 'write out what it refers to',
    });
  }
}

/** `allOf: [X, { nullable: true }]` is written for "X or null"; taken word by word it says nothing. */
function liftNull(node: Json): void {
  if (!Array.isArray(node.allOf)) return;
  for (const part of node.allOf) {
    if (!isObject(part) || part.nullable !== true) continue;
    if (Object.keys(part).some((word) => word !== 'nullable' && !ANNOTATIONS.has(word))) continue;
    delete part.nullable;
    node.nullable = true;
  }
}

const ANNOTATIONS = new Set(['title', 'description', 'example', 'default', 'deprecated']);

/** Words of OpenAPI 3.0 and of older drafts of JSON Schema. */
function mendOldWords(reading: Reading, node: Json, place: Place | undefined): void {
  const tell = (word: string, instead: string) => {
    if (reading.old) return;
    const path = [...pathOf(place), word];
    reading.slips.push({
      code: 'CONTRACT_OLD_WORD',
      kind: word,
      path,
      of: 'key',
      message: `\`${word}\` at ${path.join('.')} is written as in OpenAPI 3.0, and the document is of ${reading.version}; it is read as meant`,
      hint: `write ${instead}`,
    });
  };
  for (const [word, limit] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof node[word] !== 'boolean') continue;
    tell(word, `${word} with the number itself`);
    if (node[word] && node[limit] !== undefined) {
      node[word] = node[limit];
      delete node[limit];
    } else delete node[word];
  }
  if (typeof node.nullable === 'boolean') {
    tell('nullable', "type: [..., 'null']");
    if (!node.nullable) delete node.nullable;
  }
  if (Array.isArray(node.items) && !reading.old && node.prefixItems === undefined) {
    tell('items', 'prefixItems for a list of schemas');
    node.prefixItems = node.items;
    delete node.items;
    if (node.additionalItems !== undefined) node.items = node.additionalItems;
    delete node.additionalItems;
  }
  mendRequired(reading, node, place);
}

/** `required: true` at a property, as in drafts before the fourth: the schema around lists the name. */
function mendRequired(reading: Reading, node: Json, place: Place | undefined): void {
  if (!isObject(node.properties)) return;
  for (const [name, property] of Object.entries(node.properties)) {
    if (!isObject(property) || property.required === undefined) continue;
    if (!/^(?:true|false)$/i.test(String(property.required))) continue;
    const needed = /^true$/i.test(String(property.required));
    delete property.required;
    const listed = Array.isArray(node.required) ? node.required : [];
    if (needed && !listed.includes(name)) node.required = [...listed, name];
    const path = [...pathOf(place), 'properties', name, 'required'];
    reading.slips.push({
      code: 'CONTRACT_SCHEMA_VALUE',
      kind: 'required flag',
      path,
      message: `\`required: ${needed}\` at ${path.join('.')} stands at a property; it is read as meant`,
      hint: `list ${name} under \`required\` of the schema around it`,
    });
  }
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}

/** Every reference becomes the path of what it names; those that name nothing are told and taken away. */
function settle(references: References, { slips }: Reading): Map<Json, Aim> {
  const targets = new Map<Json, Aim>();
  for (const reference of references.all) {
    const { node, ref, needed } = reference;
    delete node.$dynamicRef;
    const target = references.resolve(reference);
    if (!target || typeof target.value === 'string') {
      slips.push({ ...references.unknown(reference), fatal: needed });
      delete node.$ref;
      continue;
    }
    targets.set(node, { ...target, node });
    if (!isPlain(ref, target.path)) node.$ref = pointerTo(target.path);
  }
  return targets;
}

interface Aim {
  node: Json;
  value: unknown;
  path: readonly string[];
}

/** Is it spelt so that everybody finds the path? */
function isPlain(ref: string, path: readonly string[]): boolean {
  return /^#\/[\w./~-]*$/.test(ref) && ref === pointerTo(path);
}

/** Where a schema stands that may be null instead: first, for what makes up values takes the first of a choice. */
const OTHERWISE = 0;

/**
 * `nullable` beside a `type` is known to validators, but an `enum` has to list null itself. Without a type,
 * or beside a list of them, null becomes an alternative to the whole.
 * @returns schemas whose words have moved into the first of `anyOf`
 */
function allowNull(nullables: readonly Visit[]): Set<Json> {
  const moved = new Set<Json>();
  for (const { node } of nullables) {
    if (node.nullable === undefined) continue;
    if (Array.isArray(node.enum) && node.type !== undefined && !node.enum.includes(null)) {
      node.enum = [...node.enum, null];
    }
    if (typeof node.type === 'string') continue;
    delete node.nullable;
    if (Array.isArray(node.type)) {
      if (!node.type.includes('null')) node.type = [...node.type, 'null'];
      continue;
    }
    const rest = { ...node };
    for (const key of Object.keys(node)) delete node[key];
    node.anyOf = [rest, { type: 'null' }];
    moved.add(node);
  }
  return moved;
}

/** Where schemas get a place of their own, which something refers to in the midst of others. */
const SHARED = 'x-shared';

/**
 * References into a schema whose words have moved, which may be found by several paths, get the new one; those
 * into the alternatives of a schema with a discriminator, whose place validators are free to change, a place
 * of their own.
 */
function redirect(document: Json, targets: ReadonlyMap<Json, Aim>, moved: ReadonlySet<Json>): void {
  const shared = new Map<unknown, string>();
  for (const { node, path, value } of targets.values()) {
    const { whole, decided } = pathNow(document, path, moved);
    if (!decided && whole.length === path.length) continue;
    if (decided && !shared.has(value)) shared.set(value, String(shared.size));
    // A schema that is nullable itself carries its reference inside.
    const holder = moved.has(node) ? otherwise(node) : node;
    if (holder?.$ref === undefined) continue;
    holder.$ref = pointerTo(decided ? [SHARED, shared.get(value) as string] : whole);
  }
  if (shared.size === 0) return;
  document[SHARED] = Object.fromEntries([...shared].map(([value, name]) => [name, value]));
}

/** @returns `decided`: it leads into an alternative that a discriminator chooses */
function pathNow(document: Json, path: readonly string[], moved: ReadonlySet<Json>) {
  const whole: string[] = [];
  let decided = false;
  let here: unknown = document;
  for (const key of path) {
    if (isObject(here) && moved.has(here)) {
      whole.push('anyOf', String(OTHERWISE));
      here = otherwise(here);
    }
    decided ||= /^(?:one|any)Of$/.test(key) && isObject((here as Json).discriminator);
    whole.push(key);
    here = (here as Json)[key];
  }
  return { whole, decided };
}

/**
 * Keeps data with names in it from being listed among an object's keys: who asks for it gets it, and who
 * walks through schemas in search of names, as Ajv does, passes by.
 */
function hideData(kind: Kind, node: Json): void {
  for (const [key, value] of Object.entries(node)) {
    if (Object.hasOwn(OBJECTS[kind], key) || WORDS_WITH_DATA.has(key)) continue;
    if (PATTERNED[kind] && !key.startsWith('x-')) continue;
    if (kind !== 'document' && holdsNames(value)) {
      Object.defineProperty(node, key, { enumerable: false });
    }
  }
}

/** What validators read themselves, and never take for schemas. */
const WORDS_WITH_DATA = new Set(['enum', 'const', 'default']);

function holdsNames(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) =>
    /^\$(?:id|anchor|dynamicAnchor)$/.test(key) ? typeof inner === 'string' : holdsNames(inner),
  );
}
