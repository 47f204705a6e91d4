import type { Binding } from '../contract/binding.js';
import { canonicalId } from '../contract/id-form.js';
import { type JobPlace, spellJobPlace } from '../contract/job-place.js';
import type { Draft } from './draft.js';
import { type Handled, type HandlerRequest, refusal } from './handled.js';
import type { Job } from './job.js';

/**
 * The path parameter in which a request names another parent than that of the job: `patientId` of
 * `/patients/{patientId}/jobs/{jobId}`. Parameters of one name mean the same in the request that scheduled it.
 */
export function wrongParent(
  { params: known }: Pick<Job, 'params'>,
  place: JobPlace,
  asked: HandlerRequest['params'],
): string | undefined {
  for (const name of Object.keys(asked)) {
    if (place.in === 'path' && place.name === name) continue;
    const own = known[name];
    const said = asked[name] as string;
    if (own !== undefined && own !== said && canonicalId(own) !== canonicalId(said)) return name;
  }
  return undefined;
}

/** Refuses a request that names no job at all. */
export function refuseUnnamed(report: Binding['report'], { operation }: HandlerRequest): Handled {
  const { in: place, name } = report.job;
  const message = `The request names no job: ${spellJobPlace(report.job)} is missing`;
  const rules = [{ rule: 'required', description: 'name the job here', params: [] }];
  const entry = place === 'body' ? `$.${name}` : name;
  return refusal(
    {
      status: 400,
      code: 'REQUEST_NAMES_NO_JOB',
      message,
      invalid: [{ entry, entry_type: place, rules }],
    },
    { operation: operation.id },
  );
}

/** Refuses a request for a job that is not there, or not below the parent that its path names. */
export function refuseUnknown(draft: Draft, request: HandlerRequest, id: string): Handled {
  const journal = { operation: request.operation.id, job: id };
  const job = draft.job(id);
  const parent = job && wrongParent(job, draft.api.binding.report.job, request.params);
  if (job && parent !== undefined) {
    const message = `Job ${id} is of another ${parent}: it was scheduled with ${job.params[parent]}`;
    return refusal({ status: 404, code: 'REQUEST_WRONG_PARENT', message }, journal);
  }
  const message = `Job ${id} is not found in session ${draft.state.name}`;
  return refusal({ status: 404, code: 'REQUEST_UNKNOWN_JOB', message }, journal);
}
