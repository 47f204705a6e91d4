import { statusOf } from '../composition.js';
import { type BusinessRule, ERROR_TABLE } from './business-rule.js';
import type { Cancelling } from './cancelling.js';

/** CANT_CANCEL_NONFINAL_COMPOSITION */
export const cancelFinalOnly: BusinessRule<Cancelling> = {
  name: 'cancel-final-only',
  code: '1003',
  title: 'Only a FINAL conclusion is cancelled',
  source: ERROR_TABLE,
  broken: ({ composition }) => {
    const status = statusOf(composition);
    return status === 'FINAL' ? undefined : { what: `the conclusion is ${status}` };
  },
};
