import { formatLength } from '../../audit/format.js';
import { DEFAULT_ETA } from '../../scenario/play.js';
import type { Scenario, Step } from '../../scenario/scenario.js';
import type { Duration } from '../../time/moments.js';

/** No good client asks twice within a second. */
const LEAST_PAUSE: Duration = 1000;

/**
 * How long a client that keeps to every eta takes at the least for these scenarios at a pace: what it must
 * wait for, without the time that it needs to start, and without its own patience where a job never ends.
 */
export function leastTime(
  scenarios: readonly Pick<Scenario, 'life' | 'meets'>[],
  pace: number,
): Duration {
  const each = scenarios.map(({ life, meets }) => {
    const last = Math.max(-1, ...meets);
    return life.slice(0, last + 1).reduce((sum, step, i) => sum + lengthOf(step, i === last), 0);
  });
  return each.reduce((sum, time) => sum + time, 0) / pace;
}

/** A last step is met by coming to it. */
function lengthOf({ response: says, duration: lasts, eta, delay }: Step, isLast: boolean) {
  if (lasts.kind === 'time') return lasts.time;
  if (lasts.kind !== 'polls' || isLast) return delay;
  const { retryAfter } = 'answer' in says ? says.answer : says;
  const pause = retryAfter?.after ?? (eta?.from === 'answer' ? eta.after : DEFAULT_ETA);
  return lasts.polls * (Math.max(pause, LEAST_PAUSE) + delay);
}

/** `at the API's own times, 1.5 min or more`; where nothing has to be waited for, no time is told. */
export function tellPace(scenarios: readonly Scenario[], pace: number, rate = 1): string {
  const how =
    rate !== 1
      ? `in time that runs ${rate} times as fast`
      : pace === 1
        ? "at the API's own times"
        : `${pace} times as fast as the API`;
  const least = leastTime(scenarios, pace * rate);
  return least > 0 ? `${how}, ${formatLength(least)} or more` : how;
}
