import { at, textOf } from '../../../contract/json.js';
import { authenticationMethods, patient } from '../around.js';
import type { Conclusion } from '../conclusion.js';
import { type BusinessRule, CREATE_CHANGES } from './business-rule.js';

/** FOCUS_IS_NOT_ACTIVE, of somebody who is known. */
export const focusIsActive: BusinessRule<Conclusion> = {
  name: 'focus-is-active',
  code: '1111',
  title: 'Whom the focus names is active',
  source: CREATE_CHANGES,
  broken: ({ focus }, world) => {
    const known = patient(world, focus);
    const status = at(known, 'status');
    const gone = at(known, 'is_active') === false;
    if (!gone && (typeof status !== 'string' || status.toLowerCase() === 'active'))
      return undefined;
    return { what: `${focus.kind} ${focus.id} is ${gone ? 'not active' : status}` };
  },
};

/** FOCUS_AUTH_NOT_SPECIFIED, of somebody whose methods are known. */
export const informWith: BusinessRule<Conclusion> = {
  name: 'inform-with',
  code: '1171',
  title: 'INFORM_WITH is an authentication method that the focus has',
  source: CREATE_CHANGES,
  broken: ({ focus, extension }, world) => {
    const given = extension.get('INFORM_WITH') ?? extension.get('AUTHORIZE_WITH');
    const methods = given === undefined ? undefined : authenticationMethods(world, focus);
    if (!methods || methods.includes(textOf(given).toLowerCase())) return undefined;
    const has = methods.length > 0 ? `has ${methods.join(', ')}` : 'has none that is active';
    return { what: `authentication method ${given} is not one of person ${focus.id}, who ${has}` };
  },
};
