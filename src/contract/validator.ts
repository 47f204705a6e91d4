import type { ErrorObject } from 'ajv';
import type { Direction } from './direction.js';
import type { OpenApiDocument } from './document.js';
import { isRounded } from './exact-json.js';
import { RANGES } from './exact-numbers.js';
import type { Json } from './json.js';
import { isJson, mediaTypeOf } from './media-type.js';
import type { Breach, Operation, Parameter, ParameterPlace } from './operation.js';
import { type Compile, type KnownOfText, makeCompiler, type Way } from './schema-compiler.js';
import { partsOf } from './schemas.js';

type Check = (value: unknown) => Breach[];

const NONE: Breach[] = [];

/**
 * So many breaches are told, out of so many errors: a list of 8,000 wrong items fits into 16 KiB, and
 * an answer that named each of them would be a hundred times as long and hold up everybody else.
 */
export const MAX_BREACHES = 100;
const MAX_ERRORS = 1000;
/** Values in a body whose every error is looked for. */
const WIDEST = 1500;

/**
 * Checks messages against one contract. What checks a schema is compiled when it is first needed and kept,
 * so a contract costs nothing at start and a check costs microseconds afterwards.
 */
export class Validator {
  readonly #checks = new Map<string, Check>();
  readonly #ofParameters = new WeakMap<Operation, Partial<Record<ParameterPlace, Check>>>();
  readonly #document: OpenApiDocument;
  readonly #compiled: Compile;

  /**
   * @param known what a look at the document's text has shown, which need not be looked for any more
   * @param compile makes what checks a value against a schema; left out, Ajv does
   */
  constructor(
    document: OpenApiDocument,
    known: KnownOfText = {},
    compile: Compile = makeCompiler(document, known),
  ) {
    this.#document = document;
    this.#compiled = compile;
  }

  /** Path, query, header or cookie parameters. Changes `values` in place: types and defaults of the schema. */
  parameters(operation: Operation, place: ParameterPlace, values: Json): Breach[] {
    let checks = this.#ofParameters.get(operation);
    if (!checks) {
      checks = {};
      this.#ofParameters.set(operation, checks);
    }
    checks[place] ??= this.#makeParameters(operation, place);
    return checks[place](values);
  }

  #makeParameters(operation: Operation, place: ParameterPlace): Check {
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
  }

  #compileParameters(way: Way, place: ParameterPlace, declared: readonly Parameter[]): Check {
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

  /** Anything that stands for itself, by a schema of the document: `#/components/schemas/Order`. */
  value(pointer: string, value: unknown): Breach[] {
    return this.#check(`value ${pointer}`, () => this.#compileBody('request', { $ref: pointer }))(
      value,
    );
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

  #compile(direction: Direction, way: Way, place: Breach['in'], schema: Json): Check {
    const validate = this.#compiled(direction, way, schema);
    return (value) => {
      if (validate(value)) return NONE;
      const errors = withoutNoise((validate.errors ?? []).slice(0, MAX_ERRORS));
      return errors.slice(0, MAX_BREACHES).map((error) => toBreach(place, error));
    };
  }
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
