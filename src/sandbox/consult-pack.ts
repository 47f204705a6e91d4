import type { Api } from './api.js';
import type { ApiRequest, BusinessError, FinishedJob, Refusal, World } from './pack.js';
import { namePlaces } from './render.js';
import type { Rules } from './settings.js';

/** Asks the pack whether a request is to be refused at once: while rules are off, none is. */
export function admitByPack(
  { pack }: Api,
  rules: Rules,
  request: ApiRequest,
  world: World,
): Refusal | undefined {
  return rules === 'off' ? undefined : pack?.admit(request, world);
}

/**
 * Lets the pack make the changes of a job that is done.
 * @returns why the job fails instead: while rules are off it does not, and what can be changed is changed
 */
export function completeByPack(
  { pack, binding }: Api,
  rules: Rules,
  job: FinishedJob,
  world: World,
): BusinessError | undefined {
  const judged = rules === 'off' ? undefined : pack?.judge?.(job, world);
  const error = judged ?? pack?.complete(job, world);
  if (!error || rules === 'off') return undefined;
  const { invalid, ...rest } = error;
  return invalid ? { ...rest, details: { invalid: namePlaces(binding, invalid) } } : rest;
}
