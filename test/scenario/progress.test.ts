import { describe, expect, it } from 'vitest';
import { begin, elapse, poll } from '../../src/scenario/play.js';
import { progressAt } from '../../src/scenario/progress.js';
import type { Step, StepDuration } from '../../src/scenario/scenario.js';

const step = (outcome: 'open' | 'done' | 'failed', duration: StepDuration): Step => ({
  response: {
    state: outcome,
    outcome,
    shape: undefined,
    envelope: undefined,
    error: undefined,
  },
  duration,
  eta: undefined,
  delay: 0,
  offContract: false,
  line: 1,
});
const time = (seconds: number): StepDuration => ({ kind: 'time', time: seconds * 1000 });
const EVER: StepDuration = { kind: 'ever' };

describe('progress', () => {
  it.each<[string, Step[]]>([
    ['of time', [step('open', time(5)), step('open', time(3)), step('done', EVER)]],
    ['of polls', [step('open', { kind: 'polls', polls: 4 }), step('done', EVER)]],
    [
      'of both',
      [step('open', time(5)), step('open', { kind: 'polls', polls: 2 }), step('done', EVER)],
    ],
    ['that fails', [step('open', time(5)), step('failed', EVER)]],
    ['without an end', [step('open', EVER)]],
    [
      'that goes on after its end',
      [step('open', time(1)), step('done', time(1)), step('open', EVER)],
    ],
    ['that begins with its end', [step('done', EVER)]],
  ])('never falls and is whole only when the job is done: a life %s', (_, life) => {
    let cursor = begin(life, 0);
    let before = -1;
    for (let now = 0; now <= 40_000; now += 500) {
      const at = { now, pace: 1 };
      cursor = now % 2000 === 0 ? poll(life, cursor, at) : elapse(life, cursor, at);
      const progress = progressAt(life, cursor, at);
      expect(progress).toBeGreaterThanOrEqual(before);
      expect(progress === 1).toBe(cursor.done !== undefined);
      before = progress;
    }
    expect(before).toBeGreaterThan(0);
  });

  it('goes by the time that a paced session has', () => {
    const life = [step('open', time(10)), step('done', EVER)];
    const cursor = begin(life, 0);
    expect(progressAt(life, cursor, { now: 500, pace: 10 })).toBe(0.5);
  });
});
