import type { Json } from '../../contract/json.js';
import type { World } from '../../sandbox/pack.js';
import type { Resource } from '../../sandbox/resources.js';

/** What this API keeps; each belongs to a patient. */
export type Kind = 'visit' | 'encounter' | 'approval' | 'service_request';

interface Owned extends Resource {
  facts: { patient: string };
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
): Owned {
  const facts = { patient: patient.toLowerCase() };
  return world.keep<Owned>({ kind, id: document.id.toLowerCase(), document, facts });
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
