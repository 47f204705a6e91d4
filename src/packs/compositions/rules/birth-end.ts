import type { Conclusion } from '../conclusion.js';
import { type BusinessRule, CREATE_PAGE } from './business-rule.js';

export const birthEnd: BusinessRule<Conclusion> = {
  name: 'birth-end',
  code: '',
  title: 'A birth has no end',
  source: CREATE_PAGE,
  broken: ({ type, end }) => {
    if (type !== 'NEWBORN' || end === '') return undefined;
    const what = `the end of a birth is null; this one says ${end}`;
    return { what, entry: '$.event[0].period.end', rule: 'exclusion', params: [] };
  },
};
