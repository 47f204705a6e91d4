import type { World } from '../../sandbox/pack.js';
import type { Owned } from './resource.js';

/** Kinds of people who can be patients, as the platform's general part keeps them. */
const PEOPLE = ['person', 'preperson'];

/**
 * Does the session know its patients? On a platform they are there from the beginning; where this API is served alone
 * there are none, and every patient is taken.
 */
export function knowsPatients({ resources }: World): boolean {
  return PEOPLE.some((kind) => resources.ofKind(kind).length > 0);
}

/** A patient of whom the session knows nothing, though it knows others. */
export function isUnknownPatient(world: World, patient: string): boolean {
  const found = world.resources.get(patient);
  return !(found && PEOPLE.includes(found.kind)) && knowsPatients(world);
}

export function findPatient(world: World, patient: string | undefined): Owned | undefined {
  return world.find<Owned>('person', patient) ?? world.find<Owned>('preperson', patient);
}
