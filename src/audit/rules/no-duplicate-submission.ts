import { type Call, endedMono } from '../call.js';
import type { Evidence } from '../evidence.js';
import type { JobAttempt } from '../job-attempt.js';
import { isPointlessToRepeat } from '../reply.js';
import type { Breach, Judgement, Rule } from '../rule.js';
import { SOURCES } from './sources.js';

export const noDuplicateSubmission: Rule = {
  name: 'no-duplicate-submission',
  title: 'The same request is not sent again while its job is open',
  why: 'Two requests make two jobs, and two sick leaves for one patient.',
  severity: 'error',
  sources: [SOURCES.idempotent],
  advice:
    'poll the job that you have; after a lost answer look (search) whether the first request has worked before you send it again',
  judge: (history) => {
    const newest = new Map<string, JobAttempt>();
    const judgement: Judgement = {
      tested: history.attempts.filter(isTempting).length,
      breaches: [],
      wanting: 'no job was open when its client could have sent the request again',
    };
    for (const one of history.attempts) {
      const key = keyOf(history, one);
      const before = newest.get(key);
      const breach = before && compare(before, one);
      if (breach) judgement.breaches.push(breach);
      if (!before || one.job !== undefined || isLost(one)) newest.set(key, one);
    }
    judgement.tested = Math.max(judgement.tested, judgement.breaches.length);
    return judgement;
  },
};

function keyOf({ bodyOf }: Evidence, { submission: { exchange } }: JobAttempt): string {
  return `${exchange.operation} ${exchange.path}\n${bodyOf(exchange)}`;
}

/** The client had to wait, or could not know whether its request had arrived. */
function isTempting(one: JobAttempt): boolean {
  return (
    isLost(one) || one.pollsBeforeFinal.some(({ reply }) => reply !== 'done' && reply !== 'failed')
  );
}

function isLost({ submission: { reply } }: JobAttempt): boolean {
  return reply === 'lost';
}

function compare(before: JobAttempt, again: JobAttempt): Breach | undefined {
  const calls = [before.submission, again.submission];
  if (isLost(before)) {
    const message =
      'the request was sent again although its first answer was lost, so that a job may be there';
    return { case: again, message, calls };
  }
  if (before.job === undefined || !wasOpen(before, again.submission)) return undefined;
  const message = `the same request was sent again while job ${before.job} was open`;
  return { case: again, message, calls };
}

/** As far as the client knew when it sent the request again. */
function wasOpen({ finalPoll: end, polls }: JobAttempt, again: Call): boolean {
  const { startedMono: began } = again.exchange;
  if (end && endedMono(end) <= began) return false;
  const last = polls.findLast((poll) => endedMono(poll) <= began);
  return last === undefined || !isPointlessToRepeat(last.reply);
}
