import { formatCount } from '../format.js';
import { judgePolled, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';
import { wasCutShort } from './stopping.js';

export const toleratesUnknownStatus: Rule = {
  name: 'tolerates-unknown-status',
  title: 'A status that the client does not know is taken as still running',
  why: 'New states come with new versions of the service. None of them is an end.',
  severity: 'error',
  sources: [SOURCES.azure],
  advice: 'end the loop at the final states only; whatever else stands there, wait and ask again',
  judge: (history) =>
    judgePolled(
      history,
      'no answer had a status that is not in the contract',
      (one) => {
        if (!one.pollsBeforeFinal.some(({ reply }) => reply === 'unknown')) return undefined;
        const odd = one.pollsBeforeFinal.filter(({ reply }) => reply === 'unknown');
        const last = odd.at(-1);
        if (!last) return undefined;
        if (one.polls.at(-1) !== last) return { tested: odd.length };
        if (wasCutShort(history, one)) return undefined;
        // It has asked again after such an answer: it has given up a job that never ends, and taken nothing for an end.
        if (one.endless && odd.length > 1) return { tested: odd.length };
        const status =
          last.exchange.reportedOutcome === undefined ? 'no status' : `${last.exchange.state}`;
        const message = `the client stopped when it was told ${status}, after ${formatCount(one.polls.length, 'poll')}`;
        return { tested: odd.length, message, calls: [last] };
      },
      ['unknown'],
    ),
};
