import type { Ajv, Format, Options, ValidateFunction } from 'ajv';
import { type Direction, directed } from './direction.js';
import { discriminated } from './discriminator.js';
import type { OpenApiDocument } from './document.js';
import { addExact, exactly } from './exact-numbers.js';
import { NUMBERS, ROUNDED, STRINGS } from './formats.js';
import type { Json } from './json.js';
import { loadAjv } from './libraries.js';
import { isMultipleOf } from './multiple-of.js';
import { LINEAR } from './pattern.js';
import { asPattern, namesProto } from './proto-name.js';

/** Makes what checks a value against a schema of a contract, as its messages of one direction mean it. */
export type Compile = (direction: Direction, way: Way, schema: Json) => ValidateFunction;

/** What a look at a document's text shows. */
export interface KnownOfText {
  /** `true`: nothing in the document is readOnly or writeOnly, and no name decides. */
  undirected?: boolean;
  /** `false`: no name in the document is one that every object of JavaScript has. */
  inherited?: boolean;
}

/** How errors are looked for, and what is done with values before. */
const WAYS = {
  /** Stops at the first error: what is good is found so, and what is wrong in a body of any width. */
  strict: { allErrors: false },
  /** Finds every error. */
  thorough: {},
  /** Parameters are texts. */
  parameters: { coerceTypes: 'array', useDefaults: true },
  /** Fields of forms are texts, and get no defaults: a body of JSON gets none. */
  form: { coerceTypes: 'array' },
  /** Finds every error, and knows whole numbers beyond 2^53. */
  exact: {},
} as const satisfies Record<string, Options>;

export type Way = keyof typeof WAYS;

const OPTIONS: Options = {
  strict: false,
  allErrors: true,
  validateSchema: false,
  addUsedSchema: false,
  logger: false,
};

/** Names that every object of JavaScript inherits: what reads `{}` finds something there. */
const INHERITED = new RegExp(Object.getOwnPropertyNames(Object.prototype).join('|'));

/** Words by which a schema means one thing in requests and another in answers, or lets a name decide. */
const DIRECTED = /readOnly|writeOnly|discriminator/;

/** What the text of a whole document says. */
export function knownOf(text: string): Required<KnownOfText> {
  return { undirected: !DIRECTED.test(text), inherited: INHERITED.test(text) };
}

/** A schema as the messages of one direction mean it. */
interface Side {
  document: OpenApiDocument;
  /** A part of the document as it is meant there. */
  mean<T>(part: T): T;
  /** Instances of Ajv by what they are made for, each made when it is first needed. */
  made: Map<Way, Ajv>;
}

/** Formats that a way knows, by name: of texts, and of numbers. */
export function formatsOf(way: Way): Record<string, Format> {
  const numbers = 'coerceTypes' in WAYS[way] ? { ...NUMBERS, ...ROUNDED } : NUMBERS;
  const ofNumbers = Object.entries(numbers).map(([name, validate]): [string, Format] => [
    name,
    { type: 'number', validate },
  ]);
  return { ...STRINGS, ...Object.fromEntries(ofNumbers) };
}

/** Compiles schemas of a document by Ajv, which is loaded with the first one. */
export function makeCompiler(document: OpenApiDocument, known: KnownOfText): Compile {
  const ajvFor = makeAjvs(document, known);
  return (direction, way, schema) => {
    const { ajv, meant } = ajvFor(direction, way);
    return ajv.compile(meant(schema));
  };
}

/**
 * Ajv with a document, and what it is to compile of a schema, by direction and way.
 * @param code how Ajv writes its code; unless it says otherwise, fast to write rather than short
 */
export function makeAjvs(
  document: OpenApiDocument,
  { undirected = false, inherited = true }: KnownOfText,
  code: Options['code'] = {},
) {
  const sideOf = sidesOf(document, undirected);
  const hasProto = inherited && namesProto(document);
  /** What Ajv can read of a schema, or of a whole document. */
  const readable = <T>(part: T, way: Way): T => {
    const named = hasProto ? asPattern(part) : part;
    return way === 'exact' ? exactly(named) : named;
  };
  const ajvOf = (side: Side, way: Way): Ajv => {
    const known = side.made.get(way);
    if (known) return known;
    // A look at each value's own names costs time, so it is taken only where a name could be inherited.
    const options = {
      ...WAYS[way],
      ownProperties: inherited,
      code: { optimize: false, ...code, regExp: LINEAR },
    };
    const ajv = makeAjv(readable(side.document, way), way, options);
    if (way === 'exact') addExact(ajv, ajvOf(side, 'strict'));
    side.made.set(way, ajv);
    return ajv;
  };
  return (direction: Direction, way: Way) => {
    const side = sideOf(direction);
    const meant = (schema: Json) => {
      const there = side.mean(schema);
      return rebase(readable(there, way)) as Json;
    };
    return { ajv: ajvOf(side, way), meant };
  };
}

function sidesOf(document: OpenApiDocument, undirected: boolean): (direction: Direction) => Side {
  const sides = new Map<Direction, Side>();
  if (undirected) {
    const side: Side = { document, mean: (part) => part, made: new Map() };
    sides.set('request', side).set('answer', side);
  }
  return (direction) => {
    const known = sides.get(direction);
    if (known) return known;
    const other = direction === 'request' ? 'answer' : 'request';
    const lighter = directed(document, direction);
    // Most documents mean the same either way, and what is compiled serves both.
    const side =
      (lighter ?? directed(document, other))
        ? makeSide(document, lighter)
        : (sides.get(other) ?? makeSide(document, undefined));
    sides.set(direction, side);
    return side;
  };
}

function makeSide(document: OpenApiDocument, lighter: (<T>(part: T) => T) | undefined): Side {
  const light = lighter ? lighter(document) : document;
  const decided = discriminated(light);
  const mean = <T>(part: T): T => {
    const lightPart = lighter ? lighter(part) : part;
    return decided ? decided(lightPart) : lightPart;
  };
  return { document: decided ? decided(light) : light, mean, made: new Map() };
}

function makeAjv(document: OpenApiDocument, way: Way, options: Options): Ajv {
  const { Ajv, Ajv2020, addFormats } = loadAjv();
  const Dialect = document.openapi.startsWith('3.0') ? Ajv : Ajv2020;
  const ajv = new Dialect({ ...OPTIONS, ...options });
  addFormats(ajv);
  for (const [name, format] of Object.entries(formatsOf(way))) ajv.addFormat(name, format);
  ajv.removeKeyword('multipleOf');
  ajv.addKeyword({
    keyword: 'multipleOf',
    type: 'number',
    schemaType: 'number',
    compile: (step: number) => (value: number) => isMultipleOf(value, step),
    error: { message: ({ schema }) => `must be multiple of ${schema}` },
  });
  addWhole(ajv, document);
  return ajv;
}

/**
 * Lets references lead into a document, as `addSchema` does, without its search for names in all of it: schemas have
 * none any more once they are normalized.
 */
function addWhole(ajv: Ajv, document: OpenApiDocument): void {
  const { SchemaEnv } = loadAjv();
  const schema = { ...document };
  const env = new SchemaEnv({ schema, schemaId: '$id', baseId: 'contract:', localRefs: {} });
  ajv.refs['contract:'] = env;
  ajv.schemas['contract:'] = env;
}

/** Schemas taken out of the document keep pointing into it. */
function rebase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rebase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === '$ref' && typeof inner === 'string' && inner.startsWith('#')
        ? [key, `contract:${inner}`]
        : [key, rebase(inner)],
    ),
  );
}
