import type { World } from '../../sandbox/pack.js';
import type { Setting } from '../../sandbox/settings.js';

/** Days in which a conclusion can be cancelled, under the names that they had before the real ones were known. */
const FORMER = {
  newborn: 'CANCEL_DAYS_NEWBORN',
  disability: 'CANCEL_DAYS_TEMP_DISABILITY',
  replacement: 'CANCEL_DAYS_REPLACEMENT',
} as const;

const CANCEL_NEWBORN = 'EMAL_FILTER_CANCEL_TIMEOUT_NEWBORN';
const CANCEL_DISABILITY = 'EMAL_FILTER_CANCEL_TIMEOUT_DISABILITY';
const REPLACED_NEWBORN = 'EMAL_FILTER_REPLACEMENT_CANCEL_TIMEOUT_NEWBORN';
const REPLACED_DISABILITY = 'EMAL_FILTER_REPLACEMENT_CANCEL_TIMEOUT_DISABILITY';

/**
 * What the rules go by. Names with EMAL are those of the real service, and so are their values; the others
 * are the sandbox's names for what its documentation says in words. The last ones are about the sandbox.
 */
export const SETTINGS = [
  {
    name: 'EMAL_COMPOSITION_FLOW_REPLACE_ENABLED',
    type: 'boolean',
    default: false,
    about:
      'A conclusion can be made in place of a cancelled one (1181 while it is false), and cancelled for the longer time.',
  },
  {
    name: FORMER.newborn,
    type: 'number',
    default: 180,
    also: [CANCEL_NEWBORN],
    about: `Another name of ${CANCEL_NEWBORN}.`,
  },
  {
    name: FORMER.disability,
    type: 'number',
    default: 7,
    also: [CANCEL_DISABILITY],
    about: `Another name of ${CANCEL_DISABILITY}.`,
  },
  {
    name: FORMER.replacement,
    type: 'number',
    default: 365,
    also: [REPLACED_NEWBORN, REPLACED_DISABILITY],
    about: `One name of ${REPLACED_NEWBORN} and …_DISABILITY.`,
  },
  {
    name: CANCEL_NEWBORN,
    type: 'number',
    default: 180,
    also: [FORMER.newborn],
    about: 'For so many days from its date a birth can be cancelled.',
  },
  {
    name: CANCEL_DISABILITY,
    type: 'number',
    default: 7,
    also: [FORMER.disability],
    about: 'For so many days from its date a temporary disability can be cancelled.',
  },
  {
    name: REPLACED_NEWBORN,
    type: 'number',
    default: 365,
    about:
      'The same of a birth while the replacement flow is enabled: of one that replaces another, or for one of the allowed reasons.',
  },
  {
    name: REPLACED_DISABILITY,
    type: 'number',
    default: 365,
    about: 'The same of a temporary disability.',
  },
  {
    name: 'EMAL_REPLACEMENT_FLOW_NEWBORN_ALLOWED_CANCELLATION_REASONS',
    type: 'words',
    default: ['INCORRECT_PATIENT'],
    about: 'For these reasons a birth can be cancelled for the longer time, to be made anew.',
  },
  {
    name: 'EMAL_REPLACEMENT_FLOW_DISABILITY_ALLOWED_CANCELLATION_REASONS',
    type: 'words',
    default: [
      'INCORRECT_CATEGORY',
      'INCORRECT_DISABILITY_PERIOD',
      'INCORRECT_INOXICATION',
      'INCORRECT_PATIENT',
      'INCORRECT_TRITMENT_VIOLATION',
    ],
    about: 'The same of a temporary disability.',
  },
  {
    name: 'EMAL_VALIDATION_CATEGORY_NEWBORN_SYSTEM',
    type: 'words',
    default: ['COMPOSITION_CATEGORIES'],
    about: 'The dictionary that the category of a birth is of (1081).',
  },
  {
    name: 'EMAL_VALIDATION_CATEGORY_DISABILITY_SYSTEM',
    type: 'words',
    default: ['COMPOSITION_CATEGORIES'],
    about: 'The dictionary that the category of a temporary disability is of (1085).',
  },
  {
    name: 'EMAL_VALIDATION_SUBJECT_FOCUS_REQUIRE_EQUALITY_BY_CATEGORY',
    type: 'words',
    default: [],
    about:
      'Categories whose subject and focus must be the same (1182); the values of the real service are not public.',
  },
  {
    name: 'PREGNANCY_DAYS',
    type: 'numbers',
    default: [126, 140],
    about:
      'How many days a new conclusion of the category PREGNANCY may last, first and last included.',
  },
  {
    name: 'PREGNANCY_DAYS_APPENDED',
    type: 'numbers',
    default: [0],
    about: 'The same of one that appends another; 0: any number, as no public page tells them.',
  },
  {
    name: 'AUTHOR_POSITIONS',
    type: 'words',
    default: [],
    about: 'Positions that an author may have (1167), of authors that are known; empty: any.',
  },
  {
    name: 'TREATMENT_VIOLATIONS',
    type: 'words',
    default: [],
    about: 'Codes of COMPOSITION_TREATMENT_VIOLATION (1088); empty: whatever looks like a code.',
  },
  {
    name: 'ERLN_ANSWER',
    type: 'choice',
    choices: ['SUCCESS', 'ERROR'],
    default: 'SUCCESS',
    about:
      'How the register of sick leaves answers, unless a scenario says otherwise (integrationStatus of its result).',
  },
  {
    name: 'ERLN_ANSWER_SECONDS',
    type: 'number',
    default: 0,
    about: 'After how many seconds it answers (integrationAfter); until then its task is PENDING.',
  },
  {
    name: 'DRACS_ANSWER',
    type: 'choice',
    choices: ['SUCCESS', 'ERROR'],
    default: 'SUCCESS',
    about: 'The same of the register of civil status, which is told of births.',
  },
  {
    name: 'DRACS_ANSWER_SECONDS',
    type: 'number',
    default: 0,
    about: 'After how many seconds that one answers.',
  },
  {
    name: 'SIGNATURE_ERRORS',
    type: 'choice',
    choices: ['refuse', 'fail'],
    default: 'refuse',
    about: 'A container that is no good is refused at once with 400, or its job becomes FAILED.',
  },
  {
    name: 'UNSIGNED_CONTENT',
    type: 'choice',
    choices: ['take', 'refuse'],
    default: 'take',
    about: 'Base64 of plain JSON is taken in place of a signature container, or is no good either.',
  },
  {
    name: 'RULES_OFF',
    type: 'words',
    default: ['replacement-argument', 'continuation-start'],
    about:
      'Business rules that are not applied, by name or code; what they would have said is noted. Empty: all are.',
  },
] as const satisfies readonly Setting[];

type Name = (typeof SETTINGS)[number]['name'];
type Value<N extends Name> =
  Extract<(typeof SETTINGS)[number], { name: N }> extends infer S
    ? S extends { choices: readonly (infer C)[] }
      ? C
      : S extends { type: 'boolean' }
        ? boolean
        : S extends { type: 'numbers' }
          ? readonly number[]
          : S extends { type: 'words' }
            ? readonly string[]
            : number
    : never;

/** The value of a setting; the engine has checked that it is of its type. */
export function setting<N extends Name>({ settings }: World, name: N): Value<N> {
  return settings[name] as Value<N>;
}
