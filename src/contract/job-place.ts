import { wholeSigns } from './half-signs.js';
import { at, isObject, type Json, parseJson, put } from './json.js';

/** Where the id of a job stands in a request. */
export interface JobPlace {
  in: 'path' | 'query' | 'header' | 'body';
  /** A parameter, a header in small letters, or the dotted path of a field in a JSON body or a form. */
  name: string;
}

const ELSEWHERE = /^(path|query|header|body)\.(.+)$/s;

/** `jobId`: a path parameter. `query.id`, `header.X-Job`, `body.device_code`, `body.job.id`: what stands there. */
export function parseJobPlace(text: string): JobPlace {
  const [, place, name] = ELSEWHERE.exec(text) ?? [];
  if (place === undefined || name === undefined) return { in: 'path', name: text };
  return { in: place as JobPlace['in'], name: place === 'header' ? name.toLowerCase() : name };
}

/** As a binding writes it. */
export function spellJobPlace({ in: place, name }: JobPlace): string {
  return place === 'path' ? name : `${place}.${name}`;
}

/** The parts of a request in which a value may stand. */
export interface RequestParts {
  /** Path parameters. */
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, unknown>>;
  /** By their names in small letters. */
  headers: Readonly<Record<string, unknown>>;
  /** The value of its JSON, or the fields of its form. */
  body: unknown;
}

/**
 * The id of the job that a request is about; undefined where it names none.
 * @param report the operation's part of the binding: `report`, or whatever else says where the job's id stands
 * @example jobOf({ job: parseJobPlace('query.id') }, { params: {}, query: { id: 7 }, headers: {}, body: undefined }) // '7'
 */
export function jobOf({ job }: { job: JobPlace }, request: RequestParts): string | undefined {
  const value = job.in === 'path' ? request.params[job.name] : valueAt(job, request);
  return idText(value);
}

/** What stands at a place of a request, of any type. */
export function valueAt({ in: place, name }: JobPlace, request: RequestParts): unknown {
  if (place === 'path') return request.params[name];
  if (place === 'body') return at(request.body, name);
  const value = request[place === 'query' ? 'query' : 'headers'][name];
  return Array.isArray(value) ? value[0] : value;
}

/** A value as an id; undefined for what cannot be one. */
export function idText(value: unknown): string | undefined {
  // A body can name what no path could ask for.
  if (typeof value === 'string') return value === '' ? undefined : wholeSigns(value);
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : undefined;
}

/** A body that nobody has held against a contract: its JSON, or else the fields of its form. */
export function fieldsIn(text: string | undefined, contentType = ''): unknown {
  if (text === undefined) return undefined;
  if (!/x-www-form-urlencoded/i.test(contentType)) return parseJson(text);
  return Object.fromEntries(new URLSearchParams(text));
}

/** What a request has to say so that it is about a job. */
export interface NamedParts {
  params: Record<string, string>;
  query: Record<string, string>;
  headers: Record<string, string>;
  /** Is put into the body that it has else. */
  body: Json | undefined;
}

/**
 * The inverse of {@link jobOf}.
 * @param id as it is told: a number stands in a body as one
 */
export function namingJob({ job }: { job: JobPlace }, id: string | number): NamedParts {
  const parts: NamedParts = { params: {}, query: {}, headers: {}, body: undefined };
  if (job.in === 'path') parts.params[job.name] = String(id);
  else if (job.in === 'query') parts.query[job.name] = String(id);
  else if (job.in === 'header') parts.headers[job.name] = String(id);
  else parts.body = putAt({}, job.name.split('.'), id) as Json;
  return parts;
}

function putAt(value: unknown, [key, ...rest]: readonly string[], leaf: unknown): unknown {
  if (key === undefined) return leaf;
  const here = isObject(value) ? value : {};
  const inner = Object.hasOwn(here, key) ? here[key] : undefined;
  return { ...here, [key]: putAt(inner, rest, leaf) };
}

/** A sample of a body with what has to stand in it. */
export function mergeBody(sample: unknown, named: Json | undefined): unknown {
  if (named === undefined) return sample;
  const merged: Json = isObject(sample) ? { ...sample } : {};
  for (const [key, value] of Object.entries(named)) {
    const before = Object.hasOwn(merged, key) ? merged[key] : undefined;
    put(merged, key, isObject(value) ? mergeBody(before, value) : value);
  }
  return merged;
}
