import { describe, expect, it } from 'vitest';
import { readJson } from '../../src/server/http/read-json.js';
import { fc } from '../support/seeded.js';

describe('a text of JSON', () => {
  it('means what JSON.parse says, whatever stands in its strings', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value);
        expect(readJson(text)).toMatchObject({ value: JSON.parse(text) });
      }),
    );
  });

  it.each([
    ['{"a": 123456789012345}', false],
    ['{"a": 1234567890123456}', true],
    ['{"a": "1234567890123456"}', false],
    ['{"\\\\": 1234567890123456, "b": "\\""}', true],
    ['["\\"", "1234567890123456"]', false],
  ])('%s has long numbers: %s', (text, long) => expect(readJson(text)).toMatchObject({ long }));

  it.each([
    ['['.repeat(101), 'depth'],
    [`${'{"a":'.repeat(101)}1`, 'depth'],
    [`"${'['.repeat(101)}`, 'json'],
    [`["\\"${'['.repeat(200)}"`, 'json'],
    ['', 'json'],
  ])('is refused: %s', (text, rule) => expect(readJson(text)).toMatchObject({ rule }));
});
