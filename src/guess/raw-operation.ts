import { resolve } from '../contract/document.js';
import { isObject, type Json } from '../contract/json.js';
import { isJson, mediaTypeOf } from '../contract/media-type.js';
import type { Operation } from '../contract/operation.js';
import { type Field, formsOf } from './answer-fields.js';

/** One answer of an operation, with what a guess goes by and an {@link Operation} leaves out. */
export interface RawAnswer {
  /** As written: `202`, `2XX`, `default`. */
  status: string;
  /** Headers by their names in lower case. */
  headers: ReadonlyMap<string, { name: string; description: string }>;
  /** OpenAPI 3.0.3, "Link Object". */
  links: readonly Json[];
  /** The media type of its JSON; undefined: it has none. */
  mediaType: string | undefined;
  schema: unknown;
  /** The document's own examples of this answer. */
  examples: readonly unknown[];
  /** Keys from the top of the document. */
  at: readonly string[];
}

/** What an operation says in words. */
export interface Told {
  text: string;
  tags: readonly string[];
  answers: readonly RawAnswer[];
  at: readonly string[];
}

export function rawOperation(document: Json, { path, method }: Operation): Told {
  const verb = method.toLowerCase();
  const item = resolve(document, (document.paths as Json)[path]) ?? {};
  const raw = resolve(document, item[verb]) ?? {};
  const at = ['paths', path, verb];
  return {
    text: [raw.operationId, raw.summary, raw.description].filter(Boolean).join('\n'),
    tags: Array.isArray(raw.tags) ? raw.tags.map(String) : [],
    answers: Object.entries(isObject(raw.responses) ? raw.responses : {}).map(([status, answer]) =>
      readAnswer(document, status.toUpperCase(), answer, [...at, 'responses', status]),
    ),
    at,
  };
}

function readAnswer(document: Json, status: string, answer: unknown, at: string[]): RawAnswer {
  const raw = resolve(document, answer) ?? {};
  const headers = Object.entries(isObject(raw.headers) ? raw.headers : {}).map(([name, header]) => {
    const description = String(resolve(document, header)?.description ?? '');
    return [name.toLowerCase(), { name, description }] as const;
  });
  const links: unknown[] = Object.values(isObject(raw.links) ? raw.links : {});
  const content = isObject(raw.content) ? raw.content : {};
  const type = Object.keys(content).find(mayBeJson);
  const media = type === undefined ? undefined : resolve(document, content[type]);
  return {
    status: status === 'DEFAULT' ? 'default' : status,
    headers: new Map(headers),
    links: links.map((link) => resolve(document, link) ?? {}),
    mediaType: type,
    schema: media?.schema,
    examples: media ? examplesOf(document, media) : [],
    at,
  };
}

/** A range that JSON is in will do. */
function mayBeJson(type: string): boolean {
  const plain = mediaTypeOf(type);
  return isJson(plain) || plain === '*/*' || plain === 'application/*';
}

function examplesOf(document: Json, media: Json): unknown[] {
  const named = Object.values(isObject(media.examples) ? media.examples : {});
  const values = named.map((each) => resolve(document, each)?.value);
  const ofSchema = resolve(document, media.schema);
  const told = Array.isArray(ofSchema?.examples) ? ofSchema.examples : [ofSchema?.example];
  return [media.example, ...values, ...told].filter((each) => each !== undefined);
}

/** The answers that say that all is well, the likeliest first. */
export function goodAnswers({ answers }: Told): RawAnswer[] {
  const good = answers.filter(({ status }) => /^2/.test(status));
  return good.length > 0 ? good : answers.filter(({ status }) => status === 'default');
}

/** A status that can be sent for one as it is written: `2XX` and `default` stand for 200. */
export function statusOf({ status }: Pick<RawAnswer, 'status'>, otherwise = 200): number {
  if (/^\d\d\d$/.test(status)) return Number(status);
  return /^\dXX$/.test(status) ? Number(status.charAt(0)) * 100 : otherwise;
}

/** The name of the schema that a value refers to; undefined when it stands there itself. */
function refOf(schema: unknown): string | undefined {
  return isObject(schema) && typeof schema.$ref === 'string' ? schema.$ref : undefined;
}

/** The name of the schema of the object that holds a field. */
export function refAround(
  document: Json,
  schema: unknown,
  path: readonly string[],
): string | undefined {
  if (path.length <= 1) return refOf(schema);
  const [head = '', ...rest] = path;
  const inner = formsOf(document, schema)
    .map(({ properties }) => (isObject(properties) ? properties[head] : undefined))
    .find((found) => found !== undefined);
  return refAround(document, inner, rest);
}

/** Paths of one document: each is compared with many others. */
const split = new Map<string, readonly string[]>();
const MOST_SPLIT = 20_000;

/** `/jobs/{jobId}/status` as segments; a parameter is `{}`, and an extension is left out. */
export function segmentsOf(path: string): readonly string[] {
  const known = split.get(path);
  if (known) return known;
  if (split.size >= MOST_SPLIT) split.clear();
  const segments = splitPath(path);
  split.set(path, segments);
  return segments;
}

function splitPath(path: string): string[] {
  return path
    .replace(/\.json$/, '')
    .split('/')
    .filter(Boolean)
    .map((part) => part.replace(/\{[^}]*\}/g, '{}'));
}

/** The parameters of a path, in their order. */
export function namesInPath(path: string): string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
}

/** Where the document has a field of an answer. */
export function placeOf({ at, mediaType }: RawAnswer, { path }: Field): string[] {
  const names = path.flatMap((name) => ['properties', name]);
  return [...at, 'content', mediaType ?? '', 'schema', ...names];
}
