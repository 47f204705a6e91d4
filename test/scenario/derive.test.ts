import { describe, expect, it } from 'vitest';
import { DERIVED_SUITES, deriveSuites } from '../../src/scenario/derive/suites.js';
import type { DeriveWords } from '../../src/scenario/derive/words.js';
import { staysOpen } from '../../src/scenario/play.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import {
  everyMs,
  type Manner,
  type SimulatedPoll,
  simulate,
  waiting,
} from '../support/simulate.js';

const SECOND = 1000;
/** Pauses that clients are written with, whatever they are told. */
const USUAL = [1, 2, 3, 5, 10];

const TOO_LARGE = { code: 'E1', name: '', message: 'Too large', text: 'E1: Too large' };

/** An API that can have every life. */
const RICH: DeriveWords = {
  open: ['queued', 'running'],
  done: [
    { state: 'finished', shapes: ['short', 'long'] },
    { state: 'partly', shapes: ['default'] },
  ],
  failed: [
    { state: 'failed', shapes: ['text', 'list'] },
    { state: 'expired', shapes: ['default'] },
  ],
  cancelled: [{ state: 'stopped', shapes: ['default'] }],
  errors: new Map([['TOO LARGE', TOO_LARGE]]),
  tells: 'eta',
  bodies: { open: true, done: true },
  namesState: true,
  endStatuses: [200],
  openStatuses: [200],
  credentials: true,
  reportIsGet: true,
  reports: (status) => [200, 404].includes(status),
  schedules: (status) => [202, 422].includes(status),
};

/** The least that can be said: one state that is open, and one that is done. */
const POOR: DeriveWords = {
  ...RICH,
  open: ['waiting'],
  done: [{ state: 'ready', shapes: ['default'] }],
  failed: [],
  cancelled: [],
  errors: new Map(),
  tells: 'nothing',
  bodies: { open: false, done: true },
  namesState: false,
  credentials: false,
  reports: (status) => status === 200,
  schedules: (status) => status === 202,
};

const KINDS: [string, DeriveWords][] = [
  ['eta', RICH],
  ['pause', { ...RICH, tells: 'pause' }],
  ['nothing', { ...RICH, tells: 'nothing' }],
  ['poor', POOR],
];
const ALL = KINDS.flatMap(([kind, words]) =>
  [...deriveSuites(words).scenarios.values()].map((one) => ({ kind, name: one.name, one })),
);

function suiteOf(words: DeriveWords, name: string) {
  const { scenarios, suites } = deriveSuites(words);
  const suite = suites.get(name);
  if (!suite) throw new Error(`no suite ${name}`);
  return { ...suite, lives: suite.scenarios.map((each) => scenarios.get(each) as Scenario) };
}

describe('suites that follow from a binding', () => {
  it('are the four of every API, and play what the catalogues do by the same names', () => {
    expect([...deriveSuites(RICH).suites.keys()]).toEqual([...DERIVED_SUITES]);
    expect(suiteOf(RICH, 'polling-basics').scenarios).toEqual([
      'done-after-eta',
      'eta-moves',
      'slow-answer',
      'failed',
      'lost-after-pending',
      'unavailable-503',
      'reset-once',
      'unauthorized-in-mid-poll',
    ]);
  });

  it.each(KINDS)('have lives by names that can be chosen: %s', (_, words) => {
    for (const [name, one] of deriveSuites(words).scenarios) {
      expect(name).toMatch(/^[a-z0-9][a-z0-9._-]{0,63}$/);
      expect(one.title).not.toMatch(/undefined|\[object/);
    }
  });

  it('end a job in each of its states, forms and errors', () => {
    const { scenarios } = deriveSuites(RICH);
    const ends = ['failed-too-large', 'failed-list', 'failed-expired', 'cancelled'];
    expect(suiteOf(RICH, 'errors').scenarios).toEqual([
      'failed',
      'failed-immediately',
      ...[ends[3], ...ends.slice(0, 3)],
      'refused-on-submit-422',
      'internal-error-on-submit',
    ]);
    expect(scenarios.get('failed-too-large')?.life.at(-1)?.response).toMatchObject({
      state: 'failed',
      error: TOO_LARGE,
    });
    expect(scenarios.get('failed-list')?.life.at(-1)?.response).toMatchObject({ shape: 'list' });
    expect(scenarios.get('done-long')?.life.at(-1)?.response).toMatchObject({ shape: 'long' });
    expect(scenarios.get('done-partly')?.life.at(-1)?.response).toMatchObject({ state: 'partly' });
  });

  it('leave out what an API cannot have, and say why', () => {
    const left = suiteOf(POOR, 'polling-basics').leftOut ?? [];
    expect(Object.fromEntries(left.map(({ name, why }) => [name, why]))).toEqual({
      'eta-moves': 'no answer of an open job tells its client when to come back',
      failed: 'no state of the binding has the outcome failed',
      'unauthorized-in-mid-poll': 'the operation that reports asks for no credentials',
    });
    const network = suiteOf(POOR, 'bad-network');
    expect(network.scenarios).not.toContain('truncated-body');
    expect(network.scenarios).toContain('empty-reply');
  });

  it('tell no state by a mishap: a status that means an end is none', () => {
    const told = (statuses: number[]) => ({ ...RICH, endStatuses: statuses });
    const full = (words: DeriveWords) => suiteOf(words, 'polling-full').scenarios;
    expect(full(told([200, 500]))).not.toContain('outage');
    expect(full(told([200, 500]))).toContain('unavailable-503');
    expect(full(told([200, 503]))).not.toContain('unavailable-503');
    expect(full(told([200, 404]))).not.toContain('lost-after-pending');
    expect(suiteOf(told([303]), 'bad-network').scenarios).not.toContain('redirected-303');
    const posted = { ...RICH, reportIsGet: false };
    expect(suiteOf(posted, 'bad-network').scenarios).not.toContain('redirected-307');
  });

  it('mark as off the contract only what it does not document', () => {
    const { scenarios } = deriveSuites(RICH);
    const marked = (name: string) => scenarios.get(name)?.life.map((step) => step.offContract);
    expect(marked('lost-after-pending')).toEqual([false, false, false]);
    expect(marked('unavailable-503')).toEqual([true, true, false, false]);
    expect(scenarios.get('refused-on-submit-422')?.offContract).toBe(false);
    expect(scenarios.get('internal-error-on-submit')?.offContract).toBe(true);
  });

  it('have time enough for a client that waits for ten minutes, and for half an hour where nothing ends', () => {
    for (const name of DERIVED_SUITES) {
      const { lives, timeout = 0, timeoutEndless = 0 } = suiteOf(RICH, name);
      expect(timeout).toBeGreaterThan(600 * SECOND);
      if (lives.some(({ life }) => staysOpen(life))) {
        expect(timeoutEndless).toBeGreaterThan(1800 * SECOND);
      }
    }
  });
});

const isEarly = ({ at, told }: SimulatedPoll) => told.eta - at > 50;
const waitsOf = (one: Scenario) => simulate(one, waiting).map(({ told: { eta, at } }) => eta - at);
const atLeast =
  (pause: number): Manner =>
  (known) =>
    Math.max(waiting(known), known.now + pause);

describe('a pause that is the same whatever it is told', () => {
  const basics = suiteOf(RICH, 'polling-basics').lives;

  it.each(USUAL)('comes too early in eta-moves, be it %d seconds', (pause) => {
    const one = deriveSuites(RICH).scenarios.get('eta-moves') as Scenario;
    expect(simulate(one, everyMs(pause * SECOND)).some(isEarly)).toBe(true);
  });

  it('is as long as no eta that is told', () => {
    const waits = [...deriveSuites(RICH).scenarios.values()].flatMap(waitsOf);
    expect(USUAL.filter((pause) => waits.includes(pause * SECOND))).toEqual([]);
  });

  it('is shorter than the longest eta of polling-basics, whose etas differ', () => {
    const waits = basics.flatMap(waitsOf);
    expect(Math.max(...waits)).toBeGreaterThan(10 * SECOND + 50);
    expect(new Set(waits).size).toBeGreaterThan(4);
  });

  it('costs a client that waits as it is told a minute and a half for polling-basics', () => {
    const took = basics.map((one) => simulate(one, waiting).at(-1)?.at ?? 0);
    expect(took.reduce((sum, each) => sum + each, 0)).toBeLessThan(90 * SECOND);
  });
});

describe('every step that a good client meets is met', () => {
  const missed = (one: Scenario, polls: readonly SimulatedPoll[]) =>
    one.meets.filter((step) => !polls.some((poll) => poll.step === step));

  it.each(
    ALL,
  )('whether it waits as it is told or not, and it keeps what is expected: $kind, $name', ({
    one,
  }) => {
    expect(missed(one, simulate(one, waiting))).toEqual([]);
    for (const pause of [1, 2, 3, 5, 10, 15]) {
      expect(missed(one, simulate(one, everyMs(pause * SECOND))), `${pause} s`).toEqual([]);
    }
    for (const least of [1, 2, 5, 10, 15]) {
      const polls = simulate(one, atLeast(least * SECOND));
      const { polls: wanted, within = Number.POSITIVE_INFINITY } = one.expect;
      expect(missed(one, polls), `${least} s`).toEqual([]);
      expect(polls.length, `${least} s`).toBeGreaterThanOrEqual(wanted?.at_least ?? 0);
      expect(polls.length, `${least} s`).toBeLessThanOrEqual(
        wanted?.at_most ?? Number.POSITIVE_INFINITY,
      );
      expect(polls.at(-1)?.at ?? 0, `${least} s`).toBeLessThanOrEqual(within);
    }
  });
});
