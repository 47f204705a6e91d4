import type { Conclusion } from '../conclusion.js';
import { type BusinessRule, CREATE_CHANGES } from './business-rule.js';

/** FOREIGN_TREATMENT_FOR_FOCUS_PREPERSON_NOT_ALLOWED */
export const foreignTreatment: BusinessRule<Conclusion> = {
  name: 'foreign-treatment',
  code: '1214',
  title: 'Treatment abroad is that of a person, not of a preperson',
  source: CREATE_CHANGES,
  broken: ({ focus, extension }) => {
    if (focus.kind !== 'preperson' || extension.get('IS_FOREIGN_TREATMENT') !== true)
      return undefined;
    return { what: 'IS_FOREIGN_TREATMENT is true and the focus a preperson; leave it out' };
  },
};
