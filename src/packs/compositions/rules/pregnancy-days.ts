import { type Conclusion, DAY, dayOf } from '../conclusion.js';
import { setting } from '../settings.js';
import { type BusinessRule, SERVICE_SETTINGS } from './business-rule.js';

/** A conclusion that appends another is the rest of a longer leave, whatever its own length. */
export const pregnancyDays: BusinessRule<Conclusion> = {
  name: 'pregnancy-days',
  code: '',
  title: 'A conclusion of the category PREGNANCY lasts one of PREGNANCY_DAYS',
  source: SERVICE_SETTINGS,
  broken: ({ category, start, end, relations }, world) => {
    if (category !== 'PREGNANCY' || relations.some(({ code }) => code === 'appends'))
      return undefined;
    const days = (Date.parse(dayOf(end)) - Date.parse(dayOf(start))) / DAY + 1;
    const allowed = setting(world, 'PREGNANCY_DAYS');
    if (Number.isNaN(days) || allowed.includes(days)) return undefined;
    const what = `a leave for pregnancy lasts ${allowed.join(' or ')} days, first and last included; this one lasts ${days}`;
    return { what, entry: '$.event[0].period.end', rule: 'inclusion', params: allowed };
  },
};
