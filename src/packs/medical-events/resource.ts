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
  const found = world.resources.get((id ?? '').toLowerCase()) as Owned | undefined;
  return found?.kind === kind && found.facts.patient === patient?.toLowerCase() ? found : undefined;
}

/** Puts what a patient has in, or in the place of what stood under its id. */
export function keep(
  world: World,
  kind: Kind,
  patient: string,
  document: Json & { id: string },
): Owned {
  const id = document.id.toLowerCase();
  const before = world.resources.get(id);
  const resource = {
    id,
    kind,
    document,
    facts: { patient: patient.toLowerCase() },
    created: before?.created ?? world.now,
  };
  world.resources.put(resource);
  return resource;
}

/** Everything of one kind that a patient has, oldest first. */
export function all(world: World, kind: Kind, patient: string): Owned[] {
  const owned = [...world.resources.all()] as Owned[];
  return owned.filter((one) => one.kind === kind && one.facts.patient === patient.toLowerCase());
}

/** The moments that the service itself writes into a document. */
export function stamps({ now }: World): { inserted_at: string; updated_at: string } {
  const moment = new Date(now).toISOString();
  return { inserted_at: moment, updated_at: moment };
}
