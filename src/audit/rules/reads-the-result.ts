import type { Call } from '../call.js';
import type { JobAttempt } from '../job-attempt.js';
import { isLinked, resultReads } from '../reads.js';
import { judgeAttempts, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';

export const readsTheResult: Rule = {
  name: 'reads-the-result',
  title: 'When the job is done its result is read, by the right path',
  why: 'To know that a job is done is worth nothing by itself: what was asked for stands behind its link.',
  severity: 'error',
  sources: [SOURCES.job, SOURCES.aip],
  advice:
    'take the id from the last part of the link in the final answer, whatever stands before it, and read the result by the full path',
  judge: (history) =>
    judgeAttempts(history, 'no job was told to be done', (one) => {
      if (one.finalPoll?.reply !== 'done' || one.scenario?.expect.result_read === false)
        return undefined;
      const { good, bad } = resultReads(one, history.reads);
      if (good.length > 0) return {};
      if (history.run === 'running' && bad.length === 0) return undefined;
      return { message: tell(one, bad), calls: [one.finalPoll, ...bad] };
    }),
};

function tell(one: JobAttempt, bad: readonly Call[]): string {
  const last = bad.at(-1)?.exchange;
  if (last) return `the result was asked for by a wrong path: ${last.path} answers ${last.status}`;
  const state = one.finalPoll?.exchange.state;
  return isLinked(one)
    ? `the job was ${state} and its result was never read`
    : `the job was ${state} without a link, and its result was neither searched for nor read`;
}
