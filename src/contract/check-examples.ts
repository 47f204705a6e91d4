import { type OpenApiDocument, resolve } from './document.js';
import { isObject, type Json } from './json.js';
import { isJson, mediaTypeOf } from './media-type.js';
import type { Breach, Operation } from './operation.js';
import type { Slip } from './slip.js';
import type { Validator } from './validator.js';

/** A message that a document shows. */
interface Example {
  path: string[];
  value: unknown;
}

/**
 * Holds the JSON messages that a document shows to its own schemas, each as a request or an answer would
 * be: examples beside a schema, and of the schema itself. Those of parameters and inside of schemas are
 * not looked at. Compiles what it asks, which takes its time in a long document.
 */
export function checkExamples(
  document: OpenApiDocument,
  operations: Iterable<Operation>,
  validator: Validator,
): Slip[] {
  const seen = new Set<unknown>();
  return [...operations].flatMap((operation) =>
    messagesOf(document, operation).flatMap((message) => {
      // Many operations share an answer; what is wrong with its example is told once.
      if (seen.has(message.value)) return [];
      if (isObject(message.value)) seen.add(message.value);
      const breach = breachOf(validator, operation, message);
      return breach ? [told(message, operation, breach)] : [];
    }),
  );
}

/** An example with what it is one of. */
interface Message extends Example {
  mediaType: string;
  /** Undefined: it is a request. */
  status: number | undefined;
}

function breachOf(
  validator: Validator,
  operation: Operation,
  { mediaType, status, value }: Message,
): Breach | undefined {
  const given = structuredClone(value);
  try {
    const breaches =
      status === undefined
        ? validator.body(operation, mediaType, given)
        : validator.answer(operation, status, mediaType, given);
    return breaches?.[0];
  } catch {
    // An example is no reason not to start.
    return undefined;
  }
}

function messagesOf(document: OpenApiDocument, { path, method }: Operation): Message[] {
  const key = method.toLowerCase();
  const raw = resolve(document, resolve(document, document.paths[path])?.[key]);
  if (!raw) return [];
  const at = ['paths', path, key];
  const inside = (holder: unknown, place: string[], status: number | undefined) => {
    const content = resolve(document, holder)?.content;
    return Object.entries(isObject(content) ? content : {}).flatMap(([type, media]) => {
      const mediaType = mediaTypeOf(type);
      if (!isJson(mediaType)) return [];
      const examples = examplesOf(document, media, [...place, 'content', type]);
      return examples.map((example) => ({ ...example, mediaType, status }));
    });
  };
  const answers = Object.entries(isObject(raw.responses) ? raw.responses : {});
  return [
    ...inside(raw.requestBody, [...at, 'requestBody'], undefined),
    ...answers.flatMap(([status, answer]) =>
      inside(answer, [...at, 'responses', status], statusOf(status)),
    ),
  ];
}

/** One that `default` or a range stands for. */
function statusOf(status: string): number {
  if (/^\dXX$/i.test(status)) return Number(status[0]) * 100 + 99;
  return /^\d+$/.test(status) ? Number(status) : 999;
}

function examplesOf(document: Json, given: unknown, path: string[]): Example[] {
  const media = resolve(document, given) ?? {};
  if (media.example !== undefined) return [{ path: [...path, 'example'], value: media.example }];
  const named = Object.entries(isObject(media.examples) ? media.examples : {}).flatMap(
    ([name, entry]) => {
      const example = resolve(document, entry) ?? {};
      const key = 'dataValue' in example ? 'dataValue' : 'value';
      const at = [...path, 'examples', name, key];
      return example[key] === undefined ? [] : [{ path: at, value: example[key] }];
    },
  );
  if (named.length > 0) return named;
  const schema = resolve(document, media.schema);
  if (schema?.example === undefined) return [];
  return [{ path: [...path, 'schema', 'example'], value: schema.example }];
}

function told({ path }: Example, { id }: Operation, { at, description }: Breach): Slip {
  return {
    code: 'CONTRACT_EXAMPLE',
    kind: 'example',
    path,
    message: `the example of ${id} at ${path.join('.')} breaks its own schema at ${at}: ${description}`,
    hint: 'correct the example or the schema',
    name: id,
  };
}
