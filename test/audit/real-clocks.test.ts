import { describe, expect, it } from 'vitest';
import { judge } from '../../src/audit/judge.js';
import { done, evidence, failed, poll, START, submission } from '../support/evidence.js';
import { ruleOf } from './play.js';

/*
 * Rules that go by the machine's own time. Their sessions are written down: a machine that is busy would make
 * another session of one that is played.
 */

describe('no-herd', () => {
  const JOBS = Array.from({ length: 12 }, (_, i) => `job-${i}`);
  const polledAt = (
    moment: (i: number) => number,
    mode: 'real' | 'manual' = 'real',
    durationMs = 20,
  ) =>
    judge(
      evidence(
        [
          ...JOBS.map((job) => submission(job)),
          ...JOBS.map((job, i) => poll(job, { ...failed, at: moment(i), durationMs })),
        ],
        { clock: { mode, pace: 1 } },
      ),
      {},
    );

  it('is broken by a client that asks for all its jobs at once, and is a note', () => {
    const verdict = polledAt((i) => 5000 + i * 9);
    expect(ruleOf(verdict, 'no-herd')).toMatchObject({
      outcome: 'failed',
      tested: 12,
      findings: [{ severity: 'note', message: '12 jobs were polled within 100 ms' }],
    });
    expect(verdict.counts.note).toBeGreaterThanOrEqual(1);
  });

  it('is kept by a client that spreads its polls', () => {
    expect(
      ruleOf(
        polledAt((i) => 5000 + i * 11),
        'no-herd',
      ).outcome,
    ).toBe('passed');
    expect(
      ruleOf(
        polledAt((i) => (i < 6 ? 5000 : 5250)),
        'no-herd',
      ).outcome,
    ).toBe('passed');
  });

  it('is kept by a client that polls its jobs one after the other, however fast', () => {
    const inTurn = polledAt((i) => 5000 + i * 3, 'real', 2);
    expect(ruleOf(inTurn, 'no-herd')).toMatchObject({ outcome: 'passed', tested: 12 });
    // Sent together, and each answered at once.
    const together = polledAt((i) => 5000 + i * 2.1, 'real', 2);
    expect(ruleOf(together, 'no-herd').outcome).toBe('failed');
  });

  it('is not exercised by a manual clock', () => {
    const { outcome, reason } = ruleOf(
      polledAt(() => 5000, 'manual'),
      'no-herd',
    );
    expect([outcome, reason]).toEqual(['not exercised', 'a manual clock has no instants']);
  });
});

describe('a paced clock', () => {
  /** Two polls after an eta that was past already, `apart` milliseconds from one another. */
  const spaced = (apart: number, pace: number) =>
    ruleOf(
      judge(
        evidence(
          [
            submission('job', { eta: START - 1000 }),
            poll('job', { at: 2000, eta: START - 1000 }),
            poll('job', { at: 2000 + apart, ...done }),
          ],
          { clock: { mode: 'paced', pace } },
        ),
        {},
      ),
      'spacing',
    );

  it('divides lengths of the API’s time by its pace', () => {
    expect(spaced(89, 10).findings).toMatchObject([
      { message: '1 of 1 pause between polls were shorter than 1 s, down to 890 ms' },
    ]);
    expect(spaced(95, 10).outcome).toBe('passed');
    expect(spaced(95, 1).outcome).toBe('failed');
  });

  it('leaves the slack of timers as it is', () => {
    const early = (by: number) =>
      ruleOf(
        judge(
          evidence(
            [submission('job', { eta: START + 3000 }), poll('job', { at: 3000 - by, ...done })],
            { clock: { mode: 'paced', pace: 100 } },
          ),
          {},
        ),
        'eta-respected',
      ).outcome;
    expect([early(49), early(51)]).toEqual(['passed', 'failed']);
  });
});
