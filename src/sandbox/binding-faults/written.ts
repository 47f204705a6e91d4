import type { AnswerTemplate, Binding } from '../../contract/binding.js';
import type { Breach } from '../../contract/operation.js';
import { isFilledLater, type Keys, keysOf, pathOfPlace } from './places.js';

/** An answer's body as the binding writes it, with its envelope; where the data begins in it. */
export interface Written {
  source: unknown;
  envelope: string | undefined;
  data: Keys;
}

export function writtenAs(
  { envelopes }: Pick<Binding, 'envelopes'>,
  { data: filled }: Pick<AnswerTemplate, 'data'>,
  envelope: string | undefined,
): Written {
  const plain = { source: filled?.source, envelope, data: [] };
  if (envelope === undefined) return plain;
  const outer = envelopes.get(envelope)?.source;
  const data = pathOfPlace(outer, 'data');
  return data === undefined ? plain : { source: put(outer, data, filled?.source), envelope, data };
}

/** Is what a breach points at there only once a job has made it? */
export function isOfLater({ source }: Written, { rule, at }: Breach): boolean {
  return rule !== 'documented' && isFilledLater(source, keysOf(at));
}

function put(outer: unknown, [key, ...rest]: Keys, inner: unknown): unknown {
  if (key === undefined) return inner;
  const copy = structuredClone(outer) as Record<string | number, unknown>;
  copy[key] = put(copy[key], rest, inner);
  return copy;
}
