import type { Binding } from '../contract/binding.js';
import { type JobPlace, jobOf } from '../contract/job-place.js';
import type { Operation } from '../contract/operation.js';
import { formatMoment } from '../time/format-moment.js';
import { refuseUnnamed, wrongParent } from './asked-job.js';
import type { Draft } from './draft.js';
import { isExpired } from './expiry.js';
import { type Handled, type HandlerRequest, refusal } from './handled.js';
import type { Job } from './job.js';
import { jobKey } from './job-key.js';
import { refuseAs, scopeOf } from './own-answer.js';

/** Why a request names no job that is there: nobody has had this id, it is another parent's, it was deleted, or it has expired. */
type Lost =
  | { lost: 'unknown' }
  | { lost: 'elsewhere'; job: Job; parent: string }
  | { lost: 'deleted' }
  | { lost: 'expired'; job: Job };

/** Where an operation names its job: the place that is said, the report's, or the last parameter of its path. */
export function placeOfJob(
  { path }: Operation,
  said: JobPlace | undefined,
  report: JobPlace,
): JobPlace {
  if (said !== undefined) return said;
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  const last = names.at(-1);
  if (last === undefined || (report.in === 'path' && names.includes(report.name))) return report;
  return { in: 'path', name: last };
}

/** Where an operation of a binding names a job; undefined: it names none. */
export function namesJob(binding: Binding, operation: Operation): JobPlace | undefined {
  const { report, cancel, delete: deletes, results } = binding;
  if (operation.id === report.operation || report.reads?.includes(operation.id)) return report.job;
  const found = [cancel, deletes, ...results].find((part) => part?.operation === operation.id);
  return found && placeOfJob(operation, found.job, report.job);
}

type Asked = { job: Job; answer?: undefined } | { job?: undefined; answer: Handled };

/**
 * The job that a request is about, with all that is due by now done; or the answer to who asks for none that is there.
 * @param place where it names the job
 * @param idOf the id of the job that a name means; undefined: it means none
 */
export function askedJob(
  draft: Draft,
  request: HandlerRequest,
  place: JobPlace,
  idOf: (name: string) => string | undefined = (name) => name,
): Asked {
  const name = jobOf({ job: place }, request);
  if (name === undefined) return { answer: refuseUnnamed(place, request) };
  const id = idOf(name);
  const found = id === undefined ? UNKNOWN : findJob(draft, id);
  if (found.lost) return { answer: tellLost(draft, request, id ?? name, found) };
  const parent = wrongParent(found.job, place, request.params);
  if (parent === undefined) return found;
  return {
    answer: tellLost(draft, request, found.job.id, { ...found, lost: 'elsewhere', parent }),
  };
}

/** The job of a request that has waited, as it is now; or the answer, where it is there no more. */
export function sameJob(draft: Draft, request: HandlerRequest, { id }: Job): Asked {
  const found = findJob(draft, id);
  return found.lost ? { answer: tellLost(draft, request, id, found) } : found;
}

const UNKNOWN = { lost: 'unknown' } as const;

function findJob(draft: Draft, id: string): { job: Job; lost?: undefined } | Lost {
  draft.settle();
  const job = draft.job(id);
  if (!job) {
    const key = jobKey(draft.api, id);
    return draft.state.jobs.wasDeleted(key, draft.api.name)
      ? { lost: 'deleted' }
      : { lost: 'unknown' };
  }
  return isExpired(job, draft) ? { lost: 'expired', job } : { job };
}

/** The answer to who asks for a job that is not there. */
function tellLost(draft: Draft, request: HandlerRequest, id: string, why: Lost): Handled {
  const { operation } = request;
  const journal = { operation: operation.id, job: id };
  const { name } = draft.state;
  if (why.lost === 'unknown') {
    return tellUnknown(draft, request, id, `Job ${id} is not found in session ${name}`);
  }
  if (why.lost === 'elsewhere') {
    const { job, parent } = why;
    const message = `Job ${id} is of another ${parent}: it was scheduled with ${job.params[parent]}`;
    return refusal({ status: 404, code: 'REQUEST_WRONG_PARENT', message }, journal);
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

/** As the report of the binding says, if this is the report, else 404. */
function tellUnknown(draft: Draft, request: HandlerRequest, id: string, message: string): Handled {
  const { operation, params: path, query, requester } = request;
  const { report } = draft.api.binding;
  const own = operation.id === report.operation ? report.unknown : undefined;
  const code = 'REQUEST_UNKNOWN_JOB';
  const journal = { operation: operation.id, job: id };
  if (!own) return refusal({ status: 404, code, message }, journal);
  const scope = { job: id, path, query, now: formatMoment(draft.now), ...requester.where() };
  const refused = { code, message };
  return {
    outcome: refuseAs(draft, request, own, scope, refused),
    journal: { ...journal, refused: message },
  };
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
