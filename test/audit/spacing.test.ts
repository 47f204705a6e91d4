import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/sandbox/journal.js';
import { done, poll, START, submission } from '../support/evidence.js';
import { judged, lived } from '../support/pauses.js';

const failure: Partial<Exchange> = { status: 503, state: undefined, reportedOutcome: undefined };
const plain: Partial<Exchange> = {};

/** A job without etas: a poll after each answer, by pauses in milliseconds between requests. */
const asked = (answers: readonly [pause: number, answer: Partial<Exchange>][]): Exchange[] => {
  let at = 2000;
  const polls = answers.map(([pause, answer]) => {
    at += pause;
    return poll('job', { at, ...answer });
  });
  return [submission('job'), ...polls];
};
const outcome = (exchanges: Exchange[], more = {}) => judged('spacing', exchanges, more).outcome;

describe('a pause of the client’s own', () => {
  const twice = (pause: number) =>
    asked([
      [0, plain],
      [pause, done],
    ]);

  it.each([
    [0.5, 1000, 'passed'],
    [0.1, 1000, 'passed'],
    [0.1, 700, 'failed'],
    [1, 1000, 'passed'],
    [1, 500, 'failed'],
    [20, 1000, 'passed'],
    [20, 50, 'passed'],
    [20, 20, 'failed'],
  ])('at pace %d, %d ms of the machine: %s', (pace, pause, wanted) => {
    expect(outcome(twice(pause), { pace })).toBe(wanted);
  });

  it('is as long as a tolerance says', () => {
    const tolerances = { spacing: 5000 };
    expect(outcome(twice(1000), { tolerances })).toBe('failed');
    expect(outcome(twice(5000), { tolerances })).toBe('passed');
  });
});

describe('what is no hurry of its own', () => {
  it('is a first retry after a failure, whatever failed; pauses after failures have a rule of their own', () => {
    for (const mishap of [
      failure,
      { ...failure, status: 429 },
      { ...failure, status: 0, fault: 'reset' as const },
      { fault: 'malformed-json' as const, reportedOutcome: undefined, state: undefined },
    ]) {
      const retried = asked([
        [0, mishap],
        [500, plain],
        [1200, done],
      ]);
      expect(judged('spacing', retried)).toMatchObject({ outcome: 'passed', tested: 1 });
    }
  });

  it('is to follow a redirect, and to come at once with a new token after a 401', () => {
    const token = (text: string) => ({ requestHeaders: `authorization\nBearer ${text}` });
    const refused = { ...failure, status: 401 };
    const with401 = (second: string) =>
      asked([
        [0, { ...refused, ...token('old') }],
        [20, { ...plain, ...token(second) }],
        [1200, { ...done, ...token(second) }],
      ]);
    expect(outcome(with401('new'))).toBe('passed');
    expect(outcome(with401('old'))).toBe('failed');
    expect(outcome(with401('old\nX-Request-Id\n2'))).toBe('failed');
    const redirected = asked([
      [0, { ...failure, status: 303 }],
      [5, plain],
      [1200, done],
    ]);
    expect(outcome(redirected)).toBe('passed');
  });

  it('is to come at a moment that was told, a little early or late', () => {
    for (const late of [-40, 0, 300]) {
      const exchanges = [
        submission('job', { eta: START + 2000 }),
        poll('job', { at: 2000, eta: START + 2600 }),
        poll('job', { at: 2600 + late, ...done }),
      ];
      expect(outcome(exchanges), `${late}`).toBe('not exercised');
    }
  });

  it('is to come at an eta that 304 leaves in force', () => {
    const exchanges = [
      submission('job', { eta: START + 2000 }),
      poll('job', { at: 1700, status: 304, reportedOutcome: 'open' }),
      poll('job', { at: 2000, ...done }),
    ];
    expect(outcome(exchanges)).toBe('not exercised');
  });
});

it('judges every pause where eta is a hint', () => {
  const shortEtas = [400, 400, 400];
  const atEta = (eta: number) => eta + 2;
  expect(outcome(lived(atEta, shortEtas))).toBe('not exercised');
  expect(outcome(lived(atEta, shortEtas), { eta: 'hint' })).toBe('failed');
  expect(
    outcome(
      lived(() => 1000, shortEtas),
      { eta: 'hint' },
    ),
  ).toBe('passed');
});
