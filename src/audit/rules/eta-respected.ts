import type { Duration } from '../../time/moments.js';
import type { Call } from '../call.js';
import { formatCount, formatLength } from '../format.js';
import { greatest } from '../lists.js';
import { judgeAttempts, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';

export const etaRespected: Rule = {
  name: 'eta-respected',
  title: 'No poll comes before the newest eta',
  why: 'Before `eta` the answer can only be "not yet": a poll that comes earlier is work for the service and no news for the client.',
  severity: 'error',
  sources: [SOURCES.sequence],
  advice: 'read eta from each answer and wait until that moment before the next poll',
  allowance: { kind: 'duration', usual: 50, means: 'to come early by' },
  judge: (history, allowed) =>
    judgeAttempts(history, 'no poll came after an eta had been told', (one) => {
      const told = one.pollsBeforeFinal.filter(({ etaAtRequest: known }) => known !== undefined);
      if (told.length === 0) return undefined;
      const early = told.filter((poll) => lead(poll) > allowed(one));
      const most = greatest(early.map(lead));
      const message =
        early.length > 0
          ? `${early.length} of ${formatCount(told.length, 'poll')} came before the newest eta, by up to ${formatLength(most)}`
          : undefined;
      return { tested: told.length, message, calls: early };
    }),
};

/** How much too early a poll came. */
function lead({ at, etaAtRequest: known }: Call): Duration {
  return known === undefined ? 0 : known.eta - at;
}
