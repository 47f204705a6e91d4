import { type Conclusion, timeOf } from '../conclusion.js';
import { type BusinessRule, CREATE_PAGE } from './business-rule.js';

const FIRST = '00:00:01';
const LAST = '20:59:59';

export const disabilityStart: BusinessRule<Conclusion> = {
  name: 'disability-start',
  code: '',
  title: `A temporary disability starts at T${FIRST}Z`,
  source: CREATE_PAGE,
  broken: ({ type, start }) => {
    if (type !== 'TEMP_DISABILITY' || timeOf(start) === FIRST) return undefined;
    const what = `a temporary disability starts at T${FIRST}Z of its first day; this one says ${start || 'nothing'}`;
    return { what, entry: '$.event[0].period.start', rule: 'format', params: [`T${FIRST}Z`] };
  },
};

export const disabilityEnd: BusinessRule<Conclusion> = {
  name: 'disability-end',
  code: '',
  title: `A temporary disability ends at T${LAST}Z`,
  source: CREATE_PAGE,
  broken: ({ type, end }) => {
    if (type !== 'TEMP_DISABILITY' || timeOf(end) === LAST) return undefined;
    const what = `a temporary disability ends at T${LAST}Z of its last day; this one says ${end || 'nothing'}`;
    return { what, entry: '$.event[0].period.end', rule: 'format', params: [`T${LAST}Z`] };
  },
};
