import { type OpenApiDocument, resolve } from './document.js';
import { isObject, type Json, put } from './json.js';

/** What a refusal has to say, in whatever form an API says it. */
export interface ErrorFacts {
  status: number;
  /** RFC 9110 §15: `Not Found`. */
  title: string;
  message: string;
  /** Stable, for programs: `REQUEST_BREAKS_CONTRACT`. */
  code: string;
  /** The address that was asked for. */
  url: string;
  /** Id of the exchange. */
  request: string;
  /** It is told as problem details (RFC 9457). */
  problem?: boolean;
  /** One for each rule that the request breaks. */
  breaches: readonly { at: string; in: string; message: string }[];
}

/** How names of fields are spelt does not matter: `error_code`, `errorCode`, `ErrorCode`. */
const NAMES: readonly (readonly [RegExp, (told: Told) => unknown])[] = [
  [/^(resourcetype)$/, () => 'OperationOutcome'],
  [/^(severity|level)$/, () => 'error'],
  [/^(status|statuscode|httpstatus|httpstatuscode|httpcode|httpstatuscodevalue)$/, (t) => t.status],
  [/^(message|msg|detail|details|description|diagnostics|text|reason|explanation)$/, (t) => t.message],
  [/^(\w*message|errordescription|errordetail|errordetails|errortext|errormsg)$/, (t) => t.message],
  [/^(title|summary|name|errorname|statustext|error)$/, (t) => t.title],
  [/^(code|\w*code|type|errortype|key|errorkey|slug)$/, (t) => t.code],
  [/^(field|fieldname|path|pointer|location|parameter|param|property|attribute|target|loc|source|entry)$/, (t) => t.at],
  [/^(in|entrytype|locationtype)$/, (t) => t.in],
  [/^(instance|url|uri|requesturl|requesturi)$/, (t) => t.url],
  [/^(requestid|xrequestid|traceid|correlationid|errorid|incidentid)$/, (t) => t.request],
]; // biome-ignore format: a table

/** Lists that name what is wrong one by one. */
const LIST =
  /^(errors?|issues?|details?|invalid\w*|violations|problems|causes|messages|rules|\w*errors)$/;

/** What can be said at one place: of the whole request, or of one rule. */
type Told = Omit<ErrorFacts, 'breaches'> & { at: string | undefined; in: string | undefined };

/** FHIR R4, value set issue-type: what `code` of an OperationOutcome may say. */
const ISSUE_TYPES: Readonly<Record<number, string>> = {
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-supported',
  406: 'not-supported',
  409: 'conflict',
  413: 'too-long',
  415: 'not-supported',
  429: 'throttled',
  503: 'transient',
};

interface Writer {
  document: OpenApiDocument;
  facts: ErrorFacts;
  told: Told;
  /** Which form is taken where there is a choice, counted on for each attempt. */
  choice: number;
  depth: number;
}

/** A value, and whether it tells anything of the refusal. */
interface Written {
  value: unknown;
  tells: boolean;
}

const NOTHING: Written = { value: undefined, tells: false };
/** Deeper than any error that people declare. */
const MAX_DEPTH = 10;
const MOST_ITEMS = 20;

/**
 * A body that tells a refusal in the form of a schema: fields with a name for it tell message, code and
 * status, others appear only where they must. Undefined when the schema has no place to tell anything. It may
 * break the schema still (a pattern, a limit): that is for a validator to say.
 * @param choice which of the forms is taken where the schema leaves a choice; counted from 0
 * @example errorBody(document, { properties: { message: { type: 'string' } } }, facts) // { message: … }
 */
export function errorBody(
  document: OpenApiDocument,
  schema: Json,
  facts: ErrorFacts,
  choice = 0,
): unknown {
  const { breaches: _, ...told } = facts;
  const writer = {
    document,
    facts,
    told: { ...told, at: undefined, in: undefined },
    choice,
    depth: 0,
  };
  const { properties } = flat(writer, schema);
  if (isObject(properties) && Object.hasOwn(properties, 'resourceType')) {
    writer.told.code = ISSUE_TYPES[facts.status] ?? (facts.status < 500 ? 'invalid' : 'exception');
  }
  const { value, tells } = write(writer, schema, '');
  return tells ? value : undefined;
}

function write(writer: Writer, schema: unknown, name: string): Written {
  const here = flat(writer, schema);
  if (writer.depth > MAX_DEPTH) return NOTHING;
  const inner = { ...writer, depth: writer.depth + 1 };
  if (here.const !== undefined) return { value: here.const, tells: false };
  if (Array.isArray(here.enum)) return fromList(writer, here.enum, name);
  switch (typeOf(here)) {
    case 'object':
      return writeObject(inner, here);
    case 'array':
      return writeArray(inner, here, name);
    case 'boolean':
      return { value: /error|fail/i.test(name), tells: false };
    case 'null':
      return { value: null, tells: false };
    case 'number':
    case 'integer':
      return writeNumber(writer, here, name);
    default:
      return writeText(writer, here, name);
  }
}

/** The schema with what it refers to and includes in one; of a choice one form, `null` never. */
function flat(writer: Writer, schema: unknown, depth = 0): Json {
  const here = resolve(writer.document, schema) ?? {};
  if (depth > MAX_DEPTH) return here;
  const forms = [here.oneOf, here.anyOf].find((list) => Array.isArray(list) && list.length > 0);
  const real = list(forms).filter((form) => resolve(writer.document, form)?.type !== 'null');
  const nullable =
    real.length < list(forms).length || here.nullable === true || list(here.type).includes('null');
  const chosen = real.length > 0 ? [real[writer.choice % real.length]] : [];
  const whole: Json = nullable ? { ...here, nullable } : { ...here };
  for (const part of [...list(here.allOf), ...chosen]) {
    const other = flat(writer, part, depth + 1);
    const properties = together(other.properties, whole.properties);
    const required = [...list(whole.required), ...list(other.required)];
    Object.assign(whole, other, { properties, required });
  }
  return whole;
}

/** What both say of a property holds. */
function together(some: unknown, others: unknown): Json {
  const all: Json = { ...(isObject(some) ? some : {}) };
  for (const [name, schema] of Object.entries(isObject(others) ? others : {})) {
    put(all, name, Object.hasOwn(all, name) ? { allOf: [all[name], schema] } : schema);
  }
  return all;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function typeOf({ type, properties, items }: Json): string {
  const named = [type].flat().find((one) => one !== 'null');
  if (typeof named === 'string') return named;
  if (isObject(properties) && Object.keys(properties).length > 0) return 'object';
  if (items !== undefined) return 'array';
  return type === undefined ? 'string' : 'null';
}

function writeObject(
  writer: Writer,
  { properties, required, additionalProperties }: Json,
): Written {
  const known = Object.entries(isObject(properties) ? properties : {});
  const needed = new Set(list(required));
  const value: Json = {};
  let tells = false;
  for (const [name, schema] of known) {
    const written = write(writer, schema, name);
    if (!written.tells && !needed.has(name)) continue;
    const told = name === 'error' ? asMessage(writer, schema, known, written) : written;
    put(value, name, told.value);
    tells ||= told.tells;
  }
  for (const name of needed)
    if (!Object.hasOwn(value, String(name))) put(value, String(name), writer.told.message);
  if (known.length > 0 || additionalProperties === false) return { value, tells };
  if (isObject(additionalProperties) && Object.keys(additionalProperties).length > 0)
    return writeMap(writer, additionalProperties);
  // Any object will do: the plainest that says it.
  const { message, code } = writer.told;
  return { value: { ...value, message, code }, tells: true };
}

/** `{ error: 'not_found', message: 'there is none' }`: a text is the title beside a message, else the message. */
function asMessage(
  writer: Writer,
  schema: unknown,
  known: readonly (readonly [string, unknown])[],
  written: Written,
): Written {
  if (typeof written.value !== 'string' || isObject(flat(writer, schema).enum)) return written;
  const others = known.some(([name]) => name !== 'error' && plain(name) !== 'error' && says(name));
  return others
    ? written
    : { value: limited(writer.told.message, flat(writer, schema)), tells: true };
}

/** Is it the name of a text for people? */
function says(name: string): boolean {
  return /message|msg|detail|description|text|reason/i.test(name);
}

/** `errors: { "name": ["must be a text"] }`. */
function writeMap(writer: Writer, schema: Json): Written {
  const { facts, told } = writer;
  const found =
    facts.breaches.length > 0 ? facts.breaches : [{ at: 'error', in: '', message: told.message }];
  const entries = found.slice(0, MOST_ITEMS).map(({ at, in: place, message }) => {
    const one = { at, in: place, message };
    const inner = { ...writer, facts: { ...facts, breaches: [one] }, told: { ...told, ...one } };
    const { value, tells } = write(inner, schema, 'message');
    return { pair: [at, value] as const, tells };
  });
  return {
    value: Object.fromEntries(entries.map(({ pair }) => pair)),
    tells: entries.some(({ tells }) => tells),
  };
}

function writeArray(writer: Writer, { items, minItems, maxItems }: Json, name: string): Written {
  const { facts, told } = writer;
  const found = facts.breaches.length > 0 ? facts.breaches : [undefined];
  const most = Math.min(Number(maxItems ?? MOST_ITEMS), MOST_ITEMS);
  const inner = LIST.test(plain(name)) || name === '' ? 'message' : name;
  const written = found.slice(0, most).map((breach) => {
    const own = breach ? { ...told, at: breach.at, in: breach.in, message: breach.message } : told;
    return write({ ...writer, told: own }, items ?? {}, inner);
  });
  const tells = inner === 'message' && written.some((one) => one.tells);
  const value = tells || Number(minItems ?? 0) > 0 ? written.map((one) => one.value) : [];
  return { value, tells };
}

function writeNumber(writer: Writer, schema: Json, name: string): Written {
  const { status } = writer.told;
  if (/^(status\w*|code|\w*statuscode|\w*httpstatus|httpcode|errorcode)$/.test(plain(name)))
    return { value: status, tells: true };
  const given = [schema.example, schema.default, schema.minimum].find((n) => typeof n === 'number');
  return { value: given ?? 0, tells: false };
}

function writeText(writer: Writer, schema: Json, name: string): Written {
  const { format, example, default: usual, nullable } = schema;
  // RFC 9457 §4.2.1.
  if (plain(name) === 'type' && (writer.facts.problem || /^ur[il]/.test(String(format))))
    return { value: 'about:blank', tells: true };
  const [, tell] = NAMES.find(([pattern]) => pattern.test(plain(name))) ?? [];
  const found = name === '' ? writer.told.message : tell?.(writer.told);
  if (found !== undefined && (format === undefined || isAddress(format, found)))
    return { value: limited(String(found), schema), tells: true };
  if (nullable) return { value: null, tells: false };
  if (tell) return { value: OF_FORMAT[String(format)] ?? '', tells: false };
  const given = [example, list(schema.examples)[0], usual].find((text) => typeof text === 'string');
  return {
    value: given ?? OF_FORMAT[String(format)] ?? limited(writer.told.title, schema),
    tells: false,
  };
}

const OF_FORMAT: Readonly<Record<string, string>> = {
  uri: 'about:blank',
  url: 'https://example.com',
  email: 'user@example.com',
  uuid: '00000000-0000-4000-8000-000000000000',
  date: '2000-01-01',
  'date-time': '2000-01-01T00:00:00Z',
};

function isAddress(format: unknown, value: unknown): boolean {
  if (format === 'uuid') return /^[0-9a-f-]{36}$/i.test(String(value));
  if (/^(uri|url)/.test(String(format))) return URL.canParse(String(value));
  return !Object.hasOwn(OF_FORMAT, String(format));
}

function limited(text: string, { maxLength }: Json): string {
  return typeof maxLength === 'number' && text.length > maxLength ? text.slice(0, maxLength) : text;
}

/** Words of specifications for a status, the most usual first: FHIR's issue types, Google's and OAuth's codes. */
const WORDS: Readonly<Record<number, readonly string[]>> = {
  400: ['invalid', 'badrequest', 'invalidargument', 'invalidrequest', 'validation', 'structure'],
  401: ['login', 'unauthorized', 'unauthenticated', 'accessdenied', 'invalidtoken', 'security'],
  403: ['forbidden', 'permissiondenied', 'accessdenied', 'security'],
  404: ['notfound', 'missing', 'unknown'],
  405: ['notsupported', 'methodnotallowed', 'unimplemented'],
  406: ['notacceptable', 'notsupported'],
  409: ['conflict', 'aborted', 'duplicate'],
  413: ['toolong', 'payloadtoolarge', 'requesttoolarge'],
  415: ['unsupportedmediatype', 'notsupported', 'structure'],
  422: ['invalid', 'unprocessable', 'unprocessableentity', 'validationfailed', 'validationerror', 'processing'],
  429: ['throttled', 'toomanyrequests', 'ratelimited', 'resourceexhausted'],
  500: ['exception', 'internal', 'internalerror', 'internalservererror', 'servererror'],
  503: ['unavailable', 'serviceunavailable', 'transient'],
}; // biome-ignore format: a table

/** The member of a list that means this refusal. */
function fromList({ told }: Writer, values: readonly unknown[], name: string): Written {
  const [, tell] = NAMES.find(([pattern]) => pattern.test(plain(name))) ?? [];
  const own = [tell?.(told), told.status, told.code, told.title].map((word) => plain(String(word)));
  const kind = told.status < 500 ? 400 : 500;
  const wanted = [
    ...own,
    ...(WORDS[told.status] ?? []),
    ...(WORDS[kind] ?? []),
    'error',
    'processing',
    'unknown',
    'other',
  ];
  const words = values.map((value) => plain(String(value)));
  const hit = wanted.map((word) => words.indexOf(word)).find((i) => i !== -1);
  const contained = wanted
    .map((word) => words.findIndex((w) => w.includes(word)))
    .find((i) => i !== -1);
  const at = hit ?? contained;
  return { value: values[at ?? 0], tells: at !== undefined && tell !== undefined };
}

/** `error_code`, `errorCode`, `Error-Code` → `errorcode`. */
function plain(name: string): string {
  return name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}
