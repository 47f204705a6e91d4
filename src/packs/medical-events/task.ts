import type { Json } from '../../contract/json.js';
import type { FinishedJob, World } from '../../sandbox/pack.js';
import { type PathPlaces, placesIn } from './path-places.js';
import { find, type Kind, type Owned } from './resource.js';
import { saidIn } from './signed.js';

/** A job that has come to its end, as the operations of this API look at it. */
export interface Task extends PathPlaces {
  job: FinishedJob;
  world: World;
  /** What was signed, else the body. */
  said: Json;
}

export function taskOf(job: FinishedJob, world: World): Task {
  return { ...placesIn(job, world), job, world, said: saidIn(job.body) };
}

/** What the path of a task names last: of its patient, or, where the path names none, of anybody. */
export function subjectOf(kind: Kind, { world, patient, own }: Task): Owned | undefined {
  return patient === '' ? world.find<Owned>(kind, own) : find(world, kind, patient, own);
}

/** Those of some fields that were said. */
export function taken({ said }: Task, fields: readonly string[]): Json {
  return Object.fromEntries(
    fields.flatMap((field) => (said[field] === undefined ? [] : [[field, said[field]]])),
  );
}
