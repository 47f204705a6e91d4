import { expect, it } from 'vitest';
import { growth, LINEAR } from './growth.js';

it('tells work that grows with the square of its size from work that grows with its size', () => {
  const rounds = (times: number) => {
    let sum = 0;
    for (let i = 0; i < times; i += 1) sum += Math.sqrt(i);
    return sum;
  };
  expect(growth((size) => rounds(size * 100), 64)).toBeLessThan(LINEAR);
  expect(growth((size) => rounds(size * size), 32)).toBeGreaterThan(LINEAR);
  expect(growth(() => rounds(10))).toBe(0);
});
