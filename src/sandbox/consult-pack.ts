import type { Api } from './api.js';
import type { ApiRequest, BusinessError, FinishedJob, Refusal, World } from './pack.js';
import { namePlaces } from './render.js';
import { completeByBinding, refuseAbsent } from './resources/complete-by-binding.js';
import type { Rules } from './settings.js';

/** Asks the pack, and the binding's resources, whether a request is to be refused at once: while rules are off, none is. */
export function admitByPack(
  api: Api,
  rules: Rules,
  request: ApiRequest,
  world: World,
): Refusal | undefined {
  if (rules === 'off') return undefined;
  return api.pack?.admit(request, world) ?? refuseAbsent(api, request, world);
}

/**
 * Lets the pack make the changes of a job that is done, and what it does not keep is kept as the binding says.
 * @returns why the job fails instead: while rules are off it does not, and what can be changed is changed
 */
export function completeByPack(
  api: Api,
  rules: Rules,
  job: FinishedJob,
  world: World,
): BusinessError | undefined {
  const { pack, binding } = api;
  const judged = rules === 'off' ? undefined : pack?.judge?.(job, world);
  const error = judged ?? pack?.complete(job, world);
  if (!error) completeByBinding(api, job, world);
  if (!error || rules === 'off') return undefined;
  const { invalid, ...rest } = error;
  return invalid ? { ...rest, details: { invalid: namePlaces(binding, invalid) } } : rest;
}
