import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/audit/evidence.js';
import { judge } from '../../src/audit/judge.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { evidence, poll, START, submission } from '../support/evidence.js';
import { ruleOf } from './play.js';

const OUTAGE = {
  name: 'own',
  title: 'An outage',
  life: [{ response: { state: 'DONE', outcome: 'done' } }],
  expect: { reaches_end: true, polls: { at_least: 7 } },
  tolerances: {},
} as unknown as Scenario;
const failure = { status: 503, state: undefined, reportedOutcome: undefined };

/** A client that doubles its pause after each failure, and gives up before the end. */
const saidOf = (seconds: readonly number[], pace: number, more: Partial<Evidence> = {}) => {
  const [first = 0, ...others] = seconds.map((at) => at * 1000);
  const failures = others.map((at) => poll('job', { at, ...failure }));
  const verdict = judge(
    evidence([submission('job'), poll('job', { at: first }), ...failures], {
      clock: { mode: 'paced', pace },
      scenarioOf: () => OUTAGE,
      ...more,
    }),
  );
  return ruleOf(verdict, 'expectations').findings.map(({ message }) => message.split(':', 1)[0]);
};

const SLOW = [1, 2, 3, 5, 9, 17];
const RED = ['expect.reaches_end', 'expect.polls.at_least'];

describe('a client that gives up', () => {
  it('is not blamed where its pauses are the machine’s and its patience is the API’s', () => {
    expect(saidOf(SLOW, 20)).toEqual([]);
  });

  it.each([
    ['at true time', SLOW, 1],
    ['by pauses that are divided as well', SLOW.map((at) => at / 20), 20],
    ['long before ten minutes of the API', SLOW, 10],
    ['after its first failures', SLOW.slice(0, 4), 20],
  ])('is blamed %s', (_, seconds, pace) => {
    expect(saidOf(seconds, pace)).toEqual(RED);
  });
});

describe('a client that was stopped', () => {
  const stoppedAt = (second: number): Partial<Evidence> => ({
    run: 'stopped',
    now: START + second * 1000,
  });

  it('is not blamed for what it has left undone while it may still have doubled its pause', () => {
    expect(saidOf([1, 2, 3, 5, 9], 20, stoppedAt(16))).toEqual([]);
  });

  it('is blamed once that was over', () => {
    expect(saidOf([1, 2, 3, 5, 9], 20, stoppedAt(18))).toEqual(RED);
    // It has failed but once, and was to ask again soon.
    expect(saidOf([1, 2], 20, stoppedAt(20))).toEqual(RED);
  });
});
