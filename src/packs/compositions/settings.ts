import type { World } from '../../sandbox/pack.js';
import type { Setting } from '../../sandbox/settings.js';

/**
 * What the rules go by. The values are those of the real service; the first name is its own, the others
 * are the sandbox's names for what its documentation says in words. The last two are about the sandbox.
 */
export const SETTINGS = [
  {
    name: 'EMAL_COMPOSITION_FLOW_REPLACE_ENABLED',
    type: 'boolean',
    default: false,
    about: 'A conclusion in place of another may be cancelled for CANCEL_DAYS_REPLACEMENT.',
  },
  {
    name: 'CANCEL_DAYS_NEWBORN',
    type: 'number',
    default: 180,
    about: 'For so many days from its date a birth can be cancelled.',
  },
  {
    name: 'CANCEL_DAYS_TEMP_DISABILITY',
    type: 'number',
    default: 7,
    about: 'For so many days from its date a temporary disability can be cancelled.',
  },
  {
    name: 'CANCEL_DAYS_REPLACEMENT',
    type: 'number',
    default: 365,
    about: 'The same of a conclusion that replaces another, while the replacement flow is enabled.',
  },
  {
    name: 'PREGNANCY_DAYS',
    type: 'numbers',
    default: [126, 140],
    about:
      'How many days a conclusion of the category PREGNANCY may last, first and last included.',
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
          : number
    : never;

/** The value of a setting; the engine has checked that it is of its type. */
export function setting<N extends Name>({ settings }: World, name: N): Value<N> {
  return settings[name] as Value<N>;
}
