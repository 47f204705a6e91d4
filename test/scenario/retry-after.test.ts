import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../src/formats/scenario/lengths.js';
import { tellRetryAfter } from '../../src/sandbox/render.js';
import type { RetryAfter } from '../../src/scenario/scenario.js';

const NOW = Date.parse('2026-02-02T12:00:00.400Z');

/** What the header says at this moment, in a session of this pace. */
const told = (said: string, pace = 1, now = NOW) =>
  tellRetryAfter(parseRetryAfter(said) as RetryAfter, { now, pace });

describe('retry_after', () => {
  it.each([
    ['5s', '5'],
    ['1.2s', '2'],
    ['0s', '0'],
    ['5s as date', 'Mon, 02 Feb 2026 12:00:06 GMT'],
    ['-5s as date', 'Mon, 02 Feb 2026 11:59:55 GMT'],
    ['1min  as date', 'Mon, 02 Feb 2026 12:01:01 GMT'],
    ['5s as epoch seconds', '1770033606'],
    ['-5s as epoch seconds', '1770033595'],
    ['5s as epoch milliseconds', '1770033605400'],
    ['-5s as epoch milliseconds', '1770033595400'],
  ])('%s is told as %s, never sooner than it means', (said, header) => {
    expect(told(said)).toBe(header);
  });

  it.each([
    ['10s', '1'],
    ['10s as date', 'Mon, 02 Feb 2026 12:00:02 GMT'],
    ['10s as epoch milliseconds', '1770033601400'],
  ])('%s is divided by the pace', (said, header) => {
    expect(told(said, 10)).toBe(header);
  });

  it('tells no date that has no four digits for its year', () => {
    const late = Date.parse('9999-12-31T23:00:00Z');
    expect(told('80d as date', 1, late)).toMatch(/ 9999 /);
  });

  it.each([
    '-5s',
    '5',
    '5s as',
    '5s as seconds',
    '5s as epoch',
    'as date',
    '5s from start',
  ])('%s is no form of it', (said) => {
    expect(parseRetryAfter(said)).toBeUndefined();
  });
});
