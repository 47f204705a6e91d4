import { find } from '../composition.js';
import { type BusinessRule, VALIDATION_TABLE } from './business-rule.js';
import { isCancelled } from './replacement.js';
import type { Signing } from './signing.js';

/** What has been made in place of a cancelled conclusion is meant to be. */
export const relatedNotInError: BusinessRule<Signing> = {
  name: 'related-not-in-error',
  code: '1184',
  title: 'What the draft continues, reduces or refines has not been cancelled since',
  source: VALIDATION_TABLE,
  broken: ({ composition: { facts } }, world) => {
    const gone = facts.relatesTo
      .filter(({ target }) => !facts.inPlaceOf?.includes(target))
      .flatMap(({ target }) => find(world, target) ?? [])
      .find(isCancelled);
    return gone && { what: `it relates to ${gone.id}, which is ENTERED_IN_ERROR` };
  },
};
