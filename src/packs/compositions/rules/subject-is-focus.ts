import type { Conclusion } from '../conclusion.js';
import { setting } from '../settings.js';
import { type BusinessRule, CREATE_PAGE } from './business-rule.js';

/** SUBJECT_FOCUS_EQUALITY_REQUIRED */
export const subjectIsFocus: BusinessRule<Conclusion> = {
  name: 'subject-is-focus',
  code: '1182',
  title: 'In the categories that the settings name, subject and focus are the same',
  source: CREATE_PAGE,
  broken: ({ category, subject, focus }, world) => {
    const name = 'EMAL_VALIDATION_SUBJECT_FOCUS_REQUIRE_EQUALITY_BY_CATEGORY';
    if (subject.id === focus.id || !setting(world, name).includes(category)) return undefined;
    const what = `the focus of ${category} is the subject, ${subject.id}; this one is ${focus.id}`;
    return { what, entry: '$.section.focus.value', rule: 'invalid', params: [subject.id] };
  },
};
