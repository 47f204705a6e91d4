import type { Deleting } from '../contract/job-operations.js';
import { endedAt } from '../scenario/play.js';
import type { Api } from './api.js';
import { askedJob, placeOfJob } from './find-job.js';
import type { Handler } from './handled.js';
import { currentState } from './job.js';
import { refuseAs, scopeOf, statusOf, tellOwn } from './own-answer.js';

/** RFC 9110 §15.3.5: nothing more is to be said. */
const NO_CONTENT = 204;

/** Answers a request that deletes a job: from then on nobody is told of it. */
export function deleteHandler({ binding }: Api, deletes: Deleting): Handler {
  return (draft, request) => {
    const { operation, requester } = request;
    const asked = askedJob(draft, request, placeOfJob(operation, deletes.job, binding.report.job));
    if (asked.answer) return asked.answer;
    const { job } = asked;
    const { refused } = deletes;
    const scope = scopeOf(draft, job, requester);
    const state = currentState(job);
    const journal = { operation: operation.id, job: job.id, scenario: job.scenario.name, state };
    if (refused && endedAt(job.cursor) === undefined) {
      const message = `Job ${job.id} cannot be deleted: it is ${state}`;
      const why = { code: 'REQUEST_JOB_OPEN', message };
      return { outcome: refuseAs(draft, request, refused, scope, why), journal };
    }
    const http = statusOf(deletes, operation, NO_CONTENT);
    const answer = tellOwn(draft, request, { ...deletes, http }, scope);
    draft.forget(job, deletes.gone === 410);
    return { outcome: { kind: 'answer', answer, checkedBy: operation }, journal };
  };
}
