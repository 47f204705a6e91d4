import { cutEndless } from './endless.js';
import { isObject, type Json } from './json.js';
import { type Kind, OBJECTS, PATTERNED } from './openapi-objects.js';
import { mendPatterns } from './pattern.js';
import { follow, pointerTo } from './pointer.js';
import { References } from './references.js';
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
  walk(document, {
    enter: (visit) => {
      references.note(visit);
      if (visit.kind === 'schema') {
        mend(reading, visit);
        if (visit.node.nullable !== undefined) nullables.push(visit);
        if (typeof visit.node.$ref === 'string') referring.push(visit);
      }
      if (named) hideData(visit.kind, visit.node);
    },
  });
  const targets = settle(references, reading);
  reading.slips.push(...cutEndless(referring, (node) => targets.get(node)?.value));
  const moved = allowNull(nullables);
  if (moved.size > 0) redirect(targets, moved);
  return reading.slips;
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
  return /^#\/[\w./~-]*$/.test(ref) && ref.split('/').length === path.length + 1;
}

/**
 * `nullable` beside a `type` is known to validators, but an `enum` has to list null itself. Without a type,
 * or beside a list of them, null becomes an alternative to the whole.
 * @returns pointers to schemas whose words have moved into `anyOf/1`
 */
function allowNull(nullables: readonly Visit[]): Set<string> {
  const moved = new Set<string>();
  for (const { node, place } of nullables) {
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
    node.anyOf = [{ type: 'null' }, rest];
    moved.add(pointerTo(pathOf(place)));
  }
  return moved;
}

/** References into a schema whose words have moved. */
function redirect(targets: ReadonlyMap<Json, Aim>, moved: ReadonlySet<string>): void {
  for (const { node, path } of targets.values()) {
    const whole = path.flatMap((key, i) =>
      i > 0 && moved.has(pointerTo(path.slice(0, i))) ? ['anyOf', '1', key] : [key],
    );
    if (whole.length === path.length) continue;
    // A schema that is nullable itself carries its reference inside.
    const holder = Array.isArray(node.anyOf) && node.$ref === undefined ? node.anyOf[1] : node;
    (holder as Json).$ref = pointerTo(whole);
  }
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
