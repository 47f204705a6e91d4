import { type Composition, find, statusOf } from '../composition.js';
import { type BusinessRule, ERROR_TABLE } from './business-rule.js';
import type { Cancelling } from './cancelling.js';

/** CANT_CANCEL_NOT_FOUND */
export const replacedIsFound: BusinessRule<Cancelling> = {
  name: 'replaced-is-found',
  code: '1137',
  title: 'The conclusion that the cancelled one replaces is there',
  source: ERROR_TABLE,
  broken: ({ composition }, world) => {
    const gone = replacedBy(composition).find((target) => !find(world, target));
    return gone === undefined ? undefined : { what: `it replaces ${gone}, which is not found` };
  },
};

/** CANT_CANCEL_NONAMENDED_COMPOSITION */
export const replacedIsAmended: BusinessRule<Cancelling> = {
  name: 'replaced-is-amended',
  code: '1136',
  title: 'The conclusion that the cancelled one replaces is AMENDED',
  source: ERROR_TABLE,
  broken: ({ composition }, world) => {
    const other = replacedBy(composition)
      .flatMap((target) => find(world, target) ?? [])
      .find((kept) => statusOf(kept) !== 'AMENDED');
    return other && { what: `it replaces ${other.id}, which is ${statusOf(other)}` };
  },
};

/** Ids of what a conclusion stands in place of. */
export function replacedBy({ facts }: Composition): string[] {
  return facts.relatesTo.flatMap(({ code, target }) => (code === 'replaces' ? [target] : []));
}
