import type { Call } from '../call.js';
import { judgeCases, type Rule } from '../rule.js';
import { greatest } from '../sequence.js';
import { count, length } from '../tell.js';
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
    judgeCases(history, 'no poll came after an eta had been told', (one) => {
      const told = one.during.filter(({ known }) => known !== undefined);
      if (told.length === 0) return undefined;
      const early = told.filter((poll) => lead(poll) > allowed(one));
      const most = greatest(early.map(lead));
      const message =
        early.length > 0
          ? `${early.length} of ${count(told.length, 'poll')} came before the newest eta, by up to ${length(most)}`
          : undefined;
      return { tested: told.length, message, calls: early };
    }),
};

/** How much too early a poll came. */
function lead({ at, known }: Call): number {
  return known === undefined ? 0 : known.eta - at;
}
