import { describe, expect, it } from 'vitest';
import { leastTime } from '../../src/cli/exec/estimate.js';
import { paceOf, timeoutAt } from '../../src/cli/exec/settings.js';
import { usuallyMet } from '../../src/scenario/play.js';
import type { Step } from '../../src/scenario/scenario.js';

const SUITE = { pace: 20, timeout: 600_000, timeoutEndless: 1_900_000 };

const open: Step['response'] = {
  state: 'PENDING',
  outcome: 'open',
  shape: undefined,
  envelope: undefined,
  error: undefined,
};
const step = (more: Partial<Step>): Step => ({
  response: open,
  duration: { kind: 'ever' },
  eta: undefined,
  delay: 0,
  offContract: false,
  line: 1,
  ...more,
});
const ENDS = { life: [step({ response: { ...open, state: 'DONE', outcome: 'done' } })] };
const ENDLESS = { life: [step({})] };

describe('the pace', () => {
  it.each([
    ['is 1 without --pace, whatever the suite says', undefined, SUITE, 1],
    ['is that of the suite with --pace', true, SUITE, 20],
    ['is a usual one with --pace where no suite names one', true, { pace: undefined }, 10],
    ['is a usual one with --pace for single scenarios', true, undefined, 10],
    ['is what --pace names', 3, SUITE, 3],
  ] as const)('%s', (_, asked, suite, pace) => {
    expect(paceOf(asked, suite)).toBe(pace);
  });
});

describe('the time-out', () => {
  it('is in the API’s time: the pace divides it', () => {
    expect(timeoutAt(1, undefined, SUITE, ENDS)).toBe(600_000);
    expect(timeoutAt(10, undefined, SUITE, ENDS)).toBe(60_000);
    expect(timeoutAt(2, 200_000, SUITE, ENDS)).toBe(100_000);
  });

  it('leaves time to start a client, whatever the pace', () => {
    expect(timeoutAt(1000, undefined, SUITE, ENDS)).toBe(30_000);
    expect(timeoutAt(20, 120_000, SUITE, ENDS)).toBe(30_000);
  });

  it('is never longer than what was asked for', () => {
    expect(timeoutAt(20, 8000, SUITE, ENDS)).toBe(8000);
  });

  it('is longer than ten minutes where nobody says so', () => {
    expect(timeoutAt(1, undefined, undefined, ENDS)).toBeGreaterThan(600_000);
    expect(
      timeoutAt(1, undefined, { timeout: undefined, timeoutEndless: undefined }, ENDS),
    ).toBeGreaterThan(600_000);
  });
});

describe('the time-out where the job never ends', () => {
  const HALF_AN_HOUR = 30 * 60_000;

  it('is longer than the patience that gives-up allows, unless a suite says another one', () => {
    expect(timeoutAt(1, undefined, undefined, ENDLESS)).toBeGreaterThan(HALF_AN_HOUR);
    expect(timeoutAt(1, undefined, SUITE, ENDLESS)).toBe(1_900_000);
    expect(timeoutAt(10, undefined, SUITE, ENDLESS)).toBe(190_000);
  });

  it('is what was asked for', () => {
    expect(timeoutAt(1, 8000, SUITE, ENDLESS)).toBe(8000);
  });

  it('is the usual one where another rule ends the polling, as after a 404', () => {
    const lost = step({
      response: {
        answer: {
          fault: undefined,
          http: 404,
          retryAfter: undefined,
          headers: {},
          body: undefined,
        },
      },
    });
    expect(timeoutAt(1, undefined, SUITE, { life: [step({}), lost] })).toBe(600_000);
  });
});

describe('the least time of scenarios', () => {
  const polls = (n: number) => ({ kind: 'polls', polls: n }) as const;
  const end = step({ response: { ...open, state: 'DONE', outcome: 'done' } });
  const least = (...life: Step[]) => leastTime([{ life, meets: usuallyMet(life) }], 1);
  const refusal = (after: number): Step['response'] => ({
    answer: {
      fault: undefined,
      http: 503,
      retryAfter: { after, as: 'seconds' },
      headers: {},
      body: undefined,
    },
  });

  it('is what a client must wait for', () => {
    expect(least(step({ duration: { kind: 'time', time: 5000 } }), end)).toBe(5000);
    expect(least(step({ duration: polls(4), eta: { from: 'answer', after: 6000 } }), end)).toBe(
      24_000,
    );
    expect(least(step({ duration: polls(1), delay: 5000 }), end)).toBe(8000);
    expect(least(step({ response: refusal(2000), duration: polls(2) }), end)).toBe(4000);
    expect(least(step({ response: refusal(0), duration: polls(2) }), end)).toBe(2000);
  });

  it('knows nothing of a client’s patience, nor of traps behind the end', () => {
    expect(least(step({}))).toBe(0);
    expect(least(step({ duration: { kind: 'released' } }), end)).toBe(0);
    expect(least(end, step({ duration: { kind: 'time', time: 5000 } }), end)).toBe(0);
  });

  it('is divided by the pace', () => {
    const life = [step({ duration: { kind: 'time', time: 5000 } }), end];
    expect(
      leastTime(
        [
          { life, meets: [0, 1] },
          { life, meets: [0, 1] },
        ],
        10,
      ),
    ).toBe(1000);
  });
});
