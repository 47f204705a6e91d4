import type { Json } from '../../contract/json.js';
import { emptyMessage, jsonMessage, textMessage, withHeader } from '../../contract/message.js';
import {
  operationsOf,
  parameterOf,
  type ResourceKind,
  type ResourceShape,
  singular,
} from '../../contract/resource-kind.js';
import { compileTemplate } from '../../contract/template.js';
import type { Answer } from '../answer.js';
import type { Draft } from '../draft.js';
import { type Handled, type HandlerRequest, refusal } from '../handled.js';
import type { Resource } from '../resources.js';
import { hasTags, tagOf } from './tags.js';
import { type Beside, keepValue, samplesOf, wrap } from './wrap.js';

/** What an answer shows. */
interface Shown {
  documents: readonly unknown[];
  /** Of a list. */
  beside?: Beside;
  paging?: Record<string, number>;
  /** Headers by their names. */
  headers?: Readonly<Record<string, string>>;
  notes?: readonly (string | undefined)[];
}

/** An answer of a shape that shows documents; without a body where the contract has none. */
export function show(
  draft: Draft,
  request: HandlerRequest,
  kind: ResourceKind,
  shape: ResourceShape,
  shown: Shown,
): Handled {
  const { value, note } = bodyOf(draft, request, kind, shape, shown);
  const headers = { ...tagFor(kind, shape, shown), ...shown.headers };
  const answer = Object.entries(headers).reduce(
    (told, [name, text]) => withHeader(told, name, text),
    messageOf(shape, value),
  );
  // What tells that a document is gone need not look like it.
  const told = shape.role === 'delete' ? [] : [...(shown.notes ?? []), note];
  const notes = told.filter((text) => text !== undefined);
  const { operation } = request;
  return {
    outcome: { kind: 'answer', answer, checkedBy: operation },
    journal: {
      operation: operation.id,
      ...(notes.length > 0 ? { note: notes.join('; ') } : {}),
    },
  };
}

/** RFC 9110 §8.8.3: of one document that is there. */
function tagFor(kind: ResourceKind, { role }: ResourceShape, { documents }: Shown) {
  if (role === 'list' || role === 'delete' || !hasTags(kind)) return {};
  return { ETag: tagOf(documents[0]) };
}

function messageOf({ status, contentType, schema }: ResourceShape, value: unknown): Answer {
  if (contentType === undefined) return emptyMessage(status);
  if (!schema) return textMessage(status, contentType, '');
  const message = jsonMessage(status, value);
  if (contentType === message.mediaType) return message;
  return withHeader(message, 'Content-Type', contentType);
}

/** In the binding's envelope where that stands around the contract's documents, else in what the contract asks for. */
function bodyOf(
  draft: Draft,
  request: HandlerRequest,
  kind: ResourceKind,
  shape: ResourceShape,
  { documents, beside, paging }: Shown,
): { value: unknown; note: string | undefined } {
  if (!shape.schema) return { value: undefined, note: undefined };
  if (!shape.place) {
    const kept = keepValue(kind, shape, wrap(kind, shape, [{}], beside));
    return kept ? { value: kept.value, note: undefined } : sampled(kind, shape);
  }
  const around = envelopeAround(draft, request, shape, paging);
  const first = keepValue(kind, shape, wrap(kind, shape, documents, beside, around));
  const kept =
    first?.note || !first ? keepValue(kind, shape, wrap(kind, shape, documents, beside)) : first;
  return kept ?? first ?? sampled(kind, shape);
}

function sampled(kind: ResourceKind, shape: ResourceShape) {
  for (const sample of samplesOf(kind, shape)) {
    const kept = keepValue(kind, shape, sample);
    const note = 'what is kept does not fit into this answer: the sample of the contract is told';
    if (kept) return { value: kept.value, note };
  }
  return { value: null, note: undefined };
}

const HERE = '\u0000here';

/** What the binding's envelope has beside the documents; empty where they stand elsewhere in it. */
function envelopeAround(
  { api: { binding }, envelope }: Draft,
  { requester }: HandlerRequest,
  { role, place, status }: ResourceShape,
  paging: Record<string, number> | undefined,
): Json {
  const path = (place?.path ?? []).join('.');
  const usual = binding.envelopes.get(envelope) ?? binding.envelopes.values().next().value;
  if (!usual || path === '' || pathOfData(usual.source) !== path) return {};
  const scope = {
    data: HERE,
    type: role === 'list' ? 'list' : 'object',
    http: status,
    paging,
    get url() {
      return requester.url;
    },
    get request() {
      return requester.request;
    },
  };
  return compileTemplate(usual.source)(scope) as Json;
}

/** Dotted path of `{data}` in an envelope. */
function pathOfData(source: unknown, path: readonly string[] = []): string | undefined {
  if (source === '{data}') return path.join('.');
  if (typeof source !== 'object' || source === null) return undefined;
  for (const [key, inner] of Object.entries(source)) {
    const found = pathOfData(inner, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** There is none of this id, as the contract says so. */
export function absent(
  draft: Draft,
  { operation }: HandlerRequest,
  kind: ResourceKind,
  id: string,
): Handled {
  const message = `${singular(kind.binding.name)} ${id} is not found in session ${draft.state.name}`;
  const refused = { status: 404, code: 'REQUEST_UNKNOWN_RESOURCE', message };
  return refusal(refused, { operation: operation.id });
}

/** RFC 9110 §10.2.2: where what was made can be read; nothing where no operation reads it. */
export function locationOf(
  kind: ResourceKind,
  { requester, params }: HandlerRequest,
  { id }: Pick<Resource, 'id'>,
): Record<string, string> {
  const [reading] = operationsOf(kind, 'read');
  const parameter = reading && parameterOf(kind.binding, reading);
  if (!reading || parameter === undefined) return {};
  const names: Record<string, string> = { ...params, [parameter]: id };
  const path = reading.path.replace(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(names[name] ?? ''),
  );
  const { origin, api } = requester.where();
  return { Location: origin + api + path };
}
