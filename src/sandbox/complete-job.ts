import type { Binding } from '../contract/binding.js';
import type { ErrorText } from '../scenario/scenario.js';
import type { Compressor } from './compressed-text.js';
import { completeByPack } from './consult-pack.js';
import type { Job } from './job.js';
import type { BusinessError, Made, World } from './pack.js';
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
  let made: Made | undefined;
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
      caller: job.caller,
      tell: (more) => {
        const links = [...(made?.links ?? []), ...(more.links ?? [])];
        made = { ...made, ...more, ...(links.length > 0 ? { links } : {}) };
      },
    },
    world,
  );
  if (error) return { failure: errorText(job.api.binding, error), made: undefined };
  return { failure: undefined, made };
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
