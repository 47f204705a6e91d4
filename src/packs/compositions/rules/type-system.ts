import type { Conclusion } from '../conclusion.js';
import { type BusinessRule, VALIDATION_TABLE } from './business-rule.js';

const SYSTEM = 'COMPOSITION_TYPES';

export const typeSystem: BusinessRule<Conclusion> = {
  name: 'type-system',
  code: '1073',
  title: `The type is of the dictionary ${SYSTEM}`,
  source: VALIDATION_TABLE,
  broken: ({ typeSystem: given }) => {
    if (given === SYSTEM) return undefined;
    const what = `the type is of ${given || 'no dictionary'}; give type.coding[0].system ${SYSTEM}`;
    return { what, entry: '$.type.coding[0].system', rule: 'inclusion', params: [SYSTEM] };
  },
};
