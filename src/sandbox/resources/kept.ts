import type { Json } from '../../contract/json.js';
import type { Operation } from '../../contract/operation.js';
import { parameterOf, type ResourceKind } from '../../contract/resource-kind.js';
import type { Moment } from '../../time/moments.js';
import { keyOf, type Resource, type ResourceView } from '../resources.js';
import { idIn } from './fields.js';
import { findResource, keyFor } from './kinds.js';

/** Parameters of a path that name what resources belong to: `/users/{userId}/orders` makes orders of a user. */
export type Parents = Readonly<Record<string, string>>;

/** @param own the parameter that names the resource itself; undefined: none does */
export function parentsOf(params: Parents, own: string | undefined): Parents {
  const { [own ?? '']: _, ...parents } = params;
  return parents;
}

/** Does a resource belong to what a path names? By the path that made it, else by its field of that name. */
export function hasParents({ facts, document }: Resource, parents: Parents): boolean {
  const known = (facts.parents ?? {}) as Parents;
  return Object.entries(parents).every(([name, value]) => {
    const own = known[name] ?? document[name];
    return own === undefined || String(own) === value;
  });
}

/** What a request says of the resource that it is for. */
interface Asked {
  operation: Operation;
  params: Parents;
  body: unknown;
}

/** The one that a request names, with its id; without a resource where there is none. */
export function named(
  resources: ResourceView,
  kind: ResourceKind,
  { operation, params, body }: Asked,
): { id: string; parents: Parents; resource: Resource | undefined } {
  const parameter = parameterOf(kind.binding, operation);
  // `PUT /pet` names it in its body alone.
  const id = (parameter === undefined ? idIn(kind, body) : params[parameter]) ?? '';
  const parents = parentsOf(params, parameter);
  const found = findResource(resources, kind, id);
  return { id, parents, resource: found && hasParents(found, parents) ? found : undefined };
}

/** Keeps a document under an id: in the place of what was there, or as a new one. */
export function keep(
  resources: ResourceView,
  kind: ResourceKind,
  { id, document, now, parents }: { id: string; document: Json; now: Moment; parents: Parents },
): Resource {
  const before = findResource(resources, kind, id);
  const resource: Resource = {
    id: before?.id ?? id,
    kind: kind.binding.name,
    key: before ? keyOf(before) : keyFor(kind, id),
    document,
    facts: before?.facts ?? { parents },
    created: before?.created ?? now,
  };
  resources.put(resource);
  return resource;
}
