import type { Contract } from './contract.js';
import { mergeBody, type NamedParts } from './job-place.js';
import type { Operation } from './operation.js';
import { type RequestSample, requestSample, sampleParameter } from './request-sample.js';

/** A request that an operation takes: what it asks for is there, and any credential will do. */
export interface SampleRequest {
  method: string;
  /** Path and query, below the base URL of the API. */
  path: string;
  headers: Record<string, string>;
  body: RequestSample | undefined;
}

/**
 * Makes a request from the contract's examples and schemas.
 * @param given what is known already of what it has to say
 */
export function sampleRequest(
  contract: Contract,
  operation: Operation,
  given: Partial<NamedParts> = {},
): SampleRequest {
  const { method, parameters } = operation;
  const value = (name: string, place: string) => {
    const parameter = parameters.find((each) => each.in === place && each.name === name);
    return String(parameter ? sampleParameter(contract, parameter) : name);
  };
  const path = operation.path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    return encodeURIComponent(given.params?.[name] ?? value(name, 'path'));
  });
  const known = new Set([...Object.keys(given.query ?? {}), ...Object.keys(given.headers ?? {})]);
  const required = parameters.filter(
    (each) =>
      each.required && !known.has(each.in === 'header' ? each.name.toLowerCase() : each.name),
  );
  const query = [
    ...required
      .filter((each) => each.in === 'query')
      .map(({ name }) => [name, value(name, 'query')]),
    ...Object.entries(given.query ?? {}),
    ...credentials(operation, 'query').map(([name]) => [name, 'demo']),
  ];
  const cookies = [
    ...required
      .filter((each) => each.in === 'cookie')
      .map(({ name }) => [name, value(name, 'cookie')]),
    ...credentials(operation, 'cookie').map(([name]) => [name, 'demo']),
  ];
  const body = bodyWith(requestSample(contract, operation), given.body);
  const headers = Object.fromEntries([
    ...credentials(operation, 'header').map(([name, prefix]) => [name, `${prefix}demo`]),
    ...required
      .filter((each) => each.in === 'header')
      .map(({ name }) => [name, value(name, 'header')]),
    ...Object.entries(given.headers ?? {}),
    ...(cookies.length > 0 ? [['Cookie', cookies.map((pair) => pair.join('=')).join('; ')]] : []),
    ...(body ? [['Content-Type', body.mediaType]] : []),
  ]);
  const search = query.map((pair) => pair.map((part) => encodeURIComponent(part ?? '')).join('='));
  return { method, path: path + (search.length > 0 ? `?${search.join('&')}` : ''), headers, body };
}

function bodyWith(sample: RequestSample | undefined, named: NamedParts['body']) {
  if (named === undefined) return sample;
  const { mediaType = 'application/json', value } = sample ?? {};
  return { mediaType, value: mergeBody(value, named) };
}

/** Names of what the first alternative of an operation's security asks for, with what stands in front of each. */
function credentials({ security }: Operation, place: string): [name: string, prefix: string][] {
  return (security[0] ?? [])
    .filter((scheme) => scheme.in === place)
    .map(({ name, prefix }) => [name, prefix ? `${prefix} ` : '']);
}

/** The body as it goes over the wire; undefined: there is none, or one that only a tool for forms can write. */
export function bodyText({ body }: Pick<SampleRequest, 'body'>): string | undefined {
  if (!body || /^multipart\//i.test(body.mediaType)) return undefined;
  if (!/x-www-form-urlencoded/i.test(body.mediaType))
    return typeof body.value === 'string' ? body.value : JSON.stringify(body.value);
  const fields = Object.entries((body.value ?? {}) as Record<string, unknown>);
  return new URLSearchParams(
    fields.map(([name, value]): [string, string] => [name, textOf(value)]),
  ).toString();
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
