import { describe, expect, it } from 'vitest';
import { textOfPattern } from '../../src/contract/text-of-pattern.js';

describe('a text for a pattern', () => {
  it.each([
    '^AC[0-9a-fA-F]{32}$',
    '^[a-z]{2,3}-\\d+$',
    '^(GET|POST) /v\\d+(\\.\\d+)?$',
    '^[^/]+$',
    '^\\+?[1-9]\\d{1,14}$',
    '^(?:[01]\\d|2[0-3]):[0-5]\\d$',
    '^[\\w.-]+@[\\w-]+\\.[a-z]{2,}$',
    'abc',
    '^(?<year>\\d{4})-(?<month>0[1-9]|1[0-2])$',
    '^[]a]?$'.replace('[]a]', '[\\]a]'),
  ])('keeps it: %s', (pattern) => {
    const text = textOfPattern(pattern);
    expect(text).toBeDefined();
    expect(text).toMatch(new RegExp(pattern));
  });

  it.each([
    '^(?!0+$)\\d{4}$',
    '(?<=a)b',
    '^(a)\\1$',
    '^[a-z',
    '^\\p{L}+$',
  ])('is not looked for where that would take more: %s', (pattern) => {
    expect(textOfPattern(pattern)).toBeUndefined();
  });
});
