import type { ApiRequest, Refusal, Reply, World } from '../../sandbox/pack.js';
import type { Resource } from '../../sandbox/resources.js';

export type Read = (request: ApiRequest, world: World) => Reply | Refusal;

/** What is said of something that is not there. */
export function notFound(message = 'Not found'): Refusal {
  return { status: 404, type: 'not_found', message };
}

/** How an operation shows a resource, where that is not its document. */
type Show = (one: Resource, world: World) => unknown;

/** Reads one thing by the id that the path names last. */
export function one(kind: string, show: Show = ({ document }) => document): Read {
  return ({ params }, world) => {
    const found = world.find(kind, Object.values(params).at(-1));
    if (!found) return notFound();
    return { status: 200, content: { data: show(found, world), type: 'object' } };
  };
}
