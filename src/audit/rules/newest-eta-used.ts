import type { Duration, Moment } from '../../time/moments.js';
import type { Call, KnownEta } from '../call.js';
import { formatClockTime, formatCount } from '../format.js';
import { judgePolled, type Rule } from '../rule.js';
import { isSoon, leastUndivided, readPacing, type Wait, waitsOf } from '../waits.js';
import { etaIsAHint } from './eta-is-a-hint.js';
import { SOURCES } from './sources.js';

/** A wait that is longer by less is not worth a word. */
const LATE: Duration = 5000;
/** A poll that is no further away from a moment was meant for it. */
const ALMOST: Duration = 500;
/** Clients whose eta is past make a pause of their own of about this length. */
const OWN_PAUSE: Duration = 1000;

export const newestEtaUsed: Rule = {
  name: 'newest-eta-used',
  title: 'When an answer moves the eta, the client goes by the new one',
  why: 'Each answer of an open job tells an eta of its own. A client that keeps the first one comes too early or too late.',
  severity: 'error',
  sources: [SOURCES.sequence],
  advice:
    'replace the eta that you wait for with the one of the latest answer, be it later or sooner',
  allowance: { kind: 'duration', usual: 50, means: 'to depart from the new eta by' },
  judge: (history, allowed) => {
    if (history.api.eta === 'hint') return etaIsAHint();
    const { pace } = history.clock;
    const anyMoved = history.polled.some((one) =>
      one.pollsBeforeFinal.some((poll) => hasMoved(poll, allowed(one))),
    );
    if (!anyMoved) {
      return { tested: 0, breaches: [], wanting: 'no answer moved the eta of an earlier one' };
    }
    const waits = waitsOf(history.polled);
    const { tested } = readPacing(waits, allowed, pace);
    const byPoll = new Map(waits.map((wait) => [wait.poll, wait]));
    const isOwnLeast = leastUndivided(waits, pace);
    const told = new Set(tested.filter((wait) => isTelling(wait, pace)).map(({ poll }) => poll));
    const wanting = 'no pause shows whether the client goes by a new eta or by an older one';
    return judgePolled(history, wanting, (one) => {
      const slack = allowed(one);
      const moved = one.pollsBeforeFinal.filter((poll) => hasMoved(poll, slack));
      if (moved.length === 0) return undefined;
      const wrong = moved.filter((poll) => {
        const wait = byPoll.get(poll);
        return goesByFormer(poll, wait, slack, pace) && !(wait && isOwnLeast(wait));
      });
      const shown = wrong.length + moved.filter((poll) => told.has(poll)).length;
      if (shown === 0) return undefined;
      const [first] = wrong;
      const message = first
        ? () =>
            `${wrong.length} of ${formatCount(moved.length, 'poll')} did not go by the newest eta: ${tellFirst(first)}`
        : undefined;
      return { tested: shown, message, calls: wrong };
    });
  },
};

/** The new eta is another moment. */
function hasMoved(
  { etaAtRequest: known, previousEta: former, exchange }: Call,
  allowed: number,
): boolean {
  if (!known || !former || exchange.heldFrom !== undefined) return false;
  return Math.abs(known.eta - former.eta) > allowed;
}

/** It comes well before the new eta, or when the wait of the older one is over. */
function goesByFormer(
  { at, etaAtRequest: known, previousEta: former }: Call,
  wait: Wait | undefined,
  allowed: number,
  pace: number,
): boolean {
  if (!known || !former) return false;
  const lead = known.eta - at;
  // Who comes a moment too early, by a clock that is ahead, goes by the new eta all the same.
  if (lead > allowed) return !wait || lead > ALMOST / pace || isSoonAfter(former.eta, at, pace);
  if (!wait) return false;
  return formerWaits(wait, known, former).some(
    (asked) =>
      asked > wait.asked + LATE / pace &&
      wait.taken >= asked - allowed &&
      isSoon({ ...wait, asked }, pace),
  );
}

function isSoonAfter(moment: Moment, at: Moment, pace: number): boolean {
  return at >= moment && at - moment <= ALMOST / pace;
}

/** A client that went by the older eta, by its moment or by its length, would have come at another time. */
function isTelling(wait: Wait, pace: number): boolean {
  const { etaAtRequest: known, previousEta: former } = wait.poll;
  if (!known || !former) return false;
  return formerWaits(wait, known, former).every((asked) => {
    const older = { asked: Math.max(asked, OWN_PAUSE / pace), taken: wait.taken };
    return older.asked > wait.taken || !isSoon(older, pace);
  });
}

/** What the older eta asks for from here on, and what it asked for when it was told. */
function formerWaits({ asked }: Wait, known: KnownEta, former: KnownEta): Duration[] {
  const answered = known.eta - asked;
  return [former.eta - answered, former.eta - former.at];
}

function tellFirst({ at, etaAtRequest: known, previousEta: former }: Call): string {
  return `it was ${moment(known)}, before that ${moment(former)}, and the poll came at ${formatClockTime(at)}`;
}

function moment(told: KnownEta | undefined): string {
  return told ? formatClockTime(told.eta) : 'none';
}
