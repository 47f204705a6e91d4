import type { Duration } from '../time/moments.js';
import type { Call } from './call.js';
import type { JobAttempt } from './job-attempt.js';
import { greatest, growing, pairs, smallest } from './lists.js';
import { isMishap, isRedirect } from './reply.js';

/**
 * A poll before which an eta lay ahead, so that a client had to wait for it. Lengths are those of the session's
 * clock, from when the answer before had come.
 */
export interface Wait {
  attempt: JobAttempt;
  poll: Call;
  /** The wait that the newest eta asked for. */
  asked: Duration;
  /** The pause that the client made. */
  taken: Duration;
  /** How long the answer before had taken: by so much a timer that does not wait for answers began earlier. */
  answered: Duration;
  /** The first poll of its job. */
  first: boolean;
}

/** What a session's pauses say about its client. */
export interface Pacing {
  /** The pauses are the same although eta asked for different ones, so none of them shows anything. */
  equal: boolean;
  /** Waits whose pause shows that the client goes by eta: another pause would have been wrong. */
  tested: readonly Wait[];
  /** Equal pauses where eta asked for different ones, some of them wrong or without a reason. */
  fixed: readonly Wait[];
}

/** A shorter wait is none: timers and the way to the server take as long. Milliseconds of the machine. */
const NO_WAIT: Duration = 50;
/** Timers come late by about as much, whatever the pace. Milliseconds of the machine. */
export const TIMERS: Duration = 25;

/** A poll so soon after its moment has come because of it: milliseconds of the API, or a part of the wait. */
const SOON = { time: 500, part: 0.1 };
/** Who rounds a wait up to whole seconds comes later by less than this. */
const ROUNDING: Duration = 1000;
/** Two waits that differ by less than this are the same to a client that rounds or adds some chance. */
const UNEQUAL = { time: 500, part: 0.25 };
/** Pauses of one length, give or take what timers and answers take. */
const EQUAL = { time: 250, part: 0.1 };

/** A client's least pause that is not divided by the pace: nobody is kept waiting by it. Milliseconds of the machine. */
export const LEAST_PAUSE: Duration = 1000;

/** Several rules ask for the waits of the same attempts. */
const FOUND = new WeakMap<readonly JobAttempt[], readonly Wait[]>();

/** The polls that had to wait for an eta, job by job. */
export function waitsOf(attempts: readonly JobAttempt[]): readonly Wait[] {
  const known = FOUND.get(attempts);
  if (known) return known;
  const waits: Wait[] = [];
  for (const attempt of attempts) {
    let before = attempt.submission;
    for (const poll of attempt.pollsBeforeFinal) {
      const wait = waitBetween(attempt, before, poll);
      if (wait) waits.push(wait);
      before = poll;
    }
  }
  FOUND.set(attempts, waits);
  return waits;
}

function waitBetween(attempt: JobAttempt, before: Call, poll: Call): Wait | undefined {
  const { etaAtRequest: known } = poll;
  const { at, endedAt: until = at } = before;
  if (known === undefined) return undefined;
  const asked = known.eta - until;
  if (asked <= NO_WAIT || before.endedMono > poll.startedMono) return undefined;
  // It waits at the server's, so its coming shows nothing.
  if (poll.held) return undefined;
  const first = before === attempt.submission;
  if (!first && !leavesEtaInForce(before)) return undefined;
  return { attempt, poll, asked, taken: poll.at - until, answered: until - at, first };
}

/** Neither a pause of the client's own, after a mishap, nor another moment takes the place of the eta. */
function leavesEtaInForce(call: Call): boolean {
  return !isMishap(call.reply) && !isRedirect(call) && call.retryAt === undefined;
}

/** By how much a poll came after its moment; less than 0: before it. */
export function lateness({ asked, taken }: Pick<Wait, 'asked' | 'taken'>): Duration {
  return taken - asked;
}

/**
 * Has a poll come at its moment, so that it came because of it? One that comes before it has its own rule. Of a
 * short wait no more than half as much again is soon: a pause of one second after an eta of 0.6 s shows nothing.
 */
export function isSoon(wait: Pick<Wait, 'asked' | 'taken'>, pace: number): boolean {
  const { asked } = wait;
  const soon = Math.min(Math.max(SOON.time / pace, SOON.part * asked), asked / 2);
  return lateness(wait) <= Math.max(TIMERS, soon);
}

/**
 * What the pauses of a session say, all its jobs taken together.
 * @param allowed to come early by, for each job
 */
export function readPacing(
  waits: readonly Wait[],
  allowed: (one: JobAttempt) => Duration,
  pace: number,
): Pacing {
  const equal = equalPauses(waits, pace);
  if (equal.length > 0) {
    const isOff = (wait: Wait) =>
      isEarly(wait, allowed) || (!isSoon(wait, pace) && lateness(wait) > ROUNDING / pace + TIMERS);
    return { equal: true, tested: [], fixed: equal.some(isOff) ? equal : [] };
  }
  const timely = waits.filter((wait) => !isEarly(wait, allowed));
  const tested = follows(timely, pace) ? timely : soonOnes(timely, pace);
  return { equal: false, tested, fixed: [] };
}

/** Did a poll come before its eta, by more than is allowed? */
export function isEarly(wait: Wait, allowed: (one: JobAttempt) => Duration): boolean {
  return lateness(wait) < -allowed(wait.attempt);
}

/**
 * The waits, if their pauses are equal while what eta asked for is not: all of them, or those between polls, since
 * many clients make another pause before the first one. If that one was longer because eta said so, the others are
 * a least pause. A timer that does not wait for answers counts from request to request.
 */
function equalPauses(waits: readonly Wait[], pace: number): readonly Wait[] {
  const between = waits.filter(({ first }) => !first);
  const isEqualPause = (some: readonly Wait[]) => {
    const isFixed = (since: (wait: Wait) => Duration) =>
      isUnequal(askedOf(some, since), pace) && isEqual(takenOf(some, since), pace);
    return isFixed(() => 0) || isFixed(({ answered }) => answered);
  };
  if (isEqualPause(waits)) return waits;
  const longest = greatest(between.map(({ taken }) => taken));
  const waitedLonger = waits.some(
    (wait) =>
      wait.first && wait.asked > longest && isSoon(wait, pace) && lateness(wait) >= -NO_WAIT,
  );
  return isEqualPause(between) && !waitedLonger ? between : [];
}

/**
 * In a session that is faster than its API: is a pause the least that this client makes, a second of the machine at
 * least, and too long only because the client does not divide it by the pace? At pace 20 an undivided second is as
 * long as an eta of 20 s, and no sign that the client waits for one.
 */
export function leastUndivided(waits: readonly Wait[], pace: number): (wait: Wait) => boolean {
  const least = smallest(waits.map(({ taken }) => taken));
  if (pace <= 1 || least < LEAST_PAUSE - TIMERS) return () => false;
  return ({ asked, taken }) =>
    taken > asked && taken - least <= Math.max(EQUAL.part * least, TIMERS);
}

type Lengths = readonly Duration[];

function askedOf(waits: readonly Wait[], more: (wait: Wait) => Duration = () => 0): Lengths {
  return waits.map((wait) => wait.asked + more(wait));
}

function takenOf(waits: readonly Wait[], more: (wait: Wait) => Duration = () => 0): Lengths {
  return waits.map((wait) => wait.taken + more(wait));
}

function isUnequal(asked: Lengths, pace: number, least: Duration = UNEQUAL.time): boolean {
  if (asked.length < 2) return false;
  const shortest = smallest(asked);
  const apart = greatest(asked) - shortest;
  return apart > Math.max(least / pace, UNEQUAL.part * shortest, 2 * TIMERS);
}

/** Of many pauses a tenth at either end may be those of a busy machine. */
function isEqual(taken: Lengths, pace: number): boolean {
  const outliers = Math.floor(taken.length / 10);
  const usual = growing(taken).subarray(outliers, taken.length - outliers);
  const [least = 0] = usual;
  return (usual.at(-1) ?? 0) - least <= Math.max(EQUAL.time / pace, EQUAL.part * least, TIMERS);
}

/**
 * Do the pauses change as the waits do? Each comes within the second that rounding takes, or is late by about as
 * much as the others: then three are needed, and not in growing order, which a growing pause would meet as well.
 */
function follows(waits: readonly Wait[], pace: number): boolean {
  const asked = askedOf(waits);
  if (!isUnequal(asked, pace, 2 * ROUNDING)) return false;
  const late = waits.map(lateness);
  const spread = greatest(late) - smallest(late);
  if (spread > (greatest(asked) - smallest(asked)) / 4) return false;
  if (greatest(late) <= ROUNDING / pace + TIMERS) return true;
  return waits.length > 2 && pairs(inOrder(waits)).some(([one, next]) => next.asked < one.asked);
}

function inOrder(waits: readonly Wait[]): Wait[] {
  return waits.toSorted((a, b) => a.poll.startedMono - b.poll.startedMono);
}

/**
 * The polls that came at their moment, unless by chance: they are most of all, or the others come after a least
 * pause of the client's own, shorter than any wait that it met.
 */
function soonOnes(waits: readonly Wait[], pace: number): Wait[] {
  const soon = waits.filter((wait) => isSoon(wait, pace));
  const others = waits.filter((wait) => !isSoon(wait, pace));
  if (soon.length > others.length) return soon;
  const own = greatest(others.map(({ taken }) => taken));
  const isLeast = isEqual(takenOf(others), pace) && soon.every(({ taken }) => taken > own + TIMERS);
  return isLeast ? soon : [];
}
