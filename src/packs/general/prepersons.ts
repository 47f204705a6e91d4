import type { Json } from '../../contract/json.js';
import type { Pack, Refusal, World } from '../../sandbox/pack.js';
import { one } from './read.js';
import { wrongAt } from './refusals.js';
import { type Asked, acts, creates } from './write.js';

function isOpen(document: Json, { now }: World): boolean {
  const { birth_date } = document;
  return typeof birth_date !== 'string' || Date.parse(birth_date) <= now;
}

function wrongPreperson({ said, world }: Asked): Refusal | undefined {
  if (!isOpen(said, world)) return wrongAt('$.birth_date', 'Birth date must be in the past');
  const { death_date, birth_date } = said;
  if (typeof death_date !== 'string') return undefined;
  if (Date.parse(death_date) > world.now) {
    return wrongAt('$.death_date', 'Death date must be in the past');
  }
  return typeof birth_date === 'string' && death_date < birth_date
    ? wrongAt('$.death_date', 'Death date must be after birth date')
    : undefined;
}

/** Patients who are not identified, by operationId. */
export const PREPERSONS: Pack['reads'] = {
  getPreperson: one('preperson'),
  createPreperson: creates({
    kind: 'preperson',
    check: wrongPreperson,
    document: ({ said }) => ({ ...said, status: 'ACTIVE' }),
  }),
  updatePreperson: acts({
    kind: 'preperson',
    from: ['ACTIVE'],
    refused: 'Preperson is not active',
    check: (_, asked) => wrongPreperson(asked),
    set: (_, { said }) => said,
  }),
};
