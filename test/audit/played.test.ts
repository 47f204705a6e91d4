import { describe, expect, it } from 'vitest';
import { unmetSteps, whyNotPlayed } from '../../src/audit/played.js';
import { usuallyMet } from '../../src/scenario/play.js';
import type { Scenario, Step } from '../../src/scenario/scenario.js';
import { done, poll, START, submission } from '../support/evidence.js';

type Lived = Pick<Scenario, 'name' | 'life' | 'meets' | 'refuse'>;

const ONE_POLL = { kind: 'polls', polls: 1 } as const;
const SECONDS = (s: number) => ({ kind: 'time', time: s * 1000 }) as const;
const EVER = { kind: 'ever' } as const;

function step(line: number, response: Step['response'], duration: Step['duration']): Step {
  return { response, duration, eta: undefined, delay: 0, offContract: false, line };
}

const state = (name: string, outcome: 'open' | 'done' | 'failed') =>
  ({ state: name, outcome, shape: undefined, envelope: undefined, error: undefined }) as const;
const PENDING = state('PENDING', 'open');
const DONE = state('DONE', 'done');
const answer = (http: number) => ({
  answer: { fault: undefined, http, retryAfter: undefined, headers: {}, body: undefined },
});

function scenario(life: Step[], meets = usuallyMet(life)): Lived {
  return { name: 'own', life, meets, refuse: undefined };
}

/** PENDING for 3 s, 503 for 3 s, DONE. */
const OUTAGE = scenario([
  step(10, PENDING, SECONDS(3)),
  step(12, answer(503), SECONDS(3)),
  step(14, DONE, EVER),
]);
const NO_FINDING = { error: 0, warning: 0, note: 2 };
const JOB = { operation: 'start', scenario: 'own' } as const;

function why(
  exchanges: Parameters<typeof whyNotPlayed>[0],
  lived = OUTAGE,
  { counts = NO_FINDING, pace = 1, dropped = 0 } = {},
) {
  const jobs = exchanges.filter(({ method }) => method === 'POST').map(() => JOB as never);
  return whyNotPlayed(exchanges, dropped, lived, { jobs, counts, clock: { mode: 'real', pace } });
}

describe('a step that a good client meets', () => {
  it('is met by a poll that it answers', () => {
    const polls = [
      poll('a', { at: 4000, step: 1, status: 503 }),
      poll('a', { at: 7000, ...done, step: 2 }),
    ];
    expect(unmetSteps([submission('a'), ...polls], OUTAGE)).toEqual([]);
  });

  it('is met by a list that tells of its job', () => {
    const lists = [1, 2].map((own) => ({
      ...poll('a', { at: own * 4000 }),
      ...{ operation: 'list', job: undefined, scenario: undefined, step: undefined },
      listed: [
        {
          ...{ job: 'a', scenario: 'own', step: own, state: 'any' },
          outcome: 'open' as const,
          eta: undefined,
        },
      ],
    }));
    expect(unmetSteps([submission('a'), ...lists], OUTAGE)).toEqual([]);
    expect(unmetSteps([submission('a'), ...lists.slice(1)], OUTAGE)).toMatchObject([
      { number: 2, after: 8000 },
    ]);
  });

  it('is met by an answer that was held while the job lived through it', () => {
    const held = submission('a', { ...done, step: 2, heldFrom: 0, endedAt: START + 6000 });
    expect(unmetSteps([held], OUTAGE)).toEqual([]);
    const polled = [submission('a'), poll('a', { ...done, step: 2, heldFrom: 2 })];
    expect(unmetSteps(polled, OUTAGE).map(({ number }) => number)).toEqual([2]);
  });

  it('is not met by a client that sleeps over it', () => {
    const polls = [poll('a', { at: 9000, ...done, step: 2 })];
    expect(unmetSteps([submission('a'), ...polls], OUTAGE)).toEqual([
      { step: OUTAGE.life[1], number: 2, before: undefined, after: 9000 },
    ]);
  });

  it('is met though its answer was lost on the way, or never came', () => {
    const lost = poll('a', { at: 4000, step: 1, status: 0, fault: 'reset' });
    const hung = poll('a', { at: 4000, step: 1, status: 0, aborted: true });
    const end = poll('a', { at: 9000, ...done, step: 2 });
    expect(unmetSteps([submission('a'), lost, end], OUTAGE)).toEqual([]);
    expect(unmetSteps([submission('a'), hung, end], OUTAGE)).toEqual([]);
  });

  it('is not met by HEAD, which tells nobody what it says', () => {
    const head = poll('a', { at: 4000, step: 1, status: 503, method: 'HEAD' });
    const end = poll('a', { at: 9000, ...done, step: 2 });
    const unmet = unmetSteps([submission('a'), head, end], OUTAGE);
    expect(unmet.map(({ number }) => number)).toEqual([2]);
  });

  it('is not met by a job of another scenario', () => {
    const other = poll('b', { at: 4000, step: 1, status: 503, scenario: 'other' });
    const end = poll('a', { at: 9000, ...done, step: 2 });
    expect(unmetSteps([submission('a'), other, end], OUTAGE)).toHaveLength(1);
  });

  it('may be met by any of several jobs', () => {
    const early = poll('b', { at: 4000, step: 1, status: 503 });
    const end = poll('a', { at: 9000, ...done, step: 2 });
    expect(unmetSteps([submission('a'), submission('b'), early, end], OUTAGE)).toEqual([]);
  });
});

describe('nothing is to be met', () => {
  it('behind the first end, for good clients stop there', () => {
    const lived = scenario([
      step(1, DONE, ONE_POLL),
      step(2, PENDING, ONE_POLL),
      step(3, DONE, EVER),
    ]);
    expect(unmetSteps([submission('a'), poll('a', { ...done, step: 0 })], lived)).toEqual([]);
  });

  it('where the scenario does not ask for it', () => {
    const end = poll('a', { at: 9000, ...done, step: 2 });
    expect(unmetSteps([submission('a'), end], { ...OUTAGE, meets: [2] })).toEqual([]);
  });

  it('but the refusal, where the request itself is refused', () => {
    const { answer: refuse } = answer(422);
    const lived: Lived = { name: 'own', life: [], meets: [], refuse };
    expect(unmetSteps([{ ...submission('a'), job: undefined, status: 422 }], lived)).toEqual([]);
    expect(why([{ ...submission('a'), job: undefined, status: 422 }], lived)).toBeUndefined();
  });
});

describe('why a scenario was not played', () => {
  it('is that nothing was asked for', () => {
    expect(why([])).toContain('no request to the sandbox');
    expect(why([poll('a')])).toContain('no request that this scenario is for');
  });

  it('is a step that nobody has met, by its line, with what the client did instead', () => {
    const late = [submission('a'), poll('a', { at: 9000, ...done, step: 2 })];
    expect(why(late)).toBe(
      'the client never polled step 2 «answer 503 for 3s» (line 12): it came only 9 s after scheduling, when the step was over; the scenario was not played to its end',
    );
    const around = [
      submission('a'),
      poll('a', { at: 2000 }),
      poll('a', { at: 7000, ...done, step: 2 }),
    ];
    expect(why(around)).toContain(
      'it asked 2 s after scheduling, before that step, and next after 7 s, when the step was over',
    );
    const stopped = [submission('a'), poll('a', { at: 2000 })];
    expect(why(stopped)).toContain(
      'step 2 «answer 503 for 3s» (line 12), nor step 3 «DONE for ever» (line 14): it asked for the last time 2 s after scheduling',
    );
    expect(why([submission('a')])).toContain('it never asked for its job');
  });

  it('is told in the API’s time', () => {
    const late = [submission('a'), poll('a', { at: 900, ...done, step: 2 })];
    expect(why(late, OUTAGE, { pace: 10 })).toContain('it came only 9 s after scheduling');
  });

  it('is not asked where the client is blamed for something: a note is no blame', () => {
    const late = [submission('a'), poll('a', { at: 9000, ...done, step: 2 })];
    expect(why(late, OUTAGE, { counts: { error: 1, warning: 0, note: 0 } })).toBeUndefined();
    expect(why(late, OUTAGE, { counts: { error: 0, warning: 1, note: 0 } })).toBeUndefined();
    expect(why(late, OUTAGE, { counts: { error: 0, warning: 0, note: 9 } })).toBeDefined();
  });

  it('is not known where the journal has let exchanges go', () => {
    const late = [submission('a'), poll('a', { at: 9000, ...done, step: 2 })];
    expect(why(late, OUTAGE, { dropped: 1 })).toBeUndefined();
  });
});
