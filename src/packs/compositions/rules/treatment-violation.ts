import { textOf } from '../../../contract/json.js';
import type { Conclusion } from '../conclusion.js';
import { setting } from '../settings.js';
import { type BusinessRule, VALIDATION_TABLE } from './business-rule.js';

/** What codes of the dictionary look like; which there are, no public page tells. */
const CODE = /^[A-Za-z][A-Za-z0-9_-]*$/;

export const treatmentViolation: BusinessRule<Conclusion> = {
  name: 'treatment-violation',
  code: '1088',
  title: 'TREATMENT_VIOLATION is a code of COMPOSITION_TREATMENT_VIOLATION',
  source: VALIDATION_TABLE,
  broken: ({ extension }, world) => {
    const given = extension.get('TREATMENT_VIOLATION');
    if (given === undefined) return undefined;
    const known = setting(world, 'TREATMENT_VIOLATIONS');
    const code = textOf(given);
    if (known.length > 0 ? known.includes(code) : CODE.test(code)) return undefined;
    const hint =
      known.length > 0 ? `one of ${known.join(', ')}` : 'a code such as reject_recommendation';
    return { what: `the violation is ${JSON.stringify(given)}; give ${hint}` };
  },
};
