import { describe, expect, it } from 'vitest';
import { calibrate } from '../../../src/cli/exec/fast/calibrate.js';
import {
  type Figures,
  readFigures,
  slowestOf,
  standingOf,
} from '../../../src/cli/exec/fast/figures.js';

const GOOD: Figures = {
  sleep: 1003,
  wait: 1001,
  limit: 5010,
  asks: [900, 40, 30, 50, 20],
  skews: [700, 20, 15, 18, 9],
};

describe('what a probe has printed', () => {
  it('is read line by line, whatever else stands there', () => {
    const text = 'sleep 1003\nWARNING: old\nask 900\nask 40\nlimit 5010\n';
    expect(readFigures(text, [7])).toEqual({
      sleep: 1003,
      wait: undefined,
      limit: 5010,
      asks: [900, 40],
      skews: [7],
    });
  });

  it('shows a runtime that keeps to the rate', () => {
    expect(standingOf(GOOD, 20)).toMatchObject({ unscaled: [], longLimits: false });
    expect(standingOf(GOOD, 20).strain).toBeLessThanOrEqual(1);
  });

  it.each([
    ['a wait that never ends', { ...GOOD, wait: undefined }, ['wait']],
    ['a sleep at true time', { ...GOOD, sleep: 20_000 }, ['sleep']],
    ['a sleep that is cut short', { ...GOOD, sleep: 100 }, ['sleep']],
  ] as const)('shows %s', (_, figures, unscaled) => {
    expect(standingOf(figures, 20).unscaled).toEqual(unscaled);
  });

  it.each([2, 3, 5, 8, 20])('shows a sleep at true time at rate %i', (rate) => {
    expect(standingOf({ ...GOOD, sleep: 1000 * rate }, rate).unscaled).toEqual(['sleep']);
  });

  it('takes no sleep for one at true time that a busy machine has made a little longer', () => {
    for (const rate of [2, 3, 5, 20])
      expect(standingOf({ ...GOOD, sleep: 1400 }, rate)).toMatchObject({ unscaled: [] });
  });

  it('shows time-outs that run long, as those of curl do that are true time', () => {
    expect(standingOf({ ...GOOD, limit: 50_000 }, 20).longLimits).toBe(true);
    expect(standingOf({ ...GOOD, limit: undefined }, 20).longLimits).toBe(true);
  });

  it.each([
    ['a first request that takes most of a usual time-out', { asks: [14_000, 40, 30] }],
    ['requests that take as long as pauses', { asks: [900, 2900, 3200] }],
    ['a client that is ahead of the sandbox', { skews: [-30, 5] }],
    ['a sleep that a busy machine makes longer', { sleep: 6000 }],
    ['a client that never asks', { asks: [] }],
    ['a client that never comes so far', { sleep: undefined, wait: undefined, asks: [] }],
  ])('shows %s as strain', (_, part) => {
    expect(standingOf({ ...GOOD, ...part }, 20).strain).toBeGreaterThan(1);
  });
});

describe('clients side by side', () => {
  it('can stand what the slowest of them can', () => {
    const late = { ...GOOD, sleep: 1500, asks: [400, 90, 20, 10, 60], skews: [-3] };
    expect(slowestOf([GOOD, late])).toEqual({
      sleep: 1500,
      wait: 1001,
      limit: 5010,
      asks: [900, 90, 30, 50, 60],
      skews: [...GOOD.skews, -3],
    });
  });

  it('can stand nothing where one of them comes to no end', () => {
    expect(slowestOf([GOOD, { ...GOOD, wait: undefined }]).wait).toBeUndefined();
    const silent = slowestOf([GOOD, { ...GOOD, asks: [] }]);
    expect(standingOf(silent, 20).strain).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('calibration', () => {
  /** A runtime whose requests take so long on this machine, whatever the rate. */
  const machine = (first: number, usual: number) => {
    const tried: number[] = [];
    const measure = async (rate: number) => {
      tried.push(rate);
      return { ...GOOD, asks: [first * rate, usual * rate, usual * rate] };
    };
    return { tried, measure };
  };

  it('takes the greatest rate where the machine can stand it, by one probe', async () => {
    const { tried, measure } = machine(50, 2);
    expect((await calibrate(measure))?.rate).toBe(20);
    expect(tried).toEqual([20]);
  });

  it('goes at once to a rate that can be stood', async () => {
    const { tried, measure } = machine(1300, 5);
    expect((await calibrate(measure))?.rate).toBe(5);
    expect(tried).toEqual([20, 5]);
  });

  it('gives up where no rate can be stood', async () => {
    const { tried, measure } = machine(60_000, 5);
    expect(await calibrate(measure)).toBeUndefined();
    expect(tried.length).toBeLessThanOrEqual(3);
  });

  it('looks twice at a time-out that ran a little long, and goes by what it sees then', async () => {
    const limits = [7000, 5600];
    const { tried, measure } = machine(50, 2);
    const late = async (rate: number) => ({
      ...(await measure(rate)),
      limit: limits.shift(),
    });
    const found = await calibrate(late);
    expect(found?.figures.limit).toBe(5600);
    expect(tried).toEqual([20, 20]);
    limits.push(7000, 7100);
    expect(standingOf((await calibrate(late))?.figures ?? GOOD, 20).longLimits).toBe(true);
  });

  it.each([
    50_000,
    undefined,
  ])('looks once at a time-out that does not scale (%s)', async (limit) => {
    const { tried, measure } = machine(50, 2);
    await calibrate(async (rate) => ({ ...(await measure(rate)), limit }));
    expect(tried).toEqual([20]);
  });

  it('tries no lower rate where time does not run faster at all', async () => {
    const { tried, measure } = machine(50, 2);
    const hangs = async (rate: number) => ({
      ...(await measure(rate)),
      wait: undefined,
      asks: [],
    });
    expect((await calibrate(hangs))?.figures.wait).toBeUndefined();
    expect(tried).toEqual([20]);
  });
});
