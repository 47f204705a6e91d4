import { describe, expect, it } from 'vitest';
import { standingOf } from '../../src/audit/standing.js';
import type { Exchange } from '../../src/sandbox/journal.js';
import { done, evidence, failed, poll, START, submission } from '../support/evidence.js';

/** How the run of a client stands so many milliseconds after the session has begun. */
const standing = (now: number, exchanges: readonly Exchange[], pace = 1) =>
  standingOf(evidence(exchanges, { now: START + now, clock: { mode: 'paced', pace } }), false);
const eta = (time: number) => ({ eta: START + time });
const without = (status: number) => ({ status, state: undefined, reportedOutcome: undefined });

describe('a client of which nobody says how its run stands', () => {
  it('runs while one of its requests has no answer', () => {
    expect(standingOf(evidence([]), true)).toBe('running');
    expect(standingOf(evidence([]), false)).toBe('over');
  });

  it.each([
    ['its next poll is not due', 2000, [submission('a', eta(3000))], 'running'],
    ['its next poll is due since four seconds', 7000, [submission('a', eta(3000))], 'running'],
    ['its next poll is long overdue', 9000, [submission('a', eta(3000))], 'over'],
    [
      'an answer moved the eta',
      9000,
      [submission('a', eta(3000)), poll('a', { at: 3000, ...eta(60_000) })],
      'running',
    ],
    ['no eta was told, and the answer has just come', 4000, [submission('a')], 'running'],
    ['no eta was told, and a while has passed', 6000, [submission('a')], 'over'],
    [
      'Retry-After keeps it away',
      20_000,
      [
        submission('a'),
        poll('a', { at: 100, ...without(503), responseHeaders: { 'Retry-After': '30' } }),
      ],
      'running',
    ],
    [
      'a poll got no answer, but the eta of before is to come',
      9000,
      [submission('a', eta(10_000)), poll('a', { at: 100, status: 0, fault: 'reset' })],
      'running',
    ],
    [
      'its job is done',
      1000,
      [submission('a', eta(3000)), poll('a', { at: 500, ...done })],
      'over',
    ],
    [
      'its job has failed',
      1000,
      [submission('a', eta(3000)), poll('a', { at: 500, ...failed })],
      'over',
    ],
    [
      'its job is gone',
      1000,
      [submission('a', eta(3000)), poll('a', { at: 500, ...without(404) })],
      'over',
    ],
    [
      'it is refused',
      1000,
      [submission('a', eta(3000)), poll('a', { at: 500, ...without(401) })],
      'over',
    ],
    ['its request was refused', 100, [submission('a', { status: 422, job: undefined })], 'over'],
    [
      'one of two jobs is done and the other is not',
      3000,
      [submission('a'), submission('b', eta(5000)), poll('a', { at: 500, ...done })],
      'running',
    ],
  ] as const)('when %s', (_, now, exchanges, expected) => {
    expect(standing(now, exchanges)).toBe(expected);
  });

  it('goes by the time of the API', () => {
    expect(standing(3400, [submission('a', eta(3000))], 10)).toBe('running');
    expect(standing(3600, [submission('a', eta(3000))], 10)).toBe('over');
  });
});
