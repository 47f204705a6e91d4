import { complete } from '../../contract/complete.js';
import { isObject, type Json } from '../../contract/json.js';
import { documentIn, type ResourceKind, type ResourceShape } from '../../contract/resource-kind.js';
import { formatMoment } from '../../time/format-moment.js';
import type { Moment } from '../../time/moments.js';
import type { Ids } from '../ids.js';
import { fieldsOf, isOfServer, saidOf, typed, typedId } from './fields.js';
import type { Parents } from './kept.js';
import { isMomentOf, momentFor } from './moments.js';
import { keepValue, samplesOf, wrap } from './wrap.js';

/** What a document is made from. */
export interface Making {
  id: string;
  /** What a request has said: its body, or the document as it has changed it. */
  said: unknown;
  /** What binding, scenario or a person say of it, who may say what only the server can. */
  told?: Json | undefined;
  /** Path parameters that name what it belongs to: they become fields of the same name. */
  parents: Parents;
  now: Moment;
  ids: Ids;
  /** What was there before; undefined: it is new. */
  before?: Json | undefined;
}

/** A document that the contract allows, if one could be made. */
export interface MadeDocument {
  document: Json;
  /** What it would have broken, and has therefore been made anew. */
  note: string | undefined;
}

/**
 * A resource's document: what was said of it, without what only the server can say; that, and what has to be there, is
 * made from the session's clock, the contract's example and its schema.
 */
export function makeDocument(kind: ResourceKind, making: Making): MadeDocument {
  const { contract, model } = kind;
  const own = ownFields(kind, making);
  if (!model?.place) return { document: own, note: undefined };
  const how = {
    document: contract.document,
    example: documentIn(model, model.example),
    said: making.before ? undefined : kind.said,
    make: (name: string, parts: readonly Json[]) => makeField(name, parts, making),
  };
  return held(kind, model, complete(how, model.place.schema, own) as Json, making.id);
}

/** What the binding makes a document from where it says so; else the request's body. */
export function sourceOf(
  kind: ResourceKind,
  from: {
    id: string;
    body: unknown;
    params: Readonly<Record<string, string>>;
    query?: Readonly<Record<string, unknown>>;
    now: Moment;
    job?: string;
  },
): Pick<Making, 'said' | 'told'> {
  const { data } = kind.binding;
  if (!data) return { said: from.body };
  const { id, body, params: path, query = {}, now, job } = from;
  const told = data({ id: typedId(kind, id), body, path, query, now: formatMoment(now), job });
  return { said: undefined, told: isObject(told) ? told : {} };
}

/** What a document begins with: what stays of what was there, what was said and told, and its id. */
function ownFields(kind: ResourceKind, making: Making): Json {
  const { before = {}, told = {}, id } = making;
  const { field } = kind.model?.place ?? {};
  const fields = fieldsOf(kind);
  const parents = Object.entries(making.parents).flatMap(([name, text]) => {
    const parts = fields.get(name);
    return parts ? [[name, typed(parts, text)] as const] : [];
  });
  const stays = Object.entries(before).filter(
    ([name]) => !isMomentOf(name, 'changing') && (isOfServer(kind, name) || !kind.said.has(name)),
  );
  const said = Object.entries(saidOf(kind, making.said)).filter(
    ([name]) =>
      !isOfServer(kind, name) && !(before[name] !== undefined && isMomentOf(name, 'changing')),
  );
  return {
    ...Object.fromEntries([...parents, ...stays, ...said]),
    ...told,
    ...(field === undefined ? {} : { [field]: typedId(kind, id) }),
  };
}

function makeField(name: string, parts: readonly Json[], { now, ids, before }: Making): unknown {
  if (isMomentOf(name, before ? 'changing' : 'making')) return momentFor(name, parts, now);
  if (before) return undefined;
  const known = parts.some(({ example, enum: words }) => (example ?? words) !== undefined);
  const own = parts.some(({ readOnly }) => readOnly === true);
  return own && !known && parts.some(({ format }) => format === 'uuid') ? ids.uuid() : undefined;
}

/** The document as the contract allows it; where it allows nothing like it, its sample with this id. */
function held(kind: ResourceKind, model: ResourceShape, document: Json, id: string): MadeDocument {
  const kept = keepDocument(kind, model, document);
  if (kept) return kept;
  const { field } = model.place ?? {};
  const own = field === undefined ? {} : { [field]: typedId(kind, id) };
  for (const [laid, note] of [
    [document, LAID],
    [own, SAMPLED],
  ] as const) {
    for (const sample of samplesOf(kind, model)) {
      const shown = documentIn(model, sample);
      const whole = isObject(shown) && keepDocument(kind, model, { ...shown, ...laid });
      if (whole) return { ...whole, note };
    }
  }
  return { document, note: 'nothing could be made that the contract allows' };
}

const LAID = 'what was said is laid over a sample of the contract, which needs more than that';
const SAMPLED = 'what was said does not fit into the answers of the contract: its sample is kept';

function keepDocument(kind: ResourceKind, model: ResourceShape, document: Json) {
  const kept = keepValue(kind, model, wrap(kind, model, [document]));
  return kept && { document: documentIn(model, kept.value) as Json, note: kept.note };
}
