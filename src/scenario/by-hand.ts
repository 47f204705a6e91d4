import type { Duration, SessionTime } from '../time/moments.js';
import { type Cursor, type Life, stepAt } from './play.js';
import type { State, Step } from './scenario.js';

/** How a person plays a job: its life is what it has lived, what the person wants next, and then the rest. */
export interface ByHand {
  /** What it lives once it is let go, with what was left of the step that it was held in; empty: nothing more. */
  readonly rest: Life;
  /** How the steps went that a person has ended. */
  readonly left: readonly LeftStep[];
  /** Its progress when a person last did something, from 0 to 1: less is never told. */
  readonly progress: number;
}

/** A step that did not last as long as its life says. */
export interface LeftStep {
  /** Its index. */
  step: number;
  /** Polls that it has answered. */
  polls: number;
  /** How long it lasted, in the API's time. */
  time: Duration;
  /** How long after the job's start it began, in the API's time. */
  began: Duration;
}

/** Is a job in a step that a person has given it, with more to live when it is let go? */
export function isHeld(
  life: Life,
  { step }: Pick<Cursor, 'step'>,
  byHand: ByHand | undefined,
): boolean {
  if (!byHand || byHand.rest.length === 0) return false;
  return step < life.length - byHand.rest.length;
}

/** How the present step went, if it is left now. */
export function leftStep(
  { step, polls, since, start }: Cursor,
  { now, pace }: SessionTime,
): LeftStep {
  const length = (time: Duration) => Math.round(time * pace);
  return { step, polls, time: length(now - since), began: length(since - start) };
}

/** What is left of a life: of its present step as much as has not been lived yet, and the steps behind it. */
export function restOf(life: Life, cursor: Cursor, time: SessionTime): Life {
  const present = stepAt(life, cursor);
  const later = life.slice(cursor.step + 1);
  if (later.length === 0) return [present];
  const { polls, time: gone } = leftStep(cursor, time);
  const { duration: lasts } = present;
  if (lasts.kind === 'released') return later;
  if (lasts.kind === 'polls') {
    const more = lasts.polls - polls;
    return more > 0 ? [{ ...present, duration: { kind: 'polls', polls: more } }, ...later] : later;
  }
  if (lasts.kind !== 'time') return [present, ...later];
  const more = Math.max(1, lasts.time - gone);
  return [{ ...present, duration: { kind: 'time', time: more } }, ...later];
}

/** The step as it is while a person holds it. */
export function heldStep(step: Step): Step {
  const { token: _, ...rest } = step;
  return { ...rest, duration: { kind: 'released' } };
}

/** A step that says a state and nothing more, until a person says otherwise. */
export function heldState(state: State): Step {
  return {
    response: state,
    duration: { kind: 'released' },
    eta: undefined,
    delay: 0,
    offContract: false,
    line: 0,
  };
}

/**
 * The steps that a person wants, and what stands behind them: a job that has not come to an end is held in the state
 * that it was in, one that has stays there.
 * @param steps as a person gave them; only the last may say `ever`, which means: until I say otherwise
 * @param now the state that the job is in
 */
export function playedSteps(steps: Life, now: State): Life {
  const last = steps.at(-1);
  if (!last) return [];
  const forEver = last.duration.kind === 'ever';
  if (forEver && 'state' in last.response) {
    return isOpen(last.response) ? [...steps.slice(0, -1), heldStep(last)] : steps;
  }
  const before = steps.slice(0, -1);
  // An answer in the place of a state is given once, unless it says how long it lasts.
  const once: Step = forEver ? { ...last, duration: { kind: 'polls', polls: 1 } } : last;
  const end = steps.map(({ response: says }) => says).findLast(isEnd);
  return [...before, once, end ? { ...heldState(end), duration: { kind: 'ever' } } : back(now)];
}

function back(now: State): Step {
  return isOpen(now) ? heldState(now) : { ...heldState(now), duration: { kind: 'ever' } };
}

function isEnd(says: Step['response']): says is State {
  return 'state' in says && !isOpen(says);
}

function isOpen({ outcome }: State): boolean {
  return outcome === 'open';
}
