import type { Ids } from '../../sandbox/ids.js';
import type { BusinessError, FinishedJob, World } from '../../sandbox/pack.js';
import { breachesOf } from './failures.js';
import { keep, stamps } from './resource.js';
import { contentOf } from './signed.js';

const LETTERS = { alphabet: '0123456789ABCDEFGHKMPTX', length: 4 };

/** Saves a referral under the id that it was signed with, and gives it a number for the patient. */
export function refer(job: FinishedJob, world: World): BusinessError | undefined {
  const { patient_id: patient = '' } = job.params;
  const signed = contentOf(job.body);
  if (typeof signed === 'string') return { code: 'invalid' };
  if (world.resources.get(job.resource)) return { code: 'already-exists' };
  const document = { ...signed, requisition: makeRequisition(world.ids), ...stamps(world) };
  const breach = breachesOf('getServiceRequest', document, '$', world);
  if (breach) return breach;
  keep(world, 'service_request', patient, { ...document, id: job.resource });
  return undefined;
}

/** A number for people, in the form of `1A4B-9C0D-E2F3-77AA`. */
export function makeRequisition(ids: Ids): string {
  return Array.from({ length: 4 }, () => ids.id(LETTERS)).join('-');
}
