import type { Duration } from '../../time/moments.js';
import type { Call } from '../call.js';
import { formatApiLength } from '../format.js';
import { greatest, growing, runs, smallest } from '../lists.js';
import { isMishap, isRedirect, MISHAPS } from '../reply.js';
import { judgePolled, type Rule } from '../rule.js';
import { LEAST_PAUSE, TIMERS } from '../waits.js';
import { SOURCES } from './sources.js';

/** Less growth than this is no growth: timers and jitter make up for it. */
const GROWTH = 1.2;
/** Whoever waits so long after each failure leaves a service alone, growing or not. A length of the API's time. */
const LONG: Duration = 30_000;
/** So many pauses are told. */
const TOLD = 6;
/**
 * Chance is part of good pauses, so a client is found only by pauses that are less likely than this of one that
 * draws each between 0 and a bound (full jitter).
 */
const UNLIKELY = 1 / 2000;
/** What is next to no pause, in the API's time: no client that means to wait makes none but such. */
const NEXT_TO_NONE: Duration = 200;
/** So long a busy machine holds up a client that means to make no pause, once in a while. */
const STALL: Duration = 400;
/** The first bound of such a client, in the API's time; it doubles with each failure. */
const FIRST_BOUND: Duration = 500;

export const backsOff: Rule = {
  name: 'backs-off',
  title: 'Over failures in a row the pauses grow',
  why: 'A service that is down is not helped by everyone knocking at the same pace, nor by pauses that grow from next to nothing to little more.',
  severity: 'warning',
  sources: [SOURCES.backoff, SOURCES.fhir, SOURCES.waiters],
  advice: 'double the pause after each failure in a row, up to a limit, with some chance in it',
  judge: (history) => {
    const wanting =
      'no job failed to answer often enough in a row (without Retry-After) to tell growing pauses from chance';
    const { pace } = history.clock;
    return judgePolled(
      history,
      wanting,
      ({ pollsBeforeFinal: during }) => {
        if (!during.some(isUntimed)) return undefined;
        const places = new Map(during.map((poll, i) => [poll, i]));
        const judged = runs(during, isUntimed)
          .map((failures) => ({ failures, gaps: pausesAfter(failures, during, places) }))
          .map((run) => ({ ...run, trend: trendAt(run.gaps, pace) }))
          .filter(({ trend }) => trend !== 'unclear');
        if (judged.length === 0) return undefined;
        const wrong = judged.find(({ trend }) => trend !== 'growing');
        const message = wrong
          ? `after ${wrong.failures.length} failures in a row ${SAYS[wrong.trend]}: ${tellGaps(wrong.gaps, pace)}`
          : undefined;
        return { tested: judged.length, message, calls: wrong?.failures ?? [] };
      },
      MISHAPS,
    );
  },
};

type Trend = 'growing' | 'level' | 'hammering' | 'unclear';

const SAYS: Record<Trend, string> = {
  hammering: 'there was next to no pause',
  level: 'the pauses did not grow',
  growing: '',
  unclear: '',
};

/** Where Retry-After gives the pause or HTTP itself none, there is nothing left to choose. */
function isUntimed(call: Call): boolean {
  return isMishap(call.reply) && call.retryAt === undefined && !isRedirect(call);
}

/** From each failure's end to the poll after it. */
function pausesAfter(
  failures: readonly Call[],
  polls: readonly Call[],
  places: ReadonlyMap<Call, number>,
): number[] {
  const from = places.get(failures[0] as Call) ?? 0;
  return failures.flatMap(({ at, endedAt: until = at }, i) => {
    const next = polls[from + i + 1];
    return next ? [Math.max(0, next.at - until)] : [];
  });
}

/**
 * In a session that is faster than its API, pauses that grow may all be shorter than the least one of their client, a
 * second of the machine or more: that they are alike then shows nothing.
 * @param gaps lengths of the machine
 */
function trendAt(gaps: readonly Duration[], pace: number): Trend {
  const trend = trendOf(gaps.map((gap) => gap * pace));
  const mayBeLeast = pace > 1 && smallest(gaps) >= LEAST_PAUSE - TIMERS;
  return trend === 'level' && mayBeLeast ? 'unclear' : trend;
}

/** @param pauses lengths of the API's time */
export function trendOf(pauses: readonly Duration[]): Trend {
  if (pauses.length < 2) return 'unclear';
  if (isHammering(pauses)) return 'hammering';
  if (smallest(pauses) >= LONG) return 'growing';
  if (isLevel(pauses)) return 'level';
  // A machine that is busy lets pauses grow from nothing to next to nothing.
  if (greatest(pauses) <= NEXT_TO_NONE) return 'unclear';
  const half = Math.ceil(pauses.length / 2);
  return mean(pauses.slice(half)) >= GROWTH * mean(pauses.slice(0, half)) ? 'growing' : 'unclear';
}

/**
 * The chance that n pauses between 0 and bounds b, 2b, 4b, … are all below m is (m/b)ⁿ / 2^(n(n-1)/2): two below
 * 15 ms, three below 80 ms and four below 200 ms are too many. That all but one of them are, whichever it is, has a
 * chance of b (2ⁿ - 1) / m times as much: two of three below 12 ms and three of four below 64 ms are too many as well.
 */
function isHammering(pauses: readonly Duration[]): boolean {
  const { length: n } = pauses;
  const [most = 0, second = 0] = growing(pauses).reverse();
  const chanceBelow = (m: Duration, many: number) =>
    many * Math.log(m) - n * Math.log(FIRST_BOUND) - ((n * (n - 1)) / 2) * Math.LN2;
  if (most <= NEXT_TO_NONE && chanceBelow(most, n) < Math.log(UNLIKELY)) return true;
  if (n < 3 || most > STALL) return false;
  const whichever = Math.log(FIRST_BOUND * (2 ** n - 1));
  return chanceBelow(second, n - 1) + whichever < Math.log(UNLIKELY);
}

/**
 * Are the pauses all alike? A pause that is drawn comes within a part r of the one before by a chance of about
 * 0.7 r, whichever way clients draw it (full, equal, decorrelated jitter), so n pauses do by (0.7 r)^(n-1). The more
 * there are, the more they may differ and still be too much alike: by 3 % of three, 21 % of five, 54 % of nine.
 */
function isLevel(pauses: readonly Duration[]): boolean {
  if (pauses.length < 3) return false;
  const alike = 1.4 * UNLIKELY ** (1 / (pauses.length - 1));
  return greatest(pauses) <= smallest(pauses) * (1 + alike);
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function tellGaps(gaps: readonly Duration[], pace: number): string {
  const told = gaps.slice(0, TOLD).map((gap) => formatApiLength(gap, { pace }));
  return told.join(', ') + (gaps.length > TOLD ? ', …' : '');
}
