import type { Duration } from '../../time/moments.js';
import type { Call } from '../call.js';
import { formatApiLength, formatCount } from '../format.js';
import { type AttemptJudgement, judgeAttempts, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';

/** Who looks at a finished job once more so much later is no loop that runs on; a length of the API's time. */
const LATER: Duration = 5000;

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
      const { finalPoll: end, pollsAfterFinal, asides } = one;
      if (!end) return undefined;
      // What has become of a job that was deleted or has expired, one may look at.
      const [dismissed] = asides.dismissals;
      const isOver = ({ startedMono }: Call) =>
        dismissed !== undefined && startedMono >= dismissed.endedMono;
      const after = pollsAfterFinal.filter(
        (poll) => poll.exchange.forgotten === undefined && !isOver(poll),
      );
      const [first] = after;
      if (!first || after.length <= allowed(one)) return {};
      return tell(end, first, after, history.clock.pace);
    }),
};

/**
 * One further poll is a note where it came much later, or where the end was told by an HTTP status that
 * elsewhere is a mishap: a client may take it for one, once.
 */
function tell(end: Call, first: Call, after: readonly Call[], pace: number): AttemptJudgement {
  const state = `the job had been told to be ${end.exchange.state}`;
  const pause = first.at - (end.endedAt ?? end.at);
  const byStatus = end.exchange.status >= 500 ? ` by HTTP ${end.exchange.status}` : '';
  if (after.length === 1 && byStatus) {
    return {
      message: `1 poll came after ${state}${byStatus}`,
      severity: 'note',
      calls: [end, ...after],
    };
  }
  if (after.length === 1 && pause >= LATER / pace) {
    const message = `the job was looked at once more, ${formatApiLength(pause, { pace })} after ${state}`;
    return { message, severity: 'note', calls: after };
  }
  return {
    message: `${formatCount(after.length, 'poll')} came after ${state}${byStatus}`,
    calls: after,
  };
}
