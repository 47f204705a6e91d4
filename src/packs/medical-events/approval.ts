import { isObject } from '../../contract/json.js';
import type { FinishedJob, World } from '../../sandbox/pack.js';
import { reference } from './reference.js';
import { keep, stamps } from './resource.js';

/** An approval holds for half a day. */
const LASTS = 12 * 60 * 60_000;

/** Makes a new approval, which the patient has not confirmed yet. */
export function approve(job: FinishedJob, world: World): undefined {
  const { patient_id: patient = '' } = job.params;
  const { resources = [], service_request, ...asked } = isObject(job.body) ? job.body : {};
  keep(world, 'approval', patient, {
    id: job.resource,
    granted_resources: resources,
    ...(service_request ? { reason: service_request } : {}),
    ...asked,
    granted_by: reference('mpi-hash', patient),
    status: 'new',
    expires_at: new Date(world.now + LASTS).toISOString(),
    ...stamps(world),
  });
  return undefined;
}
