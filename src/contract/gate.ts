import type { Contract } from './contract.js';
import type { Json } from './json.js';
import type { Breach, Operation, Parameter, SecurityScheme } from './operation.js';
import {
  type Headers,
  parameterReader,
  type ReadParameters,
  type RequestHead,
} from './read-parameters.js';

export type { Headers };

/** Where a request's credential is missing or empty; undefined when all is there. */
export function missingCredential(
  operation: Operation,
  headers: Headers,
  query: Json,
): SecurityScheme | undefined {
  let missing: SecurityScheme | undefined;
  for (const alternative of operation.security) {
    const lacking = lackingOf(alternative, headers, query);
    if (!lacking) return undefined;
    missing ??= lacking;
  }
  return missing;
}

function lackingOf(alternative: readonly SecurityScheme[], headers: Headers, query: Json) {
  for (const scheme of alternative) if (!credential(scheme, headers, query)) return scheme;
  return undefined;
}

/** The credential that a request brings for a scheme. */
function credential(scheme: SecurityScheme, headers: Headers, query: Json): string {
  if (scheme.in === 'query') return String(query[scheme.name] ?? '').trim();
  const name = scheme.in === 'cookie' ? 'cookie' : scheme.name.toLowerCase();
  const value = String(headers[name] ?? '').trim();
  if (scheme.in === 'cookie') {
    const found = value.split(/;\s*/).find((pair) => pair.startsWith(`${scheme.name}=`));
    return found?.slice(scheme.name.length + 1) ?? '';
  }
  if (!scheme.prefix) return value;
  // RFC 9110 §11.1: the scheme's name is case-insensitive, then at least one space.
  const start = value.slice(0, scheme.prefix.length + 1).toLowerCase();
  return start === `${scheme.prefix.toLowerCase()} ` ? value.slice(start.length).trim() : '';
}

const readers = new WeakMap<Operation, ReturnType<typeof parameterReader>>();

function readerOf(contract: Contract, operation: Operation) {
  const known = readers.get(operation);
  if (known || readers.has(operation)) return known;
  const reader = parameterReader(contract.document, operation);
  readers.set(operation, reader);
  return reader;
}

/** Breaches of everything in a request but its body. `query` gets what the contract says its values are, and defaults. */
export function parameterBreaches(
  contract: Contract,
  operation: Operation,
  head: RequestHead,
  query: Json,
): Breach[] {
  const { validator } = contract;
  const { params, headers } = head;
  const reader = readerOf(contract, operation);
  if (reader) return styledBreaches(contract, operation, reader(head), query);
  const path = validator.parameters(operation, 'path', { ...params });
  if (operation.parameters.every((p) => p.in === 'path' || isAbsent(p, query, headers)))
    return path;
  const asked = validator.parameters(operation, 'query', query);
  const given: Json = {};
  for (const { in: place, name } of operation.parameters) {
    const value = headers[name.toLowerCase()];
    if (place === 'header' && value !== undefined) given[name.toLowerCase()] = value;
  }
  return [...path, ...asked, ...validator.parameters(operation, 'header', given)];
}

/** The same, where texts have to be taken apart first. */
function styledBreaches(
  { validator }: Contract,
  operation: Operation,
  found: ReadParameters,
  query: Json,
): Breach[] {
  const empty = operation.parameters
    .filter((p) => p.in === 'query' && p.allowEmptyValue && query[p.name] === '')
    .map(({ name }) => name);
  Object.assign(query, found.query);
  for (const name of empty) delete query[name];
  const breaches = PLACES.flatMap((place) =>
    validator.parameters(operation, place, place === 'query' ? query : found[place]),
  );
  for (const name of empty) query[name] = '';
  const unread = (breach: Breach) =>
    found.breaches.some(({ in: place, at }) => place === breach.in && at === breach.at) ||
    (breach.in === 'query' && breach.rule === 'required' && empty.includes(breach.at));
  return [...found.breaches, ...breaches.filter((breach) => !unread(breach))];
}

const PLACES = ['path', 'query', 'header', 'cookie'] as const;

/** Nothing to check: an optional parameter without a default that was not sent. */
function isAbsent({ in: place, name, required, schema }: Parameter, query: Json, headers: Headers) {
  if (required || schema.default !== undefined) return false;
  return (place === 'query' ? query[name] : headers[name.toLowerCase()]) === undefined;
}
