import { find } from '../composition.js';
import type { Conclusion } from '../conclusion.js';
import { type BusinessRule, ERROR_TABLE } from './business-rule.js';
import { isCancelled } from './replacement.js';

/**
 * COMPOSITION_UPDATE_PREPERSON_TO_PERSON_ONLY: what refines a conclusion is about an identified person. In place of
 * one that has been cancelled may stand one of a preperson.
 */
export const refinementNeedsPerson: BusinessRule<Conclusion> = {
  name: 'refinement-needs-person',
  code: '1001',
  title: 'A disability that refines another has a person as its subject',
  source: ERROR_TABLE,
  broken: ({ type, subject, relations }, world) => {
    if (type !== 'TEMP_DISABILITY' || subject.kind === 'person') return undefined;
    const refined = relations
      .flatMap(({ code, target }) => (code === 'replaces' ? (find(world, target) ?? []) : []))
      .find((kept) => !isCancelled(kept));
    if (!refined) return undefined;
    return {
      what: `the subject is a ${subject.kind}; give the person that the preperson turned out to be`,
    };
  },
};
