import { describe, expect, it } from 'vitest';
import {
  begin,
  type Cursor,
  elapse,
  endOfStep,
  etaAt,
  type Life,
  poll,
  release,
  stateAt,
  stepAt,
} from '../../src/scenario/play.js';
import type { Step, StepDuration } from '../../src/scenario/scenario.js';
import { fc } from '../support/seeded.js';

const START = Date.parse('2026-02-02T12:00:00Z');
const RUNS = { numRuns: 1000 };

type Action =
  | { kind: 'poll' }
  | { kind: 'look' }
  | { kind: 'release' }
  | { kind: 'wait'; by: number };

const says: fc.Arbitrary<Step['response']> = fc.oneof(
  fc.constantFrom(
    ...(['open', 'done', 'failed'] as const).map((outcome) => ({
      state: outcome.toUpperCase(),
      outcome,
      shape: undefined,
      envelope: undefined,
      error: undefined,
    })),
  ),
  fc.constantFrom(404, 503).map((http) => ({
    answer: { fault: undefined, http, retryAfter: undefined, headers: {}, body: undefined },
  })),
);

const time = (longest: number) =>
  fc.integer({ min: 1, max: longest }).map((time): StepDuration => ({ kind: 'time', time }));
const polls = fc
  .integer({ min: 1, max: 4 })
  .map((polls): StepDuration => ({ kind: 'polls', polls }));
const released = fc.constant<StepDuration>({ kind: 'released' });

const eta = fc.option(
  fc.record({
    from: fc.constantFrom('answer' as const, 'start' as const),
    after: fc.integer({ min: -10_000, max: 10_000 }),
  }),
  { nil: undefined },
);

/** Steps that last as told; the last one lasts for ever. Frozen: nobody may write into a script. */
function lifeOf(lasts: fc.Arbitrary<StepDuration>): fc.Arbitrary<Life> {
  const fixed = { delay: fc.constant(0), offContract: fc.constant(false) };
  const step = fc.record({ response: says, duration: lasts, eta, ...fixed, line: fc.nat(99) });
  return fc
    .array(step, { minLength: 1, maxLength: 6 })
    .map((steps) =>
      Object.freeze(
        steps.map((each, i) =>
          Object.freeze(
            i < steps.length - 1 ? each : { ...each, duration: { kind: 'ever' as const } },
          ),
        ),
      ),
    );
}

const lives = lifeOf(fc.oneof(time(10_000), polls, released));

const actions = (longest = 6000) =>
  fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constant<Action>({ kind: 'poll' }) },
      { weight: 1, arbitrary: fc.constant<Action>({ kind: 'look' }) },
      { weight: 1, arbitrary: fc.constant<Action>({ kind: 'release' }) },
      {
        weight: 3,
        arbitrary: fc.integer({ min: 0, max: longest }).map((by): Action => ({ kind: 'wait', by })),
      },
    ),
    { maxLength: 30 },
  );

interface Moment {
  now: number;
  cursor: Cursor;
  eta: number;
}

/** Everything that was seen, from the scheduling on: once after each action. */
function playAll(life: Life, all: readonly Action[], pace = 1): Moment[] {
  let now = START;
  let cursor: Cursor = Object.freeze(begin(life, now));
  const seen: Moment[] = [];
  const see = () => seen.push({ now, cursor, eta: etaAt(life, cursor, { now, pace }) });
  see();
  for (const action of all) {
    if (action.kind === 'wait') now += action.by;
    else if (action.kind === 'poll') cursor = poll(life, cursor, { now, pace });
    else if (action.kind === 'look') cursor = elapse(life, cursor, { now, pace });
    else cursor = release(life, cursor, { now, pace }) ?? cursor;
    cursor = Object.freeze(cursor);
    see();
  }
  return seen;
}

/** The same by brute force: a world that ticks each millisecond, with the rules as a person says them. */
function tickAll(life: Life, all: readonly Action[]): { step: number; polls: number }[] {
  let step = 0;
  let spent = 0;
  let polls = 0;
  const lasts = () => (life[step] as Step).duration;
  const move = () => {
    if (step === life.length - 1) return;
    step += 1;
    spent = 0;
    polls = 0;
  };
  const tick = () => {
    spent += 1;
    const length = lasts();
    if (length.kind === 'time' && spent === length.time) move();
  };
  const seen = [{ step, polls }];
  for (const action of all) {
    const length = lasts();
    if (action.kind === 'wait') for (let i = 0; i < action.by; i += 1) tick();
    if (action.kind === 'release' && length.kind === 'released') move();
    if (action.kind === 'poll') {
      if (length.kind === 'polls' && polls === length.polls) move();
      polls += 1;
    }
    seen.push({ step, polls });
  }
  return seen;
}

describe('whatever the script and whatever happens to the job,', () => {
  it('it never goes back to an earlier step, and shows what its present step says', () => {
    fc.assert(
      fc.property(lives, actions(), (life, all) => {
        let before = 0;
        for (const { cursor } of playAll(life, all)) {
          expect(cursor.step).toBeGreaterThanOrEqual(before);
          expect(cursor.step).toBeLessThan(life.length);
          before = cursor.step;
          const step = life[cursor.step] as Step;
          expect(stepAt(life, cursor)).toBe(step);
          const states = life
            .slice(0, cursor.step + 1)
            .flatMap(({ response: says }) => ('state' in says ? [says] : []));
          expect(stateAt(life, cursor)).toBe(states.at(-1));
        }
      }),
      RUNS,
    );
  });

  it('it lives as in a world that ticks each millisecond', () => {
    const short = lifeOf(fc.oneof(time(20), polls, released));
    fc.assert(
      fc.property(short, actions(15), (life, all) => {
        // A look after each wait: between two looks nobody can tell when a step ended.
        const looked = all.flatMap((a): Action[] =>
          a.kind === 'wait' ? [a, { kind: 'look' }] : [a],
        );
        const shown = playAll(life, looked).map(({ cursor: { step, polls } }) => ({ step, polls }));
        const ticked = tickAll(life, looked);
        const settled = (_: unknown, i: number) => looked[i - 1]?.kind !== 'wait';
        expect(shown.filter(settled)).toEqual(ticked.filter(settled));
      }),
      RUNS,
    );
  });

  it('a step of some polls answers just so many, if there is another step', () => {
    fc.assert(
      fc.property(lives, actions(), (life, all) => {
        for (const { cursor } of playAll(life, all)) {
          const { duration: lasts } = stepAt(life, cursor);
          if (lasts.kind === 'polls') expect(cursor.polls).toBeLessThanOrEqual(lasts.polls);
        }
      }),
      RUNS,
    );
  });

  it('its end stays the first one that it came to', () => {
    fc.assert(
      fc.property(lives, actions(), (life, all) => {
        let done: number | undefined;
        let failed: number | undefined;
        for (const { cursor, now } of playAll(life, all)) {
          if (done !== undefined) expect(cursor.done).toBe(done);
          if (failed !== undefined) expect(cursor.failed).toBe(failed);
          ({ done, failed } = cursor);
          const reached = (outcome: string) =>
            life
              .slice(0, cursor.step + 1)
              .some(({ response: says }) => 'state' in says && says.outcome === outcome);
          expect(done !== undefined).toBe(reached('done'));
          expect(failed !== undefined).toBe(reached('failed'));
          for (const end of [done, failed]) {
            if (end === undefined) continue;
            expect(end).toBeGreaterThanOrEqual(START);
            expect(end).toBeLessThanOrEqual(now);
          }
        }
      }),
      RUNS,
    );
  });

  it('equal inputs give equal outputs, and no input is written into', () => {
    fc.assert(
      fc.property(lives, actions(), (life, all) => {
        const first = playAll(life, all);
        expect(playAll(structuredClone(life), structuredClone(all))).toEqual(first);
      }),
      RUNS,
    );
  });

  it('one jump of time is the same as many small ones', () => {
    fc.assert(
      fc.property(
        lives,
        actions(),
        fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 50 }),
        (life, all, jumps, pace) => {
          const { cursor, now } = playAll(life, all, pace).at(-1) as Moment;
          let later = now;
          let small = cursor;
          for (const jump of jumps) {
            later += jump;
            small = elapse(life, small, { now: later, pace });
          }
          expect(small).toEqual(elapse(life, cursor, { now: later, pace }));
        },
      ),
      RUNS,
    );
  });

  it('a paced clock changes durations and nothing else', () => {
    fc.assert(
      fc.property(lives, actions(), fc.integer({ min: 1, max: 100 }), (life, all, pace) => {
        const stretched = life.map(
          (step): Step => ({
            ...step,
            duration:
              step.duration.kind === 'time'
                ? { kind: 'time', time: step.duration.time * pace }
                : step.duration,
            eta: step.eta && { ...step.eta, after: step.eta.after * pace },
          }),
        );
        const slow = all.map((a): Action => (a.kind === 'wait' ? { ...a, by: a.by * pace } : a));
        const long = playAll(stretched, slow, 1);
        const paced = playAll(stretched, all, pace);
        const timeless = ({ cursor: { step, polls } }: Moment) => ({ step, polls });
        expect(paced.map(timeless)).toEqual(long.map(timeless));
        const passed = (moment: number | undefined) => moment && moment - START;
        paced.forEach(({ cursor }, i) => {
          const { cursor: other, eta } = long[i] as Moment;
          for (const key of ['since', 'done', 'failed'] as const) {
            const moment = passed(other[key]);
            expect(passed(cursor[key])).toBe(moment && moment / pace);
          }
          expect(passed(paced[i]?.eta)).toBe(Math.ceil((eta - START) / pace) + 0);
        });
      }),
      RUNS,
    );
  });

  it('what a client is told is a whole millisecond, at any pace', () => {
    const paces = fc.double({ min: 0.01, max: 5000, noNaN: true });
    fc.assert(
      fc.property(lives, actions(), paces, (life, all, pace) => {
        for (const { eta, cursor } of playAll(life, all, pace)) {
          expect(Number.isInteger(eta)).toBe(true);
          expect(Number.isInteger(cursor.since)).toBe(true);
        }
      }),
      RUNS,
    );
  });
});

describe('a life of times alone', () => {
  const timed = lifeOf(time(10_000));

  it('keeps a job PENDING until its eta, whatever the number of polls', () => {
    fc.assert(
      fc.property(
        timed,
        fc.array(fc.record({ wait: fc.nat(4000), some: fc.nat(5), others: fc.nat(5) })),
        (life, visits) => {
          const reached = (count: 'some' | 'others') =>
            playAll(
              life,
              visits.flatMap((visit): Action[] => [
                { kind: 'wait', by: visit.wait },
                ...Array.from({ length: visit[count] }, (): Action => ({ kind: 'poll' })),
              ]),
            ).at(-1) as Moment;
          const settled = ({ cursor, now }: Moment) => {
            const { polls: _, ...rest } = elapse(life, cursor, { now, pace: 1 });
            return rest;
          };
          expect(settled(reached('some'))).toEqual(settled(reached('others')));
        },
      ),
      RUNS,
    );
  });

  it('tells the truth: at its end and not a millisecond before, the next step answers', () => {
    const paces = fc.double({ min: 0.01, max: 5000, noNaN: true });
    fc.assert(
      fc.property(timed, actions(), paces, (life, all, pace) => {
        const { cursor } = playAll(life, all, pace).at(-1) as Moment;
        const end = endOfStep(life, cursor, pace);
        if (end === undefined) return;
        const { eta } = stepAt(life, cursor);
        const open = stateAt(life, cursor)?.outcome === 'open';
        if (!eta && open) expect(etaAt(life, cursor, { now: end - 1, pace })).toBe(end);
        expect(poll(life, cursor, { now: end - 1, pace }).step).toBe(cursor.step);
        expect(poll(life, cursor, { now: end, pace }).step).toBeGreaterThan(cursor.step);
      }),
      RUNS,
    );
  });
});
