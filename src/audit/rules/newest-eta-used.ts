import type { Duration } from '../../time/moments.js';
import type { Call, KnownEta } from '../call.js';
import { formatClockTime, formatCount } from '../format.js';
import { judgeAttempts, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';

/** A wait that is longer by less is not worth a word. */
const LATE: Duration = 5000;

export const newestEtaUsed: Rule = {
  name: 'newest-eta-used',
  title: 'When an answer moves the eta, the client goes by the new one',
  why: 'Each answer of an open job tells an eta of its own. A client that keeps the first one comes too early or too late.',
  severity: 'error',
  sources: [SOURCES.sequence],
  advice:
    'replace the eta that you wait for with the one of the latest answer, be it later or sooner',
  allowance: { kind: 'duration', usual: 50, means: 'to depart from the new eta by' },
  judge: (history, allowed) =>
    judgeAttempts(history, 'no answer moved the eta of an earlier one', (one) => {
      const slack = allowed(one);
      const late = LATE / history.clock.pace;
      const moved = one.pollsBeforeFinal.filter((poll) => hasMoved(poll, slack));
      if (moved.length === 0) return undefined;
      const wrong = moved.filter((poll) => goesByFormer(poll, slack, late));
      const [first] = wrong;
      const message = first
        ? `${wrong.length} of ${formatCount(moved.length, 'poll')} did not go by the newest eta: ${tellFirst(first)}`
        : undefined;
      return { tested: moved.length, message, calls: wrong };
    }),
};

/** The new eta is another moment, and waiting for it takes another time. */
function hasMoved({ etaAtRequest: known, previousEta: former }: Call, allowed: number): boolean {
  if (!known || !former) return false;
  return Math.abs(known.eta - former.eta) > allowed;
}

/** It comes before the new eta, or not before the longer wait of an older one is over. */
function goesByFormer(
  { at, etaAtRequest: known, previousEta: former }: Call,
  allowed: number,
  late: number,
): boolean {
  if (!known || !former) return false;
  if (at < known.eta - allowed) return true;
  const wait = known.eta - known.at;
  const formerWait = former.eta - former.at;
  return formerWait > wait + late && at - known.at >= formerWait - allowed;
}

function tellFirst({ at, etaAtRequest: known, previousEta: former }: Call): string {
  return `it was ${moment(known)}, before that ${moment(former)}, and the poll came at ${formatClockTime(at)}`;
}

function moment(told: KnownEta | undefined): string {
  return told ? formatClockTime(told.eta) : 'none';
}
