import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../src/time/duration.js';
import { fc } from '../support/seeded.js';

const DAY = 86_400_000;
const HUNDRED_YEARS = 100 * 366 * DAY;

describe('reading a duration', () => {
  it.each([
    ['500ms', 500],
    ['3s', 3000],
    ['3 s', 3000],
    ['3sec', 3000],
    ['1 second', 1000],
    ['2 seconds', 2000],
    ['5m', 300_000],
    ['10min', 600_000],
    ['10 min', 600_000],
    ['1 minute', 60_000],
    ['2 minutes', 120_000],
    ['2h', 7_200_000],
    ['1 hour', 3_600_000],
    ['2 hours', 7_200_000],
    ['1d', DAY],
    ['1 day', DAY],
    ['2 days', 2 * DAY],
    ['1.5h', 5_400_000],
    ['0.25s', 250],
    ['0s', 0],
    ['-5s', -5000],
    ['  3s  ', 3000],
  ])('takes "%s"', (text, length) => {
    expect(parseDuration(text)).toBe(length);
  });

  it.each([
    '',
    '3',
    's',
    '3 secs',
    '3S',
    '3  s',
    '+3s',
    '- 3s',
    '--3s',
    '3,5s',
    '.5s',
    '3.s',
    '1e3s',
    '3s 2ms',
    '3 polls',
    '3w',
    '0x10s',
    'Infinitys',
    '３s',
    '3\ns',
  ])('does not take "%s"', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('rounds to whole milliseconds', () => {
    expect(parseDuration('0.0006s')).toBe(1);
    expect(parseDuration('1.4ms')).toBe(1);
  });

  it('takes a hundred years and nothing longer, since no date could hold it', () => {
    expect(parseDuration('36600d')).toBe(HUNDRED_YEARS);
    expect(parseDuration('-36600d')).toBe(-HUNDRED_YEARS);
    expect(parseDuration('36601d')).toBeUndefined();
    expect(parseDuration('-36601d')).toBeUndefined();
  });
});

describe('writing a duration', () => {
  it.each([
    [0, '0ms'],
    [1, '1ms'],
    [999, '999ms'],
    [1000, '1s'],
    [1500, '1.5s'],
    [60_000, '1min'],
    [90_000, '90s'],
    [3_600_000, '1h'],
    [5_400_000, '90min'],
    [DAY, '1d'],
    [36 * 3_600_000, '36h'],
    [-5000, '-5s'],
    [-1500, '-1.5s'],
    [-1, '-1ms'],
  ])('writes %d milliseconds as "%s"', (length, text) => {
    expect(formatDuration(length)).toBe(text);
  });

  it('is read back as the same length, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: -HUNDRED_YEARS, max: HUNDRED_YEARS }), (length) => {
        expect(parseDuration(formatDuration(length))).toBe(length);
      }),
      { numRuns: 1000 },
    );
  });
});
