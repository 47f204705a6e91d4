import { at } from '../../../contract/json.js';
import type { World } from '../../../sandbox/pack.js';
import { knowsAll } from '../around.js';
import type { Conclusion } from '../conclusion.js';
import { employee } from '../employee.js';
import { setting } from '../settings.js';
import { type Broken, type BusinessRule, ERROR_TABLE } from './business-rule.js';

/** Employees who treat patients. */
const TYPES = ['DOCTOR', 'SPECIALIST', 'ASSISTANT'];

/** ILLEGAL_AUTHOR_POSITION. Of an author that nobody has put there nothing is known; only a platform has all of them. */
export const authorPosition: BusinessRule<Conclusion> = {
  name: 'author-position',
  code: '1167',
  title: 'The author treats patients, in one of the AUTHOR_POSITIONS',
  source: ERROR_TABLE,
  broken: ({ author }, world) => {
    const known = employee(world, author);
    if (!known) return unknown(author, world);
    const type = at(known, 'employee_type');
    if (typeof type === 'string' && !TYPES.includes(type)) {
      return { what: `employee ${author} is ${type}; give one of ${TYPES.join(', ')}` };
    }
    const allowed = setting(world, 'AUTHOR_POSITIONS');
    const position = at(known, 'position');
    if (allowed.length === 0 || typeof position !== 'string' || allowed.includes(position))
      return undefined;
    return {
      what: `employee ${author} has the position ${position}; AUTHOR_POSITIONS are ${allowed.join(', ')}`,
    };
  },
};

function unknown(author: string, world: World): Broken | undefined {
  if (!knowsAll(world, 'employee')) return undefined;
  return { what: `employee ${author} is not there; GET /__sandbox/world lists who is` };
}
