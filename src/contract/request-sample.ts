import type { Contract } from './contract.js';
import { exampleBody } from './example.js';
import { isObject, type Json } from './json.js';
import { isJson, mediaTypeOf } from './media-type.js';
import { mend } from './mend.js';
import type { Operation, Parameter } from './operation.js';
import { sampleValue } from './sample-value.js';

/** A body that can be sent to an operation. */
export interface RequestSample {
  mediaType: string;
  value: unknown;
}

type Needs = Pick<Contract, 'document' | 'validator'>;

/**
 * A body for an operation: the contract's own example, else a sample of its schema; undefined where it takes none.
 * An example that breaks its own schema gives way to a sample that does not, else it is mended.
 */
export function requestSample(contract: Needs, operation: Operation): RequestSample | undefined {
  const { document, validator } = contract;
  const types = Object.keys(operation.body?.content ?? {});
  const mediaType = types.find((type) => isJson(mediaTypeOf(type))) ?? types[0];
  if (mediaType === undefined) return undefined;
  const schema = operation.body?.content[mediaType];
  const side = 'request' as const;
  const own = exampleBody(document, operation);
  const plain = sampleValue(document, schema, { side, examples: false });
  const values = [
    ...(own === undefined ? [] : [own]),
    sampleValue(document, schema, { side }),
    plain,
    sampleValue(document, schema, { side, wants: () => true }),
  ];
  const good = values.find((value) => validator.body(operation, mediaType, value)?.length === 0);
  const breaches = (value: unknown) => validator.body(operation, mediaType, value) ?? [];
  const mended = () => mend(structuredClone(own), breaches, (value) => fillIn(value, plain));
  return { mediaType, value: good ?? (isObject(own) ? mended() : undefined) ?? values[0] };
}

/** What a value lacks and a sample has, at every depth. */
function fillIn(value: unknown, sample: unknown): unknown {
  if (!isObject(value) || !isObject(sample)) return value ?? sample;
  const filled = Object.entries(value).map(([name, inner]) => [
    name,
    fillIn(inner, ownOf(sample, name)),
  ]);
  return { ...sample, ...Object.fromEntries(filled) };
}

function ownOf(value: Json, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

/** What a request may say beside its path and body, by names; those of headers in small letters. */
export function sampleParts(
  contract: Needs,
  operations: readonly Operation[],
): { query: Record<string, unknown>; headers: Record<string, string> } {
  const sampled = (place: string) =>
    operations
      .flatMap(({ parameters }) => parameters)
      .filter((each) => each.in === place)
      .map((each) => [each.name, sampleParameter(contract, each)] as const);
  const headers = sampled('header').map(([name, value]) => [name.toLowerCase(), String(value)]);
  return { query: Object.fromEntries(sampled('query')), headers: Object.fromEntries(headers) };
}

/** A value for a parameter: its example, else a sample of its schema. */
export function sampleParameter({ document }: Needs, { example, schema }: Parameter): unknown {
  return example ?? sampleValue(document, schema, { side: 'request' });
}
