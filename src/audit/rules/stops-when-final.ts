import { formatCount } from '../format.js';
import { judgeAttempts, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';

export const stopsWhenFinal: Rule = {
  name: 'stops-when-final',
  title: 'A job that is done or failed is not polled again',
  why: 'A final state does not change any more, so further polls cost and tell nothing.',
  severity: 'error',
  sources: [SOURCES.job, SOURCES.waiters, SOURCES.aip],
  advice: 'leave the polling loop as soon as the status is a final one',
  allowance: { kind: 'count', usual: 0, means: 'further polls' },
  judge: (history, allowed) =>
    judgeAttempts(history, 'no job was told to be done or failed', (one) => {
      const { finalPoll: end, pollsAfterFinal: after } = one;
      if (!end) return undefined;
      const message =
        after.length > allowed(one)
          ? `${formatCount(after.length, 'poll')} came after the job had been told to be ${end.exchange.state}`
          : undefined;
      return { message, calls: after };
    }),
};
