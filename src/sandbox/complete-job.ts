import type { Binding } from '../contract/binding.js';
import type { ErrorText } from '../scenario/scenario.js';
import type { Compressor } from './compressed-text.js';
import { completeByPack } from './consult-pack.js';
import type { Job } from './job.js';
import type { BusinessError, World } from './pack.js';
import type { Rules } from './settings.js';

/** Lets the pack make what a job that is done changes; an error makes the job fail instead. */
export function completeJob(
  job: Job,
  rules: Rules,
  compressor: Compressor,
  world: World,
): ErrorText | undefined {
  const error = completeByPack(
    job.api,
    rules,
    {
      id: job.id,
      operation: job.operation,
      params: job.params,
      body: job.body === undefined ? undefined : JSON.parse(compressor.read(job.body)),
      resource: job.resource,
      result: job.scenario.result,
    },
    world,
  );
  return error && errorText(job.api.binding, error);
}

/** The error as a client reads it: what the binding knows of its code, and the pack's own words. */
function errorText(binding: Binding, error: BusinessError): ErrorText {
  const known = binding.errors.get(error.code || (binding.failure ?? ''));
  const code = known?.code ?? error.code;
  const message = error.message ?? known?.message ?? error.otherwise ?? '';
  const details = error.details ?? known?.details;
  const text = code ? `${code}: ${message}` : message;
  return { code, name: known?.name ?? '', message, text, details };
}
