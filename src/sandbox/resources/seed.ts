import { isObject, type Json } from '../../contract/json.js';
import type { ResourceKind } from '../../contract/resource-kind.js';
import type { Api } from '../api.js';
import type { Draft } from '../draft.js';
import type { Resource } from '../resources.js';
import { newId } from './ids.js';
import { keep } from './kept.js';
import { kindsOf } from './kinds.js';
import { makeDocument } from './make-document.js';

/**
 * Puts a document of a kind of the binding into a session by hand: `{ kind: 'orders', total: 7 }`; where there is one kind
 * it need not be named. What is missing is made, and what is given has to be as the contract wants it.
 * @returns a text says why it cannot be; undefined: it is of no kind of the binding
 */
export function seedResource(draft: Draft, document: Json): Resource | string | undefined {
  const kinds = kindsOf(draft.api)?.byName;
  if (!kinds) return undefined;
  const { kind: name, ...others } = document;
  const named = typeof name === 'string' ? kinds.get(name) : undefined;
  const [only] = kinds.size === 1 ? kinds.values() : [];
  if (named) return put(named, others, draft);
  return only && put(only, document, draft);
}

/** The names by which documents can be put in. */
export function seedKinds(api: Api): string[] {
  return [...(kindsOf(api)?.byName.keys() ?? [])];
}

function put(kind: ResourceKind, told: Json, draft: Draft): Resource | string {
  const { now, ids, resources } = draft;
  const { field = 'id' } = kind.model?.place ?? {};
  const given = told[field];
  const known = typeof given === 'string' || typeof given === 'number';
  const id = known ? String(given) : newId(kind, draft);
  const parents = {};
  const made = makeDocument(kind, { id, said: undefined, told, parents, now, ids });
  if (made.note) return `${kind.binding.name}: ${made.note}`;
  if (!isObject(made.document)) return `${kind.binding.name}: a document is an object`;
  return keep(resources, kind, { id, document: made.document, now, parents });
}
