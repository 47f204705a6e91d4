import { isObject, type Json, put } from './json.js';
import { sampleValue } from './sample-value.js';
import {
  allParts,
  isOfType,
  partsFor,
  propertiesOf,
  requiredOf,
  together,
} from './schema-parts.js';

/** How a value is completed. */
export interface Completion {
  document: Json;
  /** An example of the whole: what is missing is taken from there first. */
  example?: unknown;
  /**
   * Fields that the client can say: one that it has left out has its default or is not there, while what only the server
   * can say is taken from the example. Undefined: nothing but what has to be there is added.
   */
  said?: ReadonlySet<string> | undefined;
  /** A value for a field that is not there; undefined: nobody knows better. */
  make?: ((name: string, parts: readonly Json[]) => unknown) | undefined;
  /** `make` is asked at every depth, and not at the top alone. */
  deep?: boolean;
  /** false: examples are passed over. */
  examples?: boolean;
}

/** Deeper than any document people write. */
const MAX_DEPTH = 12;

/**
 * What a schema of answers makes of a value: fields that it knows are taken over if they are of its type, and what has
 * to be there is added, from the example, else the plainest that the schema allows. What is `writeOnly` is left out.
 * Whether the outcome keeps every keyword is for a validator to say.
 * @example complete({ document }, { required: ['id', 'state'], properties: { id: {}, state: { enum: ['new'] } } }, { id: 7, x: 1 })
 * // { id: 7, state: 'new' }
 */
export function complete(how: Completion, schema: unknown, given: unknown, depth = 0): unknown {
  if (Array.isArray(given)) return completeList(how, schema, given, depth);
  if (!isObject(given) || depth > MAX_DEPTH) return given;
  const parts = partsFor(how.document, schema, given);
  const properties = propertiesOf(parts);
  const required = new Set(requiredOf(parts));
  const done: Json = {};
  for (const name of new Set([...properties.keys(), ...required])) {
    const field = { name, schema: together(properties.get(name) ?? [{}]) };
    const value = completeField(how, { ...field, required: required.has(name) }, given, depth);
    if (value !== undefined) put(done, name, value);
  }
  if (!isOpen(parts)) return done;
  const others = Object.entries(given).filter(([name]) => !Object.hasOwn(done, name));
  return { ...done, ...Object.fromEntries(others.filter(([name]) => !properties.has(name))) };
}

/** Says the schema nothing of its fields, or that there may be others? */
function isOpen(parts: readonly Json[]): boolean {
  const others = parts.map(({ additionalProperties }) => additionalProperties);
  if (others.includes(false)) return false;
  const free = parts.every(({ properties }) => !isObject(properties));
  return free || others.some((each) => each === true || isObject(each));
}

function completeList(how: Completion, schema: unknown, given: unknown[], depth: number) {
  const items = allParts(how.document, schema).find((part) => part.items !== undefined)?.items;
  if (items === undefined) return given;
  const example = Array.isArray(how.example) ? how.example[0] : undefined;
  const parts = allParts(how.document, items);
  const ofItem = { ...how, example, said: undefined, make: undefined };
  return given
    .filter((item) => isOfType(parts, item))
    .map((item) => complete(ofItem, items, item, depth + 1));
}

interface Field {
  name: string;
  schema: unknown;
  required: boolean;
}

function completeField(how: Completion, field: Field, given: Json, depth: number): unknown {
  const { name, schema } = field;
  const parts = allParts(how.document, schema);
  if (parts.some(({ writeOnly }) => writeOnly === true)) return undefined;
  const own = Object.hasOwn(given, name) ? given[name] : undefined;
  if (own !== undefined && isOfType(parts, own)) {
    const taken = complete(inside(how, name), schema, own, depth + 1);
    // Of a list of other things nothing is left.
    if (!Array.isArray(own) || own.length === 0 || (taken as unknown[]).length > 0) return taken;
  }
  const made = depth === 0 || how.deep ? how.make?.(name, parts) : undefined;
  if (made !== undefined) return made;
  const usual = how.said?.has(name) ? usualOf(parts) : undefined;
  if (usual !== undefined) return structuredClone(usual);
  return field.required || isShown(how, name, parts) ? plainest(how, field, depth) : undefined;
}

function usualOf(parts: readonly Json[]): unknown {
  return parts.map((part) => part.default).find((value) => value !== undefined && value !== null);
}

/** What only the server can say is there if anything is known of it. */
function isShown(how: Completion, name: string, parts: readonly Json[]): boolean {
  if (!how.said) return false;
  const readOnly = parts.some((part) => part.readOnly === true);
  if (how.said.has(name) && !readOnly) return false;
  if (how.examples !== false && exampleAt(how, name) !== undefined) return true;
  return readOnly && parts.some((part) => KNOWN.some((word) => part[word] !== undefined));
}

/** Words by which a schema says what a value may be. */
const KNOWN = ['example', 'examples', 'default', 'enum', 'const', 'format'];

function exampleAt({ example }: Completion, name: string): unknown {
  return isObject(example) && Object.hasOwn(example, name) ? example[name] : undefined;
}

function inside(how: Completion, name: string): Completion {
  const { deep, make } = how;
  return { ...how, example: exampleAt(how, name), said: undefined, make: deep ? make : undefined };
}

/** The example's value, else a sample; where values are made at every depth, those in it are made anew. */
function plainest(how: Completion, { name, schema }: Field, depth: number): unknown {
  const { document, examples = true } = how;
  const shown = examples ? exampleAt(how, name) : undefined;
  const value = shown ?? sampleValue(document, schema, { side: 'answer', examples });
  if (!how.deep || !isObject(value)) return structuredClone(value);
  const properties = propertiesOf(partsFor(document, schema, value));
  const kept = Object.entries(value).filter(([key]) => {
    const parts = allParts(document, together(properties.get(key) ?? [{}]));
    return how.make?.(key, parts) === undefined;
  });
  return complete(inside(how, name), schema, Object.fromEntries(kept), depth + 1);
}
