import { isObject, type Json } from './json.js';
import { allParts, propertiesOf } from './schema-parts.js';

/** Where documents of a kind stand in an answer. */
export interface DocumentPlace {
  /** Keys that lead there; empty: the answer is the document itself, or the list of them. */
  path: readonly string[];
  /** Its field that holds the id; undefined: none is known. */
  field: string | undefined;
  /** Undefined: nothing is known of it. */
  schema: unknown;
}

/** An envelope has a few levels at most. */
const MAX_DEPTH = 3;

interface Found {
  path: readonly string[];
  schema: unknown;
}

/**
 * Where a document stands in an answer: the nearest object to its top that has a field for the id.
 * @param fields what the field may be called, the likeliest first
 * @param kind what the documents are called: `orders`
 * @example placeOfDocument(document, { properties: { data: { properties: { id: {} } } } }, ['orderId', 'id'], 'orders')
 * // { path: ['data'], field: 'id', … }
 */
export function placeOfDocument(
  document: Json,
  schema: unknown,
  fields: readonly string[],
  kind: string,
): DocumentPlace | undefined {
  const around = (key: string) => ENVELOPES.test(plainName(key)) || isOne(key, kind);
  for (const { path, schema: here } of levels(document, schema)) {
    const field = path.every(around) ? fieldIn(document, here, fields) : undefined;
    if (field !== undefined) return { path, field, schema: here };
  }
  const lone = isObjects(document, schema) && itemsOf(document, schema).length === 0;
  return lone ? { path: [], field: undefined, schema } : undefined;
}

/** What stands around a document; other objects of an answer are parts of it. */
const ENVELOPES =
  /^(data|results?|item|resource|payload|response|body|content|value|entity|object)$/;

/** `order`, `orders` and `Order` are what `orders` are called. */
function isOne(key: string, kind: string): boolean {
  const plain = plainName(key);
  return plain === plainName(kind) || `${plain}s` === plainName(kind);
}

/** Where a list of documents stands: the nearest list whose items have such a field, else the nearest of objects. */
export function placeOfList(
  document: Json,
  schema: unknown,
  fields: readonly string[],
): DocumentPlace | undefined {
  const lists = [...levels(document, schema)].flatMap(({ path, schema: here }) =>
    itemsOf(document, here).map((items) => ({ path, schema: items })),
  );
  const found = lists.find((list) => fieldIn(document, list.schema, fields) !== undefined);
  const best = found ?? lists.find((list) => isObjects(document, list.schema));
  return best && { ...best, field: fieldIn(document, best.schema, fields) };
}

/** The list at a dotted path; undefined when none is there. */
export function listAt(
  document: Json,
  schema: unknown,
  path: readonly string[],
  fields: readonly string[],
): DocumentPlace | undefined {
  const there = path.reduce<unknown[]>(
    (schemas, key) =>
      schemas.flatMap((each) => propertiesOf(allParts(document, each)).get(key) ?? []),
    [schema],
  );
  const [items] = there.flatMap((each) => itemsOf(document, each));
  if (items === undefined) return undefined;
  return { path, schema: items, field: fieldIn(document, items, fields) };
}

/** Lists of objects that an answer has, by their dotted paths. */
export function listsIn(document: Json, schema: unknown): string[] {
  return [...levels(document, schema)]
    .filter(({ schema: here }) => itemsOf(document, here).length > 0)
    .map(({ path }) => path.join('.'));
}

/** A schema, and those of its properties, level by level. */
function* levels(document: Json, schema: unknown): Generator<Found> {
  let level: Found[] = [{ path: [], schema }];
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    yield* level;
    level = level.flatMap(({ path, schema: here }) =>
      [...propertiesOf(allParts(document, here))].flatMap(([name, schemas]) =>
        schemas.map((inner) => ({ path: [...path, name], schema: inner })),
      ),
    );
  }
}

function itemsOf(document: Json, schema: unknown): unknown[] {
  return allParts(document, schema).flatMap(({ items }) => (isObject(items) ? [items] : []));
}

function isObjects(document: Json, schema: unknown): boolean {
  const parts = allParts(document, schema);
  const free = parts.every(
    ({ type, items, enum: words }) => (type ?? items ?? words) === undefined,
  );
  return free || parts.some(({ type, properties }) => type === 'object' || isObject(properties));
}

function fieldIn(document: Json, schema: unknown, fields: readonly string[]): string | undefined {
  const names = [...propertiesOf(allParts(document, schema)).keys()];
  for (const field of fields) {
    const found = names.find((name) => name === field) ?? names.find((name) => alike(name, field));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `order_id` and `orderId`. */
function alike(a: string, b: string): boolean {
  return plainName(a) === plainName(b);
}

/** How names are spelt does not matter: `created_at`, `createdAt`, `Created-At`. */
export function plainName(name: string): string {
  return name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}
