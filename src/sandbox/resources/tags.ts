import { createHash } from 'node:crypto';
import { resolve } from '../../contract/document.js';
import { isObject, type Json } from '../../contract/json.js';
import type { Operation } from '../../contract/operation.js';
import type { ResourceRole } from '../../contract/resource-binding.js';
import { operationsOf, type ResourceKind } from '../../contract/resource-kind.js';
import type { Draft } from '../draft.js';
import { type Handled, type HandlerRequest, refusal } from '../handled.js';
import { isUnchanged, namesTag, notModified } from '../not-modified.js';
import { named } from './kept.js';

const CONDITION = /^if-(none-)?match$/i;

const known = new WeakMap<ResourceKind, boolean>();

/** Do operations of a kind take conditions, or tell tags? Then its documents have one each (RFC 9110 §8.8.3). */
export function hasTags(kind: ResourceKind): boolean {
  const found = known.get(kind);
  if (found !== undefined) return found;
  const roles = Object.keys(kind.binding.operations) as ResourceRole[];
  const operations = roles.flatMap((role) => operationsOf(kind, role));
  const told = operations.some((operation) => saysTag(kind.contract.document, operation));
  known.set(kind, told);
  return told;
}

function saysTag(document: Json, { path, method, parameters }: Operation): boolean {
  if (parameters.some(({ in: place, name }) => place === 'header' && CONDITION.test(name))) {
    return true;
  }
  const item = resolve(document, (document.paths as Json)[path]) ?? {};
  const { responses } = resolve(document, item[method.toLowerCase()]) ?? {};
  return Object.values(isObject(responses) ? responses : {}).some((response) => {
    const { headers } = resolve(document, response) ?? {};
    return Object.keys(isObject(headers) ? headers : {}).some((name) => /^etag$/i.test(name));
  });
}

/** The same for the same document, whoever keeps it. */
export function tagOf(document: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(document)).digest('base64url');
  return `"${hash.slice(0, 22)}"`;
}

/**
 * RFC 9110 §13.2.2: 412 where a request that changes a resource names another state of it than it has, in `If-Match`
 * or, with `*`, in `If-None-Match`. Undefined: it may go on.
 */
export function refuseCondition(
  kind: ResourceKind,
  role: ResourceRole,
  draft: Draft,
  request: HandlerRequest,
): Handled | undefined {
  if (role !== 'replace' && role !== 'change' && role !== 'delete') return undefined;
  const { 'if-match': match, 'if-none-match': noneMatch } = request.headers;
  if (match === undefined && noneMatch === undefined) return undefined;
  draft.settle();
  const { id, resource } = named(draft.resources, kind, request);
  const tag = resource && tagOf(resource.document);
  const other = match !== undefined && !(tag !== undefined && namesTag(match, tag, 'strong'));
  const same = noneMatch !== undefined && tag !== undefined && namesTag(noneMatch, tag, 'weak');
  if (!other && !same) return undefined;
  const what = other
    ? `If-Match does not name the state of ${id}`
    : `If-None-Match names the state of ${id}`;
  const message = `${what}, whose ETag is ${tag ?? 'none: it is not there'}`;
  const refused = { status: 412, code: 'REQUEST_PRECONDITION_FAILED', message };
  return refusal(refused, { operation: request.operation.id });
}

/** A read whose client has what is there is told so (RFC 9110 §13.1.2). */
export function unlessUnchanged(handled: Handled, { headers }: HandlerRequest): Handled {
  const { outcome, journal } = handled;
  if (outcome.kind !== 'answer' || !isUnchanged(outcome.answer, headers['if-none-match'])) {
    return handled;
  }
  const note = 'If-None-Match names the ETag of what is there: nothing has changed';
  return {
    outcome: { kind: 'answer', answer: notModified(outcome.answer) },
    journal: { ...journal, note: [journal.note, note].filter(Boolean).join('; ') },
  };
}
