import { isObject, type Json } from './json.js';
import { isJson, mediaTypeOf } from './media-type.js';
import { type Part, readMultipart } from './multipart.js';
import type { Breach, Operation } from './operation.js';
import { serializationOf } from './read-parameters.js';
import { partsOf } from './schemas.js';
import { decodeForm, type RawPair, rawPairs, readAmong, type Serialization } from './styles.js';
import { firstBadByte, textOf } from './utf8.js';

/** A form's fields: texts, or what their texts mean where they have a media type. */
export type FormRead =
  | { value: Json; breaches: Breach[] }
  /** It cannot be read at all. */
  | { problem: string };

/** How a contract describes one field. */
interface Field {
  name: string;
  how: Serialization;
  /** A style is given: its texts are no messages of their own. */
  styled: boolean;
  /** Media types that it may have, in small letters. */
  types: readonly string[];
}

/** The fields that a schema names, with what `encoding` says of them (OpenAPI 3.0.3, "Encoding Object"). */
function fieldsOf(document: Json, schema: Json, encoding: Json): Field[] {
  const found = new Map<string, unknown>();
  for (const { properties } of partsOf(document, schema)) {
    for (const [name, inner] of Object.entries(isObject(properties) ? properties : {})) {
      if (!found.has(name)) found.set(name, inner);
    }
  }
  return [...found].map(([name, inner]) => {
    const { contentType, style, explode, allowReserved } = (
      isObject(encoding[name]) ? encoding[name] : {}
    ) as Json;
    const how = serializationOf(document, {
      name,
      in: 'query',
      schema: isObject(inner) ? inner : {},
      style: typeof style === 'string' ? style : undefined,
      explode: typeof explode === 'boolean' ? explode : undefined,
    });
    const styled = [style, explode, allowReserved].some((given) => given !== undefined);
    const types = typeof contentType === 'string' ? contentType.toLowerCase().split(/\s*,\s*/) : [];
    return { name, how, styled, types };
  });
}

/** Reads `application/x-www-form-urlencoded` by the contract's schema and encoding of it. */
function readUrlEncoded(document: Json, schema: Json, encoding: Json, text: string): FormRead {
  const pairs = rawPairs(text);
  const value: Json = {};
  const breaches: Breach[] = [];
  const taken = new Set<RawPair>();
  const fields = fieldsOf(document, schema, encoding);
  const names = fields.map(({ name }) => name);
  for (const field of fields) {
    const others = names.filter((name) => name !== field.name);
    for (const pair of pairs) if (isOf(field, pair, others)) taken.add(pair);
    const read = readField(field, pairs, others);
    if (read === undefined) continue;
    value[field.name] = messages(field, read, breaches);
  }
  for (const pair of pairs)
    if (!taken.has(pair)) add(value, decodeForm(pair[0]), decodeForm(pair[1]));
  return { value, breaches };
}

function readField(
  { name, how, styled }: Field,
  pairs: readonly RawPair[],
  others: readonly string[],
) {
  if (styled) return readAmong(how, pairs, others);
  // Without a style an object is JSON; many libraries write `a[b]=c` for it, and `a[]=c` for a list.
  const plain = how.kinds.includes('object') ? { ...how, explode: false, kinds: [] } : how;
  return (
    readAmong(plain, pairs, others) ??
    readAmong({ ...how, style: 'deepObject', name }, pairs, others)
  );
}

function isOf({ name, how, styled }: Field, [key]: RawPair, others: readonly string[]): boolean {
  const given = decodeForm(key);
  if (given === name || given.startsWith(`${name}[`)) return true;
  if (!styled || !how.explode || how.style !== 'form' || !how.kinds.includes('object'))
    return false;
  return how.properties.includes(given) || (how.others && !others.includes(given));
}

/** Fields of the type JSON, and objects without a style, are messages. */
function messages({ name, how, styled, types }: Field, read: unknown, breaches: Breach[]): unknown {
  const json = types.some((type) => isJson(mediaTypeOf(type)));
  const object = !styled && how.kinds.includes('object');
  if (styled || (!json && !object)) return read;
  const parse = (text: unknown) => {
    if (typeof text !== 'string' || (!json && !/^\s*[{[]/.test(text))) return text;
    return parseJson(text, name, breaches);
  };
  return Array.isArray(read) ? read.map(parse) : parse(read);
}

function parseJson(text: string, name: string, breaches: Breach[]): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    breaches.push(said(name, 'json', `is not JSON: ${(error as Error).message}`));
    return text;
  }
}

function said(name: string, rule: string, description: string): Breach {
  return { in: 'body', at: `$.${name}`, rule, description, params: [] };
}

function add(value: Json, name: string, inner: unknown): void {
  if (name === '__proto__') return;
  const before = Object.hasOwn(value, name) ? value[name] : undefined;
  if (Array.isArray(before)) before.push(inner);
  else value[name] = before === undefined ? inner : [before, inner];
}

/** Reads `multipart/form-data` by the contract's schema and encoding of it; a file is its bytes as text. */
function readFormData(
  document: Json,
  schema: Json,
  encoding: Json,
  body: Buffer,
  contentType: string,
): FormRead {
  const read = readMultipart(body, contentType);
  if ('problem' in read) return read;
  const fields = new Map(fieldsOf(document, schema, encoding).map((field) => [field.name, field]));
  const value: Json = {};
  const breaches: Breach[] = [];
  for (const part of read.parts) {
    const bad = part.filename === undefined ? firstBadByte(part.content) : undefined;
    if (bad !== undefined) {
      return { problem: `the field ${part.name} is not UTF-8 from its byte ${bad} on` };
    }
    const field = fields.get(part.name);
    add(value, part.name, contentOf(field, part, breaches));
  }
  return { value, breaches };
}

/** OpenAPI 3.0.3, "Special Considerations for multipart Content": what a part means without saying so. */
function contentOf(field: Field | undefined, part: Part, breaches: Breach[]): unknown {
  const { name, type, content, filename } = part;
  const text = textOf(content);
  const { types = [], how } = field ?? {};
  if (type !== undefined && types.length > 0 && !types.some((wanted) => suits(type, wanted))) {
    breaches.push(said(name, 'encoding', `the part is ${type}; expected ${types.join(' or ')}`));
    return text;
  }
  const isMessage = isJson(mediaTypeOf(type ?? (types.length === 1 ? types[0] : undefined)));
  if (isMessage && (filename === undefined || how?.kinds.includes('object'))) {
    return parseJson(text, name, breaches);
  }
  const object = how?.kinds.includes('object') && !how.kinds.includes('primitive');
  return object && /^\s*[{[]/.test(text) ? parseJson(text, name, breaches) : text;
}

/** `image/png` suits `image/*`. */
function suits(type: string, wanted: string): boolean {
  const plain = wanted.split(';', 1)[0]?.trim() ?? '';
  if (plain === '*/*' || plain === type) return true;
  return plain.endsWith('/*') && type.startsWith(plain.slice(0, -1));
}

/** Is a body of this type a form? */
export function isForm(mediaType: string): boolean {
  return mediaType === 'application/x-www-form-urlencoded' || mediaType === 'multipart/form-data';
}

/** What came as a request's body. */
export interface SentBody {
  contentType: string;
  mediaType: string;
  text: string;
  bytes: Buffer;
}

/** Reads a form by what the operation says of it; undefined where it takes no such body. */
export function readForm(
  document: Json,
  operation: Operation,
  schema: Json,
  { contentType, mediaType, text, bytes }: SentBody,
): FormRead {
  const encoding = operation.body?.encoding?.[mediaType] ?? {};
  return mediaType === 'multipart/form-data'
    ? readFormData(document, schema, encoding, bytes, contentType)
    : readUrlEncoded(document, schema, encoding, text);
}
