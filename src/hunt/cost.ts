import type { Scenario, Step } from '../scenario/scenario.js';
import type { Duration } from '../time/moments.js';

/** No good client asks twice within a second. */
const LEAST_PAUSE: Duration = 1000;
/** Longer than most time-outs of clients. */
const SILENCE: Duration = 12_000;
/** What the API's answer takes where its bytes come slowly, or nobody listens for a while. */
const SLOW: Duration = 8000;
/** A client starts, schedules and reads its result. */
const AROUND: Duration = 1000;

/** About how long a client that waits as it is told takes for a life, in the API's time. */
export function costOf({ life, refuse }: Pick<Scenario, 'life' | 'refuse'>): Duration {
  if (refuse) return AROUND + 3 * (refuse.retryAfter?.after ?? 0) + pauseOf(refuse.fault?.name);
  const before = life[0]?.eta?.after ?? 0;
  return life.reduce(
    (sum, step, i) => sum + lengthOf(step, i === life.length - 1),
    AROUND + Math.max(0, before),
  );
}

function lengthOf(
  { response: says, duration: lasts, eta, delay }: Step,
  isLast: boolean,
): Duration {
  if (lasts.kind === 'time') return Math.max(LEAST_PAUSE, lasts.time) + delay;
  // What stays away is asked for three times.
  if (isLast) return 'answer' in says ? 4 * LEAST_PAUSE : 0;
  const polls = lasts.kind === 'polls' ? lasts.polls : 1;
  const { fault, retryAfter } =
    'answer' in says ? says.answer : { fault: undefined, retryAfter: says.retryAfter };
  const told = retryAfter?.after ?? eta?.after ?? 0;
  return polls * (Math.max(LEAST_PAUSE, told) + delay) + pauseOf(fault?.name);
}

function pauseOf(fault: string | undefined): Duration {
  if (fault === 'hang') return SILENCE;
  return fault !== undefined && ['refused', 'slow-headers', 'slow-body'].includes(fault) ? SLOW : 0;
}

/**
 * How long a command may take for a life, in the API's time. Who waits for an answer that never comes has a minute, as
 * the rule allows; who asks on for ever is stopped before it costs the budget.
 */
export function limitFor(scenario: Pick<Scenario, 'life' | 'refuse'>): Duration {
  const silent = [
    scenario.refuse,
    ...scenario.life.map(({ response: says }) => ('answer' in says ? says.answer : undefined)),
  ];
  const hangs = silent.some((answer) => answer?.fault?.name === 'hang');
  return (hangs ? 75_000 : 20_000) + 2 * costOf(scenario);
}
