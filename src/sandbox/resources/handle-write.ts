import { showsStatus } from '../../contract/answer-shape.js';
import { GRANTED, ownParameter, type ResourceKind, shapeOf } from '../../contract/resource-kind.js';
import type { Draft } from '../draft.js';
import { type Handled, type HandlerRequest, refusal } from '../handled.js';
import { keyOf } from '../resources.js';
import { absent, locationOf, show } from './answer.js';
import { chosenId, newId } from './ids.js';
import { keep, named, parentsOf } from './kept.js';
import { findResource } from './kinds.js';
import { type Making, makeDocument, sourceOf } from './make-document.js';
import { patched } from './patched.js';
import { undescribed } from './undescribed.js';
import { breachIn } from './wrap.js';

/** Answers a request that makes a resource at once. */
export function handleCreate(kind: ResourceKind, draft: Draft, request: HandlerRequest): Handled {
  draft.settle();
  const { operation, params } = request;
  const id = chosenId(kind, request) ?? newId(kind, draft);
  if (findResource(draft.resources, kind, id) && showsStatus(operation, 409)) {
    const message = `there is one with the id ${id} already`;
    const refused = { status: 409, code: 'REQUEST_RESOURCE_EXISTS', message };
    return refusal(refused, { operation: operation.id });
  }
  const wanted = { id, parents: parentsOf(params, ownParameter(kind)) };
  return store(kind, draft, request, { ...wanted, ...source(kind, draft, request, id) }, 'create');
}

/** Answers a request that puts a whole document in the place of another one, or a new one where the contract has 201. */
export function handleReplace(kind: ResourceKind, draft: Draft, request: HandlerRequest): Handled {
  draft.settle();
  const { id, parents, resource } = named(draft.resources, kind, request);
  const wanted = { id, parents, ...source(kind, draft, request, id) };
  if (resource) {
    const before = resource.document;
    return store(kind, draft, request, { ...wanted, id: resource.id, before }, 'replace');
  }
  // One that belongs to somebody else is not to be replaced.
  const taken = findResource(draft.resources, kind, id) !== undefined;
  if (taken || !showsStatus(request.operation, 201)) return absent(draft, request, kind, id);
  return store(kind, draft, request, wanted, 'replace', [201]);
}

/** Answers a request that changes some of a document. */
export function handleChange(kind: ResourceKind, draft: Draft, request: HandlerRequest): Handled {
  draft.settle();
  const { id, parents, resource } = named(draft.resources, kind, request);
  if (!resource) return absent(draft, request, kind, id);
  const { document: before } = resource;
  const change = patched(kind, before, request);
  if ('refusal' in change) return refusal(change.refusal, { operation: request.operation.id });
  const wanted = { id: resource.id, parents, before, said: change.said };
  if (change.unseen) {
    const breach = breachIn(kind, change.said);
    const message = `the patched document would break the contract at ${breach?.at}: ${breach?.description}`;
    const refused = { status: 422, code: 'REQUEST_PATCH_FAILS', message };
    if (breach) return refusal(refused, { operation: request.operation.id });
  }
  return store(kind, draft, request, wanted, 'change');
}

/** Answers a request that takes a resource away. */
export function handleDelete(kind: ResourceKind, draft: Draft, request: HandlerRequest): Handled {
  draft.settle();
  const { id, resource } = named(draft.resources, kind, request);
  if (!resource) return absent(draft, request, kind, id);
  draft.resources.remove(keyOf(resource));
  const shape = shapeOf(kind, 'delete', request.operation);
  if (!shape) return undescribed(request, GRANTED.delete[0]);
  return show(draft, request, kind, shape, { documents: [resource.document] });
}

function source(kind: ResourceKind, { now }: Draft, request: HandlerRequest, id: string) {
  const { body, params, query } = request;
  return sourceOf(kind, { id, body, params, query, now });
}

/** Makes the document, keeps it, and shows it as the contract has the answer. */
function store(
  kind: ResourceKind,
  draft: Draft,
  request: HandlerRequest,
  wanted: Omit<Making, 'now' | 'ids'>,
  role: 'create' | 'replace' | 'change',
  statuses: readonly number[] = GRANTED[role],
): Handled {
  const { now, ids, resources } = draft;
  const made = makeDocument(kind, { ...wanted, now, ids });
  const kept = keep(resources, kind, { ...wanted, document: made.document, now });
  const shape = shapeOf(kind, role, request.operation, statuses);
  if (!shape) return undescribed(request, statuses[0]);
  const headers = shape.status === 201 ? locationOf(kind, request, kept) : {};
  const documents = [kept.document];
  return show(draft, request, kind, shape, { documents, headers, notes: [made.note] });
}
