import type { ApiRequest, BusinessError, FinishedJob, Pack, World } from '../../sandbox/pack.js';
import { prepareContainers } from '../signature/signed-content.js';
import { approve } from './approval.js';
import { cancel } from './cancel.js';
import { listEncounters, readOne } from './read.js';
import { seed } from './seed.js';
import { refer } from './service-request.js';
import { admitSigned, signedId } from './signed.js';
import { submit } from './submit.js';
import { tour } from './tour.js';

/** What a job of an operation does in the end; `id`: where the signed content names what it is about. */
interface Change {
  complete(job: FinishedJob, world: World): BusinessError | undefined;
  id?: string;
}

const OPERATIONS = new Map<string, Change>([
  ['submitEncounterPackage', { complete: submit, id: 'encounter.id' }],
  ['cancelEncounterPackage', { complete: cancel, id: 'encounter.id' }],
  ['createServiceRequest', { complete: refer, id: 'id' }],
  ['createApproval', { complete: approve }],
]);

const idPath = ({ operation }: ApiRequest) => OPERATIONS.get(operation.id)?.id;

/** Encounters, approvals and service requests, after the public pages of the medical events API. */
export const medicalEvents: Pack = {
  name: 'medical-events',
  names: (request) => {
    const path = idPath(request);
    return path === undefined ? undefined : signedId(request.body, path);
  },
  prepare: (operation) =>
    OPERATIONS.get(operation)?.id === undefined ? undefined : prepareContainers(),
  admit: (request) => (idPath(request) === undefined ? undefined : admitSigned(request)),
  complete: (job, world) => OPERATIONS.get(job.operation)?.complete(job, world),
  reads: {
    getEncounter: readOne('encounter', 'encounter_id'),
    searchEncounters: listEncounters,
    getApproval: readOne('approval'),
    getServiceRequest: readOne('service_request', 'service_request_id'),
  },
  seed,
  tour,
};
