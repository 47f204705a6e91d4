import { isCredentialName } from './credential-name.js';
import { type OpenApiDocument, resolve } from './document.js';
import type { Json } from './json.js';
import type { Operation } from './operation.js';

/** Where a contract says that credentials stand; names of headers in small letters. */
export interface Secrets {
  headers: ReadonlySet<string>;
  query: ReadonlySet<string>;
  cookies: ReadonlySet<string>;
}

/** What a contract asks for lets somebody in; that of a message alone proves who has sent it. */
const SIGNATURE = /(^|[-_.])signature$/i;

/** Every credential that a contract names: its security schemes, and parameters that are named like one. */
export function secretsOf(document: OpenApiDocument, operations: readonly Operation[]): Secrets {
  const schemes = Object.values(
    (resolve(document, document.components)?.securitySchemes ?? {}) as Json,
  )
    .map((scheme) => resolve(document, scheme))
    .filter((scheme) => scheme?.type === 'apiKey')
    .map((scheme) => ({ in: String(scheme?.in), name: String(scheme?.name) }));
  const parameters = operations
    .flatMap((operation) => operation.parameters)
    .filter(({ name }) => isCredentialName(name) || SIGNATURE.test(name));
  const all = [...schemes, ...parameters, ...operations.flatMap(({ security }) => security.flat())];
  const named = (place: string) => all.filter((one) => one.in === place).map(({ name }) => name);
  return {
    headers: new Set(named('header').map((name) => name.toLowerCase())),
    query: new Set(named('query')),
    cookies: new Set(named('cookie')),
  };
}
