import { answerBreaches, hasNoBody } from './answer-breaches.js';
import { concreteType } from './answer-text.js';
import { placeContained } from './contained.js';
import { type OpenApiDocument, resolve } from './document.js';
import { excerptOf } from './excerpt.js';
import type { Json } from './json.js';
import { isJson, mediaTypeOf } from './media-type.js';
import { isInterim } from './openapi-objects.js';
import type { Operation } from './operation.js';
import { repair } from './repair.js';
import { sampleOf } from './sample.js';
import { sendableHeaders } from './sendable-headers.js';
import { schemaOf, type Validator } from './validator.js';

/** What a generator makes up, before anybody has held it to the contract. */
export interface Made {
  status: number;
  /** As the contract has it, a range included; undefined: without content. */
  mediaType: string | undefined;
  headers: Json;
  value: unknown;
}

/** Why there is none; without a status the generator itself has failed. */
export interface NotMade {
  status: number | undefined;
  problem: string;
}

/** How a generator is asked. */
export type Way =
  /** Examples, then what the schema says at its plainest. */
  | 'static'
  /** Values that are invented from the schema. */
  | 'dynamic'
  /** Status, headers and media type alone. */
  | 'head';

/** Makes an answer of one operation; Prism, behind an interface that knows nothing of it. */
export type Generate = (way: Way) => Promise<Made | NotMade>;

/** An answer that keeps the contract; `note` tells what had to be changed for that. */
export interface KeptAnswer {
  status: number;
  contentType: string | undefined;
  headers: Record<string, string>;
  value: unknown;
  /** It is not what the generator gave at first. */
  mended: boolean;
  note: string | undefined;
}

/** Where the answers of an operation are made and judged. */
export interface Place {
  document: OpenApiDocument;
  validator: Validator;
  operation: Operation;
  /** The header Accept. */
  accept: string;
  seed: number;
}

/**
 * An answer of an operation that keeps its contract: what the generator gives; where that breaks the
 * contract, the same with the broken places mended; else one that is made up from the schema.
 * @param way how the client wants it
 */
export async function answerOperation(
  place: Place,
  generate: Generate,
  way: 'static' | 'dynamic',
): Promise<KeptAnswer | NotMade> {
  const { id, answers } = place.operation;
  const statuses = Object.keys(answers);
  if (statuses.length === 0) return UNDESCRIBED;
  if (statuses.every(isInterim)) return { status: 501, problem: noEnd(id, statuses.join(', ')) };
  const made = await generate(way);
  if ('problem' in made && made.status !== undefined && made.status < 500) return made;
  const found = 'problem' in made ? made.problem : judge(place, made);
  if (typeof found === 'object') return found;
  for await (const other of others(place, generate, made, way)) {
    const kept = judge(place, other);
    if (typeof kept === 'object') return { ...kept, mended: true, note: `and mended: ${found}` };
  }
  return {
    status: undefined,
    problem: `The sandbox has no answer that the contract allows: ${found}`,
  };
}

/** OpenAPI 3.1 lets `responses` out, and documents of 3.0 leave them empty: the plainest success is given. */
const UNDESCRIBED: KeptAnswer = {
  status: 200,
  contentType: undefined,
  headers: {},
  value: undefined,
  mended: false,
  note: 'of which the contract says nothing',
};

/** The answer as it can be sent, or what it breaks. */
function judge({ validator, operation, accept }: Place, made: Made): KeptAnswer | string {
  const { status, mediaType } = made;
  if (status < 200) return noEnd(operation.id, status);
  const { headers, left } = sendableHeaders(made.headers);
  const note = left.length > 0 ? `but for what no header can be: ${left.join(', ')}` : undefined;
  const bare = mediaType === undefined || hasNoBody(operation.method, status);
  const value = bare ? undefined : contentOf(made);
  const contentType = bare ? undefined : concreteType(mediaType, value, accept);
  const [breach] = answerBreaches(validator, operation, status, contentType ?? '', value);
  if (breach)
    return `its answer (${status}) would break the contract at ${breach.at}: ${breach.description}`;
  return { status, contentType, headers, value, mended: false, note };
}

function noEnd(operation: string, status: number | string): string {
  return `the contract gives ${operation} no answer but ${status}, which no client takes for one`;
}

/** Without a schema and an example any value will do, but JSON is not empty. */
function contentOf({ mediaType = '', value }: Made): unknown {
  return value === undefined && isJson(mediaTypeOf(mediaType)) ? {} : value;
}

/** What else could be said, the nearest to the example first. */
async function* others(
  place: Place,
  generate: Generate,
  first: Made | NotMade,
  way: Way,
): AsyncGenerator<Made> {
  const part = partOf(place);
  if (!('problem' in first)) yield* mended(place, part, first);
  const plain = way === 'static' ? first : await generate('static');
  if (plain !== first && !('problem' in plain)) {
    yield plain;
    yield* mended(place, part, plain);
  }
  const head = await generate('head');
  const schema =
    'problem' in head ? undefined : schemaOf(place.operation, head.status, head.mediaType ?? '');
  const form = shorter(structuredClone(schema ?? {}));
  for (const optional of schema ? [0, 0.5, 1] : []) {
    const made = { ...(head as Made), value: sampleOf(part, form, place.seed, optional) };
    yield made;
    yield* mended(place, part, made);
  }
}

/** The same with what breaks its schema made anew; of a choice, each of its forms. */
function* mended(place: Place, part: OpenApiDocument, made: Made): Generator<Made> {
  const { operation, validator, seed } = place;
  const { status, mediaType = '', value } = made;
  const schema = schemaOf(operation, status, mediaType);
  const type = mediaTypeOf(concreteType(mediaType, value));
  if (!schema || !isJson(type)) return;
  for (const [i, form] of formsOf(part, shorter(structuredClone(schema))).entries()) {
    // An operation that answers in this form alone: the judge then names the places that break it.
    const answers = { [status]: { content: { [type]: form } } };
    const alone = { ...operation, id: `${operation.id} ${status} form ${i}`, answers };
    const breaches = (said: unknown) => validator.answer(alone, status, type, said);
    const right = repair(part, form, value, breaches, seed);
    if (right !== undefined) yield { ...made, value: right };
  }
}

const MOST_FORMS = 4;

/** The schema itself, or the forms that it leaves a choice of. */
function formsOf(document: OpenApiDocument, schema: Json): Json[] {
  const here = resolve(document, schema) ?? {};
  const { oneOf, anyOf, ...rest } = here;
  const forms = [oneOf, anyOf].flatMap((list) => (Array.isArray(list) ? list : []));
  if (forms.length === 0) return [schema];
  return forms.slice(0, MOST_FORMS).map((form) => ({ allOf: [rest, form] }));
}

/** Generators walk through all that they are given, and write texts as long as they may be. */
function partOf({ document, operation }: Place): OpenApiDocument {
  return shorter(excerptOf(document, operation.path, operation.method)) as OpenApiDocument;
}

const LONG = 256;

/** A schema of an excerpt as generators can read it, with no texts of megabytes; changed in place. */
function shorter(value: Json): Json {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const here = open.pop();
    if (typeof here !== 'object' || here === null) continue;
    const { maxLength, minLength = 0 } = here as Json;
    if (typeof maxLength === 'number' && maxLength > LONG) {
      (here as Json).maxLength = Math.max(LONG, Number(minLength));
    }
    placeContained(here as Json);
    for (const inner of Object.values(here)) open.push(inner);
  }
  return value;
}
