import type { Call } from '../call.js';
import { wasToldEnd } from '../deliveries.js';
import { formatClockTime, formatCount } from '../format.js';
import type { History } from '../history.js';
import { firstAndLast, type JobAttempt } from '../job-attempt.js';
import { judgeAttempts, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';
import { hadNewCredentials } from './stopping.js';

export const reachesTheEnd: Rule = {
  name: 'reaches-the-end',
  title: 'A job that runs is polled until it is done or failed',
  why: 'A job that runs will end. Who leaves before does not know what has become of it.',
  severity: 'error',
  sources: [SOURCES.sequence, SOURCES.azure],
  advice: 'go on while the job is open: the newest eta says how long that may take',
  judge: (history) => {
    return judgeAttempts(history, 'no job that comes to an end was left running', (one) => {
      const { job, endless, end, polls, asides } = one;
      if (job === undefined || endless || one.repeated) return undefined;
      // What appears later may be asked for, or not.
      if (polls.length === 0 && history.api.appears) return undefined;
      if (end || wasToldEnd(one)) return {};
      // Who has cancelled or deleted a job waits for nothing more.
      if (asides.dismissals.length > 0) return undefined;
      const last = polls.at(-1);
      if (history.run !== 'over' || !couldGoOn(last, history)) return undefined;
      return { message: tell, calls: firstAndLast(one) };
    });
  },
};

/** Stopping after another answer is the business of another rule, or of none. */
function couldGoOn(last: Call | undefined, history: History): boolean {
  if (last?.reply === 'refused') return hadNewCredentials(last, history);
  return last === undefined || last.reply === 'open';
}

function tell({ polls, submission }: JobAttempt): string {
  const last = polls.at(-1);
  if (last?.reply === 'refused') {
    return `the client never asked again after ${last.exchange.status}, although it had new credentials`;
  }
  const eta = last ? (last.eta ?? last.etaAtRequest?.eta) : submission.eta;
  const told = eta === undefined ? '' : `; the newest eta was ${formatClockTime(eta)}`;
  return last
    ? `the client stopped after ${formatCount(polls.length, 'poll')} although the job was open${told}`
    : `the job was scheduled and never polled${told}`;
}
