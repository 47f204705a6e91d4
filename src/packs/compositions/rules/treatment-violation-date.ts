import { type Conclusion, dayInUkraine, dayOf } from '../conclusion.js';
import { type BusinessRule, ERROR_TABLE } from './business-rule.js';

export const treatmentViolationDate: BusinessRule<Conclusion> = {
  name: 'treatment-violation-date',
  code: '1172',
  title: "TREATMENT_VIOLATION_DATE lies between the conclusion's start and now",
  source: ERROR_TABLE,
  broken: ({ start, extension }, { now }) => {
    const date = extension.get('TREATMENT_VIOLATION_DATE');
    if (typeof date !== 'string') return undefined;
    const [first, today] = [dayOf(start), dayInUkraine(now)];
    if (first <= date && date <= today) return undefined;
    return {
      what: `the date is ${date}; give a day from ${first} to ${today}, today by the session's clock`,
    };
  },
};
