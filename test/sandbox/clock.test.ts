import { describe, expect, it } from 'vitest';
import {
  copyClock,
  isManual,
  machineTime,
  makeClock,
  onlyForward,
  wallAt,
} from '../../src/sandbox/clock.js';

it.each([
  { mode: 'fast' as const, rate: 20, now: 50_000, since: 900 },
  { mode: 'paced' as const, pace: 60 },
  { mode: 'manual' as const, now: 7_000 },
])('a copy of a clock shows the same: %j', (setting) => {
  let wall = 1000;
  const time = onlyForward(
    () => wall,
    () => wall,
  );
  const clock = makeClock(setting, time);
  const copy = copyClock(clock, time);
  wall = 1500;
  expect(copy.now()).toBe(clock.now());
  expect([copy.mode, copy.pace, copy.rate]).toEqual([clock.mode, clock.pace, clock.rate]);
});

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

  it('that is fast runs so many times as fast, from the moment that it begins with', () => {
    let wall = 1000;
    const clock = makeClock({ mode: 'fast', rate: 20 }, () => wall);
    const later = makeClock({ mode: 'fast', rate: 20, now: 50_000, since: 900 }, () => wall);
    expect([clock.now(), later.now()]).toEqual([1000, 52_000]);
    wall = 1500;
    expect([clock.now(), later.now()]).toEqual([11_000, 62_000]);
    expect([clock.pace, clock.rate]).toEqual([1, 20]);
    expect(machineTime(clock, 10_000)).toBe(500);
  });

  it('that is fast goes on between the machine’s milliseconds', () => {
    let steady = 0;
    const time = onlyForward(
      () => 1000 + Math.floor(steady),
      () => steady,
    );
    const clock = makeClock({ mode: 'fast', rate: 100 }, time);
    steady = 0.5;
    expect(clock.now()).toBe(1050);
    expect(time()).toBe(1000);
  });

  it('knows when the machine shows a moment of it, unless a person moves it', () => {
    let wall = 1000;
    const clock = makeClock({ mode: 'fast', rate: 20 }, () => wall);
    const shown = wallAt(clock, 4001);
    expect(shown).toBe(1151);
    wall = shown as number;
    expect(clock.now()).toBeGreaterThanOrEqual(4001);
    expect(
      wallAt(
        makeClock({ mode: 'real' }, () => wall),
        4001,
      ),
    ).toBe(4001);
    expect(
      wallAt(
        makeClock({ mode: 'manual' }, () => wall),
        4001,
      ),
    ).toBeUndefined();
  });
});
