import { basesOf } from './bases.js';
import { type OpenApiDocument, resolve } from './document.js';
import { isObject, type Json } from './json.js';
import { MapOnDemand } from './map-on-demand.js';
import { isPlace, METHODS } from './openapi-objects.js';
import type { Method, Operation, Parameter, ParameterPlace, SecurityScheme } from './operation.js';

/** Where an operation stands: what is known of it before it is read. */
interface Unread {
  path: string;
  item: Json;
  method: string;
}

/** Every operation of a document, in the document's order; of several with one operationId the first bears it. */
export function listOperations(document: OpenApiDocument): Operation[] {
  return [...findOperations(document)].map(([id, unread]) => readNamed(document, id, unread));
}

/**
 * The same by their ids, each read when somebody first asks for it: reading two hundred of them takes longer than any
 * request may wait.
 */
export function operationsOnDemand(document: OpenApiDocument): ReadonlyMap<string, Operation> {
  return new MapOnDemand(findOperations(document), (id, unread) => readNamed(document, id, unread));
}

/** Of several with one operationId the first bears it. */
function findOperations(document: OpenApiDocument): Map<string, Unread> {
  const found = new Map<string, Unread>();
  // OpenAPI 3.0.3, "Paths Object": what does not begin with a slash is an extension.
  const paths = Object.entries(document.paths).filter(([path]) => path.startsWith('/'));
  for (const [path, entry] of paths) {
    for (const unread of inPathItem(document, path, entry)) {
      const id = idOf(unread);
      found.set(found.has(id) ? `${unread.method.toLowerCase()} ${path}` : id, unread);
    }
  }
  return found;
}

function readNamed(document: OpenApiDocument, id: string, unread: Unread): Operation {
  const operation = readOperation(document, unread);
  return operation.id === id ? operation : { ...operation, id };
}

/** The operations of one path, or of one expression of a callback. */
export function readPathItem(doc: OpenApiDocument, path: string, entry: unknown): Operation[] {
  return inPathItem(doc, path, entry).map((unread) => readOperation(doc, unread));
}

function inPathItem(doc: OpenApiDocument, path: string, entry: unknown): Unread[] {
  const item = withAdditional(resolve(doc, entry) ?? {});
  return methodsOf(item).map((method) => ({ path, item, method }));
}

function idOf({ path, item, method }: Unread): string {
  const { operationId } = item[method] as Json;
  return typeof operationId === 'string' ? operationId : `${method} ${path}`;
}

/** OpenAPI 3.2.0, "Path Item Object": operations of other methods stand in a map of their own. */
function withAdditional(item: Json): Json {
  return isObject(item.additionalOperations) ? { ...item.additionalOperations, ...item } : item;
}

function methodsOf(item: Json): string[] {
  const { additionalOperations } = item;
  const others = isObject(additionalOperations) ? Object.keys(additionalOperations) : [];
  return [...METHODS, ...others].filter((method) => isObject(item[method]));
}

function readOperation(doc: OpenApiDocument, unread: Unread): Operation {
  const { path, item, method } = unread;
  const raw = item[method] as Json;
  const body = resolve(doc, raw.requestBody);
  return {
    id: idOf(unread),
    ...(Array.isArray(raw['x-aliases']) ? { aliases: raw['x-aliases'].map(String) } : {}),
    method: method.toUpperCase() as Method,
    path,
    summary: String(raw.summary ?? ''),
    bases: basesOf(raw.servers ?? item.servers ?? doc.servers),
    parameters: readParameters(doc, path, item.parameters, raw.parameters),
    body: body && {
      required: body.required === true,
      content: readContent(doc, body.content),
      encoding: readEncoding(doc, body.content),
    },
    answers: Object.fromEntries(
      Object.entries((raw.responses ?? {}) as Json).map(([status, answer]) => [
        status.toUpperCase() === 'DEFAULT' ? 'default' : status.toUpperCase(),
        { content: readContent(doc, resolve(doc, answer)?.content) },
      ]),
    ),
    security: withToken(
      readSecurity(doc, raw.security ?? doc.security),
      isTokenAsked(doc, item.parameters, raw.parameters),
    ),
    scopes: readScopes(doc, raw.security ?? doc.security),
  };
}

/** Does a document ask for Authorization as a parameter? As one it is ignored, and many say so all the same. */
export function isTokenAsked(doc: OpenApiDocument, ...lists: readonly unknown[]): boolean {
  const given = lists.flatMap((list) => (Array.isArray(list) ? list : []));
  return given
    .map((entry) => resolve(doc, entry))
    .some(
      (raw) =>
        raw?.in === 'header' && /^authorization$/i.test(String(raw.name)) && raw.required === true,
    );
}

/** The credential that such a document means, unless it says so as it should too. */
function withToken(security: SecurityScheme[][], asked: boolean): SecurityScheme[][] {
  const isToken = ({ in: place, name }: SecurityScheme) =>
    place === 'header' && name.toLowerCase() === 'authorization';
  if (!asked || security.flat().some(isToken)) return security;
  const token: SecurityScheme = { in: 'header', name: 'Authorization' };
  return security.length === 0 ? [[token]] : security.map((schemes) => [...schemes, token]);
}

/** Parameters of the operation override those of its path with the same name and place. */
function readParameters(
  doc: OpenApiDocument,
  path: string,
  ...lists: readonly unknown[]
): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const entry of lists.flatMap((list) => (Array.isArray(list) ? list : []))) {
    const raw = resolve(doc, entry);
    if (!raw || typeof raw.name !== 'string' || isIgnored(raw, path)) continue;
    const place = raw.in as ParameterPlace;
    const [content] = Object.entries(isObject(raw.content) ? raw.content : {});
    const schema = content ? resolve(doc, content[1])?.schema : raw.schema;
    found.set(`${place}:${raw.name}`, {
      name: raw.name,
      in: place,
      required: raw.required === true || place === 'path',
      schema: isObject(schema) ? schema : {},
      style: typeof raw.style === 'string' ? raw.style : undefined,
      explode: typeof raw.explode === 'boolean' ? raw.explode : undefined,
      content: content?.[0],
      allowEmptyValue: raw.allowEmptyValue === true || undefined,
      example: readExample(doc, raw),
    });
  }
  return [...found.values()];
}

/**
 * What no request is held to: a parameter of a place that is none, or that its path has none for; and OpenAPI 3.0.3,
 * "Parameter Object", `name`: "If in is "header" and the name field is "Accept", "Content-Type" or
 * "Authorization", the parameter definition SHALL be ignored."
 */
function isIgnored({ in: place, name }: Json, path: string): boolean {
  if (place === 'header') return /^(accept|content-type|authorization)$/i.test(String(name));
  return place === 'path' ? !path.includes(`{${name}}`) : !isPlace(place);
}

function readExample(doc: OpenApiDocument, { example, examples, schema }: Json): unknown {
  const [first] = isObject(examples) ? Object.values(examples) : [];
  return example ?? resolve(doc, first)?.value ?? resolve(doc, schema)?.example;
}

function readContent(doc: OpenApiDocument, content: unknown): Record<string, Json> {
  if (!isObject(content)) return {};
  return Object.fromEntries(
    Object.entries(content).map(([type, media]) => {
      const schema = resolve(doc, media)?.schema;
      return [type.toLowerCase(), isObject(schema) ? schema : {}];
    }),
  );
}

function readEncoding(doc: OpenApiDocument, content: unknown): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(isObject(content) ? content : {}).flatMap(([type, media]) => {
      const encoding = resolve(doc, media)?.encoding;
      return isObject(encoding) ? [[type.toLowerCase(), encoding] as const] : [];
    }),
  );
}

function readSecurity(doc: OpenApiDocument, requirement: unknown): SecurityScheme[][] {
  if (!Array.isArray(requirement)) return [];
  return requirement.map((alternative) => {
    const named = Object.keys(isObject(alternative) ? alternative : {});
    const found = named.flatMap((name) => {
      const scheme = schemeOf(doc, name);
      return scheme ? readScheme(scheme) : [];
    });
    // A bearer token and OAuth are one header.
    return [...new Map(found.map((scheme) => [JSON.stringify(scheme), scheme])).values()];
  });
}

function schemeOf(doc: OpenApiDocument, name: string): Json | undefined {
  const schemes = (resolve(doc, doc.components)?.securitySchemes ?? {}) as Json;
  return Object.hasOwn(schemes, name) ? resolve(doc, schemes[name]) : undefined;
}

/** Scopes by alternative; undefined where no alternative asks for any. */
function readScopes(doc: OpenApiDocument, requirement: unknown): Operation['scopes'] {
  if (!Array.isArray(requirement)) return undefined;
  const scopes = requirement.map((alternative) =>
    Object.entries(isObject(alternative) ? alternative : {}).flatMap(([name, asked]) => {
      const scoped = /^(oauth2|openIdConnect)$/.test(String(schemeOf(doc, name)?.type));
      return scoped && Array.isArray(asked) ? asked.map(String) : [];
    }),
  );
  return scopes.some((asked) => asked.length > 0) ? scopes : undefined;
}

/** OpenAPI 3.0.3, "Security Scheme Object": oauth2 and openIdConnect end in a bearer token as well. */
function readScheme(scheme: Json): SecurityScheme[] {
  if (scheme.type === 'apiKey') {
    return [{ in: scheme.in as SecurityScheme['in'], name: String(scheme.name) }];
  }
  if (scheme.type === 'mutualTLS') return [];
  const basic = scheme.type === 'http' && String(scheme.scheme).toLowerCase() === 'basic';
  return [{ in: 'header', name: 'Authorization', prefix: basic ? 'Basic' : 'Bearer' }];
}
