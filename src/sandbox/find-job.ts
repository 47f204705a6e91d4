import type { Binding } from '../contract/binding.js';
import type { Operation } from '../contract/operation.js';
import type { Draft } from './draft.js';
import { isExpired } from './expiry.js';
import { type Handled, type HandlerRequest, refusal } from './handled.js';
import type { Job } from './job.js';
import { refuseAs, scopeOf } from './own-answer.js';

/** Why a request names no job that is there: nobody has had this id, it was deleted, or it has expired. */
type Lost = { lost: 'unknown' } | { lost: 'deleted' } | { lost: 'expired'; job: Job };

/** The path parameter that names the job of an operation: the one that is said, the report's, or the last one. */
export function jobParameter(
  { path }: Operation,
  said: string | undefined,
  report: string,
): string {
  if (said !== undefined) return said;
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  return names.includes(report) ? report : (names.at(-1) ?? report);
}

/** The path parameter by which an operation of a binding names a job; undefined: it names none. */
export function namesJob(binding: Binding, operation: Operation): string | undefined {
  const { report, cancel, delete: deletes, results } = binding;
  if (operation.id === report.operation) return report.job;
  const found = [cancel, deletes, ...results].find((part) => part?.operation === operation.id);
  return found && jobParameter(operation, found.job, report.job);
}

/** The job of this id, with all that is due by now done; or why there is none. */
export function findJob(draft: Draft, id: string): { job: Job; lost?: undefined } | Lost {
  draft.settle();
  const job = draft.job(id);
  if (job?.api !== draft.api) {
    return draft.state.jobs.wasDeleted(id) ? { lost: 'deleted' } : { lost: 'unknown' };
  }
  return isExpired(job, draft) ? { lost: 'expired', job } : { job };
}

/** The answer to who asks for a job that is not there. */
export function tellLost(draft: Draft, request: HandlerRequest, id: string, why: Lost): Handled {
  const { operation } = request;
  const journal = { operation: operation.id, job: id };
  const { name } = draft.state;
  if (why.lost === 'unknown') {
    const message = `Job ${id} is not found in session ${name}`;
    return refusal({ status: 404, code: 'REQUEST_UNKNOWN_JOB', message }, journal);
  }
  if (why.lost === 'deleted') {
    const message = `Job ${id} of session ${name} was deleted`;
    const status = draft.api.binding.delete?.gone ?? 404;
    return refusal(
      { status, code: 'REQUEST_JOB_DELETED', message },
      { ...journal, forgotten: 'deleted' },
    );
  }
  return tellExpired(draft, request, why.job);
}

function tellExpired(draft: Draft, request: HandlerRequest, job: Job): Handled {
  const { expires } = draft.api.binding;
  if (!expires) throw new Error('a job expires by its binding alone');
  const scope = scopeOf(draft, job, request.requester);
  const code = 'REQUEST_JOB_EXPIRED';
  const message = `Job ${job.id} of session ${draft.state.name} has expired`;
  return {
    outcome: refuseAs(draft, request, expires, scope, { code, message }),
    journal: {
      operation: request.operation.id,
      job: job.id,
      scenario: job.scenario.name,
      forgotten: 'expired',
    },
  };
}
