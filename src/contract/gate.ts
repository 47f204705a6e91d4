import type { Contract } from './contract.js';
import type { Json } from './json.js';
import type { Breach, Operation, SecurityScheme } from './operation.js';

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Where a request's credential is missing or empty; undefined when all is there. */
export function missingCredential(
  operation: Operation,
  headers: Headers,
  query: Json,
): SecurityScheme | undefined {
  let missing: SecurityScheme | undefined;
  for (const alternative of operation.security) {
    const lacking = alternative.find((scheme) => !credential(scheme, headers, query));
    if (!lacking) return undefined;
    missing ??= lacking;
  }
  return missing;
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

/** Breaches of everything in a request but its body. `query` gets the contract's types and defaults. */
export function parameterBreaches(
  contract: Contract,
  operation: Operation,
  params: Record<string, string>,
  query: Json,
  headers: Headers,
): Breach[] {
  const { validator } = contract;
  const path = validator.parameters(operation, 'path', { ...params });
  const asked = operation.parameters.some((p) => p.in === 'query')
    ? validator.parameters(operation, 'query', query)
    : [];
  const named = operation.parameters.filter(
    (p) => p.in === 'header' && (p.required || headers[p.name.toLowerCase()] !== undefined),
  );
  if (named.length === 0) return asked.length === 0 ? path : [...path, ...asked];
  const given = Object.fromEntries(
    named.map((p) => [p.name.toLowerCase(), headers[p.name.toLowerCase()]]),
  );
  return [...path, ...asked, ...validator.parameters(operation, 'header', given)];
}
