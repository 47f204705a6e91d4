import { canonicalId } from '../contract/id-form.js';
import { type JobPlace, spellJobPlace } from '../contract/job-place.js';
import { type Handled, type HandlerRequest, refusal } from './handled.js';
import type { Job } from './job.js';

/**
 * The path parameter in which a request names another parent than that of the job: `patientId` of
 * `/patients/{patientId}/jobs/{jobId}`. Parameters of one name mean the same in the request that scheduled it.
 * @param place where the request names the job itself
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
export function refuseUnnamed(job: JobPlace, { operation }: HandlerRequest): Handled {
  const { in: place, name } = job;
  const message = `The request names no job: ${spellJobPlace(job)} is missing`;
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
