import { judgeCases, type Rule } from '../rule.js';
import { count } from '../tell.js';
import { SOURCES } from './sources.js';

/** DONE and FAILED do not change any more. */
export const stopsWhenFinal: Rule = {
  name: 'stops-when-final',
  title: 'After DONE or FAILED the job is not polled again',
  severity: 'error',
  sources: [SOURCES.job, SOURCES.waiters, SOURCES.aip],
  advice: 'leave the polling loop as soon as the status is DONE or FAILED',
  allowance: { kind: 'count', usual: 0, means: 'further polls' },
  judge: (history, allowed) =>
    judgeCases(history, 'no job was told to be DONE or FAILED', (one) => {
      const { end, after } = one;
      if (!end) return undefined;
      const message =
        after.length > allowed(one)
          ? `${count(after.length, 'poll')} came after the job had been told to be ${end.exchange.state}`
          : undefined;
      return { message, calls: after };
    }),
};
