import type { Call } from '../call.js';
import { formatCount } from '../format.js';
import type { JobAttempt } from '../job-attempt.js';
import { endOf, isLinked, placeOfResult, type Reads, resultReads, shownEnd } from '../reads.js';
import { type AttemptJudgement, judgeAttempts, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';

export const readsTheResult: Rule = {
  name: 'reads-the-result',
  title: 'When the job is done its result is read, by the right path',
  why: 'To know that a job is done is worth nothing by itself: what was asked for stands behind its link.',
  severity: 'error',
  sources: [SOURCES.job, SOURCES.aip],
  advice:
    'take the id from the last part of the link in the final answer, whatever stands before it, and read the result by the full path',
  judge: (history) => {
    const wanting =
      history.reads.results === 'inline'
        ? 'results stand in the answer that says that the job is done'
        : 'no job was told to be done';
    return judgeAttempts(history, wanting, (one) => {
      const end = shownEnd(one);
      if (!end || endOf(one)?.reply !== 'done') return tellEarly(one);
      if (placeOfResult(one, history.reads) === 'inline') return tellEarly(one);
      if (one.scenario?.expect.result_read === false) return tellEarly(one);
      const { good, bad, unseen } = resultReads(one, history.reads);
      if (good.length > 0) return tellEarly(one) ?? {};
      if (unseen || (history.run === 'running' && bad.length === 0)) return undefined;
      return { message: () => tell(one, bad, history.reads), calls: [end, ...bad] };
    });
  },
};

/** Who asks for a result before it is there does not wait for the job; it costs a request, and no more. */
function tellEarly({ asides: { early } }: JobAttempt): AttemptJudgement | undefined {
  if (early.length === 0) return undefined;
  const times = formatCount(early.length, 'time');
  const message = `the result was asked for ${times} while the job was open`;
  return { message, severity: 'note', calls: early };
}

function tell(one: JobAttempt, bad: readonly Call[], reads: Reads): string {
  const last = bad.at(-1)?.exchange;
  const place = placeOfResult(one, reads);
  if (last && place === 'link') {
    return `the result was asked for by ${last.path} (${last.status}), and not by the link of the final answer`;
  }
  if (last) return `the result was asked for by a wrong path: ${last.path} answers ${last.status}`;
  const state = endOf(one)?.exchange.state;
  if (!one.finalPoll) {
    return `a webhook told that the job was ${state}, and its result was never read`;
  }
  return isLinked(one) || place === 'link'
    ? `the job was ${state} and its result was never read`
    : `the job was ${state} without a link, and its result was neither searched for nor read`;
}
