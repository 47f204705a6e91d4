import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { isObject, type Json } from '../../src/contract/json.js';
import { readFacts } from '../docs/esoz/facts.js';

/*
 * Documents of the medical events API as its operator spells them, made of ours: names, paths, credentials, statuses and
 * the forms of jobs differ, descriptions and schemas of resources are our own.
 */

/** How a document of the platform calls things. */
interface Spelling {
  openapi: string;
  servers: object[];
  operationId(id: string, place: string): string;
  /** A path as it is written; `names` are those of its parameters. */
  path(path: string): string;
  parameter(name: string, names: readonly string[]): string;
  /** What the status_code of a job is in it. */
  statusCode: 'string' | 'integer';
}

/** OpenAPI 3.1 whose operationIds are sentences, paths begin with `/api`, and credentials are parameters. */
const SENTENCES: Spelling = {
  openapi: '3.1.0',
  servers: [{ url: 'https://api-stage.ehealth.gov.ua' }],
  operationId: (id) => sentence(id),
  path: (path) => `/api${path}`,
  parameter: (name, names) => (names.length === 1 ? 'id' : name),
  statusCode: 'string',
};

/** What converters make of an API Blueprint: names of the group and the heading, paths with slips. */
const HEADINGS: Spelling = {
  openapi: '3.0.3',
  servers: [{ url: 'https://api.ehealth.gov.ua' }],
  operationId: (id, place) => `Medical Events > ${sentence(id)} (${place})`,
  path: (path) => (path.endsWith('/approvals') ? `/api${path}/` : `/api${path}`),
  parameter: (name) => (name === 'patient_id' ? 'patiend_id' : name.replaceAll('_', '-')),
  statusCode: 'string',
};

export const SPELLINGS = { sentences: SENTENCES, headings: HEADINGS };

/** `submitEncounterPackage` is `Submit Encounter Package`. */
function sentence(id: string): string {
  const words = id.replace(/([A-Z])/g, ' $1');
  return `${words[0]?.toUpperCase()}${words.slice(1)}`;
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

/** Our document in other words. @param base the pack: `medical-events` */
export function officialDocument(pack: string, spelling: Spelling): Json {
  const ours = load(readFileSync(`spec/${pack}/openapi.yaml`, 'utf8')) as Json;
  const paths = Object.entries(ours.paths as Record<string, Json>).map(([path, item]) => {
    const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
    const named = path.replace(/\{([^}]+)\}/g, (_, name) => `{${spelling.parameter(name, names)}}`);
    const operations = METHODS.filter((method) => method in item).map((method) => {
      const operation = item[method] as Json;
      return [method, rewritten(ours, item, operation, { method, path, names }, spelling)];
    });
    return [spelling.path(named), Object.fromEntries(operations)];
  });
  const { securitySchemes: _, ...components } = ours.components as Json;
  return {
    openapi: spelling.openapi,
    info: { title: 'MEDICAL EVENTS MIS API', version: '9.15.7' },
    servers: spelling.servers,
    paths: Object.fromEntries(paths),
    components,
  };
}

interface Place {
  method: string;
  path: string;
  names: readonly string[];
}

function rewritten(
  document: Json,
  item: Json,
  operation: Json,
  { method, path, names }: Place,
  spelling: Spelling,
): Json {
  const id = String(operation.operationId);
  const parameters = [item.parameters ?? [], operation.parameters ?? []].flat();
  const { security: _, 'x-aliases': __, ...rest } = operation;
  return {
    ...rest,
    operationId: spelling.operationId(id, `${method.toUpperCase()} ${path}`),
    parameters: [...parameters.map((each) => renamed(document, each, names, spelling)), ...HEADERS],
    responses: responsesOf(id, operation.responses as Json, spelling),
  };
}

/** Ids in paths are any text there. */
function renamed(document: Json, entry: unknown, names: readonly string[], spelling: Spelling) {
  const parameter = follow(document, entry);
  if (parameter.in !== 'path') return entry;
  const name = spelling.parameter(String(parameter.name), names);
  return { ...parameter, name, schema: { type: 'string' } };
}

function follow(document: Json, entry: unknown): Json {
  const reference = isObject(entry) ? entry.$ref : undefined;
  if (typeof reference !== 'string') return entry as Json;
  const keys = reference.slice(2).split('/');
  return keys.reduce((node, key) => node[key] as Json, document);
}

/** Credentials are parameters of each operation, and no security is spoken of. */
const HEADERS = [
  ['Authorization', 'Bearer mF_9.B5f-4.1JqM'],
  ['X-Custom-PSK', 'a2aa05c76f3f2d91'],
].map(([name, example]) => ({
  name,
  in: 'header',
  required: true,
  schema: { type: 'string' },
  example,
}));

const STATUSES = new Map(
  readFacts()
    .filter(({ from }) => from === 'medical-events')
    .map(({ id, statuses }) => [id, statuses]),
);

/** Only what is described there: few refusals, and jobs in their own forms. */
function responsesOf(id: string, ours: Json, spelling: Spelling): Json {
  const told = (STATUSES.get(id) ?? [200]).map(String);
  return Object.fromEntries(
    told.map((status) => {
      const job = id === 'getJob' ? JOB[status] : status === '202' ? pendingJob() : undefined;
      const described = job && jobAnswer(job, spelling);
      return [status, described ?? ours[status] ?? { description: 'As it is.' }];
    }),
  );
}

/** Closed, as the operator's document has it: what is not named may not come. */
function closed(properties: Json, required: readonly string[]): Json {
  return { type: 'object', properties, required, additionalProperties: false };
}

const LINKS = {
  type: 'array',
  items: closed({ entity: { type: 'string' }, href: { type: 'string' } }, ['entity', 'href']),
};
const BASE = { status: { type: 'string' }, eta: { type: 'string' } };
const CODE = { status_code: { type: 'CODE' } };
const pendingJob = () => closed({ ...BASE, links: LINKS }, ['status']);

function failedJob(error: Json): Json {
  return closed({ ...BASE, ...CODE, error }, ['error', 'status', 'status_code']);
}

const TYPED = { type: { type: 'string' }, message: { type: 'string' } };

/** By status. Those from 400 up tell of failed jobs, with `meta.code` 200: they are forms, and no statuses. */
const JOB: Record<string, Json | undefined> = {
  200: pendingJob(),
  303: closed({ ...BASE, ...CODE, links: LINKS }, ['status', 'links', 'status_code']),
  403: failedJob({ type: 'string' }),
  404: closed({ error: closed({ type: { type: 'string' } }, ['type']) }, ['error']),
  409: failedJob(closed(TYPED, ['message', 'type'])),
  422: failedJob(closed({ ...TYPED, invalid: { type: 'array', items: {} } }, ['type', 'message'])),
  500: closed({ error: closed({ type: { type: 'string' } }, ['type']) }, ['error']),
};

function jobAnswer(data: Json, { statusCode }: Spelling): Json {
  const text = JSON.stringify({ type: 'object', properties: { data, meta: { type: 'object' } } });
  const schema = JSON.parse(text.replaceAll('"CODE"', `"${statusCode}"`));
  return { description: 'As it is.', content: { 'application/json': { schema } } };
}
