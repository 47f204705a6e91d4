import type { Duration, Moment, SessionTime } from '../time/moments.js';
import type { Eta, Scenario, Step } from './scenario.js';

/**
 * Where a job stands in its life. Everything else about its state follows from it and the time:
 * nothing ticks. Cursors are values; each function returns a new one.
 */
export interface Cursor {
  /** Index of the present step. */
  readonly step: number;
  /** When the job was scheduled. */
  readonly start: Moment;
  /** When the present step began. */
  readonly since: Moment;
  /** When each step before it began, in their order. */
  readonly left: readonly Moment[];
  /** Polls answered in the present step. */
  readonly polls: number;
  /** When a second open state was first entered: the job was taken out of the queue. */
  readonly begun: Moment | undefined;
  /** When a state with the outcome `done` was first entered. */
  readonly done: Moment | undefined;
  /** When a state with the outcome `failed` was first entered. */
  readonly failed: Moment | undefined;
  /** When a state with the outcome `cancelled` was first entered. */
  readonly cancelled: Moment | undefined;
}

export type Life = Scenario['life'];

/** Told after each answer of a step that names no eta and whose end no clock knows. */
export const DEFAULT_ETA: Duration = 3000;

/** Shared by all jobs that have left no step yet. */
const NO_STEPS: readonly Moment[] = [];

export function begin(life: Life, at: Moment): Cursor {
  const none = { begun: undefined, done: undefined, failed: undefined, cancelled: undefined };
  return enter(life, { start: at, left: NO_STEPS, ...none }, 0, at);
}

/** Leaves behind every step whose time has run out. */
export function elapse(life: Life, cursor: Cursor, { now, pace }: SessionTime): Cursor {
  let here = cursor;
  for (let ends = endOfStep(life, here, pace); ends !== undefined && ends <= now; ) {
    here = next(life, here, ends);
    ends = endOfStep(life, here, pace);
  }
  return here;
}

/**
 * Counts a poll. A step of `n polls` answers n of them and ends when the next one comes: what the
 * client has been told stays true in between.
 */
export function poll(life: Life, cursor: Cursor, time: SessionTime): Cursor {
  let here = elapse(life, cursor, time);
  const { duration: lasts } = stepAt(life, here);
  if (lasts.kind === 'polls' && here.polls >= lasts.polls && hasNext(life, here)) {
    here = next(life, here, time.now);
  }
  return countedTo(here, here.polls + 1);
}

/** The cursor with so many polls answered in its step. Field by field: V8 takes ten times as long to spread an object. */
export function countedTo(cursor: Cursor, polls: number): Cursor {
  const { step, start, since, left, begun, done, failed, cancelled } = cursor;
  return { step, start, since, left, polls, begun, done, failed, cancelled };
}

/** Moves on from a step that lasts until released; undefined when the job waits for no release. */
export function release(life: Life, cursor: Cursor, time: SessionTime): Cursor | undefined {
  const here = elapse(life, cursor, time);
  if (stepAt(life, here).duration.kind !== 'released' || !hasNext(life, here)) return undefined;
  return next(life, here, time.now);
}

/**
 * Leaves a life before its end: what was lived stays, and other steps follow from now on. Steps keep their numbers,
 * so that what waits for the end of one does not take a new one for it.
 * @param life and cursor as they stand now, see {@link elapse}
 */
export function leave(
  life: Life,
  cursor: Cursor,
  steps: Life,
  at: Moment,
): { life: Life; cursor: Cursor } {
  const left = [...life.slice(0, cursor.step + 1), ...steps];
  return { life: left, cursor: next(left, cursor, at) };
}

/** The same for good: what it comes to now is no work on it. */
export function divert(
  life: Life,
  cursor: Cursor,
  steps: Life,
  at: Moment,
): { life: Life; cursor: Cursor } {
  const diverted = leave(life, cursor, steps, at);
  return { ...diverted, cursor: { ...diverted.cursor, begun: startedAt(life, cursor) } };
}

/** When the job came to its end; undefined while it is open. */
export function endedAt({ done, failed, cancelled }: Cursor): Moment | undefined {
  return done ?? failed ?? cancelled;
}

/**
 * When the present step ends by time alone; undefined when it does not, or is the last. Moments are
 * told in whole milliseconds, so a step ends at one, whatever the pace.
 */
export function endOfStep(life: Life, cursor: Cursor, pace: number): Moment | undefined {
  const { duration: lasts } = stepAt(life, cursor);
  if (lasts.kind !== 'time' || !hasNext(life, cursor)) return undefined;
  return Math.ceil(cursor.since + lasts.time / pace);
}

/** RFC 3339 §5.6: a year has four digits. A day of room, for offsets from UTC. */
const FIRST_TOLD: Moment = Date.parse('0001-01-02T00:00:00Z');
const LAST_TOLD: Moment = Date.parse('9999-12-31T00:00:00Z');

/** The moment the client is told to come back at: one that a date-time can spell, however long the life. */
export function etaAt(life: Life, cursor: Cursor, time: SessionTime): Moment {
  return tellable(trueEta(life, cursor, time));
}

/** The moment itself, or the nearest one that can be told. */
export function tellable(moment: Moment): Moment {
  return Math.min(LAST_TOLD, Math.max(FIRST_TOLD, moment));
}

function trueEta(life: Life, cursor: Cursor, time: SessionTime): Moment {
  const step = stepAt(life, cursor);
  if (step.eta) return etaMoment(step.eta, cursor.start, time);
  if ('state' in step.response && step.response.outcome !== 'open') return cursor.since;
  return endOfStep(life, cursor, time.pace) ?? Math.ceil(time.now + DEFAULT_ETA / time.pace);
}

/** Is the last that a client is told an open state, so that nothing but its own patience ends its polling? */
export function staysOpen(life: Life): boolean {
  const last = life.at(-1)?.response;
  return last !== undefined && 'state' in last && last.outcome === 'open';
}

/**
 * The steps that a good client is answered in unless its scenario says otherwise: all up to the first end. A first
 * state that lasts as long as the answer to the request says is not among them: who waits for its eta polls first
 * when it is over.
 */
export function usuallyMet(life: Life): number[] {
  const end = life.findIndex(({ response: says }) => 'state' in says && says.outcome !== 'open');
  const [first] = life;
  const begins = first && isWaitedOut(first) ? 1 : 0;
  return [...life.keys()].slice(begins, end === -1 ? life.length : end + 1);
}

function isWaitedOut({ response: says, duration: lasts, eta }: Step): boolean {
  if (!('state' in says) || says.outcome !== 'open' || lasts.kind !== 'time') return false;
  return eta === undefined || eta.after >= lasts.time;
}

/**
 * When the work on a job began: when it left the first of several open states; where its life has one alone, when it
 * was scheduled. Undefined while it waits in the first.
 */
export function startedAt(life: Life, { begun, start }: Cursor): Moment | undefined {
  return begun ?? (hasStarted(life, 0) ? start : undefined);
}

/** Has the work on a job begun that has come to a step of its life? */
export function hasStarted(life: Life, step: number): boolean {
  const later = life.findIndex((_, i) => isLaterState(life, i));
  return later === -1 || later <= step;
}

export function stepAt(life: Life, cursor: Cursor): Step {
  return life[cursor.step] as Step;
}

/**
 * The state a job is in: that of its step, or, while an answer stands in the state's place, the last
 * one before it. Undefined before the first state.
 */
export function stateAt(life: Life, cursor: Pick<Cursor, 'step'>) {
  for (let i = cursor.step; i >= 0; i -= 1) {
    const { response: says } = life[i] as Step;
    if ('state' in says) return says;
  }
  return undefined;
}

function etaMoment(eta: Eta, start: Moment, { now, pace }: SessionTime): Moment {
  return Math.ceil((eta.from === 'start' ? start : now) + eta.after / pace);
}

function hasNext(life: Life, cursor: Cursor): boolean {
  return cursor.step < life.length - 1;
}

function next(life: Life, cursor: Cursor, at: Moment): Cursor {
  const { start, since, left, begun, done, failed, cancelled } = cursor;
  const before = { start, left: [...left, since], begun, done, failed, cancelled };
  return enter(life, before, cursor.step + 1, at);
}

/** Is this an open state other than the one that the life begins with? */
function isLaterState(life: Life, step: number): boolean {
  const first = firstOpen(life);
  const says = life[step]?.response;
  if (first === undefined || says === undefined || !('state' in says)) return false;
  return says.outcome === 'open' && says.state !== first;
}

function firstOpen(life: Life): string | undefined {
  for (const { response: says } of life) {
    if ('state' in says && says.outcome === 'open') return says.state;
  }
  return undefined;
}

function enter(
  life: Life,
  { start, left, begun, done, failed, cancelled }: Omit<Cursor, 'step' | 'since' | 'polls'>,
  step: number,
  at: Moment,
): Cursor {
  const says = life[step]?.response;
  const outcome = says && 'state' in says ? says.outcome : 'open';
  return {
    step,
    start,
    since: at,
    left,
    polls: 0,
    begun: begun ?? (isLaterState(life, step) ? at : undefined),
    done: done ?? (outcome === 'done' ? at : undefined),
    failed: failed ?? (outcome === 'failed' ? at : undefined),
    cancelled: cancelled ?? (outcome === 'cancelled' ? at : undefined),
  };
}
