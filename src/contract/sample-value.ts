import { resolve } from './document.js';
import { isObject, type Json, joined, put } from './json.js';
import { textOfPattern } from './text-of-pattern.js';

/** What a sample is for: OpenAPI 3.0.3, "Schema Object": readOnly belongs to answers only, writeOnly to requests only. */
type SampleSide = 'request' | 'answer';

interface Wishes {
  side: SampleSide;
  /** Properties that are wanted although they are not required. */
  wants?: (name: string) => boolean;
  /** false: the schema's own examples are passed over. */
  examples?: boolean;
}

/** Deeper than any body people write; a schema that contains itself ends here. */
const MAX_DEPTH = 12;

/**
 * A small value for a schema, the same at every call: its example, default or first value of its enumeration, else
 * what its type and format ask for; of an object what is required. Whether it keeps every keyword is for the
 * validator to say.
 * @example sampleValue(document, { type: 'object', required: ['at'], properties: { at: { format: 'date-time' } } }, { side: 'request' })
 * // { at: '2026-01-01T00:00:00Z' }
 */
export function sampleValue(document: Json, schema: unknown, wishes: Wishes): unknown {
  return make({ document, ...wishes }, schema, 0);
}

type Source = Wishes & { document: Json };

function make(source: Source, schema: unknown, depth: number): unknown {
  const here = resolve(source.document, schema);
  if (!here || depth > MAX_DEPTH) return schema === false ? undefined : {};
  const given = givenValue(here, source.examples !== false);
  if (given.found) return structuredClone(given.value);
  const parts = partsOf(source.document, here);
  for (const part of parts.slice(1)) {
    const inner = givenValue(part, source.examples !== false);
    if (inner.found && !isObject(inner.value)) return structuredClone(inner.value);
  }
  const type = typeOf(parts);
  if (type === 'object') return makeObject(source, parts, depth);
  if (type === 'array') return makeArray(source, parts, depth);
  if (type === 'string') return makeString(parts);
  if (type === 'integer' || type === 'number') return makeNumber(parts, type);
  if (type === 'boolean') return false;
  return type === 'null' ? null : {};
}

function givenValue(schema: Json, examples: boolean): { found: boolean; value?: unknown } {
  if ('const' in schema) return { found: true, value: schema.const };
  const told = Array.isArray(schema.examples) ? schema.examples[0] : schema.example;
  if (examples && told !== undefined) return { found: true, value: told };
  if (Array.isArray(schema.enum)) {
    return { found: true, value: schema.enum.find((each) => each !== null) ?? null };
  }
  if (schema.default !== undefined && schema.default !== null)
    return { found: true, value: schema.default };
  return { found: false };
}

/** A schema and all that it is made of: every `allOf`, and the first form of a choice that is not null. */
function partsOf(document: Json, schema: unknown, depth = 0): Json[] {
  const here = resolve(document, schema);
  if (!here || depth > MAX_DEPTH) return [];
  const all = Array.isArray(here.allOf) ? here.allOf : [];
  const forms = [here.oneOf, here.anyOf].flatMap((list) => {
    const first = Array.isArray(list)
      ? list.find((form) => resolve(document, form)?.type !== 'null')
      : undefined;
    return first === undefined ? [] : [first];
  });
  return [here, ...[...all, ...forms].flatMap((part) => partsOf(document, part, depth + 1))];
}

function typeOf(parts: readonly Json[]): string | undefined {
  const named = parts.flatMap(({ type }) => type).filter((type) => typeof type === 'string');
  const useful = named.find((type) => type !== 'null') ?? named[0];
  if (useful !== undefined) return useful as string;
  if (parts.some(({ properties, required }) => isObject(properties) || Array.isArray(required)))
    return 'object';
  if (parts.some(({ items }) => items !== undefined)) return 'array';
  return parts.some(({ pattern, format }) => pattern !== undefined || format !== undefined)
    ? 'string'
    : undefined;
}

function makeObject(source: Source, parts: readonly Json[], depth: number): Json {
  const properties = joined(parts.map((part) => part.properties));
  const required = new Set(
    parts.flatMap((part) => (Array.isArray(part.required) ? part.required.map(String) : [])),
  );
  const made: Json = {};
  const unwanted = source.side === 'request' ? 'readOnly' : 'writeOnly';
  for (const name of new Set([...Object.keys(properties), ...required])) {
    if (!required.has(name) && !source.wants?.(name)) continue;
    const schema = Object.hasOwn(properties, name) ? properties[name] : {};
    if (resolve(source.document, schema)?.[unwanted] === true) continue;
    const value = make(source, schema, depth + 1);
    if (value !== undefined) put(made, name, value);
  }
  return made;
}

function makeArray(source: Source, parts: readonly Json[], depth: number): unknown[] {
  const least = Math.max(0, ...parts.map(({ minItems }) => Number(minItems ?? 0)));
  const items = parts.find((part) => part.items !== undefined)?.items;
  const fixed = parts.map(({ prefixItems }) => prefixItems).find(Array.isArray) ?? [];
  // A request with an empty list asks for nothing.
  const wanted = source.side === 'request' ? Math.max(1, fixed.length) : 0;
  const length = Math.min(Math.max(least, wanted), 20);
  return Array.from({ length }, (_, i) => make(source, fixed[i] ?? items ?? {}, depth + 1));
}

/** RFC 3339, RFC 9562, RFC 3986 and their kin: what a format asks for. */
const BY_FORMAT: Readonly<Record<string, string>> = {
  'date-time': '2026-01-01T00:00:00Z',
  date: '2026-01-01',
  time: '00:00:00Z',
  duration: 'PT1H',
  uuid: '00000000-0000-4000-8000-000000000000',
  uri: 'https://example.org/',
  url: 'https://example.org/',
  'uri-reference': '/',
  email: 'someone@example.org',
  hostname: 'example.org',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  byte: 'YQ==',
  binary: 'a',
};

function makeString(parts: readonly Json[]): string {
  const format = parts.map((part) => part.format).find((each) => typeof each === 'string');
  const pattern = parts.map((part) => part.pattern).find((each) => typeof each === 'string');
  const matching = pattern === undefined ? undefined : textOfPattern(pattern as string);
  const text = matching ?? BY_FORMAT[String(format)] ?? 'text';
  const least = Math.max(0, ...parts.map(({ minLength }) => Number(minLength ?? 0)));
  const most = Math.min(...parts.map(({ maxLength }) => Number(maxLength ?? 4096)));
  return text.padEnd(Math.min(least, 4096), 't').slice(0, Math.max(most, least));
}

function makeNumber(parts: readonly Json[], type: 'integer' | 'number'): number {
  const numbers = (key: string) =>
    parts.flatMap((part) => (typeof part[key] === 'number' ? [part[key] as number] : []));
  const step = type === 'integer' ? 1 : 0.5;
  const above = numbers('exclusiveMinimum').map((limit) => limit + step);
  const least = [...numbers('minimum'), ...above];
  const most = [...numbers('maximum'), ...numbers('exclusiveMaximum').map((limit) => limit - step)];
  const from = least.length > 0 ? Math.max(...least) : Math.min(1, ...most);
  const [multiple] = numbers('multipleOf');
  return multiple ? Math.ceil(from / multiple) * multiple : from;
}
