import type { Conclusion } from '../conclusion.js';
import { setting } from '../settings.js';
import { type BusinessRule, VALIDATION_TABLE } from './business-rule.js';
import { CATEGORY_CODES, categoryCode, isCategory } from './category-suits-type.js';

/** EMAL_VALIDATION_CATEGORY_NEWBORN_SYSTEM, …_DISABILITY_SYSTEM */
export const categorySystem: BusinessRule<Conclusion> = {
  name: 'category-system',
  code: '1081, 1085',
  title: 'The category is of the dictionary that the settings name for the type',
  source: VALIDATION_TABLE,
  broken: ({ type, categorySystem: given }, world) => {
    const code = categoryCode(type);
    if (!code) return undefined;
    const kind = type === 'NEWBORN' ? 'NEWBORN' : 'DISABILITY';
    const known = setting(world, `EMAL_VALIDATION_CATEGORY_${kind}_SYSTEM`);
    if (known.includes(given)) return undefined;
    const what = `the category is of ${given || 'no dictionary'}; give category.coding[0].system ${known.join(' or ')}`;
    return { what, code, entry: '$.category.coding[0].system', rule: 'inclusion', params: known };
  },
};

export const categoryKnown: BusinessRule<Conclusion> = {
  name: 'category-known',
  code: '1161',
  title: 'The category is in its dictionary',
  source: VALIDATION_TABLE,
  broken: ({ category }) => {
    if (isCategory(category)) return undefined;
    const what = `${category || 'no category'} is not in the dictionary of categories; give one of ${CATEGORY_CODES.join(', ')}`;
    return {
      what,
      entry: '$.category.coding[0].code',
      rule: 'inclusion',
      params: CATEGORY_CODES,
    };
  },
};
