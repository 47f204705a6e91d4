import type { ErrorObject, Options, ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { SchemaEnv } from 'ajv/dist/compile/index.js';
import formats from 'ajv-formats';
import { type Direction, directed } from './direction.js';
import { discriminated } from './discriminator.js';
import type { OpenApiDocument } from './document.js';
import { isRounded } from './exact-json.js';
import { addExact, exactly, RANGES } from './exact-numbers.js';
import { NUMBERS, ROUNDED, STRINGS } from './formats.js';
import type { Json } from './json.js';
import { isJson, mediaTypeOf } from './media-type.js';
import { isMultipleOf } from './multiple-of.js';
import type { Breach, Operation, Parameter, ParameterPlace } from './operation.js';
import { LINEAR } from './pattern.js';
import { partsOf } from './schemas.js';

type Check = (value: unknown) => Breach[];

const OPTIONS: Options = {
  strict: false,
  allErrors: true,
  validateSchema: false,
  addUsedSchema: false,
  logger: false,
  code: { regExp: LINEAR, optimize: false },
};
const NONE: Breach[] = [];

/**
 * So many breaches are told, out of so many errors: a list of 8,000 wrong items fits into 16 KiB, and
 * an answer that named each of them would be a hundred times as long and hold up everybody else.
 */
export const MAX_BREACHES = 100;
const MAX_ERRORS = 1000;
/** Values in a body whose every error is looked for. */
const WIDEST = 1500;

/** Schemas as they are meant for messages of one direction. */
interface Side {
  document: OpenApiDocument;
  /** A part of the document as it is meant there. */
  mean<T>(part: T): T;
  /** Instances of Ajv by what they are made for, each made when it is first needed. */
  made: Map<string, Ajv>;
}

interface Known {
  /** `true`: nothing in the document is readOnly or writeOnly, and no name decides. */
  undirected?: boolean;
  /** `false`: no name in the document is one that every object of JavaScript has. */
  inherited?: boolean;
}

/** Names that every object of JavaScript inherits: what reads `{}` finds something there. */
export const INHERITED = new RegExp(Object.getOwnPropertyNames(Object.prototype).join('|'));

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

/**
 * Checks messages against one contract. Validators are compiled by Ajv when first needed and kept,
 * so a contract costs nothing at start and a check costs microseconds afterwards.
 */
export class Validator {
  readonly #checks = new Map<string, Check>();
  readonly #document: OpenApiDocument;
  readonly #sides = new Map<Direction, Side>();

  readonly #inherited: boolean;

  /** @param known what a look at the document's text has shown, which need not be looked for any more */
  constructor(document: OpenApiDocument, { undirected = false, inherited = true }: Known = {}) {
    this.#document = document;
    this.#inherited = inherited;
    if (!undirected) return;
    const side = { document, mean: <T>(part: T) => part, made: new Map() };
    this.#sides.set('request', side).set('answer', side);
  }

  #side(direction: Direction): Side {
    const known = this.#sides.get(direction);
    if (known) return known;
    const other = direction === 'request' ? 'answer' : 'request';
    const lighter = directed(this.#document, direction);
    // Most documents mean the same either way, and what is compiled serves both.
    const side =
      (lighter ?? directed(this.#document, other))
        ? makeSide(this.#document, lighter)
        : (this.#sides.get(other) ?? makeSide(this.#document, undefined));
    this.#sides.set(direction, side);
    return side;
  }

  #ajv(side: Side, way: keyof typeof WAYS): Ajv {
    const { document, made } = side;
    const known = made.get(way);
    if (known) return known;
    // A look at each value's own names costs time, so it is taken only where a name could be inherited.
    const options = { ...WAYS[way], ownProperties: this.#inherited };
    const ajv = makeAjv(way === 'exact' ? exactly(document) : document, options);
    if (way === 'exact') addExact(ajv, this.#ajv(side, 'strict'));
    made.set(way, ajv);
    return ajv;
  }

  /** Path, query, header or cookie parameters. Changes `values` in place: types and defaults of the schema. */
  parameters(operation: Operation, place: ParameterPlace, values: Json): Breach[] {
    return this.#check(`${operation.id} ${place}`, () => {
      const declared = operation.parameters.filter((p) => p.in === place);
      if (declared.length === 0) return () => NONE;
      const texts = this.#compileParameters(
        'parameters',
        place,
        declared.filter((p) => !p.content),
      );
      // What has a media type has the types of its message already.
      const messages = declared.filter((p) => p.content);
      if (messages.length === 0) return texts;
      const others = this.#compileParameters('thorough', place, messages);
      return (given) => [...texts(given), ...others(given)];
    })(values);
  }

  #compileParameters(
    way: keyof typeof WAYS,
    place: ParameterPlace,
    declared: readonly Parameter[],
  ): Check {
    const name = (n: string) => (place === 'header' ? n.toLowerCase() : n);
    const check = this.#compile('request', way, place, {
      type: 'object',
      properties: Object.fromEntries(declared.map((p) => [name(p.name), p.schema])),
      required: declared.filter((p) => p.required).map((p) => name(p.name)),
    });
    const numbers = declared.some(({ schema }) => mayBeNumber(this.#document, schema));
    if (!numbers) return check;
    return (given) => {
      const values = given as Json;
      const big = bigTexts(values);
      const breaches = check(values);
      if (breaches.length > 0 || big.length === 0) {
        return breaches.length > 0 ? breaches : infinite(place, values);
      }
      return big.flatMap(([at, text]) => {
        if (typeof values[at] !== 'number') return [];
        values[at] = text;
        return this.#outOfRange(
          place,
          at,
          text,
          declared.find((p) => name(p.name) === at),
        );
      });
    };
  }

  /** A whole number that a double would round, held to its format by its text. */
  #outOfRange(
    place: ParameterPlace,
    at: string,
    text: string,
    parameter: Parameter | undefined,
  ): Breach[] {
    const parts = partsOf(this.#document, parameter?.schema);
    const format = parts.map((part) => String(part.format)).find((each) => each in RANGES);
    const [least, most] = RANGES[format ?? ''] ?? [];
    if (least === undefined || most === undefined) return [];
    if (BigInt(text) >= least && BigInt(text) <= most) return [];
    const description = `expected the format ${format}`;
    return [{ in: place, at, rule: 'format', description, params: [format] }];
  }

  /** The schema of request bodies of a media type; undefined when the operation takes none such. */
  schemaOfBody(operation: Operation, mediaType: string): Json | undefined {
    return operation.body && pick(operation.body.content, mediaType);
  }

  /**
   * A request body; `undefined` when the media type is not one that the operation takes. Fields of forms and texts
   * are changed in place to the types of the schema.
   * @param exact whole numbers beyond 2^53 are there as BigInt
   */
  body(
    operation: Operation,
    mediaType: string,
    value: unknown,
    exact = false,
  ): Breach[] | undefined {
    const schema = this.schemaOfBody(operation, mediaType);
    if (!schema) return undefined;
    // Not by the media type: a contract that takes any would keep one for each that a client names.
    const place = Object.values(operation.body?.content ?? {}).indexOf(schema);
    if (exact) {
      return this.#check(`${operation.id} exact ${place}`, () =>
        this.#compile('request', 'exact', 'body', schema),
      )(value);
    }
    if (isJson(mediaType)) {
      return this.#check(`${operation.id} body ${place}`, () =>
        this.#compileBody('request', schema),
      )(value);
    }
    // Of what has a format of its own (XML, images) nothing is known.
    if (typeof value === 'string' && mediaType !== 'text/plain') return NONE;
    return this.#check(`${operation.id} form ${place}`, () =>
      this.#compile('request', 'form', 'body', schema),
    )(value);
  }

  /** An answer; a status or media type that the contract does not document is a breach too. */
  answer(operation: Operation, status: number, mediaType: string, value: unknown): Breach[] {
    return this.#check(`${operation.id} ${status} ${mediaType}`, () => {
      const documented = answerOf(operation, status);
      if (!documented) {
        const known = Object.keys(operation.answers).join(', ');
        return undocumented(
          '$',
          `status ${status} is not documented for ${operation.id} (${known})`,
        );
      }
      const types = Object.keys(documented.content);
      if (types.length === 0) return () => NONE;
      const schema = pick(documented.content, mediaType);
      if (!schema) {
        const what = `${mediaType || 'an answer without a body'} is not documented for ${operation.id} ${status}`;
        return undocumented('$', `${what} (${types.join(', ')})`);
      }
      if (!isJson(mediaType)) return () => NONE;
      return this.#compileBody('answer', schema);
    })(value);
  }

  #check(key: string, make: () => Check): Check {
    let check = this.#checks.get(key);
    if (!check) {
      check = make();
      this.#checks.set(key, check);
    }
    return check;
  }

  /** Operations that answer with one schema share what is compiled of it. */
  #compileBody(direction: Direction, schema: Json): Check {
    const { $ref, ...more } = schema;
    if (typeof $ref !== 'string' || Object.keys(more).length > 0)
      return this.#makeBody(direction, schema);
    return this.#check(`${direction} ${$ref}`, () => this.#makeBody(direction, schema));
  }

  /**
   * Ajv collects errors in a time that grows with the square of their number, so it is asked for all of
   * them only where they cannot be too many.
   */
  #makeBody(direction: Direction, schema: Json): Check {
    const check = this.#compile(direction, 'strict', 'body', schema);
    let thorough: Check | undefined;
    return (value) => {
      const first = check(value);
      if (first.length === 0 || size(value, WIDEST) >= WIDEST) return first;
      thorough ??= this.#compile(direction, 'thorough', 'body', schema);
      return thorough(value);
    };
  }

  #compile(direction: Direction, way: keyof typeof WAYS, place: Breach['in'], schema: Json): Check {
    const side = this.#side(direction);
    const validate: ValidateFunction = this.#ajv(side, way).compile(
      rebase(way === 'exact' ? exactly(side.mean(schema)) : side.mean(schema)) as Json,
    );
    return (value) => {
      if (validate(value)) return NONE;
      const errors = withoutNoise((validate.errors ?? []).slice(0, MAX_ERRORS));
      return errors.slice(0, MAX_BREACHES).map((error) => toBreach(place, error));
    };
  }
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

function makeAjv(document: OpenApiDocument, options: Options): Ajv {
  const Dialect = document.openapi.startsWith('3.0') ? Ajv : Ajv2020;
  const ajv = new Dialect({ ...OPTIONS, ...options });
  (formats as unknown as (ajv: Ajv) => void)(ajv);
  for (const [name, validate] of Object.entries(STRINGS)) ajv.addFormat(name, validate);
  const numbers = 'coerceTypes' in options ? { ...NUMBERS, ...ROUNDED } : NUMBERS;
  for (const [name, validate] of Object.entries(numbers)) {
    ajv.addFormat(name, { type: 'number', validate });
  }
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
  const env = new SchemaEnv({
    schema: { ...document },
    schemaId: '$id',
    baseId: 'contract:',
    localRefs: {},
  });
  ajv.refs['contract:'] = env;
  ajv.schemas['contract:'] = env;
}

/** How many values a document holds, counted no further than `most`. */
function size(value: unknown, most: number): number {
  let count = 0;
  const open: unknown[] = [value];
  while (open.length > 0 && count < most) {
    const next = open.pop();
    count += 1;
    if (typeof next !== 'object' || next === null) continue;
    const inner = Object.values(next);
    for (let i = 0; i < inner.length && i < most; i += 1) open.push(inner[i]);
  }
  return count;
}

/** May a value be a number? Where a schema leaves a choice, nobody looks at each form. */
function mayBeNumber(document: Json, schema: Json): boolean {
  const parts = partsOf(document, schema);
  const types = parts.flatMap(({ type }) => [type].flat());
  if (parts.some((part) => part.oneOf ?? part.anyOf ?? part.items ?? part.properties)) return true;
  return types.includes('integer') || types.includes('number');
}

/** Parameters whose texts are whole numbers that a double would round: they stay texts. */
function bigTexts(values: Json): [at: string, text: string][] {
  const found: [string, string][] = [];
  for (const at of Object.keys(values)) {
    const value = values[at];
    if (typeof value === 'string' && isRounded(value)) found.push([at, value]);
  }
  return found;
}

/** A text like 1e400 becomes Infinity on its way to a number. */
function infinite(place: ParameterPlace, values: Json): Breach[] {
  for (const at of Object.keys(values)) {
    if (!isInfinite(values[at])) continue;
    const description = 'type mismatch, expected a number of a usual size';
    return [{ in: place, at, rule: 'cast', description, params: [] }];
  }
  return NONE;
}

function isInfinite(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(isInfinite);
}

function undocumented(at: string, description: string): Check {
  return () => [{ in: 'body', at, rule: 'documented', description, params: [] }];
}

/** OpenAPI 3.0.3, "Responses Object": the exact status, then its range, then `default`. */
export function answerOf(operation: Operation, status: number) {
  const { answers } = operation;
  return answers[status] ?? answers[`${Math.floor(status / 100)}XX`] ?? answers.default;
}

/** The schema of an answer; undefined where the contract shows none. */
export function schemaOf(
  operation: Operation,
  status: number,
  mediaType: string,
): Json | undefined {
  const documented = answerOf(operation, status);
  return (
    documented &&
    (documented.content[mediaTypeOf(mediaType)] ?? pick(documented.content, mediaTypeOf(mediaType)))
  );
}

/** OpenAPI 3.0.3, "Media Type Object": the most specific key wins. */
function pick(content: Record<string, Json>, mediaType: string): Json | undefined {
  const group = `${mediaType.split('/', 1)[0]}/*`;
  const exact = Object.entries(content).find(([type]) => mediaTypeOf(type) === mediaType);
  return exact?.[1] ?? content[group] ?? content['*/*'];
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

/**
 * `anyOf` and `oneOf` report every branch that did not fit. What a reader wants is the summary,
 * and whatever is wrong deeper inside; the branches' own complaints about the same place go.
 */
function withoutNoise(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = new Set(
    errors.filter((e) => e.keyword === 'anyOf' || e.keyword === 'oneOf').map((e) => e.instancePath),
  );
  const kept = errors.filter(
    (e) =>
      e.keyword !== 'if' &&
      (!choices.has(e.instancePath) || e.keyword === 'anyOf' || e.keyword === 'oneOf'),
  );
  const seen = new Set<string>();
  return kept.filter((e) => {
    const key = `${e.instancePath} ${e.keyword} ${JSON.stringify(e.params)}`;
    return seen.has(key) ? false : seen.add(key);
  });
}

function toBreach(place: Breach['in'], error: ErrorObject): Breach {
  const { keyword, params } = error;
  const missing = keyword === 'required' ? (params.missingProperty as string) : undefined;
  const extra =
    keyword === 'additionalProperties' ? (params.additionalProperty as string) : undefined;
  const steps = error.instancePath
    .split('/')
    .slice(1)
    .map((s) => s.replaceAll('~1', '/').replaceAll('~0', '~'));
  const named = missing ?? extra;
  if (named !== undefined) steps.push(named);
  return {
    in: place,
    at: place === 'body' ? jsonPath(steps) : steps.join('.') || place,
    rule: rename(keyword),
    description: describe(error, extra),
    params: keyword === 'enum' ? (params.allowedValues as unknown[]) : bounds(params),
  };
}

/** Goessner's notation: `$.event[0].period['a b']`. */
function jsonPath(steps: readonly string[]): string {
  return steps.reduce((path, step) => {
    if (/^\d+$/.test(step)) return `${path}[${step}]`;
    return /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(step)
      ? `${path}.${step}`
      : `${path}['${step.replaceAll("'", "\\'")}']`;
  }, '$');
}

function rename(keyword: string): string {
  if (keyword === 'type') return 'cast';
  if (keyword === 'additionalProperties') return 'schema';
  if (keyword === 'enum') return 'inclusion';
  return keyword;
}

function describe({ keyword, params, message }: ErrorObject, extra: string | undefined): string {
  if (keyword === 'required') return `required property ${params.missingProperty} was not present`;
  if (extra !== undefined) return 'schema does not allow additional properties';
  if (keyword === 'enum') {
    return `value is not allowed; allowed: ${(params.allowedValues as unknown[]).join(', ')}`;
  }
  if (keyword === 'anyOf') return 'value has none of the allowed forms';
  if (keyword === 'oneOf') return 'value must have exactly one of the allowed forms';
  if (keyword === 'type') return `type mismatch, expected ${[params.type].flat().join(' or ')}`;
  if (keyword === 'format') return `expected the format ${params.format}`;
  return message ?? keyword;
}

function bounds(params: Record<string, unknown>): unknown[] {
  const { limit, pattern, format } = params;
  return [limit, pattern, format].filter((p) => p !== undefined);
}
