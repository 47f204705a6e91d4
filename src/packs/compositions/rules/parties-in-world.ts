import type { World } from '../../../sandbox/pack.js';
import { knowsAll, patient } from '../around.js';
import type { Conclusion, Party } from '../conclusion.js';
import { type BusinessRule, CREATE_CHANGES, CREATE_PAGE } from './business-rule.js';

/** What is said of somebody whom the platform's world does not have; undefined: they are there, or nobody can tell. */
function unknown(party: Party, world: World): string | undefined {
  if (!knowsAll(world, 'person') || patient(world, party)) return undefined;
  return `${party.kind} ${party.id} is not there; GET /__sandbox/world lists who is`;
}

/** FOCUS_NOT_FOUND */
export const focusIsFound: BusinessRule<Conclusion> = {
  name: 'focus-is-found',
  code: '1010',
  title: 'Whom the focus names is there, where the session knows its people',
  source: CREATE_CHANGES,
  broken: ({ focus }, world) => {
    const what = unknown(focus, world);
    return what === undefined ? undefined : { what };
  },
};

export const subjectIsFound: BusinessRule<Conclusion> = {
  name: 'subject-is-found',
  code: '',
  title: 'Whom the subject names is there, where the session knows its people',
  source: CREATE_PAGE,
  broken: ({ subject }, world) => {
    const what = unknown(subject, world);
    return what === undefined ? undefined : { what };
  },
};
