import { at, type Json } from '../../contract/json.js';
import type { World } from '../../sandbox/pack.js';
import { isInForce, methodsOf } from '../methods.js';
import { reference } from './concept.js';
import type { Party } from './conclusion.js';
import { employee } from './employee.js';

/*
 * What other APIs of a platform keep in the same world. A pack that is served alone finds nothing, and
 * neither asks nor fills in what it cannot know.
 */

export function encounter(world: World, id: string): Json | undefined {
  return world.find('encounter', id)?.document;
}

/** The person or preperson that a reference names. */
export function patient(world: World, { kind, id }: Party): Json | undefined {
  return world.find(kind, id)?.document;
}

/** Is what the world holds of a kind all that there is of it? So it is where a platform has begun with some. */
export function knowsAll(world: World, kind: 'person' | 'employee'): boolean {
  return world.platform !== undefined && world.all(kind).length > 0;
}

/** The episode of care that an encounter belongs to. */
export function episodeOf(world: World, encounterId: string): Json | undefined {
  const id = at(encounter(world, encounterId), 'episode.identifier.value');
  return typeof id === 'string' ? reference('episode', id) : undefined;
}

/** The legal entity for which an author works. */
export function custodianOf(world: World, author: string): Json | undefined {
  const known = employee(world, author);
  const id = at(known, 'legal_entity.id') ?? at(known, 'legal_entity_id');
  return typeof id === 'string' ? reference('legal_entity', id) : undefined;
}

/** Ids of a person's authentication methods that have not ended, in small letters; undefined: nobody knows them. */
export function authenticationMethods(world: World, party: Party): string[] | undefined {
  return methodsOf(world, party.id, patient(world, party))
    ?.filter((method) => isInForce(method, world))
    .flatMap(({ id }) => (typeof id === 'string' ? [id.toLowerCase()] : []));
}
