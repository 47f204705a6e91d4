import { expect, it } from 'vitest';
import { compilePattern } from '../../src/contract/pattern.js';

const MIB = 1024 * 1024;

it.each([
  '(a+)+$',
  '^(a|a)*$',
  '(.*)(.*)(.*)(.*)x$',
  'a*a*a*a*b',
  '^(a?){50}a{50}$',
])('%s is run in linear time over a text of 1 MiB', (pattern) => {
  expect(compilePattern(pattern).test(`${'a'.repeat(MIB)}!`)).toBe(false);
});

it.each([
  ['^[a-z]{1,2000}$', 'z', 1, 2000],
  ['^.{0,2500}$', 'і', 0, 2500],
])('%s counts beyond what the engine does', (pattern, unit, least, most) => {
  const run = compilePattern(pattern);
  expect(run.test(unit.repeat(least))).toBe(true);
  expect(run.test(unit.repeat(most))).toBe(true);
  expect(run.test(unit.repeat(most + 1))).toBe(false);
});
