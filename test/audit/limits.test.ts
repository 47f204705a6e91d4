import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/audit/evidence.js';
import { judge } from '../../src/audit/judge.js';
import type { Exchange } from '../../src/sandbox/journal.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { evidence, poll, START, submission } from '../support/evidence.js';
import { ruleOf } from './play.js';

/** A job that never ends: all that rules ask of its scenario. */
const ENDLESS = {
  life: [{ response: { state: 'PENDING', outcome: 'open' } }],
  expect: {},
  tolerances: {},
} as unknown as Scenario;

const silent = (at: number, until: number | undefined): Partial<Exchange> => ({
  at,
  status: 0,
  fault: 'hang',
  state: undefined,
  reportedOutcome: undefined,
  aborted: until !== undefined,
  endedAt: until === undefined ? undefined : START + until,
  durationMs: until === undefined ? undefined : until - at,
});

/** What a rule says of polls, by the time that their run has lasted, in milliseconds. */
const said = (rule: string, polls: Partial<Exchange>[], run: Run, lasted: number) =>
  ruleOf(
    judge(
      evidence([submission('job'), ...polls.map((one) => poll('job', one))], {
        run,
        now: START + lasted,
        scenarioOf: () => ENDLESS,
      }),
    ),
    rule,
  );

describe('bounded-wait', () => {
  it('is kept by a client that gives a silent server up', () => {
    const polls = [silent(1000, 31_000), silent(33_000, 63_000)];
    expect(said('bounded-wait', polls, 'over', 90_000)).toMatchObject({
      outcome: 'passed',
      tested: 2,
    });
  });

  it('is broken by one that waits for more than a minute, whoever ends it', () => {
    expect(said('bounded-wait', [silent(1000, 62_000)], 'over', 90_000).outcome).toBe('failed');
    expect(said('bounded-wait', [silent(1000, 19_000)], 'stopped', 19_000).findings).toMatchObject([
      {
        message: '1 request waited for a silent server for up to 18 s, until its run was stopped',
      },
    ]);
  });

  it('says nothing of one that was stopped before usual time-outs are over', () => {
    for (const until of [8000, undefined]) {
      expect(said('bounded-wait', [silent(1000, until)], 'stopped', 8000).outcome).toBe(
        'not exercised',
      );
    }
  });
});

describe('gives-up', () => {
  const MINUTE = 60_000;
  const every = (pause: number, until: number, more: Partial<Exchange> = {}) =>
    Array.from({ length: Math.floor(until / pause) }, (_, i) => ({ at: (i + 1) * pause, ...more }));

  it('is kept by a client that stops by itself, be it after five minutes or twenty', () => {
    for (const limit of [MINUTE / 2, 5 * MINUTE, 20 * MINUTE]) {
      const { outcome } = said('gives-up', every(5000, limit), 'over', limit + 1000);
      expect(outcome, `${limit}`).toBe('passed');
    }
  });

  it('is broken by one that goes on for longer than half an hour', () => {
    expect(said('gives-up', every(5000, 31 * MINUTE), 'over', 40 * MINUTE).outcome).toBe('failed');
  });

  it('is broken by one that still waits for its eta when its run is stopped', () => {
    const told = [{ at: 3000 }, { at: 6000, eta: START + 2 * MINUTE }];
    expect(said('gives-up', told, 'stopped', MINUTE).outcome).toBe('failed');
    expect(said('gives-up', told, 'stopped', 3 * MINUTE).outcome).toBe('passed');
  });
});

describe('single-flight', () => {
  it('is kept by a client that leaves a request and asks again, even if the server sees that late', () => {
    const left = [silent(1000, 11_200), silent(11_000, 21_000), { at: 22_000 }];
    expect(said('single-flight', left, 'over', 30_000)).toMatchObject({
      outcome: 'passed',
      tested: 2,
    });
  });

  it('is broken by one that asks again and leaves the first request open', () => {
    const both = [silent(1000, undefined), { at: 4000 }];
    expect(said('single-flight', both, 'over', 30_000).findings).toMatchObject([
      { message: '1 poll came while an earlier one of the same job had no answer yet' },
    ]);
    expect(said('single-flight', [silent(1000, 9000), { at: 4000 }], 'over', 30_000).outcome).toBe(
      'failed',
    );
  });
});
