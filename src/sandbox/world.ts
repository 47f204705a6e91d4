import type { World } from './pack.js';
import { keyIn, type NewResource, type Resource } from './resources.js';

/** Adds to what a session has the ways in which packs look for resources and keep them. */
export function makeWorld(parts: Omit<World, 'find' | 'all' | 'keep'>): World {
  const { resources, now } = parts;
  return {
    ...parts,
    find: <R extends Resource>(kind: R['kind'], id: string | undefined) => {
      const found = [id ?? '', (id ?? '').toLowerCase()]
        .flatMap((name) => [resources.get(name), resources.get(keyIn(kind, name))])
        .find((resource) => resource?.kind === kind);
      return found as R | undefined;
    },
    all: <R extends Resource>(kind: R['kind']) =>
      [...resources.all()].filter((resource) => resource.kind === kind) as R[],
    keep: <R extends Resource>(resource: NewResource<R>) => {
      const created = resource.created ?? resources.get(resource.id)?.created ?? now;
      const kept = { facts: {}, ...resource, created } as unknown as R;
      resources.put(kept);
      return kept;
    },
  };
}
