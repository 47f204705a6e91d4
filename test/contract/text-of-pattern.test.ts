import { describe, expect, it } from 'vitest';
import { type PatternTree, parsePattern } from '../../src/contract/pattern-tree.js';
import { countTexts, textOfPattern } from '../../src/contract/text-of-pattern.js';
import { idsOf } from '../../src/sandbox/ids.js';
import { beginStream } from '../../src/sandbox/random.js';

/** The same stream of numbers at each call. */
function beginning(seed: string) {
  const stream = beginStream(seed);
  return () => stream;
}

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
    '^[A-Z]{3}-\\d{6}$',
    '^(A|B[0-9]{8})$',
    '^[\\w-]{8,12}$',
    '^[^/]{10}$',
    '^job[.:](?:[a-f]+|\\d*)x?$',
    '^[\\]\\-a]{4}$',
    '^.+\\.tar\\.gz$',
  ])('is drawn by chance, and each keeps it: %s', (pattern) => {
    const tree = parsePattern(pattern) as PatternTree;
    const stream = idsOf(beginning(pattern));
    const drawn = Array.from({ length: 200 }, () => stream.id({ pattern: tree }));
    for (const text of drawn) expect(text).toMatch(new RegExp(pattern));
    expect(new Set(drawn).size).toBeGreaterThan(Math.min(100, countTexts(tree) / 10));
    const again = idsOf(beginning(pattern));
    expect(again.id({ pattern: tree })).toBe(drawn[0]);
  });

  it.each([
    ['^[A-Z]{3}-\\d{6}$', 26 ** 3 * 1e6],
    ['^(a|b|cd?)$', 4],
    ['^[ab]{1,3}$', 14],
    ['^x$', 1],
  ])('is counted: %s has %d', (pattern, count) => {
    expect(countTexts(parsePattern(pattern) as PatternTree)).toBe(count);
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
