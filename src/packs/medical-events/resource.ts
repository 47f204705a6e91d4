import { at, type Json, textOf } from '../../contract/json.js';
import type { World } from '../../sandbox/pack.js';
import type { Resource } from '../../sandbox/resources.js';
import { factsOf, type Kind } from './kinds.js';
import { target } from './reference.js';

export type { Kind } from './kinds.js';

/** What this API keeps beside a document: whose it is, and what it belongs to. Ids in small letters. */
export interface Facts extends Record<string, unknown> {
  patient: string;
  encounter?: string;
  episode?: string;
  care_plan?: string;
}

export interface Owned extends Resource {
  facts: Facts;
}

/** What a patient has under an id. Ids are the same in any case (RFC 9562 §4). */
export function find(
  world: World,
  kind: Kind,
  patient: string | undefined,
  id: string | undefined,
): Owned | undefined {
  const found = world.find<Owned>(kind, id);
  return found?.facts.patient === patient?.toLowerCase() ? found : undefined;
}

/** Puts what a patient has in, or in the place of what stood under its id. */
export function keep(
  world: World,
  kind: Kind,
  patient: string,
  document: Json & { id: string },
  more: Partial<Facts> = {},
): Owned {
  const before = world.find<Owned>(kind, document.id)?.facts;
  const facts = {
    ...before,
    patient: patient.toLowerCase(),
    ...belonging(world, kind, document),
    ...more,
  };
  return world.keep<Owned>({ kind, id: document.id.toLowerCase(), document, facts });
}

/** The encounter and the episode that a document belongs to, as far as it and the session say. */
function belonging(world: World, kind: Kind, document: Json): Partial<Facts> {
  if (kind === 'encounter') {
    const episode = target(document, 'episode');
    return { encounter: textOf(document.id).toLowerCase(), ...(episode ? { episode } : {}) };
  }
  const encounter = target(document, 'encounter') || target(document, 'context');
  if (!encounter) return {};
  const episode = world.find<Owned>('encounter', encounter)?.facts.episode;
  return { encounter, ...(episode ? { episode } : {}) };
}

/** Everything of one kind that a patient has, oldest first. */
export function all(world: World, kind: Kind, patient: string): Owned[] {
  return world.all<Owned>(kind).filter(({ facts }) => facts.patient === patient.toLowerCase());
}

/** The moments that the service itself writes into a document. */
export function stamps({ now }: World): { inserted_at: string; updated_at: string } {
  const moment = new Date(now).toISOString();
  return { inserted_at: moment, updated_at: moment };
}

/** The status of a resource; empty where it shows none. */
export function statusOf(kind: Kind, document: unknown): string {
  return textOf(at(document, factsOf(kind).status ?? 'status') ?? '');
}

/** The document in another status. */
export function inStatus(kind: Kind, document: Json, status: string): Json {
  const path = factsOf(kind).status ?? 'status';
  const [outer = '', inner] = path.split('.');
  if (inner === undefined) return { ...document, [outer]: status };
  return { ...document, [outer]: { ...(document[outer] as Json), [inner]: status } };
}
