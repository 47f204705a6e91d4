import type { Conclusion } from '../conclusion.js';
import {
  type BusinessRule,
  CREATE_CHANGES,
  REQUIREMENTS,
  VALIDATION_TABLE,
} from './business-rule.js';

/** TV 3.8.1: whom the conclusion is about has just been born, and nobody has registered the child yet. */
export const birthSubject: BusinessRule<Conclusion> = {
  name: 'birth-subject',
  code: '1154',
  title: 'The subject of a birth is the newborn, a preperson',
  source: `${VALIDATION_TABLE}; ${REQUIREMENTS}`,
  broken: ({ type, subject }) => {
    if (type !== 'NEWBORN' || subject.kind === 'preperson') return undefined;
    const what = `the subject is a ${subject.kind}; give the newborn as a preperson, and the mother in section.focus`;
    return { what };
  },
};

/** BAD_FOCUS_CODING */
export const birthFocus: BusinessRule<Conclusion> = {
  name: 'birth-focus',
  code: '1009',
  title: 'The focus of a birth is the mother, a person',
  source: CREATE_CHANGES,
  broken: ({ type, focus }) => {
    if (type !== 'NEWBORN' || focus.kind === 'person') return undefined;
    return { what: `the focus is a ${focus.kind}; give the mother, a person, in section.focus` };
  },
};
