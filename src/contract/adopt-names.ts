import { type OpenApiDocument, resolve } from './document.js';
import { at, isObject, type Json } from './json.js';
import { METHODS } from './openapi-objects.js';
import type { Operation } from './operation.js';
import { isTokenAsked } from './operations.js';

/** What is taken over of an operation: how it is called, how its path is spelt, and what a token for it must allow. */
export type Named = Pick<Operation, 'id' | 'method' | 'path' | 'scopes'>;

/** An operation as far as its place goes. */
type Placed = Pick<Operation, 'method' | 'path'>;

/**
 * A document of an API in the words of another one of the same API: operations of the same method and path get the names
 * that those have there, whatever they are called here, and parameters of paths theirs. Prefixes, the case of letters
 * and names of parameters make no difference: `GET /api/Jobs/{job_id}`, called `Get Job`, is `getJob` of `/jobs/{id}`.
 * What the other one does not have stays as it is. Where this one asks for a token and says nothing of scopes, they are
 * those of the other one.
 * @param prefixes what may stand in front of the paths here: `/api`
 */
export function adoptNames(
  document: OpenApiDocument,
  known: readonly Named[],
  prefixes: readonly string[],
): OpenApiDocument {
  const byPlace = new Map(known.map((one) => [placeOf(one.method, one.path), one]));
  const paths: Json = {};
  for (const [path, entry] of Object.entries(document.paths)) {
    const item = resolve(document, entry) ?? {};
    const bare = withoutPrefix(path, prefixes);
    const found = METHODS.flatMap((method) => {
      const named = isObject(item[method])
        ? byPlace.get(placeOf(method.toUpperCase(), bare))
        : undefined;
      return named ? [[method, named] as const] : [];
    });
    const own = found[0]?.[1].path;
    if (own === undefined || own in paths || (own !== path && own in document.paths)) {
      paths[path] = entry;
      continue;
    }
    paths[own] = renamed(document, item, namesOf(bare), namesOf(own), new Map(found));
  }
  return withScheme({ ...document, paths });
}

/** Those of some operations that a document has too, whatever it calls them. */
export function placesAmong(
  known: readonly Placed[],
  wanted: readonly Placed[],
  prefixes: readonly string[],
): number {
  const places = new Set(
    known.map(({ method, path }) => placeOf(method, withoutPrefix(path, prefixes))),
  );
  return wanted.filter(({ method, path }) => places.has(placeOf(method, path))).length;
}

/** Does a document lack what its binding speaks of? Then it has to be asked for other names. */
export function lacksNames(document: OpenApiDocument, names: readonly string[]): boolean {
  const ids = Object.values(document.paths).flatMap((entry) => {
    const item = resolve(document, entry) ?? {};
    return METHODS.flatMap((method) => (isObject(item[method]) ? [item[method].operationId] : []));
  });
  return names.some((name) => !ids.includes(name));
}

/** `GET /patients/{}/jobs/{}`: names of parameters and the case of letters make no difference. */
function placeOf(method: string, path: string): string {
  const plain = path.replace(/\{[^}]+\}/g, '{}').replace(/(?<=.)\/$/, '');
  return `${method} ${plain.toLowerCase()}`;
}

function withoutPrefix(path: string, prefixes: readonly string[]): string {
  const found = prefixes.find((prefix) => prefix !== '' && path.startsWith(`${prefix}/`));
  return path.slice(found?.length ?? 0);
}

function namesOf(path: string): string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
}

function renamed(
  document: OpenApiDocument,
  item: Json,
  before: readonly string[],
  after: readonly string[],
  operations: ReadonlyMap<string, Named>,
): Json {
  const rename = (list: unknown) =>
    Array.isArray(list) ? list.map((entry) => parameter(document, entry, before, after)) : list;
  const others = Object.entries(item).map(([key, value]) => {
    if (key === 'parameters') return [key, rename(value)];
    const named = operations.get(key);
    if (!isObject(value) || !METHODS.some((method) => method === key)) return [key, value];
    const { parameters, ...rest } = value;
    const own = parameters === undefined ? {} : { parameters: rename(parameters) };
    const taken = named
      ? { ...namesFor(value, named), ...scopesFor(document, item, value, named) }
      : {};
    return [key, { ...rest, ...own, ...taken }];
  });
  return Object.fromEntries(others);
}

/** Its own name stays as another one for it. */
function namesFor({ operationId, 'x-aliases': aliases }: Json, { id }: Named): Json {
  const others = [operationId ?? [], aliases ?? []].flat().filter((name) => name !== id);
  return { operationId: id, 'x-aliases': others };
}

/** Name of the scheme that scopes from another document are said of. */
const SCHEME = 'scopes-of-the-binding';

/** What a token must allow, where the document wants one and does not say. */
function scopesFor(
  document: OpenApiDocument,
  item: Json,
  operation: Json,
  { scopes }: Named,
): Json {
  const said = operation.security ?? document.security;
  if (scopes === undefined || said !== undefined) return {};
  if (!isTokenAsked(document, item.parameters, operation.parameters)) return {};
  return { security: scopes.map((asked) => ({ [SCHEME]: [...asked] })) };
}

/** The document with the scheme that its scopes are said of, if any are. */
function withScheme(document: OpenApiDocument): OpenApiDocument {
  const isSaid = Object.values(document.paths)
    .flatMap((item) => Object.values(item as Json))
    .some((each) => at(each, `security.0.${SCHEME}`) !== undefined);
  if (!isSaid) return document;
  const components = resolve(document, document.components) ?? {};
  const known = resolve(document, components.securitySchemes);
  const securitySchemes = { ...known, [SCHEME]: { type: 'oauth2', flows: {} } };
  return { ...document, components: { ...components, securitySchemes } };
}

/** Parameters of paths are known by their places, for each document calls them as it likes. */
function parameter(
  document: OpenApiDocument,
  entry: unknown,
  before: readonly string[],
  after: readonly string[],
): unknown {
  const raw = resolve(document, entry);
  if (raw?.in !== 'path') return entry;
  const name = after[before.indexOf(String(raw.name))];
  return name === undefined || name === raw.name ? entry : { ...raw, name };
}
