import { at, textOf } from '../../../contract/json.js';
import { typeOf } from '../composition.js';
import { type BusinessRule, CANCEL_PAGE } from './business-rule.js';
import type { Cancelling } from './cancelling.js';

const SYSTEM = 'eHealth/COMPOSITION_CANCELLATION_REASONS_';

/** Spelt as the dictionaries spell them. */
const REASONS: Readonly<Record<string, readonly string[]>> = {
  TEMP_DISABILITY: [
    'INCORRECT_CATEGORY',
    'INCORRECT_DISABILITY_PERIOD',
    'INCORRECT_INOXICATION',
    'INCORRECT_OTHER',
    'INCORRECT_PATIENT',
    'INCORRECT_TRITMENT_VIOLATION',
  ],
  NEWBORN: ['INCORRECT_PATIENT', 'TYPO'],
};

/** CANCELLATION_INVALID_CODING */
export const cancellationReason: BusinessRule<Cancelling> = {
  name: 'cancellation-reason',
  code: '1004',
  title: "The reason is one of the dictionary for the conclusion's type",
  source: CANCEL_PAGE,
  broken: ({ composition, content }) => {
    const type = typeOf(composition.document);
    const known = Object.hasOwn(REASONS, type) ? REASONS[type] : undefined;
    if (!known) return undefined;
    const system = textOf(at(content, 'reason.coding.0.system') ?? '');
    const code = textOf(at(content, 'reason.coding.0.code') ?? '');
    if (system === SYSTEM + type && known.includes(code)) return undefined;
    const given = code ? `${system || 'no system'} ${code}` : 'missing';
    return {
      what: `the reason is ${given}; give reason.coding[0] of ${SYSTEM}${type}: ${known.join(', ')}`,
    };
  },
};
