import { expect, it } from 'vitest';
import type { Chapter, Report } from '../../src/report/report.js';
import { stateOf } from '../../src/report/statement.js';
import { chapterOf, done, reportOf } from '../support/verdicts.js';

const played = (name: string, fast?: Chapter['fast']): Chapter => ({
  ...chapterOf(name, [{ polls: [done(1000)] }]),
  ...(fast ? { fast } : {}),
});
const stated = (...chapters: Chapter[]) => {
  const made = { sandbox: '1.0.0', at: '2026-02-02T12:00:00.000Z', apis: [] };
  const report: Report = { ...reportOf('polling-full', ...chapters), made };
  return stateOf(report, { name: 'our-mis', version: '1' }, '2026-02-02T13:00:00.000Z');
};

it('states which scenarios were played in fast time, and how fast: that shows no milliseconds', () => {
  const statement = stated(
    played('a', { rate: 10, outcome: 'fast' }),
    played('b', { rate: 8, outcome: 'fast' }),
    played('c', { rate: 10, outcome: 'confirmed' }),
    played('d', { rate: 10, outcome: 'late-answers' }),
  );
  expect(statement?.fast).toBe(10);
  expect(statement?.matrix.map(({ scenario, fast }) => [scenario, fast])).toEqual([
    ['a', 10],
    ['b', 8],
    ['c', undefined],
    ['d', undefined],
  ]);
});

it('says nothing of fast time where all was played at true time', () => {
  const statement = stated(played('a'), played('b', { rate: 5, outcome: 'not-confirmed' }));
  expect(statement).not.toHaveProperty('fast');
  expect(statement?.pace).toBe(1);
});
