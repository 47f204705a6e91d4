import { isObject, type Json } from './json.js';
import type { Breach, Operation, Parameter } from './operation.js';
import { partsOf } from './schemas.js';
import {
  decode,
  decodeForm,
  type Kind,
  type RawPair,
  rawPairs,
  readAlone,
  readAmong,
  type Serialization,
  STYLES,
  type Style,
} from './styles.js';

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** A request without its body, as it was sent. */
export interface RequestHead {
  /** By name, decoded. */
  params: Readonly<Record<string, string>>;
  /** Path without the query; empty where nobody knows it. */
  path: string;
  /** With or without its question mark. */
  search: string;
  headers: Headers;
}

/** Values of parameters as texts, or of what their texts mean; what is wrong with the texts themselves. */
export interface ReadParameters {
  path: Json;
  query: Json;
  header: Json;
  cookie: Json;
  breaches: Breach[];
}

type Read = (head: Sent) => unknown;

/** A request's head, taken apart once. */
interface Sent extends RequestHead {
  pairs: RawPair[];
  cookies: RawPair[];
  segments: Readonly<Record<string, string>>;
}

/**
 * Makes the function that reads an operation's parameters by their styles; undefined where each is its own text,
 * which is what nearly every operation has, and costs nothing.
 */
export function parameterReader(document: Json, operation: Operation) {
  const { parameters } = operation;
  if (parameters.every((parameter) => isItsOwnText(document, parameter))) return undefined;
  const queries = parameters.filter((p) => p.in === 'query').map((p) => p.name);
  const readers = parameters.map((parameter) => ({
    parameter,
    read: readerFor(document, parameter, queries),
  }));
  return (head: RequestHead): ReadParameters => {
    const sent = take(operation, head);
    const found: ReadParameters = { path: {}, query: {}, header: {}, cookie: {}, breaches: [] };
    for (const { parameter, read } of readers) {
      const { in: place, name } = parameter;
      const value = read(sent);
      if (value === undefined) continue;
      if (value instanceof Unreadable) found.breaches.push(value.breach(parameter));
      else found[place][place === 'header' ? name.toLowerCase() : name] = value;
    }
    return found;
  };
}

/** What a text should be, and is not. */
class Unreadable {
  constructor(
    readonly rule: 'style' | 'json',
    readonly description: string,
  ) {}

  breach({ in: place, name }: Parameter): Breach {
    return { in: place, at: name, rule: this.rule, description: this.description, params: [] };
  }
}

function take(operation: Operation, head: RequestHead): Sent {
  const { cookie = '' } = head.headers;
  const cookies = String(cookie)
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair) => {
      const sign = pair.indexOf('=');
      const value = sign === -1 ? '' : pair.slice(sign + 1);
      // RFC 6265 §4.1.1: a value may stand in quotes.
      return [sign === -1 ? pair : pair.slice(0, sign), value.replace(/^"(.*)"$/, '$1')] as const;
    });
  return {
    ...head,
    pairs: rawPairs(head.search),
    cookies,
    segments: rawSegments(operation.path, head),
  };
}

/** Parameters of the path as they were sent: decoded, `3%2C4` is not to be told from `3,4`. */
function rawSegments(template: string, { path, params }: RequestHead) {
  const [wanted, given] = [template.split('/'), path.split('/')];
  const found: Record<string, string> = { ...params };
  for (let i = 1; i <= Math.min(wanted.length, given.length); i += 1) {
    const name = /^\{([^}]+)\}$/.exec(wanted.at(-i) ?? '')?.[1];
    const raw = given.at(-i) ?? '';
    if (name !== undefined && decode(raw) === params[name]) found[name] = raw;
  }
  return found;
}

function isItsOwnText(document: Json, parameter: Parameter): boolean {
  const { in: place, content, allowEmptyValue } = parameter;
  if (place === 'cookie' || content !== undefined || allowEmptyValue) return false;
  const { style, explode, kinds } = serializationOf(document, parameter);
  if (kinds.includes('object')) return false;
  if (style === 'label' || style === 'matrix' || style === 'deepObject') return false;
  if (!kinds.includes('array')) return true;
  return place === 'query' && explode;
}

const USUAL: Readonly<Record<Parameter['in'], Style>> = {
  path: 'simple',
  header: 'simple',
  query: 'form',
  cookie: 'form',
};

/** OpenAPI 3.0.3, "Parameter Object": the defaults of `style` and `explode`. */
export function serializationOf(
  document: Json,
  {
    name,
    in: place,
    style: given,
    explode,
    schema,
  }: Pick<Parameter, 'name' | 'in' | 'schema' | 'style' | 'explode'>,
): Serialization {
  const style = STYLES.find((known) => known === given) ?? USUAL[place];
  const parts = formsOf(document, schema);
  const objects = parts.flatMap(({ properties }) => (isObject(properties) ? [properties] : []));
  const items = parts.flatMap((part) => [part, ...formsOf(document, part.items)]);
  return {
    name,
    style,
    explode: explode ?? style === 'form',
    kinds: kindsOf(parts),
    properties: objects.flatMap((properties) => Object.keys(properties)),
    others:
      objects.length === 0 ||
      parts.some((p) => isObject(p.additionalProperties) || p.additionalProperties === true),
    plain: items.length > 0 && !items.some(isText),
  };
}

/** The schema, what it is made of, and the forms that it leaves a choice of. */
function formsOf(document: Json, schema: unknown, depth = 0): Json[] {
  if (depth > 4) return [];
  return partsOf(document, schema).flatMap((part) => [
    part,
    ...[part.oneOf, part.anyOf].flatMap((forms) =>
      Array.isArray(forms) ? forms.flatMap((form) => formsOf(document, form, depth + 1)) : [],
    ),
  ]);
}

function typesOf({ type }: Json): unknown[] {
  return [type].flat();
}

function kindsOf(parts: readonly Json[]): Kind[] {
  const types = parts.flatMap(typesOf).filter((type) => type !== undefined && type !== 'null');
  const array = types.includes('array') || parts.some(({ items }) => isObject(items));
  const object =
    types.includes('object') ||
    parts.some((p) => isObject(p.properties) || isObject(p.additionalProperties));
  const primitive = types.some((type) => type !== 'array' && type !== 'object');
  const kinds: Kind[] = [];
  if (primitive || (!array && !object)) kinds.push('primitive');
  if (array) kinds.push('array');
  if (object) kinds.push('object');
  return kinds;
}

/** May a value of it hold a delimiter? */
function isText(schema: Json): boolean {
  return typesOf(schema).includes('string') && !Array.isArray(schema.enum);
}

function readerFor(document: Json, parameter: Parameter, queries: readonly string[]): Read {
  const { in: place, name, content, allowEmptyValue } = parameter;
  if (content !== undefined) return withContent(parameter);
  const how = serializationOf(document, parameter);
  const others = queries.filter((other) => other !== name);
  if (place === 'path') {
    return ({ segments }) => {
      const raw = segments[name];
      return raw === undefined ? undefined : (readAlone(how, raw) ?? notOfStyle(how));
    };
  }
  if (place === 'header') {
    return ({ headers }) => {
      const raw = headers[name.toLowerCase()];
      if (raw === undefined) return undefined;
      // RFC 9110 §5.6.1: blanks around the commas of a list mean nothing.
      const text = String(raw)
        .trim()
        .replace(/[ \t]*,[ \t]*/g, ',');
      return how.kinds.includes('primitive') && how.kinds.length === 1
        ? String(raw)
        : (readAlone(how, text) ?? notOfStyle(how));
    };
  }
  if (place === 'cookie') return ({ cookies }) => readAmong(how, cookies, []);
  return ({ pairs }) => {
    const value = readAmong(how, pairs, others);
    return allowEmptyValue && value === '' ? undefined : value;
  };
}

function notOfStyle({ style, name }: Serialization): Unreadable {
  const like = { label: `.value`, matrix: `;${name}=value` }[style as string] ?? 'name,value';
  return new Unreadable('style', `expected the style ${style}, as in ${like}`);
}

/** OpenAPI 3.0.3, "Parameter Object", `content`: the text is a message of this type. */
function withContent({ in: place, name, content = '' }: Parameter): Read {
  const textOf: (sent: Sent) => string | undefined = (sent) => {
    if (place === 'path') return sent.params[name];
    if (place === 'header') {
      const raw = sent.headers[name.toLowerCase()];
      return raw === undefined ? undefined : String(raw);
    }
    const pairs = place === 'cookie' ? sent.cookies : sent.pairs;
    const found = pairs.find(([key]) => decodeForm(key) === name);
    return found && decodeForm(found[1]);
  };
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(content)) return textOf;
  return (sent) => {
    const text = textOf(sent);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text);
    } catch (error) {
      return new Unreadable('json', `expected JSON: ${(error as Error).message}`);
    }
  };
}
