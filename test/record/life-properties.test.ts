import { expect, it } from 'vitest';
import { type Draft, draftLife } from '../../src/record/life.js';
import type { Observation, Said } from '../../src/record/said.js';
import { begin, etaAt, type Life, poll, stepAt } from '../../src/scenario/play.js';
import type { Eta, Step, StepDuration } from '../../src/scenario/scenario.js';
import { parseDuration } from '../../src/time/duration.js';
import { fc } from '../support/seeded.js';

const START = Date.UTC(2026, 1, 2, 12);

const state = (name: string, outcome: 'open' | 'done' | 'failed'): Step['response'] => ({
  state: name,
  outcome,
  shape: undefined,
  envelope: undefined,
  error: undefined,
});
const answer = (http: number): Step['response'] => ({
  answer: { fault: undefined, http, retryAfter: undefined, headers: {}, body: undefined },
});

const says = fc.constantFrom(
  state('PENDING', 'open'),
  state('SUSPENDED', 'open'),
  state('DONE', 'done'),
  state('FAILED', 'failed'),
  answer(404),
  answer(503),
);
const eta: fc.Arbitrary<Eta | undefined> = fc.option(
  fc.record({
    from: fc.constantFrom('answer' as const, 'start' as const),
    after: fc.integer({ min: -5000, max: 60_000 }),
  }),
  { nil: undefined },
);
const lasts: fc.Arbitrary<StepDuration> = fc.oneof(
  fc.record({ kind: fc.constant('time' as const), time: fc.integer({ min: 1, max: 9000 }) }),
  fc.record({ kind: fc.constant('polls' as const), polls: fc.integer({ min: 1, max: 3 }) }),
);
const step = fc.record({
  response: says,
  duration: lasts,
  eta,
  delay: fc.constantFrom(0, 0, 0, 2000),
  offContract: fc.constant(true),
  line: fc.constant(1),
});
const life: fc.Arbitrary<Life> = fc.array(step, { minLength: 1, maxLength: 7 });
/** Gaps between polls; some of them are none. The first poll comes after the scheduling. */
const gaps = fc
  .array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 7000 })), {
    minLength: 1,
    maxLength: 14,
  })
  .map(([first = 0, ...rest]) => [Math.max(1, first), ...rest]);

interface Met {
  /** What is said, as far as a client can tell. */
  told: string;
  step: Step;
  at: number;
  eta: number | undefined;
}

/** What a client gets to see that asks at these times. */
function live(script: Life, waits: readonly number[]): { scheduled: number; met: Met[] } {
  let cursor = begin(script, START);
  const scheduled = etaAt(script, cursor, { now: START, pace: 1 });
  let at = START;
  const met = waits.map((wait) => {
    at += wait;
    cursor = poll(script, cursor, { now: at, pace: 1 });
    const here = stepAt(script, cursor);
    const shown = 'state' in here.response ? here.response.state : here.response.answer.http;
    // An answer in the place of a state tells no eta.
    const moment =
      'state' in here.response ? etaAt(script, cursor, { now: at, pace: 1 }) : undefined;
    return { told: `${shown} after ${here.delay}`, step: here, at, eta: moment };
  });
  return { scheduled, met };
}

function saidOf(says: Step['response']): Said {
  const words = 'state' in says ? says.state : String(says.answer.http);
  const outcome = 'state' in says ? says.outcome : 'none';
  return { key: words, outcome, step: { says }, strange: false, words };
}

function observed({ step: { response: says, delay }, at, eta: told }: Met): Observation {
  return { at, said: saidOf(says), eta: told, doneAt: undefined, delay };
}

function stepOf(draft: Draft): Step {
  const moment = (text: string): Eta => ({
    from: text.endsWith(' from start') ? 'start' : 'answer',
    after: parseDuration(text.replace(' from start', '')) as number,
  });
  return {
    response: draft.said.step.says as Step['response'],
    duration: lastsOf(draft.for),
    eta: draft.eta === undefined ? undefined : moment(draft.eta),
    delay: draft.delay === undefined ? 0 : (parseDuration(draft.delay) as number),
    offContract: true,
    line: 1,
  };
}

function lastsOf(text: string | undefined): StepDuration {
  if (text === undefined) return { kind: 'ever' };
  const polls = /^(\d+) polls?$/.exec(text)?.[1];
  if (polls) return { kind: 'polls', polls: Number(polls) };
  const time = parseDuration(text) as number;
  expect(time).toBeGreaterThan(0);
  return { kind: 'time', time };
}

const tell = ({ scheduled, met }: ReturnType<typeof live>) => [
  `scheduled, eta ${scheduled - START}`,
  ...met.map(({ told, at, eta: moment }) => `${at - START}: ${told}, eta ${moment}`),
];

it.each([
  'time',
  'polls',
] as const)('a life that is recorded by %s and played says the same to a client that asks at the same times', (by) => {
  fc.assert(
    fc.property(life, gaps, (script, waits) => {
      const seen = live(script, waits);
      const beginning = { at: START, eta: seen.scheduled, open: saidOf(state('PENDING', 'open')) };
      const drafts = draftLife(beginning, seen.met.map(observed), by);
      const played = live(drafts.map(stepOf), waits);
      expect(tell(played)).toEqual(tell(seen));
    }),
    { numRuns: 3000 },
  );
});

it('a life by polls says the same in the same order, however fast the client is', () => {
  fc.assert(
    fc.property(life, gaps, gaps, (script, waits, others) => {
      const seen = live(script, waits);
      const beginning = { at: START, eta: seen.scheduled, open: saidOf(state('PENDING', 'open')) };
      const drafts = draftLife(beginning, seen.met.map(observed), 'polls');
      const played = live(
        drafts.map(stepOf),
        waits.map((_, i) => others[i] ?? 1),
      );
      expect(played.met.map(({ told }) => told)).toEqual(seen.met.map(({ told }) => told));
    }),
    { numRuns: 2000 },
  );
});
