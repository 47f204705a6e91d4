import fc, { type Arbitrary } from 'fast-check';
import type { Contract } from '../../src/contract/contract.js';
import { exampleBody } from '../../src/contract/example.js';
import type { Operation, Parameter } from '../../src/contract/operation.js';
import { CREDENTIALS } from '../support/client.js';
import type { Wanted } from './http.js';

/** A request, and what it was made from. */
export interface Made extends Wanted {
  operation: string;
}

/** Node's client refuses to send what would break out of a header's line. */
const headerValue = fc
  .string({ unit: 'binary-ascii', maxLength: 60 })
  .map((text) => text.replace(/[^\t\x20-\x7e]/g, '~'));

/** Keys and texts that have broken other servers. */
const nasty = fc.constantFrom(
  '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '..', '../../etc/passwd',
  '%2e%2e%2f', '\u0000', '\ud800', 'null', 'undefined', 'NaN', '-1', '1e999', '0x10', "'; --",
  '<script>alert(1)</script>', '{{7*7}}', '{job}', '$ref', '\r\nX-A: b', 'а'.repeat(500),
); // biome-ignore format: reads as one list

const text = fc.oneof(
  nasty,
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary' }),
  fc.uuid(),
);
const key = fc.oneof(nasty, fc.string({ maxLength: 12 }));
const leaf = fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
})).value;

type Change = { at: number; how: 'drop' | 'replace' | 'add' | 'twice'; key: string; by: unknown };
const change: Arbitrary<Change> = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('drop' as const, 'replace' as const, 'add' as const, 'twice' as const),
  key,
  by: json,
});

/** As an assignment would make it, were the key not `__proto__`. */
const PLAIN = { enumerable: true, configurable: true, writable: true };

/** A valid document with some of its parts dropped, replaced, added or written twice. */
function mutate(value: unknown, changes: readonly Change[]): string {
  const copy = structuredClone(value);
  let doubled: string | undefined;
  for (const { at, how, key: name, by: given } of changes) {
    const by = structuredClone(given);
    const holders = holdersIn(copy);
    const holder = holders[at % holders.length];
    if (!holder) continue;
    const [target, part] = holder;
    if (how === 'drop') delete target[part];
    else if (how === 'replace') Object.defineProperty(target, part, { ...PLAIN, value: by });
    else if (how === 'add') Object.defineProperty(target, name, { ...PLAIN, value: by });
    else doubled = part;
  }
  const text = JSON.stringify(copy) ?? 'null';
  return doubled === undefined
    ? text
    : text.replace(`"${doubled}":`, `"${doubled}":1,"${doubled}":`);
}

/** Every object or list of a value, with each of its keys. */
function holdersIn(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== 'object' || value === null) return [];
  const target = value as Record<string, unknown>;
  return Object.keys(target).flatMap((part) => [
    [target, part] as [Record<string, unknown>, string],
    ...holdersIn(target[part]),
  ]);
}

function bodyOf(contract: Contract, operation: Operation): Arbitrary<Buffer | undefined> {
  const example = exampleBody(contract.document, operation) ?? {};
  const changed = fc
    .oneof(
      { arbitrary: fc.constant([]), weight: 2 },
      { arbitrary: fc.array(change, { maxLength: 3 }), weight: 3 },
    )
    .map((changes) => Buffer.from(mutate(example, changes)));
  return fc.oneof(
    { arbitrary: changed, weight: 6 },
    { arbitrary: json.map((value) => Buffer.from(JSON.stringify(value) ?? '')), weight: 2 },
    { arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)), weight: 1 },
    { arbitrary: fc.constant(undefined), weight: 1 },
    {
      arbitrary: fc
        .integer({ min: 1, max: 3000 })
        .map((deep) => Buffer.from('['.repeat(deep) + ']'.repeat(deep))),
      weight: 1,
    },
  );
}

/** A good value of a parameter now and then, anything else at other times. */
function valuesOf({ schema, example }: Parameter, good: readonly string[]): Arbitrary<string> {
  const listed = Array.isArray(schema.enum) ? schema.enum.map(String) : [];
  const fixed = [...listed, ...(example === undefined ? [] : [String(example)])];
  const pick = (n: number) => {
    const known = good.length > 0 ? good : fixed; // as they are now: ids are added as they are made
    return known[n % known.length] ?? '';
  };
  if (good.length + fixed.length === 0) return text;
  return fc.oneof({ arbitrary: fc.nat().map(pick), weight: 9 }, { arbitrary: text, weight: 1 });
}

/** Lone surrogates have no UTF-8, and so no percent-encoding. */
function encode(value: string): string {
  return encodeURIComponent(Buffer.from(value).toString());
}

function targetOf(operation: Operation, good: Known): Arbitrary<string> {
  const inPath = operation.parameters.filter((p) => p.in === 'path');
  const inQuery = operation.parameters.filter((p) => p.in === 'query');
  const values = (list: readonly Parameter[]) =>
    fc.record(Object.fromEntries(list.map((p) => [p.name, valuesOf(p, good[p.name] ?? [])])));
  const extra = fc.dictionary(key, text, { maxKeys: 2 });
  const some = fc.record({
    path: values(inPath),
    query: values(inQuery),
    keep: fc.nat(),
    extra: fc.oneof({ arbitrary: fc.constant({}), weight: 9 }, extra),
  });
  return some.map(({ path, query, keep, extra: more }) => {
    const filled = operation.path.replace(/\{(\w+)\}/g, (_, name) => encode(path[name] ?? ''));
    const kept = Object.entries(query).filter((_, i) => (keep >> i) & 1);
    const asked = [...kept, ...Object.entries(more)]
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .join('&');
    return filled + (asked ? `?${asked}` : '');
  });
}

/** Good values of parameters, by their names. */
export type Known = Readonly<Record<string, readonly string[]>>;

const TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'text/plain',
  '',
  '*/*',
  'a/b;c="',
];

/**
 * Requests for every operation of a contract: valid ones, and broken in each part.
 * @param headers what else a request carries
 */
export function requestsOf(
  contract: Contract,
  prefix: Arbitrary<string>,
  good: Known,
  headers: Arbitrary<Record<string, string>>,
  skip: readonly string[] = [],
): Arbitrary<Made> {
  const operations = [...contract.operations.values()].filter(({ id }) => !skip.includes(id));
  const each = operations.map((operation) =>
    fc
      .record({
        prefix,
        target: targetOf(operation, good),
        headers,
        type: fc.oneof(
          { arbitrary: fc.constant('application/json'), weight: 30 },
          fc.constantFrom(...TYPES),
          headerValue,
        ),
        method: fc.oneof(
          { arbitrary: fc.constant(operation.method), weight: 20 },
          fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE'),
        ),
        signed: fc.integer({ min: 0, max: 19 }),
        body: operation.body ? bodyOf(contract, operation) : fc.constant(undefined),
      })
      .map(({ prefix: before, target, headers: more, type, method, signed, body }) => ({
        operation: operation.id,
        method,
        target: before + target,
        headers: {
          ...(signed > 0 ? CREDENTIALS : {}),
          ...more,
          ...(body === undefined ? {} : { 'Content-Type': type }),
        },
        body,
      })),
  );
  return fc.oneof(...each);
}
