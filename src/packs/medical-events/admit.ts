import type { ApiRequest, Refusal, World } from '../../sandbox/pack.js';
import { isUnknownPatient } from './known-world.js';
import { SIGNED } from './operations.js';
import { placesIn } from './path-places.js';
import { admitSigned } from './signed.js';

/** Refuses at once what the service does not make a job of: a patient of whom nobody knows, and what cannot be read. */
export function admit(request: ApiRequest, world: World): Refusal | undefined {
  const { patient } = placesIn(request, world);
  if (patient !== '' && isUnknownPatient(world, patient)) {
    return { status: 404, type: 'NOT_FOUND', message: 'Patient not found' };
  }
  return SIGNED.has(request.operation.id) ? admitSigned(request, world) : undefined;
}
