import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { judge } from '../../src/audit/judge.js';
import { trendOf } from '../../src/audit/rules/backs-off.js';
import type { Exchange } from '../../src/sandbox/journal.js';
import { evidence, failed, poll, submission } from '../support/evidence.js';
import { judged } from '../support/pauses.js';
import { broken } from './play.js';

/** A client's pauses after failures in a row, in milliseconds. */
type Pauses = (failures: number, random: () => number) => number[];

const CLIENTS = 8000;
const SEED = 20_260_202;

const times = (n: number, pause: (i: number) => number) =>
  Array.from({ length: n }, (_, i) => pause(i));
const bound = (i: number, base: number, cap: number) => Math.min(cap, base * 2 ** i);

/** As "Exponential Backoff And Jitter" (AWS Architecture Blog) calls them. */
const fullJitter =
  (base: number, cap: number): Pauses =>
  (n, random) =>
    times(n, (i) => random() * bound(i, base, cap));
const equalJitter =
  (base: number, cap: number): Pauses =>
  (n, random) =>
    times(n, (i) => (bound(i, base, cap) / 2) * (1 + random()));
const decorrelatedJitter =
  (base: number, cap: number): Pauses =>
  (n, random) => {
    let pause = base;
    return times(n, () => {
      pause = Math.min(cap, base + random() * (pause * 3 - base));
      return pause;
    });
  };
/** Timers of a machine that has other things to do. */
const constant =
  (pause: number): Pauses =>
  (n, random) =>
    times(n, () => pause + random() * 0.02 * pause);
const growing =
  (factor: number, jitter: number): Pauses =>
  (n, random) =>
    times(n, (i) => Math.min(30_000, 1000 * factor ** i) * (1 + random() * jitter));
const hurried: Pauses = (n, random) => times(n, () => random() * 8);
/** The same on a machine that holds it up once, for up to 0.4 s. */
const heldUp: Pauses = (n, random) => {
  const pauses = hurried(n, random);
  pauses[Math.floor(random() * n)] = random() * 400;
  return pauses;
};

/** Of so many clients, how many are found by what they do after 2 to 10 failures in a row: the greatest part. */
function found(pauses: Pauses, failures: readonly number[]): { least: number; most: number } {
  const generator = xoroshiro128plus(SEED);
  const random = () => uniformFloat64(generator);
  const rates = failures.map((n) => {
    const trends = times(CLIENTS, () => 0).map(() => trendOf(pauses(n, random)));
    return trends.filter((trend) => trend === 'level' || trend === 'hammering').length / CLIENTS;
  });
  return { least: Math.min(...rates), most: Math.max(...rates) };
}

describe('eight thousand clients each', () => {
  const FAILURES = [2, 3, 4, 5, 6, 8, 10];

  it.each([
    ['full jitter from 0.5 s up to 8 s', fullJitter(500, 8000)],
    ['full jitter from 0.5 s up to 20 s', fullJitter(500, 20_000)],
    ['full jitter from 1 s up to 8 s', fullJitter(1000, 8000)],
    ['full jitter from 1 s up to 20 s', fullJitter(1000, 20_000)],
    ['equal jitter from 0.5 s', equalJitter(500, 8000)],
    ['equal jitter from 1 s', equalJitter(1000, 20_000)],
    ['decorrelated jitter from 0.5 s', decorrelatedJitter(500, 8000)],
    ['decorrelated jitter from 1 s', decorrelatedJitter(1000, 20_000)],
    ['pauses that double', growing(2, 0)],
    ['pauses that grow by half, with a quarter of chance', growing(1.5, 0.25)],
  ])('with %s: at least 999 of 1,000 pass', (_, pauses) => {
    expect(found(pauses, FAILURES).most).toBeLessThanOrEqual(0.001);
  });

  it.each([
    ['1 s each time', constant(1000)],
    ['3 s each time', constant(3000)],
    ['10 s each time', constant(10_000)],
    ['100 ms each time', constant(100)],
  ])('with %s: all are found from three failures on', (_, pauses) => {
    expect(found(pauses, FAILURES.slice(1)).least).toBe(1);
  });

  it('with less than 8 ms: all are found from two failures on', () => {
    expect(found(hurried, FAILURES).least).toBe(1);
  });

  it('with less than 8 ms, but for one pause: all are found from three failures on', () => {
    expect(found(heldUp, FAILURES.slice(1)).least).toBe(1);
  });
});

describe('pauses after failures in a row', () => {
  it.each([
    [[1000, 2000, 4000], 'growing'],
    [[500, 1000], 'growing'],
    [[1000, 2000, 4000, 8000, 8000, 8000], 'growing'],
    [[1000, 1001, 1003], 'level'],
    [[1000, 1100, 980, 1150, 1010], 'level'],
    // More than before, and still nothing.
    [[1, 2, 4, 8], 'hammering'],
    [[8, 7, 8, 8, 7], 'hammering'],
    // So do those of a client that means to make none, on a busy machine.
    [[90, 120, 180], 'unclear'],
    [[5, 40, 190], 'unclear'],
    // One of them, by whatever it was held up.
    [[3, 190, 4], 'hammering'],
    [[2, 3, 4, 390], 'hammering'],
    [[60, 390, 50, 40], 'hammering'],
    // Twice at once and then a pause, as libraries make them under a client that waits.
    [[3, 4, 2000], 'growing'],
    [[3, 2000, 4], 'unclear'],
    [[0, 0], 'hammering'],
    // After half a minute a service has been left alone.
    [[30_000, 30_001, 30_002], 'growing'],
    [[60_000, 45_000, 60_000], 'growing'],
    // Chance makes such pauses too.
    [[1000, 1001], 'unclear'],
    [[600, 200, 900], 'growing'],
    [[900, 400, 600], 'unclear'],
    [[20], 'unclear'],
    [[], 'unclear'],
  ])('of %j ms: %s', (pauses, trend) => {
    expect(trendOf(pauses)).toBe(trend);
  });
});

/** A job whose service is down for as many polls as there are pauses. */
const outage = (pauses: readonly number[], answer: Partial<Exchange> = {}): Exchange[] => {
  const failure = { status: 503, state: undefined, reportedOutcome: undefined, ...answer };
  let at = 2000;
  const failures = pauses.map((pause) => {
    const down = poll('job', { ...failure, at });
    at += 1 + pause;
    return down;
  });
  return [submission('job'), ...failures, poll('job', { at, ...failed })];
};

describe('a client whose service is down', () => {
  it('is told what its pauses were', () => {
    const messageOf = (pauses: number[]) =>
      judged('backs-off', outage(pauses)).findings[0]?.message;
    expect(messageOf([8, 7, 8, 7, 8])).toBe(
      'after 5 failures in a row there was next to no pause: 8 ms, 7 ms, 8 ms, 7 ms, 8 ms',
    );
    expect(messageOf([3, 310, 4, 5])).toBe(
      'after 4 failures in a row there was next to no pause: 3 ms, 310 ms, 4 ms, 5 ms',
    );
    expect(messageOf([3000, 3002, 3001])).toBe(
      'after 3 failures in a row the pauses did not grow: 3 s, 3 s, 3 s',
    );
  });

  it('is not exercised where chance may have made its pauses', () => {
    expect(judged('backs-off', outage([900, 400, 600]))).toMatchObject({
      outcome: 'not exercised',
      reason: expect.stringMatching(/to tell growing pauses from chance$/),
    });
    expect(judged('backs-off', outage([1000, 1000])).outcome).toBe('not exercised');
  });

  it('waits as long as the API’s time asks for, at any pace', () => {
    expect(judged('backs-off', outage([50, 100, 200]), { pace: 10 }).outcome).toBe('passed');
    expect(judged('backs-off', outage([3000, 3001, 3002]), { pace: 10 }).outcome).toBe('passed');
    expect(judged('backs-off', outage([300, 301, 302]), { pace: 10 }).outcome).toBe('failed');
    // As a least pause of a second makes of 1, 2, 4 and 8 s divided by 20.
    const least = [1000, 1001, 1003, 1002];
    expect(judged('backs-off', outage(least), { pace: 20 }).outcome).toBe('not exercised');
    expect(judged('backs-off', outage(least), { pace: 1 }).outcome).toBe('failed');
  });

  it('breaks no rule with full jitter, however short a pause of it is', () => {
    const verdict = judge(evidence(outage([30, 700, 1900, 120, 5000])));
    expect(broken(verdict)).toEqual([]);
  });

  it('has nothing to choose where Retry-After gives the pause', () => {
    const told = { responseHeaders: { 'Retry-After': '1' } };
    expect(judged('backs-off', outage([1000, 1000, 1000], told)).outcome).toBe('not exercised');
  });
});
