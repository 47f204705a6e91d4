import { bindingOf, find } from '../composition.js';
import { type Conclusion, readConclusion } from '../conclusion.js';
import { type BusinessRule, ERROR_TABLE } from './business-rule.js';

/** NEW_START_DATE_IS_BEFORE_PREVIOUS_START_DATE. Previous are those that it relates to, and every FINAL disability of the same subject. */
export const startNotBeforePrevious: BusinessRule<Conclusion> = {
  name: 'start-not-before-previous',
  code: '1143',
  title: 'A temporary disability does not start before one that is there already',
  source: ERROR_TABLE,
  broken: ({ type, start, subject, relations }, world) => {
    if (type !== 'TEMP_DISABILITY') return undefined;
    const related = relations.flatMap(({ target }) => find(world, target) ?? []);
    const previous = [...related, ...bindingOf(world, subject.id)];
    for (const { id, document } of previous) {
      const earlier = readConclusion(document);
      if (earlier.type !== type || !(Date.parse(start) < Date.parse(earlier.start))) continue;
      return { what: `conclusion ${id} starts at ${earlier.start}, this one at ${start} already` };
    }
    return undefined;
  },
};
