import { isObject, type Json } from './json.js';
import { OBJECTS } from './openapi-objects.js';

/**
 * A word of a schema whose value is not what its dialect's metaschema asks for, and what is made of it:
 * validators are compiled without a look at metaschemas, and would fail when the first message comes.
 */
export interface WordSlip {
  /** Keys from the schema on. */
  at: readonly string[];
  word: string;
  found: unknown;
  /** `a whole number` */
  expected: string;
  /** What the word is read as; undefined: it is left out, so that nothing is held to it. */
  readAs: unknown;
}

/** The value that is meant, the value itself when nothing is wrong with it, undefined when nobody can tell. */
type Read = (value: unknown) => unknown;

interface Word {
  expected: string;
  read: Read;
}

const number: Word = {
  expected: 'a number',
  read: (value) => (typeof value === 'string' ? numberIn(value) : ofType('number', value)),
};
const count: Word = {
  expected: 'a whole number, 0 or more',
  read: (value) => {
    const read = number.read(value) as number | undefined;
    return read !== undefined && Number.isInteger(read) && read >= 0 ? read : undefined;
  },
};
const divisor: Word = {
  expected: 'a number above 0',
  read: (value) => {
    const read = number.read(value) as number | undefined;
    return read !== undefined && read > 0 ? read : undefined;
  },
};
const flag: Word = {
  expected: 'true or false',
  read: (value) => {
    if (typeof value !== 'string') return ofType('boolean', value);
    return /^true$/i.test(value) ? true : /^false$/i.test(value) ? false : undefined;
  },
};
const text: Word = { expected: 'a text', read: (value) => ofType('string', value) };
const names: Word = {
  expected: 'a list of names',
  read: (value) => {
    if (typeof value === 'string') return [value];
    if (!Array.isArray(value)) return undefined;
    return value.every((name) => typeof name === 'string') ? value : value.filter(isText);
  },
};
const choice: Word = {
  expected: 'a list of values, one or more',
  read: (value) => {
    if (Array.isArray(value)) return value.length > 0 ? value : undefined;
    return isObject(value) || value === null ? undefined : [value];
  },
};
const namesByName: Word = {
  expected: 'a mapping of lists of names',
  read: (value) =>
    isObject(value) && Object.values(value).every((list) => names.read(list) === list)
      ? value
      : undefined,
};
const discriminator: Word = {
  expected: 'an object with propertyName',
  read: (value) => {
    if (typeof value === 'string') return { propertyName: value };
    return isObject(value) && typeof value.propertyName === 'string' ? value : undefined;
  },
};

/** JSON Schema Validation 2020-12 §6, OpenAPI 3.1.1 "Schema Object". */
const WORDS: Readonly<Record<string, Word>> = {
  multipleOf: divisor,
  maximum: number,
  minimum: number,
  exclusiveMaximum: number,
  exclusiveMinimum: number,
  maxLength: count,
  minLength: count,
  maxItems: count,
  minItems: count,
  maxContains: count,
  minContains: count,
  maxProperties: count,
  minProperties: count,
  uniqueItems: flag,
  nullable: flag,
  readOnly: flag,
  writeOnly: flag,
  deprecated: flag,
  pattern: text,
  format: text,
  $ref: text,
  required: names,
  dependentRequired: namesByName,
  enum: choice,
  discriminator,
};

/** JSON Schema Core 2020-12 §4.2.1. */
const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];
/** What people of other languages call them, and what OpenAPI 2.0 did. */
const MEANT: Readonly<Record<string, string>> = {
  str: 'string', text: 'string', file: 'string', binary: 'string', date: 'string', datetime: 'string',
  'date-time': 'string', uuid: 'string', uri: 'string', url: 'string', email: 'string', password: 'string',
  int: 'integer', int32: 'integer', int64: 'integer', long: 'integer',
  float: 'number', double: 'number', decimal: 'number', numeric: 'number',
  bool: 'boolean', list: 'array', dict: 'object', map: 'object', nil: 'null', none: 'null',
}; // biome-ignore format: a table
/** Types that are formats of a text. */
const FORMATS: Readonly<Record<string, string>> = {
  file: 'binary', binary: 'binary', date: 'date', datetime: 'date-time', 'date-time': 'date-time',
  uuid: 'uuid', uri: 'uri', url: 'uri', email: 'email', password: 'password',
}; // biome-ignore format: a table

/**
 * Holds the words of one schema to what they may say, and mends them in place. What is inside of it is
 * looked at when its turn comes.
 */
export function mendWords(schema: Json): WordSlip[] {
  const slips: WordSlip[] = [];
  const tell = (word: string, expected: string, readAs: unknown, at: string[] = [word]) => {
    slips.push({ at, word, found: schema[word], expected, readAs });
    if (readAs === undefined) delete schema[word];
    else schema[word] = readAs;
  };
  for (const word of Object.keys(schema)) {
    const value = schema[word];
    if (word === 'type') mendType(schema, tell);
    else if (Object.hasOwn(WORDS, word)) {
      const { expected, read } = WORDS[word] as Word;
      const readAs = read(value);
      if (readAs !== value) tell(word, expected, readAs);
    } else if (Object.hasOwn(OBJECTS.schema, word)) {
      const [expected, readAs] = mendInner(word, value);
      if (readAs !== value) tell(word, expected, readAs);
    }
  }
  return slips;
}

type Tell = (word: string, expected: string, readAs: unknown) => void;

function mendType(schema: Json, tell: Tell): void {
  const { type } = schema;
  const expected = `one of ${TYPES.join(', ')}`;
  if (typeof type === 'string') {
    if (TYPES.includes(type)) return;
    const meant = typeMeant(type);
    const format = FORMATS[type.toLowerCase()];
    if (format !== undefined && schema.format === undefined) schema.format = format;
    tell('type', expected, meant);
    return;
  }
  if (!Array.isArray(type)) {
    tell('type', expected, type === null ? 'null' : undefined);
    return;
  }
  const read = type.map((each) => (each === null ? 'null' : typeMeant(String(each))));
  // One that nobody knows could be anything.
  const known = read.includes(undefined) || read.length === 0 ? undefined : [...new Set(read)];
  if (known === undefined || JSON.stringify(known) !== JSON.stringify(type)) {
    tell('type', expected, known);
  }
}

function typeMeant(type: string): string | undefined {
  const plain = type.trim().toLowerCase();
  return TYPES.includes(plain) ? plain : Object.hasOwn(MEANT, plain) ? MEANT[plain] : undefined;
}

/** Words that hold other schemas: one, a list or a map of them. */
function mendInner(word: string, value: unknown): [expected: string, readAs: unknown] {
  const form = OBJECTS.schema[word]?.form;
  if (form === 'map') {
    const expected = 'a mapping of schemas';
    if (!isObject(value)) return [expected, undefined];
    const fits = (inner: unknown) =>
      isSchema(inner) || (word === 'dependencies' && names.read(inner) === inner);
    const entries = Object.entries(value);
    if (entries.every(([, inner]) => fits(inner))) return [expected, value];
    return [expected, Object.fromEntries(entries.map(([k, v]) => [k, fits(v) ? v : {}]))];
  }
  if (form === 'list') {
    const expected = 'a list of schemas, one or more';
    if (isObject(value)) return [expected, [value]];
    if (!Array.isArray(value)) return [expected, undefined];
    const fit = value.every(isSchema) ? value : value.filter(isSchema);
    return [expected, fit.length > 0 ? fit : undefined];
  }
  // A list of items is read by the schema's dialect.
  if (isSchema(value) || (word === 'items' && Array.isArray(value) && value.every(isSchema))) {
    return ['a schema', value];
  }
  return ['a schema', typeof value === 'string' ? flag.read(value) : undefined];
}

function isSchema(value: unknown): boolean {
  return isObject(value) || typeof value === 'boolean';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function ofType(type: 'number' | 'boolean' | 'string', value: unknown): unknown {
  const found: string = typeof value;
  return found === type && !Number.isNaN(value) ? value : undefined;
}

function numberIn(value: string): number | undefined {
  const read = value.trim() === '' ? Number.NaN : Number(value);
  return Number.isFinite(read) ? read : undefined;
}
