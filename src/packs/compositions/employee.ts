import type { Json } from '../../contract/json.js';
import type { World } from '../../sandbox/pack.js';
import type { Resource } from '../../sandbox/resources.js';
import { taxIdIn } from '../signature/tax-id.js';

const KIND = 'employee';

const EXAMPLE = '{"id": "UUID", "party": {"tax_id": "1234567890"}}';

/** An employee is told from a composition by what only one has: a party, a tax id, a position. */
export function isEmployee(given: Json): boolean {
  return ['party', 'tax_id', 'position', 'employee_type'].some((key) => given[key] !== undefined);
}

/**
 * Puts an employee in by hand, so that it is known whose signature an author's is, and of which position.
 * @param given as the platform shows one, at least `id` and `party.tax_id`, or `tax_id` or `position` beside the id
 */
export function seedEmployee(given: Json, world: World): Resource | string {
  const { id } = given;
  if (typeof id !== 'string' || id === '') {
    return `an employee needs its id, the one of a conclusion's author; give ${EXAMPLE}`;
  }
  const signs = given.party !== undefined || given.tax_id !== undefined;
  if (signs && taxIdIn(given) === undefined) {
    return `party.tax_id of employee ${id} is no text; give ${EXAMPLE}`;
  }
  return world.keep({ kind: KIND, id: id.toLowerCase(), document: given });
}

/** Undefined: no such employee has been put there. */
export function employee(world: World, id: string): Json | undefined {
  return world.find(KIND, id)?.document;
}
