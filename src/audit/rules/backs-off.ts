import type { Call } from '../call.js';
import { formatLength } from '../format.js';
import { greatest, runs } from '../lists.js';
import { isMishap, isRedirect } from '../reply.js';
import { judgeAttempts, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';

/** Less growth than this is no growth: timers and jitter make up for it. */
const GROWTH = 1.2;
/** So many pauses are told. */
const TOLD = 6;

export const backsOff: Rule = {
  name: 'backs-off',
  title: 'Over failures in a row the pauses grow',
  why: 'A service that is down is not helped by everyone knocking at the same pace.',
  severity: 'warning',
  sources: [SOURCES.backoff, SOURCES.fhir, SOURCES.waiters],
  advice: 'double the pause after each failure in a row, up to a limit, with some chance in it',
  judge: (history) => {
    const wanting = 'no job failed to answer often enough in a row (without Retry-After)';
    return judgeAttempts(history, wanting, ({ pollsBeforeFinal: during }) => {
      const places = new Map(during.map((poll, i) => [poll, i]));
      const long = runs(during, isUntimed)
        .map((failures) => ({ failures, gaps: pausesAfter(failures, during, places) }))
        .filter(({ gaps }) => gaps.length >= 2);
      if (long.length === 0) return undefined;
      const wrong = long.find(({ gaps: [first = 0, ...rest] }) => greatest(rest) <= first * GROWTH);
      const message = wrong
        ? `after ${wrong.failures.length} failures in a row the pauses did not grow: ${tellGaps(wrong.gaps)}`
        : undefined;
      return { tested: long.length, message, calls: wrong?.failures ?? [] };
    });
  },
};

/** Where Retry-After gives the pause or HTTP itself none, there is nothing left to choose. */
function isUntimed({ reply, retryAt, exchange }: Call): boolean {
  return isMishap(reply) && retryAt === undefined && !isRedirect(exchange);
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
    return next ? [next.at - until] : [];
  });
}

function tellGaps(gaps: readonly number[]): string {
  return gaps.slice(0, TOLD).map(formatLength).join(', ') + (gaps.length > TOLD ? ', …' : '');
}
