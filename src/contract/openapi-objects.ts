import type { ParameterPlace } from './operation.js';

/**
 * What stands where in an OpenAPI document: for each kind of object, its keys that hold other objects.
 * Whatever is not named here is data, text or an extension, and nobody looks for schemas in it.
 * OpenAPI 3.0.4, 3.1.1 and 3.2.0, "Schema" of the section "Specification".
 */
export type Kind =
  | 'document'
  | 'components'
  | 'paths'
  | 'path'
  | 'operation'
  | 'parameter'
  | 'body'
  | 'responses'
  | 'response'
  | 'media'
  | 'encoding'
  | 'header'
  | 'callback'
  | 'example'
  | 'link'
  | 'security'
  | 'schema';

/** One object, a map of them by free names, or a list. */
export interface Slot {
  kind: Kind;
  form: 'one' | 'map' | 'list';
}

const one = (kind: Kind): Slot => ({ kind, form: 'one' });
const map = (kind: Kind): Slot => ({ kind, form: 'map' });
const list = (kind: Kind): Slot => ({ kind, form: 'list' });

export const METHODS = [
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
] as const;

/** Where parameters stand whose values are held to their schemas. */
const PLACES: readonly unknown[] = ['path', 'query', 'header', 'cookie'];

export function isPlace(value: unknown): value is ParameterPlace {
  return PLACES.includes(value);
}

const COMPONENTS: Record<string, Slot> = {
  schemas: map('schema'),
  responses: map('response'),
  parameters: map('parameter'),
  examples: map('example'),
  requestBodies: map('body'),
  headers: map('header'),
  securitySchemes: map('security'),
  links: map('link'),
  callbacks: map('callback'),
  pathItems: map('path'),
  mediaTypes: map('media'),
};

const PARAMETER: Record<string, Slot> = {
  schema: one('schema'),
  content: map('media'),
  examples: map('example'),
};

/** JSON Schema 2020-12 §10, with `items` as a list and the words of earlier drafts. */
const SCHEMA: Record<string, Slot> = {
  properties: map('schema'),
  patternProperties: map('schema'),
  $defs: map('schema'),
  definitions: map('schema'),
  dependentSchemas: map('schema'),
  dependencies: map('schema'),
  allOf: list('schema'),
  anyOf: list('schema'),
  oneOf: list('schema'),
  prefixItems: list('schema'),
  items: one('schema'),
  additionalItems: one('schema'),
  additionalProperties: one('schema'),
  propertyNames: one('schema'),
  contains: one('schema'),
  not: one('schema'),
  if: one('schema'),
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
  then: one('schema'),
  else: one('schema'),
  contentSchema: one('schema'),
  unevaluatedItems: one('schema'),
  unevaluatedProperties: one('schema'),
};

export const OBJECTS: Record<Kind, Readonly<Record<string, Slot>>> = {
  document: { paths: one('paths'), webhooks: map('path'), components: one('components') },
  components: COMPONENTS,
  paths: {},
  path: {
    parameters: list('parameter'),
    additionalOperations: map('operation'),
    ...Object.fromEntries(METHODS.map((method) => [method, one('operation')])),
  },
  operation: {
    parameters: list('parameter'),
    requestBody: one('body'),
    responses: one('responses'),
    callbacks: map('callback'),
  },
  parameter: PARAMETER,
  body: { content: map('media') },
  responses: {},
  response: { headers: map('header'), content: map('media'), links: map('link') },
  media: {
    schema: one('schema'),
    itemSchema: one('schema'),
    examples: map('example'),
    encoding: map('encoding'),
    prefixEncoding: list('encoding'),
    itemEncoding: one('encoding'),
  },
  encoding: { headers: map('header') },
  header: PARAMETER,
  callback: {},
  example: {},
  link: {},
  security: {},
  schema: SCHEMA,
};

/** Objects whose keys are free: paths, statuses, expressions; `x-…` are extensions. */
export const PATTERNED: Partial<Record<Kind, Kind>> = {
  paths: 'path',
  responses: 'response',
  callback: 'path',
};

/** The kind of what a reference like `#/components/schemas/Job` names; undefined when its path does not say. */
export function kindOfComponent(pointer: string): Kind | undefined {
  const section = /^#\/components\/([^/]+)\/[^/]+$/.exec(pointer)?.[1];
  return section === undefined ? undefined : COMPONENTS[section]?.kind;
}

/** RFC 9110 §15.2: an answer behind which another one comes. */
export function isInterim(status: string): boolean {
  return status.startsWith('1');
}
