import { at, isObject, type Json } from '../../contract/json.js';
import type { BusinessError, FinishedJob, World } from '../../sandbox/pack.js';
import { breachesOf, unprocessable } from './failures.js';
import { target } from './reference.js';
import { find, keep, stamps } from './resource.js';
import { contentOf } from './signed.js';

/** Saves the visit and the encounter of a package; from then on they can be read. */
export function submit(job: FinishedJob, world: World): BusinessError | undefined {
  const { patient_id: patient = '' } = job.params;
  const encounter = at(contentOf(job.body), 'encounter');
  if (!isObject(encounter)) {
    return unprocessable('$.encounter', 'required', 'required property encounter was not present');
  }
  const visit = at(job.body, 'visit');
  if (world.resources.get(job.resource) || isTaken(visit, job.resource, patient, world)) {
    return { code: 'already-exists' };
  }
  if (!isKnown(visit, target(encounter, 'visit'), patient, world)) {
    return { code: 'visit-not-found' };
  }
  if (Date.parse(String(encounter.date)) > world.now) return { code: 'encounter-date' };
  const document = { ...encounter, ...stamps(world) };
  const breach = breachesOf('getEncounter', document, '$.encounter', world);
  if (breach) return breach;
  if (isObject(visit)) keep(world, 'visit', patient, visit as Json & { id: string });
  keep(world, 'encounter', patient, { ...document, id: job.resource });
  return undefined;
}

/** The visit's id is that of something else. */
function isTaken(visit: unknown, encounter: string, patient: string, world: World): boolean {
  const id = String(at(visit, 'id') ?? '').toLowerCase();
  if (id === encounter) return true;
  return world.resources.get(id) !== undefined && !find(world, 'visit', patient, id);
}

/** The visit comes with the package, or was submitted before. */
function isKnown(visit: unknown, named: string, patient: string, world: World): boolean {
  if (String(at(visit, 'id') ?? '').toLowerCase() === named && named !== '') return true;
  return find(world, 'visit', patient, named) !== undefined;
}
