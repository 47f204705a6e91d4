import { generate } from 'json-schema-faker';
import { follow, part } from './read.mjs';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Every operation of a document: `{ name, method, path, pointer, operation }`. */
export function operationsOf(document) {
  const found = [];
  for (const path of Object.keys(document.paths ?? {})) {
    const [pointer, item] = follow(document, `/paths/${part(path)}`);
    for (const method of METHODS) {
      if (typeof item?.[method] !== 'object') continue;
      const name = `${method.toUpperCase()} ${path}`;
      found.push({
        name,
        method: method.toUpperCase(),
        path,
        item: pointer,
        pointer: `${pointer}/${method}`,
      });
    }
  }
  return found;
}

/** `limit` of them, evenly spread over the list: the same ones at each run. */
export function sampleOf(operations, limit) {
  if (operations.length <= limit) return operations;
  return Array.from(
    { length: limit },
    (_, i) => operations[Math.floor((i * operations.length) / limit)],
  );
}

/**
 * What a client would send that keeps to the contract: the required parameters and the required body, from the
 * document's own examples where it has some, else made up and held to the schema.
 * @returns requests: the first one a sample (`kind: 'sample'`), then one for each example of a body (`kind: 'example'`);
 *   none when something required cannot be made up
 */
export async function requestsOf(document, operation, judge) {
  const { values, missing } = await parametersOf(document, operation, judge);
  if (missing) return [];
  const frame = frameOf(document, operation, values);
  const [bodyAt, body] = follow(document, `${operation.pointer}/requestBody`);
  if (body === undefined) return [{ kind: 'sample', ...frame }];
  const examples = bodyExamples(document, bodyAt, body);
  const judged = [];
  for (const example of examples) {
    judged.push({ ...example, fits: await judge(example.schema, example.value) });
  }
  const good = judged.find(({ fits }) => fits !== 'invalid');
  const sample = good ?? (await sampleBody(document, bodyAt, body, judge));
  const requests = judged.map((example) => ({
    kind: 'example',
    fits: example.fits,
    ...withBody(frame, example),
  }));
  if (sample) return [{ kind: 'sample', ...withBody(frame, sample) }, ...requests];
  return body.required ? requests : [{ kind: 'sample', ...frame }, ...requests];
}

async function parametersOf(document, operation, judge) {
  const byKey = new Map();
  for (const at of [operation.item, operation.pointer]) {
    const [, holder] = follow(document, at);
    for (const index of Object.keys(holder.parameters ?? [])) {
      const [pointer, parameter] = follow(document, `${at}/parameters/${index}`);
      if (parameter?.name) byKey.set(`${parameter.in} ${parameter.name}`, { pointer, parameter });
    }
  }
  const values = [];
  for (const { pointer, parameter } of byKey.values()) {
    if (parameter.in !== 'path' && !parameter.required) continue;
    if (parameter.in === 'header' && /^(accept|content-type)$/i.test(parameter.name)) continue;
    const value = await parameterValue(document, pointer, parameter, judge);
    if (value === undefined) return { values, missing: true };
    values.push({ parameter, value });
  }
  return { values, missing: false };
}

async function parameterValue(document, pointer, parameter, judge) {
  const [content] = Object.keys(parameter.content ?? {});
  const schemaAt = content ? `${pointer}/content/${part(content)}/schema` : `${pointer}/schema`;
  const [, schema] = follow(document, schemaAt);
  const examples = Object.keys(parameter.examples ?? {}).map(
    (name) => follow(document, `${pointer}/examples/${part(name)}`)[1]?.value,
  );
  const told = [parameter.example, ...examples, ...toldBy(schema)];
  for (const value of told.filter(
    (v) => v !== undefined && v !== null && v !== '' && isOfFormat(schema, v),
  )) {
    if (schema === undefined || (await judge(schemaAt, value)) !== 'invalid') {
      return content ? JSON.stringify(value) : value;
    }
  }
  const made = await makeUp(document, schemaAt, judge);
  if (made === '' || (parameter.in === 'path' && typeof made === 'object')) return undefined;
  // No server takes a request line of any length.
  if (typeof made === 'string' && made.length > 1000) return undefined;
  return content ? JSON.stringify(made) : made;
}

const toldBy = (schema) => [
  schema?.example,
  ...(Array.isArray(schema?.examples) ? schema.examples : []),
  schema?.default,
  ...(Array.isArray(schema?.enum) ? schema.enum : []),
  ...(schema?.format in BY_FORMAT ? [BY_FORMAT[schema.format]] : []),
];

function frameOf(document, operation, values) {
  const { method, path } = operation;
  const query = [];
  const headers = credentialsOf(document, operation, query);
  // No client sends a fragment.
  let filled = path.replace(/#.*/, '') || '/';
  for (const { parameter, value } of values) {
    if (parameter.in === 'path') {
      filled = filled.replaceAll(`{${parameter.name}}`, encodeURIComponent(simple(value)));
    } else if (parameter.in === 'query') query.push(...pairsOf(parameter, value));
    else if (parameter.in === 'header') headers[parameter.name.toLowerCase()] = simple(value);
    else
      headers.cookie = [headers.cookie, `${parameter.name}=${simple(value)}`]
        .filter(Boolean)
        .join('; ');
  }
  const search = query
    .map(([n, v]) => `${encodeURIComponent(n)}=${encodeURIComponent(v)}`)
    .join('&');
  const joint = filled.includes('?') ? '&' : '?';
  return { method, url: search ? `${filled}${joint}${search}` : filled, headers, body: undefined };
}

const simple = (value) =>
  Array.isArray(value)
    ? value.join(',')
    : typeof value === 'object'
      ? Object.entries(value).flat().join(',')
      : String(value);

/** OpenAPI 3.1, Style Values; `form` and `explode: true` where nothing is said. */
function pairsOf(
  { name, style = 'form', explode = style === 'form' || style === 'deepObject' },
  value,
) {
  if (typeof value !== 'object') return [[name, String(value)]];
  if (style === 'deepObject')
    return Object.entries(value).map(([k, v]) => [`${name}[${k}]`, text(v)]);
  if (!Array.isArray(value)) {
    return explode
      ? Object.entries(value).map(([k, v]) => [k, text(v)])
      : [[name, Object.entries(value).flat().join(',')]];
  }
  if (explode) return value.map((v) => [name, text(v)]);
  return [[name, value.join({ spaceDelimited: ' ', pipeDelimited: '|' }[style] ?? ',')]];
}

const text = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** Something in the place of each credential that the first alternative of an operation's `security` asks for. */
function credentialsOf(document, { pointer }, query) {
  const headers = {};
  const [, operation] = follow(document, pointer);
  const [alternative] = operation.security ?? document.security ?? [];
  for (const name of Object.keys(alternative ?? {})) {
    const [, scheme] = follow(document, `/components/securitySchemes/${part(name)}`);
    if (scheme?.type === 'apiKey') {
      if (scheme.in === 'query') query.push([scheme.name, 'demo']);
      else if (scheme.in === 'header') headers[scheme.name.toLowerCase()] = 'demo';
      else headers.cookie = [headers.cookie, `${scheme.name}=demo`].filter(Boolean).join('; ');
    } else if (scheme?.type === 'http' && /^(basic|digest)$/i.test(scheme.scheme ?? '')) {
      headers.authorization = `${scheme.scheme} ZGVtbzpkZW1v`;
    } else headers.authorization = 'Bearer demo';
  }
  return headers;
}

const isJson = (type) =>
  /^application\/(json|[^;]*\+json)\s*(;|$)/i.test(type) ||
  type === '*/*' ||
  type === 'application/*';
const isForm = (type) => /^application\/x-www-form-urlencoded/i.test(type);

function bodyExamples(document, bodyAt, body) {
  return Object.entries(body.content ?? {})
    .filter(([type]) => isJson(type))
    .flatMap(([type, media]) => {
      const at = `${bodyAt}/content/${part(type)}`;
      const named = Object.keys(media.examples ?? {}).map(
        (name) => follow(document, `${at}/examples/${part(name)}`)[1]?.value,
      );
      const [, schema] = follow(document, `${at}/schema`);
      const values = [media.example, ...named, schema?.example].filter((v) => v !== undefined);
      return values.map((value) => ({
        type,
        value: parsed(value, schema),
        schema: `${at}/schema`,
      }));
    });
}

/** Authors write a JSON body as text too. */
function parsed(value, schema) {
  if (typeof value !== 'string' || schema?.type === 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

async function sampleBody(document, bodyAt, body, judge) {
  for (const type of Object.keys(body.content ?? {})) {
    if (!isJson(type) && !isForm(type)) continue;
    const schema = `${bodyAt}/content/${part(type)}/schema`;
    const value = await makeUp(document, schema, judge);
    if (value === undefined) continue;
    if (isJson(type)) return { type, value };
    if (Object.values(value ?? {}).every((v) => typeof v !== 'object')) return { type, value };
  }
  return undefined;
}

function withBody(frame, { type, value }) {
  const sent = type.includes('*') ? 'application/json' : type;
  const body = isForm(type) ? new URLSearchParams(value).toString() : JSON.stringify(value);
  return { ...frame, headers: { ...frame.headers, 'content-type': sent }, body };
}

/** A value that the judge finds good; undefined when three tries make none. */
async function makeUp(document, pointer, judge) {
  const schema = smallest(document, follow(document, pointer)[1], 0, { left: 3000 });
  if (schema === undefined) return undefined;
  for (let seed = 1; seed <= 3; seed += 1) {
    try {
      const value = await generate(structuredClone(schema), {
        seed,
        requiredOnly: true,
        useDefaultValue: true,
        useExamplesValue: true,
        failOnInvalidTypes: false,
        failOnInvalidFormat: false,
      });
      if ((await judge(pointer, value)) !== 'invalid') return value;
    } catch {
      return undefined;
    }
  }
  return undefined;
}

/** The schema with its `$ref`s in place as far as a required value needs them. */
function smallest(document, schema, depth, budget) {
  budget.left -= 1;
  if (typeof schema !== 'object' || schema === null) return schema;
  if (depth > 12 || budget.left < 0) return {};
  if (Array.isArray(schema)) return schema.map((s) => smallest(document, s, depth + 1, budget));
  if (typeof schema.$ref === 'string') {
    const [, target] = follow(document, decodeURIComponent(schema.$ref.slice(1)));
    return smallest(document, target, depth + 1, budget);
  }
  const out = { ...schema };
  const required = new Set([schema.required ?? []].flat());
  if (schema.nullable) delete out.nullable;
  if (typeof schema.exclusiveMinimum === 'boolean') delete out.exclusiveMinimum;
  if (typeof schema.exclusiveMaximum === 'boolean') delete out.exclusiveMaximum;
  if (schema.properties) {
    const kept = Object.entries(schema.properties).filter(([name]) => required.has(name));
    out.properties = Object.fromEntries(
      kept.map(([n, s]) => [n, smallest(document, s, depth + 1, budget)]),
    );
    out.required = [...required].filter((name) => !out.properties[name]?.readOnly);
  }
  for (const key of ['items', 'allOf', 'anyOf', 'oneOf', 'not']) {
    if (schema[key]) out[key] = smallest(document, schema[key], depth + 1, budget);
  }
  if (out.format in BY_FORMAT && !out.enum && !out.const) out.enum = [BY_FORMAT[out.format]];
  return out;
}

/** Authors write `{Model Id}` as the example of a uuid, and the judge knows no uuid in OpenAPI 3.0. */
function isOfFormat(schema, value) {
  return schema?.format !== 'uuid' || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}

const BY_FORMAT = {
  uuid: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  date: '2026-02-02',
  'date-time': '2026-02-02T12:00:00Z',
  email: 'somebody@example.org',
  uri: 'https://example.org/',
  url: 'https://example.org/',
};
