import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/audit/evidence.js';
import { judge } from '../../src/audit/judge.js';
import type { Exchange } from '../../src/sandbox/journal.js';
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

/** A job that was polled twice, the second time with an answer that says so. */
const told = (more: Partial<Exchange>) => [
  submission('job'),
  poll('job', { at: 1000 }),
  poll('job', { at: 2000, ...more }),
];

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

  const later = (second: number) => ({ eta: START + second * 1000 });

  it('is not blamed for stopping while the eta that it was told lies ahead', () => {
    expect(saidOf([1, 2], 1, { ...stoppedAt(20), exchanges: told(later(30)) })).toEqual([]);
    // Who was told an hour is not late by the second that its own pause takes.
    expect(saidOf([1, 2], 1, { ...stoppedAt(20), exchanges: told(later(19.5)) })).toEqual([]);
  });

  it('is blamed where that is over, and it has not asked again', () => {
    expect(saidOf([1, 2], 1, { ...stoppedAt(20), exchanges: told(later(10)) })).toEqual(RED);
  });

  it('is not blamed for stopping while Retry-After keeps it from asking', () => {
    const unavailable = poll('job', {
      at: 2000,
      ...failure,
      responseHeaders: { 'Retry-After': '60' },
    });
    const exchanges = [submission('job'), poll('job', { at: 1000 }), unavailable];
    const verdict = judge(evidence(exchanges, { ...stoppedAt(20), scenarioOf: () => OUTAGE }));
    expect(ruleOf(verdict, 'survives-a-blip').outcome).toBe('not exercised');
    const gone = judge(evidence(exchanges, { ...stoppedAt(90), scenarioOf: () => OUTAGE }));
    expect(ruleOf(gone, 'survives-a-blip').outcome).toBe('failed');
  });

  it('is blamed once that was over', () => {
    expect(saidOf([1, 2, 3, 5, 9], 20, stoppedAt(18))).toEqual(RED);
    // It has failed but once, and was to ask again soon.
    expect(saidOf([1, 2], 20, stoppedAt(20))).toEqual(RED);
  });
});
