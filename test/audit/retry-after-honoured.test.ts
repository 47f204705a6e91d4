import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/sandbox/journal.js';
import { failed, poll, START, submission } from '../support/evidence.js';
import { judged } from '../support/pauses.js';

/** When the answer with Retry-After has come. */
const TOLD = 3001;

/** A job whose first poll is answered 503 with a Retry-After, and the next poll after a pause in milliseconds. */
const retried = (value: string, pause: number, more: Partial<Exchange> = {}) => [
  submission('job', { eta: START + 3000 }),
  poll('job', {
    at: 3000,
    status: 503,
    state: undefined,
    reportedOutcome: undefined,
    responseHeaders: { 'Retry-After': value },
    ...more,
  }),
  poll('job', { at: TOLD + pause, ...failed }),
];
const outcomeAfter = (value: string, pause: number, more?: Partial<Exchange>) =>
  judged('retry-after-honoured', retried(value, pause, more)).outcome;

/** So many seconds after the answer, as an HTTP date, which has no milliseconds (RFC 9110 §5.6.7). */
const httpDate = (seconds: number) => new Date(START + TOLD + seconds * 1000).toUTCString();
const epochSeconds = (seconds: number) => String(Math.floor((START + TOLD) / 1000) + seconds);
const epochMilliseconds = (seconds: number) => String(START + TOLD + seconds * 1000);

describe('Retry-After, however it is written', () => {
  it.each([
    ['seconds', '4', 4000],
    ['an HTTP date', httpDate(4), 3999],
    ['seconds since 1970', epochSeconds(4), 3999],
    ['milliseconds since 1970', epochMilliseconds(4), 4000],
  ])('is a moment when it is %s', (_, value, due) => {
    expect(outcomeAfter(value, due - 60)).toBe('failed');
    expect(outcomeAfter(value, due)).toBe('passed');
    expect(outcomeAfter(value, due + 300)).toBe('passed');
  });

  it.each([
    ['a date that is past', httpDate(-60)],
    ['a moment that is past', epochSeconds(-60)],
    ['no time at all', '0'],
    ['no moment', 'soon'],
  ])('asks for nothing when it is %s', (_, value) => {
    expect(outcomeAfter(value, 500)).toBe('not exercised');
  });
});

describe('a client that meets Retry-After', () => {
  it('is not exercised by a pause that may simply be long enough', () => {
    expect(judged('retry-after-honoured', retried('2', 5000))).toMatchObject({
      outcome: 'not exercised',
      reason:
        'every pause was longer than Retry-After asked for, so nobody can tell whether the client reads it',
    });
  });

  it('is held to it by an answer of a job that still runs', () => {
    const open = { status: 202, state: 'PENDING', reportedOutcome: 'open' as const };
    expect(outcomeAfter('4', 1000, open)).toBe('failed');
    expect(outcomeAfter('4', 4000, open)).toBe('passed');
  });

  it('cannot know of it while the answer is on its way', () => {
    const slow = { durationMs: 900, endedAt: START + 3900 };
    expect(outcomeAfter('4', 500, slow)).toBe('not exercised');
  });
});

describe('a request that was refused with Retry-After', () => {
  const refused = (at: number, path = '/api/things'): Exchange => ({
    ...submission('', {
      at,
      path,
      status: 503,
      resource: undefined,
      responseHeaders: { 'Retry-After': '4' },
    }),
    job: undefined,
  });
  const outcome = (exchanges: Exchange[]) => judged('retry-after-honoured', exchanges).outcome;

  it('waits before it is sent again', () => {
    expect(outcome([refused(0), submission('job', { at: 1000 })])).toBe('failed');
    expect(outcome([refused(0), submission('job', { at: 4001 })])).toBe('passed');
    expect(outcome([refused(0), submission('job', { at: 1000, path: '/api/others' })])).toBe(
      'not exercised',
    );
  });

  it('does not stand in the way of those that are on their way already', () => {
    expect(outcome([refused(0), submission('job', { at: 0 })])).toBe('not exercised');
  });
});
