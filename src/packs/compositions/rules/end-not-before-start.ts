import type { Conclusion } from '../conclusion.js';
import { type BusinessRule, CREATE_PAGE } from './business-rule.js';

export const endNotBeforeStart: BusinessRule<Conclusion> = {
  name: 'end-not-before-start',
  code: '',
  title: 'The end is not before the start',
  source: CREATE_PAGE,
  broken: ({ start, end }) => {
    if (!(Date.parse(end) < Date.parse(start))) return undefined;
    const what = `the end ${end} is before the start ${start}`;
    return { what, entry: '$.event[0].period.end', rule: 'comparison', params: [start] };
  },
};
