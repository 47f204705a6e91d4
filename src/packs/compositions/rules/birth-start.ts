import { type Conclusion, timeOf } from '../conclusion.js';
import { type BusinessRule, REQUIREMENTS } from './business-rule.js';

const TIME = '00:00:01';

/** TV 3.8.1.5.2 */
export const birthStart: BusinessRule<Conclusion> = {
  name: 'birth-start',
  code: '',
  title: `A birth starts on NEWBORN_BIRTH_DATE, at T${TIME}Z`,
  source: REQUIREMENTS,
  broken: ({ type, start, extension }) => {
    if (type !== 'NEWBORN') return undefined;
    const born = extension.get('NEWBORN_BIRTH_DATE');
    if (typeof born !== 'string') {
      const what = 'a birth needs the extension NEWBORN_BIRTH_DATE with its valueDate';
      return { what, entry: '$.extension', rule: 'required', params: [] };
    }
    const right = `${born}T${TIME}Z`;
    if (Date.parse(start) === Date.parse(right) && timeOf(start) === TIME) return undefined;
    const what = `a birth of ${born} starts at ${right}; this one says ${start || 'nothing'}`;
    return { what, entry: '$.event[0].period.start', rule: 'invalid', params: [right] };
  },
};
