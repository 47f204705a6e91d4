import { formatClockTime, formatCount } from '../format.js';
import { judgeAttempts, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';

export const reachesTheEnd: Rule = {
  name: 'reaches-the-end',
  title: 'A job that runs is polled until it is done or failed',
  why: 'A job that runs will end. Who leaves before does not know what has become of it.',
  severity: 'error',
  sources: [SOURCES.sequence, SOURCES.azure],
  advice: 'go on while the job is open: the newest eta says how long that may take',
  judge: (history) =>
    judgeAttempts(history, 'no job that comes to an end was left running', (one) => {
      const { job, endless, finalPoll: end, polls, submission } = one;
      if (job === undefined || endless) return undefined;
      if (end) return {};
      const last = polls.at(-1);
      // Stopping after these is another rule's business, or none.
      if (last && last.reply !== 'open') return undefined;
      if (history.run !== 'over') return undefined;
      const eta = last ? (last.eta ?? last.etaAtRequest?.eta) : submission.eta;
      const told = eta === undefined ? '' : `; the newest eta was ${formatClockTime(eta)}`;
      const message = last
        ? `the client stopped after ${formatCount(polls.length, 'poll')} although the job was open${told}`
        : `the job was scheduled and never polled${told}`;
      return { message, calls: [submission, ...polls.slice(-1)] };
    }),
};
