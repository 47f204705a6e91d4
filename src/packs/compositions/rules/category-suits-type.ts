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

/** What a category is told to be wrong by. */
const CODES: Readonly<Record<string, string>> = { NEWBORN: '1081', TEMP_DISABILITY: '1085' };

/** INVALID_NEWBORN_CATEGORY or INVALID_DISABILITY_CATEGORY; undefined: a type that this API does not take. */
export function categoryCode(type: string): string | undefined {
  return Object.hasOwn(CODES, type) ? CODES[type] : undefined;
}

/** Whether any type has such a category. */
export function isCategory(code: string): boolean {
  return Object.values(CATEGORIES).some((known) => known.includes(code));
}

export const categorySuitsType: BusinessRule<Conclusion> = {
  name: 'category-suits-type',
  code: '1081, 1085',
  title: 'The category is one of the type',
  source: CREATE_PAGE,
  broken: ({ type, category }) => {
    const code = categoryCode(type);
    const known = code && CATEGORIES[type];
    if (!known || !isCategory(category) || known.includes(category)) return undefined;
    const what = `${category} is no category of ${type}; give one of ${known.join(', ')}`;
    return { what, code, entry: '$.category.coding[0].code', rule: 'inclusion', params: known };
  },
};

export const CATEGORY_CODES = Object.values(CATEGORIES).flat();
