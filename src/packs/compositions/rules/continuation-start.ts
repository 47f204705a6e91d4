import { find } from '../composition.js';
import { type Conclusion, DAY, dayOf, readConclusion } from '../conclusion.js';
import { type BusinessRule, REQUIREMENTS } from './business-rule.js';

/** TV 3.8.2.5.4; known from what a public MIS sends alone. */
export const continuationStart: BusinessRule<Conclusion> = {
  name: 'continuation-start',
  code: '',
  title: 'What appends a conclusion starts on the day after its end',
  source: REQUIREMENTS,
  broken: ({ type, start, relations }, world) => {
    if (type !== 'TEMP_DISABILITY') return undefined;
    for (const { code, target } of relations) {
      const before = code === 'appends' ? find(world, target) : undefined;
      const end = before && dayOf(readConclusion(before.document).end);
      if (!end) continue;
      const next = dayOf(new Date(Date.parse(end) + DAY).toISOString());
      if (dayOf(start) === next) continue;
      return { what: `it appends ${target}, which ends on ${end}; start it on ${next}` };
    }
    return undefined;
  },
};
