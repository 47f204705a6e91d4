import type { World } from './pack.js';
import { keyIn, type NewResource, type Resource, type ResourceView } from './resources.js';

/** What a world is made of. */
interface Parts extends Omit<World, 'find' | 'all' | 'keep' | 'pace'> {
  pace?: number;
}

/** Adds to what a session has the ways in which packs look for resources and keep them. */
export function makeWorld(parts: Parts): World {
  const { resources, ids, now, pace = 1, settings, platform, note } = parts;
  return {
    resources,
    ids,
    now,
    pace,
    settings,
    platform,
    note,
    // Few ask for it, and it may not have been read yet.
    get contract() {
      return parts.contract;
    },
    find: <R extends Resource>(kind: R['kind'], id: string | undefined) => {
      if (id === undefined) return undefined;
      return (named(resources, kind, id) ?? named(resources, kind, id.toLowerCase())) as
        | R
        | undefined;
    },
    all: <R extends Resource>(kind: R['kind']) => resources.ofKind(kind) as R[],
    keep: <R extends Resource>(resource: NewResource<R>) => {
      const key = resource.key ?? keyBeside(resources, resource);
      const before = resources.get(key ?? resource.id);
      const created = resource.created ?? before?.created ?? now;
      const title = resource.title ?? before?.title;
      const own = {
        ...(key === undefined ? {} : { key }),
        ...(title === undefined ? {} : { title }),
      };
      const kept = { facts: {}, ...resource, ...own, created } as unknown as R;
      resources.put(kept);
      return kept;
    },
  };
}

/** Where another kind has the same id, both are kept: undefined where it is free, or has one of this kind. */
function keyBeside(resources: ResourceView, { kind, id }: NewResource): string | undefined {
  const there = resources.get(id);
  return there && there.kind !== kind ? keyIn(kind, id) : undefined;
}

/** Most are kept under their id alone. */
function named(resources: ResourceView, kind: string, id: string): Resource | undefined {
  const found = resources.get(id);
  if (found?.kind === kind) return found;
  const beside = resources.get(keyIn(kind, id));
  return beside?.kind === kind ? beside : undefined;
}
