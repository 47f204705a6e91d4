import { describe, expect, it } from 'vitest';
import { judged, lived, type Pause } from '../support/pauses.js';

const CLOSER = [21_400, 2300, 3600];
const MOVES = [2300, 12_600, 1700, 4400];
const LATER = [2300, 6400];
const of = (pause: Pause, etas: readonly number[]) => judged('newest-eta-used', lived(pause, etas));

const newest: Pause = (asked) => Math.max(asked, 1000) + 3;
const wholeSeconds: Pause = (asked) => Math.ceil(asked / 1000) * 1000 + 3;
/** Keeps the moment that it was told first, and asks every second when that is past. */
const firstMoment =
  (first: number): Pause =>
  (_, i) =>
    i === 0 ? first : 1000;
/** Keeps the length of the first wait. */
const firstLength =
  (first: number): Pause =>
  () =>
    first + 5;

describe('a client that goes by the newest eta', () => {
  it('passes where the older one would have led it elsewhere', () => {
    for (const etas of [CLOSER, MOVES, LATER]) {
      expect(of(newest, etas), String(etas)).toMatchObject({
        outcome: 'passed',
        tested: etas.length - 1,
      });
      expect(of(wholeSeconds, etas).outcome).toBe('passed');
    }
  });

  it('is not exercised where the older wait was as long', () => {
    expect(of(newest, [5000, 5000, 5000])).toMatchObject({
      outcome: 'not exercised',
      reason: 'no pause shows whether the client goes by a new eta or by an older one',
    });
    expect(of(newest, [1000, 1000, 1000]).outcome).toBe('not exercised');
    expect(of(newest, [2300])).toMatchObject({
      outcome: 'not exercised',
      reason: 'no answer moved the eta of an earlier one',
    });
  });
});

describe('a client that does not', () => {
  it('is found whether it keeps the moment or the length of an older eta', () => {
    expect(of(firstMoment(2300), MOVES).findings[0]?.message).toMatch(
      /^3 of 3 polls did not go by the newest eta: it was/,
    );
    for (const etas of [CLOSER, MOVES]) {
      expect(of(firstLength(etas[0] as number), etas).outcome, String(etas)).toBe('failed');
    }
  });

  it('is not told so for a clock that is a little ahead', () => {
    const ahead: Pause = (asked) => asked - 200;
    expect(of(ahead, MOVES).outcome).not.toBe('failed');
    expect(judged('eta-respected', lived(ahead, MOVES)).outcome).toBe('failed');
  });

  it('is not told that it went by an older eta when it went by none', () => {
    const thirtySeconds: Pause = () => 30_000;
    expect(of(thirtySeconds, CLOSER).outcome).toBe('not exercised');
    expect(of(thirtySeconds, LATER).outcome).toBe('not exercised');
  });

  it('is not told so for a least pause of its own that it does not divide by the pace', () => {
    const paced = (pause: Pause, pace: number) =>
      judged('newest-eta-used', lived(pause, CLOSER, { pace }), { pace });
    // At pace 20 the older eta of 21.4 s asked for 1.07 s of the machine.
    const atLeast =
      (machineMs: number, pace: number): Pause =>
      (asked) =>
        Math.max(asked, machineMs * pace) + 3 * pace;
    for (const [machineMs, pace] of [
      [1000, 20],
      [1040, 20],
      [1070, 20],
      [2100, 10],
      [4280, 5],
    ] as const) {
      const { findings } = paced(atLeast(machineMs, pace), pace);
      expect(findings, `${machineMs} ms, pace ${pace}`).toEqual([]);
    }
    // One that goes by the older eta makes the shorter pause as soon as that is the older one.
    let former = 21_400;
    const byFormer: Pause = (asked, i) => {
      const wait = i === 0 ? asked : former;
      former = asked;
      return wait + 60;
    };
    expect(paced(byFormer, 20).outcome).toBe('failed');
  });
});
