import type { OpenApiDocument } from './document.js';
import { resolve } from './document.js';
import { isObject, type Json } from './json.js';
import { isJson, mediaTypeOf } from './media-type.js';
import type { Operation } from './operation.js';
import { schemaOf } from './validator.js';

/** How an operation says that all is well. */
export interface AnswerShape {
  operation: Operation;
  status: number;
  /** As the contract has it: `application/hal+json`; undefined: the answer has no body. */
  contentType: string | undefined;
  /** Undefined: it is no JSON. */
  schema: Json | undefined;
}

/**
 * The answer of an operation to a request that was granted: of the statuses that it may have the first that the
 * contract shows, and JSON before anything else. Undefined where the contract shows none.
 * @param statuses the usual ones, the likeliest first
 * @example answerShape(deleteOrder, [204, 200, 202]) // { status: 200, contentType: 'application/json', … }
 */
export function answerShape(
  operation: Operation,
  statuses: readonly number[],
): AnswerShape | undefined {
  const { answers } = operation;
  const others = Object.keys(answers).filter((status) => /^2\d\d$/.test(status));
  const exact = [...statuses, ...others.map(Number)].find((status) => answers[status]);
  const loose = (answers['2XX'] ?? answers.default) ? statuses[0] : undefined;
  const status = exact ?? loose;
  if (status === undefined) return undefined;
  const content = (answers[status] ?? answers['2XX'] ?? answers.default)?.content ?? {};
  const types = Object.keys(content);
  const contentType =
    types.find((type) => mediaTypeOf(type) === 'application/json') ??
    types.find((type) => isJson(mediaTypeOf(type))) ??
    (types.includes('*/*') || types.includes('application/*') ? 'application/json' : types[0]);
  const json = contentType !== undefined && isJson(mediaTypeOf(contentType));
  const schema = json ? schemaOf(operation, status, contentType) : undefined;
  return { operation, status, contentType, schema };
}

/** The example that the contract gives of such an answer; undefined when it gives none. */
export function exampleOfAnswer(document: OpenApiDocument, shape: AnswerShape): unknown {
  const { operation, status, contentType = '' } = shape;
  const item = resolve(document, document.paths[operation.path]);
  const responses = resolve(document, item?.[operation.method.toLowerCase()])?.responses;
  if (!isObject(responses)) return undefined;
  const answer = responses[status] ?? responses['2XX'] ?? responses['2xx'] ?? responses.default;
  const content = resolve(document, answer)?.content;
  const media = isObject(content)
    ? Object.entries(content).find(([type]) => type.toLowerCase() === contentType)?.[1]
    : undefined;
  return exampleIn(document, resolve(document, media));
}

function exampleIn(document: OpenApiDocument, media: Json | undefined): unknown {
  if (!media) return undefined;
  if (media.example !== undefined) return media.example;
  const [first] = isObject(media.examples) ? Object.values(media.examples) : [];
  const value = resolve(document, first)?.value;
  if (value !== undefined) return value;
  const schema = resolve(document, media.schema);
  return schema?.example ?? (Array.isArray(schema?.examples) ? schema.examples[0] : undefined);
}

/** Does the contract show this very status? */
export function showsStatus({ answers }: Operation, status: number): boolean {
  return answers[status] !== undefined;
}
