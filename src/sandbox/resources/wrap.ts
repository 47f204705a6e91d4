import { complete } from '../../contract/complete.js';
import type { Json } from '../../contract/json.js';
import { mediaTypeOf } from '../../contract/media-type.js';
import { mend } from '../../contract/mend.js';
import type { Breach } from '../../contract/operation.js';
import type { ResourceKind, ResourceShape } from '../../contract/resource-kind.js';
import { sampleValue } from '../../contract/sample-value.js';

/** What an answer tells beside its documents, by the names of fields. */
export type Beside = (name: string, parts: readonly Json[]) => unknown;

/** A value that keeps a contract; `note` tells what it would have broken. */
export interface Kept {
  value: unknown;
  note: string | undefined;
}

/** What an answer of this shape with this value breaks. */
function breachesOf({ contract }: ResourceKind, shape: ResourceShape) {
  const { operation, status, contentType } = shape;
  return (value: unknown): Breach[] =>
    contract.validator.answer(operation, status, mediaTypeOf(contentType), value);
}

/** The documents as an answer of this shape shows them: in their place, with what has to stand around them. */
export function wrap(
  kind: ResourceKind,
  shape: ResourceShape,
  documents: readonly unknown[],
  beside?: Beside,
  around: Json = {},
): unknown {
  const { path = [] } = shape.place ?? {};
  const inner = shape.role === 'list' ? documents : documents[0];
  const { document } = kind.contract;
  const plain = { document, example: shape.example };
  if (path.length === 0) return complete(plain, shape.schema, inner);
  return complete({ ...plain, make: beside, deep: true }, shape.schema, put(around, path, inner));
}

function put(around: Json, [key = '', ...rest]: readonly string[], value: unknown): Json {
  const inner = around[key];
  const there = typeof inner === 'object' && inner !== null ? (inner as Json) : {};
  return { ...around, [key]: rest.length === 0 ? value : put(there, rest, value) };
}

/** What a document breaks as it stands; undefined: nothing, or no answer shows it. */
export function breachIn(kind: ResourceKind, document: unknown): Breach | undefined {
  const { model } = kind;
  if (!model?.place) return undefined;
  const { path } = model.place;
  const inner = model.role === 'list' ? [document] : document;
  const whole = wrap(kind, model, [document]);
  const [first] = breachesOf(
    kind,
    model,
  )(path.length === 0 ? inner : put(whole as Json, path, inner));
  return first;
}

/** The value if it keeps the contract, else the same with what breaks it made anew; undefined when nothing mends it. */
export function keepValue(
  kind: ResourceKind,
  shape: ResourceShape,
  value: unknown,
): Kept | undefined {
  const find = breachesOf(kind, shape);
  const [first] = find(value);
  if (!first) return { value, note: undefined };
  const { document } = kind.contract;
  const mended = mend(value, find, (left, round) => {
    const shown = { example: round < 2 ? shape.example : undefined, examples: round < 4 };
    return complete({ document, ...shown }, shape.schema, left);
  });
  if (mended === undefined) return undefined;
  return { value: mended, note: `mended at ${first.at}: ${first.description}` };
}

/** Answers that the contract shows or allows, whatever they say. */
export function* samplesOf(kind: ResourceKind, shape: ResourceShape): Generator<unknown> {
  const { document } = kind.contract;
  const { schema, example } = shape;
  if (example !== undefined) yield example;
  const side = 'answer' as const;
  yield sampleValue(document, schema, { side });
  yield sampleValue(document, schema, { side, examples: false });
  yield sampleValue(document, schema, { side, wants: () => true });
}
