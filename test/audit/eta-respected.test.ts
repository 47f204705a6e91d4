import { describe, expect, it } from 'vitest';
import { poll, START, submission } from '../support/evidence.js';
import { judged, lived, type Pause } from '../support/pauses.js';

/** Uneven etas in milliseconds, and one beyond the pauses that clients usually make. */
const MOVES = [2300, 12_600, 1700, 4400];
const CLOSER = [21_400, 2300, 3600];
const STAGES = [2300, 6400];
const SHORT = [600, 1400, 900];
const EVEN = [2300, 2300, 2300];
const ONCE = [2300];

const exactly: Pause = (asked) => asked + 3;
const sleeps =
  (seconds: number): Pause =>
  () =>
    seconds * 1000 + 2;
const late: Pause = (asked, i) => asked + ([20, 300, 150, 280][i % 4] ?? 0);
const wholeSeconds: Pause = (asked) => Math.ceil(asked / 1000) * 1000 + 3;
const doubling: Pause = (_, i) => 1000 * 2 ** i;
const atLeastASecond: Pause = (asked) => Math.max(asked, 1000) + 2;
const atLeastFive: Pause = (asked) => Math.max(asked, 5000) + 2;
const withJitter: Pause = (asked, i) => asked * (1 + ([0.1, 0.02, 0.07, 0.05][i % 4] ?? 0));
const twoMore: Pause = (asked) => asked + 2000;
const atMostTen: Pause = (asked) => Math.min(asked, 10_000);

const of = (pause: Pause, etas: readonly number[]) => judged('eta-respected', lived(pause, etas));
/** Outcome, and the gravest finding if there is one. */
const said = (pause: Pause, etas: readonly number[]) => {
  const { outcome, findings } = of(pause, etas);
  return findings.length > 0 ? findings.map(({ severity }) => severity).sort()[0] : outcome;
};

describe('a client that goes by eta', () => {
  it.each([
    ['to the millisecond', exactly, [MOVES, CLOSER, STAGES, EVEN, ONCE, SHORT]],
    ['up to 300 ms late', late, [MOVES, CLOSER, STAGES, EVEN, ONCE]],
    ['in whole seconds', wholeSeconds, [MOVES, CLOSER, STAGES]],
    ['and no sooner than after a second', atLeastASecond, [MOVES, CLOSER, STAGES, ONCE, SHORT]],
    ['and no sooner than after five seconds', atLeastFive, [MOVES, CLOSER, STAGES]],
    ['with a tenth of jitter', withJitter, [MOVES, CLOSER, STAGES, EVEN, ONCE]],
    ['always two seconds late', twoMore, [MOVES]],
  ] as [string, Pause, number[][]][])('%s passes', (_, pause, lives) => {
    for (const etas of lives) expect(said(pause, etas), String(etas)).toBe('passed');
  });

  it.each([
    ['rounds up to whole seconds', wholeSeconds, ONCE],
    ['always comes two seconds late', twoMore, STAGES],
    ['waits five seconds at least', atLeastFive, ONCE],
  ])('is not accused where it %s and nobody can tell', (_, pause, etas) => {
    const { outcome, reason } = of(pause, etas);
    expect([outcome, reason]).toEqual([
      'not exercised',
      'every pause was longer than eta asked for, so nobody can tell whether the client reads eta',
    ]);
  });

  it('passes at any pace', () => {
    for (const pace of [0.5, 4, 10, 20]) {
      const { outcome } = judged('eta-respected', lived(exactly, MOVES, { pace }), { pace });
      expect(outcome, `pace ${pace}`).toBe('passed');
    }
  });

  it('passes with two jobs at a time, whose polls come in between each other', () => {
    const both = [
      ...lived(exactly, MOVES, { job: 'one' }),
      ...lived(exactly, CLOSER, { job: 'two', from: 700 }),
    ].toSorted((a, b) => a.startedMono - b.startedMono);
    expect(judged('eta-respected', both)).toMatchObject({ outcome: 'passed', tested: 7 });
  });

  it('passes although it repeats a poll that failed after a pause of its own', () => {
    const failure = { status: 503, state: undefined, reportedOutcome: undefined } as const;
    const { outcome, tested } = judged('eta-respected', [
      submission('job', { eta: START + 2300 }),
      poll('job', { at: 2304, ...failure }),
      poll('job', { at: 3400, eta: START + 9801 }),
      poll('job', { at: 9810, state: 'DONE', reportedOutcome: 'done' }),
    ]);
    expect([outcome, tested]).toEqual(['passed', 2]);
  });
});

describe('a client that sleeps whatever it is told', () => {
  it.each([
    [1, MOVES, 'error'],
    [2, MOVES, 'error'],
    [3, MOVES, 'error'],
    [5, MOVES, 'error'],
    [10, MOVES, 'error'],
    // It comes before no eta, and reads the result 25.6 s late.
    [30, MOVES, 'error'],
    [1, CLOSER, 'error'],
    [3, CLOSER, 'error'],
    [10, CLOSER, 'error'],
    [30, CLOSER, 'error'],
    [1, STAGES, 'error'],
    [3, STAGES, 'error'],
    [5, STAGES, 'error'],
    // Nobody is the worse for it.
    [10, STAGES, 'note'],
    [5, [2300, 4400, 1700], 'note'],
    [10, [2300, 6400, 1700, 4400], 'note'],
    [30, STAGES, 'error'],
    // Once, or where all etas are alike, nobody can tell.
    [3, ONCE, 'not exercised'],
    [5, ONCE, 'not exercised'],
    [30, ONCE, 'not exercised'],
    [3, EVEN, 'not exercised'],
    [10, EVEN, 'not exercised'],
    [1, ONCE, 'error'],
    [2, EVEN, 'error'],
  ] as const)('for %i s under etas of %j: %s', (seconds, etas, outcome) => {
    expect(said(sleeps(seconds), etas)).toBe(outcome);
  });

  it('is told how long it sleeps and what eta asked for', () => {
    expect(of(sleeps(3), STAGES).findings.map(({ message }) => message)).toEqual([
      '1 of 2 polls came before the newest eta, by up to 3.4 s',
      'its pauses do not follow eta: 3 s each time, where eta asked for 2.3 s and 6.4 s',
    ]);
    expect(of(sleeps(10), STAGES).findings).toMatchObject([
      {
        severity: 'note',
        message:
          'its pauses do not follow eta: 10 s each time, where eta asked for 2.3 s and 6.4 s',
        job: 'job',
      },
    ]);
  });

  it('is found although its first pause is another one', () => {
    const first: Pause = (asked, i) => (i === 0 ? 500 : sleeps(10)(asked, i));
    expect(of(first, [400, 2300, 6400, 4400]).findings).toMatchObject([
      { message: expect.stringMatching(/^its pauses do not follow eta: 10 s each time/) },
    ]);
  });

  it('is found by one poll each of many jobs', () => {
    const jobs = [2300, 6400, 4400, 1700].flatMap((eta, i) =>
      lived(sleeps(10), [eta], { job: `job-${i}`, from: i * 20_000 }),
    );
    const { outcome, findings } = judged('eta-respected', jobs);
    expect(outcome).toBe('failed');
    expect(findings).toMatchObject([
      {
        severity: 'note',
        message:
          'its pauses do not follow eta: 10 s each time, where eta asked for 2.3 s, 6.4 s, 4.4 s and 1.7 s',
      },
    ]);
    expect(findings[0]).not.toHaveProperty('job');
  });

  it('is found by a timer that counts from request to request, over answers that take their time', () => {
    const slow = (at: number, took: number, asked: number) => ({
      at,
      endedAt: START + at + took,
      durationMs: took,
      eta: START + at + took + asked,
    });
    const { findings } = judged('eta-respected', [
      submission('job', slow(0, 5, 2300)),
      poll('job', slow(10_000, 3000, 2300)),
      poll('job', slow(20_000, 5, 6400)),
      poll('job', { at: 30_000, state: 'DONE', reportedOutcome: 'done' }),
    ]);
    expect(findings[0]?.message).toMatch(/^its pauses do not follow eta/);
  });

  it('is no reproach where it is a second of the machine, whatever the pace', () => {
    const undivided = (seconds: number, pace: number) =>
      judged('eta-respected', lived(sleeps(seconds * pace), MOVES, { pace }), { pace });
    for (const pace of [15, 20]) {
      expect(undivided(1, pace).findings, `pace ${pace}`).toMatchObject([{ severity: 'note' }]);
      expect(undivided(3, pace).findings, `pace ${pace}`).toMatchObject([{ severity: 'error' }]);
    }
  });

  it('is found at a pace that it divides its pauses by', () => {
    for (const pace of [4, 10, 20]) {
      const { outcome, findings } = judged('eta-respected', lived(sleeps(10), STAGES, { pace }), {
        pace,
      });
      expect([outcome, findings[0]?.severity], `pace ${pace}`).toEqual(['failed', 'note']);
    }
  });

  it('is told in the API’s own time at any pace', () => {
    const paced = judged('eta-respected', lived(sleeps(3), STAGES, { pace: 10 }), { pace: 10 });
    expect(paced.findings.map(({ message }) => message)).toEqual([
      '1 of 2 polls came before the newest eta, by up to 3.4 s',
      'its pauses do not follow eta: 3 s each time, where eta asked for 2.3 s and 6.4 s',
    ]);
  });

  it('is found although the machine was busy now and then', () => {
    const mostly: Pause = (_, i) => (i % 12 === 5 ? 14_000 : 10_000);
    const etas = Array.from({ length: 24 }, (_, i) => [2300, 6400, 4400, 1700][i % 4] as number);
    expect(of(mostly, etas).findings[0]?.message).toMatch(/^its pauses do not follow eta: 10 s/);
  });
});

describe('a client with pauses of its own', () => {
  it('that grow is found where they are too short, and passes nowhere', () => {
    for (const etas of [MOVES, CLOSER, STAGES, ONCE]) expect(said(doubling, etas)).toBe('error');
    const slower: Pause = (_, i) => 4000 * 2 ** i;
    for (const etas of [STAGES, [2300, 6400, 12_600], ONCE]) {
      expect(said(slower, etas)).toBe('not exercised');
    }
  });

  it('that end at a limit below eta is found', () => {
    expect(said(atMostTen, CLOSER)).toBe('error');
    expect(said(atMostTen, STAGES)).toBe('passed');
  });

  it('that came at an eta once by chance does not pass for that', () => {
    const own: Pause = (_, i) => [9000, 2500, 8000, 7000][i] as number;
    expect(said(own, [2300, 2300, 1700, 4400])).toBe('not exercised');
  });

  it('that change by chance is accused of nothing', () => {
    const own: Pause = (_, i) => [9000, 14_500, 8000, 7000][i] as number;
    expect(said(own, MOVES)).toBe('not exercised');
  });
});

it('judges nobody where eta is a hint', () => {
  for (const rule of ['eta-respected', 'newest-eta-used']) {
    expect(judged(rule, lived(sleeps(1), MOVES), { eta: 'hint' })).toMatchObject({
      outcome: 'not exercised',
      reason: 'the binding calls eta a hint, so no pause is judged by it',
      findings: [],
    });
  }
});

it('is not exercised where no eta lay ahead', () => {
  expect(judged('eta-respected', lived(sleeps(1), [-5000, -5000]))).toMatchObject({
    outcome: 'not exercised',
    reason: 'no poll came after an eta that lay ahead',
  });
});
