import type { Conclusion } from '../conclusion.js';
import { type BusinessRule, CREATE_PAGE } from './business-rule.js';

const ALLOWED = ['SICKNESS', 'CHILD_CARE'];

export const prepersonCategories: BusinessRule<Conclusion> = {
  name: 'preperson-categories',
  code: '',
  title: 'A preperson gets only SICKNESS and CHILD_CARE',
  source: CREATE_PAGE,
  broken: ({ subject, category }) => {
    if (subject.kind !== 'preperson' || ALLOWED.includes(category)) return undefined;
    const what = `${category} is not possible for a preperson, only ${ALLOWED.join(' and ')}; change the category, or identify the patient first`;
    return { what, entry: '$.category.coding[0].code', rule: 'inclusion', params: ALLOWED };
  },
};
