import type { Duration } from '../../time/moments.js';
import type { Call } from '../call.js';
import { formatApiLength, formatCount } from '../format.js';
import type { History } from '../history.js';
import { greatest } from '../lists.js';
import { type Allowed, type Breach, type Judgement, judgePolled, type Rule } from '../rule.js';
import {
  isEarly,
  LEAST_PAUSE,
  lateness,
  type Pacing,
  readPacing,
  type Wait,
  waitsOf,
} from '../waits.js';
import { etaIsAHint } from './eta-is-a-hint.js';
import { SOURCES } from './sources.js';

/** So many waits are told. */
const TOLD = 4;
/**
 * A result that is read later than this is read much too late: by ten seconds of the API's time, after which
 * people turn to something else, and by twice the wait that eta asked for.
 */
const MUCH_TOO_LATE = { time: 10_000, part: 2 };

export const NOBODY_CAN_TELL = 'so nobody can tell whether the client reads eta';
const LONGER = `every pause was longer than eta asked for, ${NOBODY_CAN_TELL}`;
const EQUAL = `every pause was the same, and none was wrong, ${NOBODY_CAN_TELL}`;

export const etaRespected: Rule = {
  name: 'eta-respected',
  title: 'No poll comes before the newest eta',
  why: 'Before `eta` the answer can only be "not yet": a poll that comes earlier is work for the service and no news for the client. A pause that is the same whatever eta says comes too early for one job and too late for the next.',
  severity: 'error',
  sources: [SOURCES.sequence],
  advice: 'read eta from each answer and wait until that moment before the next poll',
  allowance: { kind: 'duration', usual: 50, means: 'to come early by' },
  judge: (history, allowed) => {
    if (history.api.eta === 'hint') return etaIsAHint();
    const waits = waitsOf(history.polled);
    const pacing = readPacing(waits, allowed, history.clock.pace);
    const judgement = judgeEarly(history, allowed, pacing);
    const fixed = fixedPauses(pacing, allowed, history.clock.pace);
    if (fixed) judgement.breaches.push(fixed);
    if (waits.length > 0) judgement.wanting = pacing.equal ? EQUAL : LONGER;
    return judgement;
  },
};

function judgeEarly(history: History, allowed: Allowed, { tested }: Pacing): Judgement {
  const timely = new Set(tested.map(({ poll }) => poll));
  return judgePolled(history, 'no poll came after an eta that lay ahead', (one) => {
    const slack = allowed(one);
    const early: Call[] = [];
    let told = 0;
    let shown = 0;
    for (const poll of one.pollsBeforeFinal) {
      // A long poll comes early on purpose: the server holds it until there is news.
      if (poll.etaAtRequest === undefined || poll.held) continue;
      told += 1;
      if (lead(poll) > slack) early.push(poll);
      if (timely.has(poll)) shown += 1;
    }
    if (shown + early.length === 0) return undefined;
    const message = () =>
      `${early.length} of ${formatCount(told, 'poll')} came before the newest eta, by up to ${formatApiLength(greatest(early.map(lead)), history.clock)}`;
    return {
      tested: shown + early.length,
      message: early.length > 0 ? message : undefined,
      calls: early,
    };
  });
}

/** How much too early a poll came. */
function lead({ at, etaAtRequest: known }: Call): Duration {
  return known === undefined ? 0 : known.eta - at;
}

/** An error where somebody had a disadvantage by it, else a note. */
function fixedPauses({ fixed }: Pacing, allowed: Allowed, pace: number): Breach | undefined {
  const [any] = fixed;
  if (!any) return undefined;
  const harmed = fixed.some((wait) => isEarly(wait, allowed) || isMuchTooLate(wait, pace));
  const same = fixed.every(({ attempt }) => attempt === any.attempt);
  return {
    case: same ? any.attempt : undefined,
    severity: harmed ? 'error' : 'note',
    message: `its pauses do not follow eta: ${tellPause(fixed, pace)} each time, where eta asked for ${tellAsked(fixed, pace)}`,
    calls: fixed.map(({ poll }) => poll),
  };
}

function isMuchTooLate(wait: Wait, pace: number): boolean {
  const { attempt, poll, asked } = wait;
  if (poll !== attempt.finalPoll) return false;
  const { time, part } = MUCH_TOO_LATE;
  return lateness(wait) > Math.max(time / pace, part * asked, LEAST_PAUSE);
}

/** The pause in the middle, to a tenth of a second: `3.0 s`. */
function tellPause(fixed: readonly Wait[], pace: number): string {
  const taken = fixed.map((wait) => wait.taken).toSorted((a, b) => a - b);
  return formatApiLength(taken[Math.floor(taken.length / 2)] ?? 0, { pace });
}

/** `2.3 s, 12.6 s and 4.4 s`. */
function tellAsked(fixed: readonly Wait[], pace: number): string {
  const told = [...new Set(fixed.map(({ asked }) => formatApiLength(asked, { pace })))];
  if (told.length > TOLD) return `${told.slice(0, TOLD).join(', ')}, …`;
  return `${told.slice(0, -1).join(', ')} and ${told.at(-1)}`;
}
