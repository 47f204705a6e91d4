import { describe, expect, it } from 'vitest';
import { isManual, makeClock } from '../../src/sandbox/clock.js';

describe('a clock', () => {
  it('that is manual shows its moment until another takes its place, whatever the machine’s does', () => {
    let wall = 1000;
    const clock = makeClock({ mode: 'manual', now: 50 }, () => wall);
    wall = 2000;
    expect(clock.now()).toBe(50);
    if (!isManual(clock)) throw new Error('no manual clock');
    expect(clock.advanced(25).now()).toBe(75);
    expect(clock.now()).toBe(50);
  });

  it('that is manual begins at the present moment unless it is told another', () => {
    expect(makeClock({ mode: 'manual' }, () => 1000).now()).toBe(1000);
  });

  it('that is real or paced follows the machine’s, and only a paced one has a pace', () => {
    let wall = 1000;
    const real = makeClock({ mode: 'real', pace: 7 }, () => wall);
    const paced = makeClock({ mode: 'paced', pace: 10 }, () => wall);
    wall = 1500;
    expect([real.now(), paced.now()]).toEqual([1500, 1500]);
    expect([real.pace, paced.pace]).toEqual([1, 10]);
    expect([isManual(real), isManual(paced)]).toEqual([false, false]);
  });
});
