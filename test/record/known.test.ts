import fc from 'fast-check';
import { expect, it } from 'vitest';
import { literal } from '../../src/contract/literal.js';
import { Known } from '../../src/record/known.js';
import { makeMasker } from '../../src/record/mask.js';
import { replaceFound } from '../../src/record/patterns.js';
import { growth, LINEAR } from '../support/growth.js';

const text = (letters: string[], maxLength: number) =>
  fc.array(fc.constantFrom(...letters), { maxLength }).map((all) => all.join(''));

/** Texts in which values stand within values, in longer words, and beside each other. */
const LETTERS = ['aba', 'b', 'A', 'є', 'Є', '-', '.', ' ', '+', '1', 'ß', 'İ'];
/** Shorter than whatever gives itself away. */
const SHORT = 7;

/** As one expression says it: whole values, the first one that begins, and of those the longest. */
function byExpression(values: readonly string[], text: string): string {
  const all = values.toSorted((a, b) => b.length - a.length).map(literal);
  const whole = `(?<![\\p{L}\\p{N}])(?:${all.join('|')})(?![\\p{L}\\p{N}])`;
  return text.replace(new RegExp(whole, 'giu'), (found) => `<${found}>`);
}

it('finds whole values wherever they stand, as one expression of all of them would', () => {
  fc.assert(
    fc.property(
      fc.array(text(LETTERS, 4), { maxLength: 8 }),
      text(LETTERS, SHORT),
      (added, where) => {
        const known = new Known();
        for (const value of added) known.add(value, '*');
        const lower = new Set(added.map((value) => value.trim()));
        const values = [...lower].filter((value) => known.get(value));
        const found = replaceFound(where, known.places(where), (value) => `<${value}>`);
        expect(found).toBe(values.length === 0 ? where : byExpression(values, where));
      },
    ),
    { numRuns: 2_000 },
  );
});

it('costs as much with many values as with few: each request may have a name of its own', () => {
  const power = growth((size) => {
    const masker = makeMasker({ key: new Uint8Array(32), mask: [], keep: [] });
    for (let i = 0; i < size; i += 1) {
      masker.secret('X-Request-Id', `request-${i}-of-a-client`);
      masker.text(`{"data": {"id": ${i}, "status": "done of request-${i}-of-a-client"}}`);
    }
  }, 64);
  expect(power).toBeLessThan(LINEAR);
});
