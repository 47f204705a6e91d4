import type { Conclusion } from '../conclusion.js';
import { type BusinessRule, ERROR_TABLE } from './business-rule.js';

/** COMPOSITION_UPDATE_PREPERSON_TO_PERSON_ONLY: what replaces a conclusion is about an identified person. */
export const refinementNeedsPerson: BusinessRule<Conclusion> = {
  name: 'refinement-needs-person',
  code: '1001',
  title: 'A conclusion that replaces another has a person as its subject',
  source: ERROR_TABLE,
  broken: ({ subject, relations }) => {
    if (subject.kind === 'person' || !relations.some(({ code }) => code === 'replaces'))
      return undefined;
    return {
      what: `the subject is a ${subject.kind}; give the person that the preperson turned out to be`,
    };
  },
};
