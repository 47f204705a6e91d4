import type { Conclusion } from '../conclusion.js';
import { type BusinessRule, REQUIREMENTS } from './business-rule.js';

const ALLOWED = ['SICKNESS', 'CHILD_CARE'];

/** TV 3.8.2.6. The subject of a birth is always a preperson, and its category another. */
export const prepersonCategories: BusinessRule<Conclusion> = {
  name: 'preperson-categories',
  code: '',
  title: 'A temporary disability of a preperson is only SICKNESS or CHILD_CARE',
  source: REQUIREMENTS,
  broken: ({ type, subject, category }) => {
    if (type !== 'TEMP_DISABILITY' || subject.kind !== 'preperson') return undefined;
    if (ALLOWED.includes(category)) return undefined;
    const what = `${category} is not possible for a preperson, only ${ALLOWED.join(' and ')}; change the category, or identify the patient first`;
    return { what, entry: '$.category.coding[0].code', rule: 'inclusion', params: ALLOWED };
  },
};
