import type { Conclusion } from '../conclusion.js';
import { type BusinessRule, CREATE_PAGE } from './business-rule.js';

const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  NEWBORN: ['LIVE_BIRTH'],
  TEMP_DISABILITY: [
    'SICKNESS',
    'CHILD_CARE',
    'FAMILY_CARE',
    'PARENTAL_CARE',
    'PREGNANCY',
    'QUARANTINE',
    'COVID19',
    'TEMP_TRANSFER',
    'PROSTHETIC',
    'RESTORATION',
  ],
};

export const categorySuitsType: BusinessRule<Conclusion> = {
  name: 'category-suits-type',
  code: '',
  title: 'The category is one of the type',
  source: CREATE_PAGE,
  broken: ({ type, category }) => {
    const known = Object.hasOwn(CATEGORIES, type) ? CATEGORIES[type] : undefined;
    if (!known || known.includes(category)) return undefined;
    const what = `${category || 'no category'} is no category of ${type}; give one of ${known.join(', ')}`;
    return { what, entry: '$.category.coding[0].code', rule: 'inclusion', params: known };
  },
};
