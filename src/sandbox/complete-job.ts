import type { Binding } from '../contract/binding.js';
import type { ErrorText } from '../scenario/scenario.js';
import type { Compressor } from './compressed-text.js';
import { completeByPack } from './consult-pack.js';
import type { Job } from './job.js';
import type { BusinessError, FinishedJob, Made, World } from './pack.js';
import type { Rules } from './settings.js';

/** What has become of a job that came to its end. */
export interface Completed {
  failure: ErrorText | undefined;
  made: Made | undefined;
}

/** Lets the pack make what a job that is done changes; an error makes the job fail instead. */
export function completeJob(
  job: Job,
  rules: Rules,
  compressor: Compressor,
  world: World,
): Completed {
  const { finished, told } = forPack(job, compressor);
  const error = completeByPack(job.api, rules, finished, world);
  if (error) return { failure: errorText(job.api.binding, error), made: undefined };
  return { failure: undefined, made: told() };
}

/** A job that has just been scheduled, with what its pack makes of it at once. */
export function acceptJob(job: Job, compressor: Compressor, world: World): Job {
  const { pack } = job.api;
  if (!pack?.accept) return job;
  const { finished, told } = forPack(job, compressor);
  pack.accept(finished, world);
  const made = told();
  return made ? { ...job, made } : job;
}

/** Lets the pack make what is to be seen of a job that has failed by its scenario, or was cancelled. */
export function failJob(job: Job, state: string, compressor: Compressor, world: World): void {
  const { pack } = job.api;
  if (pack?.fail) pack.fail(forPack(job, compressor).finished, state, world);
}

/** A job as a pack needs to know it, and what that tells of it. */
function forPack(
  job: Job,
  compressor: Compressor,
): { finished: FinishedJob; told: () => Made | undefined } {
  let made: Made | undefined;
  const finished: FinishedJob = {
    id: job.id,
    operation: job.operation,
    params: job.params,
    body: job.body === undefined ? undefined : JSON.parse(compressor.read(job.body)),
    resource: job.resource,
    result: job.scenario.result,
    caller: job.caller,
    tell: (more) => {
      const links = [...(made?.links ?? []), ...(more.links ?? [])];
      made = { ...made, ...more, ...(links.length > 0 ? { links } : {}) };
    },
  };
  return { finished, told: () => made };
}

/** The error as a client reads it: what the binding knows of its code, and the pack's own words. */
function errorText(binding: Binding, error: BusinessError): ErrorText {
  const known = binding.errors.get(error.code || (binding.failure ?? ''));
  const code = known?.code ?? error.code;
  const message = error.message ?? known?.message ?? error.otherwise ?? '';
  const details = error.details ?? known?.details;
  const text = code ? `${code}: ${message}` : message;
  const shape = known?.shape === undefined ? {} : { shape: known.shape };
  return { code, name: known?.name ?? '', message, text, details, ...shape };
}
