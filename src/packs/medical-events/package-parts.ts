import { isObject, type Json, textOf } from '../../contract/json.js';
import type { BusinessError } from '../../sandbox/pack.js';
import { invalid } from '../invalid.js';
import { breachesOf } from './failures.js';
import { factsOf, type Kind, PACKAGE_LISTS } from './kinds.js';
import { itemsOf } from './references.js';
import { find, keep, type Owned } from './resource.js';
import type { Task } from './task.js';
import { type Around, written } from './written-by-service.js';

/** One document of a package: of which kind, and where it stands in what was signed. */
export interface Part {
  kind: Kind;
  /** `$.conditions[0]`. */
  entry: string;
  sent: Json;
  /** In small letters; empty where it has none. */
  id: string;
}

/** The documents of a package in the order of its links: its head, then what stands in lists. */
export function partsOf(said: Json, head: 'encounter' | 'diagnostic_report'): Part[] {
  const first = said[head];
  const heads = isObject(first) ? [partOf(head, `$.${head}`, first)] : [];
  const others = Object.entries(PACKAGE_LISTS).flatMap(([list, kind]) =>
    itemsOf(said, list).map((sent, i) => partOf(kind, `$.${list}[${i}]`, sent)),
  );
  return [...heads, ...others];
}

function partOf(kind: Kind, entry: string, sent: Json): Part {
  return { kind, entry, sent, id: textOf(sent.id ?? '').toLowerCase() };
}

/** What stands around the documents of a package. */
function aroundOf({ job, world, patient, said }: Task): Around {
  return { world, patient, caller: job.caller, conditions: itemsOf(said, 'conditions') };
}

/** Every id of a package is new, to the session and to the package; the first one that is not is told. */
export function takenIds(parts: readonly Part[], { world }: Task): BusinessError | undefined {
  const seen = new Set<string>();
  for (const { kind, entry, id } of parts) {
    const twice = seen.has(id);
    seen.add(id);
    if (!twice && !world.resources.get(id)) continue;
    const named = kind === 'encounter' ? 'such id' : `id '${id}'`;
    const what = twice
      ? 'All primary keys must be unique'
      : `${factsOf(kind).label} with ${named} already exists`;
    return { code: 'already-exists', invalid: [invalid(`${entry}.id`, 'unique', what)] };
  }
  return undefined;
}

/** What the API could not show of a package. */
export function unshowable(parts: readonly Part[], task: Task): BusinessError | undefined {
  const around = aroundOf(task);
  const wrong = parts.flatMap(({ kind, entry, sent }) => {
    const document = written(kind, sent, around);
    return breachesOf(factsOf(kind).show ?? '', document, entry, task.world)?.invalid ?? [];
  });
  return wrong.length > 0 ? { code: 'invalid', invalid: wrong } : undefined;
}

/** Keeps what came in a package, each under its own id, or under one that is made. */
export function keepParts(parts: readonly Part[], task: Task, facts: Json = {}): Owned[] {
  const around = aroundOf(task);
  return parts.map(({ kind, sent, id }) => {
    const document = { ...written(kind, sent, around), id: id || task.world.ids.uuid() };
    return keep(task.world, kind, task.patient, document, facts);
  });
}

/** What is kept under the id of a document of a package. */
export function keptOf({ kind, id }: Part, { world, patient }: Task): Owned | undefined {
  return find(world, kind, patient, id);
}
