import { resolve } from '../../../contract/document.js';
import { isObject, type Json } from '../../../contract/json.js';
import type { Operation } from '../../../contract/operation.js';
import type { Invalid, Refusal, World } from '../../../sandbox/pack.js';
import { invalid } from '../../invalid.js';
import type { Read } from '../read.js';
import { unprocessable } from '../refusals.js';
import { type Dictionary, dictionaries } from './index.js';

/** A place of a body that holds a code: where it stands, and of which dictionary it is. */
interface Place {
  path: readonly string[];
  dictionary: string;
}

/** Deeper than any body of the contract. */
const MAX_DEPTH = 12;

const known = new WeakMap<Operation, readonly Place[]>();

/** Where the contract names a dictionary (`x-dictionary`) for what stands in the body of an operation. */
function placesOf(operation: Operation, world: World): readonly Place[] {
  const there = known.get(operation);
  if (there) return there;
  const [schema] = Object.values(operation.body?.content ?? {});
  const found = collect(world.contract.document, schema, [], 0);
  known.set(operation, found);
  return found;
}

function collect(document: Json, schema: unknown, path: readonly string[], depth: number): Place[] {
  const here = depth > MAX_DEPTH ? undefined : resolve(document, schema);
  if (!here) return [];
  const dictionary = here['x-dictionary'];
  const own = typeof dictionary === 'string' ? [{ path, dictionary }] : [];
  const members = isObject(here.properties) ? Object.entries(here.properties) : [];
  const branches = ['allOf', 'anyOf', 'oneOf'].flatMap((name) =>
    Array.isArray(here[name]) ? (here[name] as unknown[]) : [],
  );
  return [
    ...own,
    ...members.flatMap(([name, inner]) => collect(document, inner, [...path, name], depth + 1)),
    ...(here.items ? collect(document, here.items, [...path, '*'], depth + 1) : []),
    ...branches.flatMap((branch) => collect(document, branch, path, depth + 1)),
  ];
}

/** Codes of a body that are none of their dictionaries, place by place. */
function wrongCodes(body: unknown, places: readonly Place[], world: World): Invalid[] {
  if (places.length === 0) return [];
  const byName = new Map(dictionaries(world).map((one) => [one.name, one]));
  const found = new Map<string, Invalid>();
  for (const { path, dictionary } of places) {
    const one = byName.get(dictionary);
    if (!one) continue;
    for (const [entry, code] of valuesAt(body, path, '$')) {
      if (typeof code !== 'string' || one.codes.has(code)) continue;
      if (isTaken(one, world)) noteUnknown(code, one, world);
      else found.set(entry, notInDictionary(entry, dictionary));
    }
  }
  return [...found.values()];
}

function isTaken({ whole }: Dictionary, { settings }: World): boolean {
  const { UNKNOWN_CODES: choice } = settings;
  return choice === 'take' || (choice !== 'refuse' && !whole);
}

function noteUnknown(code: string, { name }: Dictionary, world: World): void {
  world.note(
    `${code} is not among the codes of ${name} that the sandbox knows; the platform has more`,
  );
}

function notInDictionary(entry: string, dictionary: string): Invalid {
  return invalid(entry, 'invalid', `not found in the dictionary ${dictionary}`);
}

function valuesAt(
  value: unknown,
  [key, ...rest]: readonly string[],
  entry: string,
): [entry: string, value: unknown][] {
  if (key === undefined) return value === undefined ? [] : [[entry, value]];
  if (key !== '*') return isObject(value) ? valuesAt(value[key], rest, `${entry}.${key}`) : [];
  return Array.isArray(value)
    ? value.flatMap((item, i) => valuesAt(item, rest, `${entry}[${i}]`))
    : [];
}

/** The operation, refused with 422 where its body has a code that is none of its dictionary. */
export function withCodes(read: Read): Read {
  return (request, world) => {
    const { operation, body } = request;
    const refused = operation.body && body !== undefined && refuseCodes(operation, body, world);
    return refused || read(request, world);
  };
}

function refuseCodes(operation: Operation, body: unknown, world: World): Refusal | undefined {
  const wrong = wrongCodes(body, placesOf(operation, world), world);
  return wrong.length > 0 ? unprocessable(wrong) : undefined;
}
