/** So many steps are looked at one by one. Of longer lives, only validators since draft 2019-09 can say more. */
const ONE_BY_ONE = 100;
/** So many last steps are marked themselves, in place of the whole life. */
const LASTS = 12;

/** A step that is over once its client comes with another token. */
const ENDS_TOKEN = {
  required: ['token'],
  properties: { token: { enum: ['expires', 'revoked'] }, for: false },
};

/** A step that goes on for ever. */
const ENDLESS = {
  anyOf: [{ not: { required: ['for'] } }, { properties: { for: { const: 'ever' } } }],
  not: ENDS_TOKEN,
};

/** What the conditions refer to. */
export const LIFE_DEFINITIONS = {
  passing: {
    if: ENDS_TOKEN,
    else: {
      required: ['for'],
      properties: { for: { not: { const: 'ever' } } },
      errorMessage: 'Another step follows: say with `for` how long this one lasts.',
    },
  },
  last: {
    properties: { for: { const: 'ever' } },
    not: ENDS_TOKEN,
    errorMessage: 'Nothing follows the last step: leave `for` out.',
  },
};

/**
 * "Each step but the last says how long it lasts", for editors. JSON Schema counts from the front alone: each
 * step is held to it where another one follows, and some step must last for ever, which then is the last.
 * With draft 2019-09's `maxContains` that is right for a life of any length.
 */
export function lifeConditions(): Record<string, unknown> {
  return {
    minItems: 1,
    allOf: [
      {
        contains: ENDLESS,
        minContains: 1,
        maxContains: 1,
        errorMessage: 'The last step, and no other one, lasts for ever: leave out its `for`.',
      },
      ...places(ONE_BY_ONE).map((i) => whenLife({ minItems: i + 2 }, i, 'passing')),
      ...places(LASTS).map((i) => whenLife({ minItems: i + 1, maxItems: i + 1 }, i, 'last')),
    ],
  };
}

function places(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

function whenLife(
  condition: Record<string, unknown>,
  place: number,
  step: keyof typeof LIFE_DEFINITIONS,
) {
  const items = [...Array.from({ length: place }, () => true), { $ref: `#/definitions/${step}` }];
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so
  return { if: condition, then: { items } };
}
