import type { Binding } from '../contract/binding.js';
import type { ErrorText } from '../scenario/scenario.js';
import { completeByPack } from './consult-pack.js';
import type { Job } from './job.js';
import type { BusinessError, World } from './pack.js';
import type { Rules } from './settings.js';
import type { Setup } from './setup.js';

/** Lets the pack make what a job that is done changes; an error makes the job fail instead. */
export function completeJob(
  setup: Setup,
  rules: Rules,
  job: Job,
  world: World,
): ErrorText | undefined {
  const { binding, compressor } = setup;
  const error = completeByPack(
    setup,
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
  return error && errorText(binding, error);
}

/** The error as a client reads it: what the binding knows of its code, and the pack's own words. */
function errorText(binding: Binding, error: BusinessError): ErrorText {
  const known = binding.errors.get(error.code || (binding.failure ?? ''));
  const code = known?.code ?? error.code;
  const message = error.message ?? known?.message ?? '';
  const details = error.details ?? known?.details;
  const text = code ? `${code}: ${message}` : message;
  return { code, name: known?.name ?? '', message, text, details };
}
