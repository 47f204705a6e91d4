import { FAULTS } from '../../src/faults/index.js';
import { begin, type Cursor, etaAt, poll, release, stepAt } from '../../src/scenario/play.js';
import type { Answer, Scenario } from '../../src/scenario/scenario.js';
import type { Duration, Moment } from '../../src/time/moments.js';

/** How a client spends its time between two requests: it is given what it knows, and says when it asks next. */
export type Manner = (known: Known) => Moment;

interface Known {
  now: Moment;
  /** The newest eta that it could read. */
  eta: Moment;
  /** As the latest answer says in `Retry-After`. */
  retryAt: Moment | undefined;
}

/** One poll of a simulated client; times count from the answer that scheduled. */
export interface SimulatedPoll {
  at: Moment;
  /** Index of the step that answered it. */
  step: number;
  /** The newest eta that the client had been told before, and when. */
  told: { eta: Moment; at: Moment };
}

/** A pause of one's own, where nothing says how long to wait. */
const OWN_PAUSE: Duration = 1000;
/** How long a request is waited for, and how long a job. */
const TIMEOUT: Duration = 10_000;
const PATIENCE: Duration = 900_000;
/** So many 404, 401 in a row, and the client stops. */
const TRIES = 3;
/** After so many polls of a step that waits for its release somebody releases it. */
const RELEASED_AFTER = 3;

/** Waits for each eta and each Retry-After, and never asks twice within a second. */
export const waiting: Manner = ({ now, eta, retryAt = 0 }) =>
  Math.max(eta > now ? eta : now + OWN_PAUSE, retryAt);

/** Pauses as long whatever it is told. */
export const everyMs =
  (pause: Duration): Manner =>
  ({ now }) =>
    now + pause;

/** The polls of a client with this manner in a scenario, to the end that a good client makes of it. */
export function simulate({ life, refuse }: Scenario, manner: Manner): SimulatedPoll[] {
  if (refuse) return [];
  let cursor = begin(life, 0);
  const time = (now: Moment) => ({ now, pace: 1 });
  let told = { eta: etaAt(life, cursor, time(0)), at: 0 };
  let known: Known = { now: 0, eta: told.eta, retryAt: undefined };
  const polls: SimulatedPoll[] = [];
  for (let inVain = 0; inVain < TRIES && known.now < PATIENCE; ) {
    const at = manner(known);
    cursor = released(life, poll(life, cursor, time(at)), at);
    const { response: says, delay } = stepAt(life, cursor);
    polls.push({ at, step: cursor.step, told });
    if (isEnd(says)) return polls;
    inVain = isInVain(says) ? inVain + 1 : 0;
    const now = at + (hangs(says) ? TIMEOUT : delay);
    if (tellsEta(says)) told = { eta: etaAt(life, cursor, time(at)), at: now };
    const wanted = 'answer' in says ? says.answer.retryAfter : undefined;
    known = { now, eta: told.eta, retryAt: wanted && at + wanted.after };
  }
  return polls;
}

function released(life: Scenario['life'], cursor: Cursor, now: Moment): Cursor {
  if (cursor.polls < RELEASED_AFTER) return cursor;
  return release(life, cursor, { now, pace: 1 }) ?? cursor;
}

type Said = Scenario['life'][number]['response'];

/** A final state, or an answer after which a good client stops at once. */
function isEnd(says: Said): boolean {
  return 'state' in says ? says.outcome !== 'open' : [400, 403].includes(says.answer.http);
}

function isInVain(says: Said): boolean {
  return 'answer' in says && [401, 404].includes(says.answer.http);
}

function hangs(says: Said): boolean {
  return 'answer' in says && says.answer.fault?.name === 'hang';
}

/** A state does, and a fault that leaves it readable. */
function tellsEta(says: Said): boolean {
  if ('state' in says) return true;
  const { fault, http }: Answer = says.answer;
  return fault !== undefined && http === 0 && FAULTS[fault.name].read === 'yes';
}
