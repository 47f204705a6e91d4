import { type Json, textOf } from '../../../contract/json.js';
import type { ApiRequest, FinishedJob, Refusal, World } from '../../../sandbox/pack.js';
import { formatMoment } from '../../../time/format-moment.js';
import { medicationRequest } from '../medications.js';
import { MEDICATION_REQUEST } from '../world/programs.js';
import type { Machine } from './kind.js';
import { conflict } from './refusals.js';
import type { Request } from './request.js';
import { lengthOf } from './settings.js';
import { refuseSigning } from './signing.js';

const KIND = 'medication_request_request';

const WRONG_STATUS = conflict('Invalid status Medication request Request for sign transition!');

/** A request for a prescription; the doctor alone signs it. */
const PRESCRIPTION_REQUEST: Machine = {
  kind: KIND,
  sign: { from: ['NEW'], wrong: WRONG_STATUS },
  urgent: () => ({}),
  toSign: (request, world) => ({ content: medicationRequest(request, world) }),
};

export function admitPrescription(request: ApiRequest, world: World): Refusal | undefined {
  const found = world.find<Request>(KIND, request.params.id);
  if (found && isOld(found, world)) return WRONG_STATUS;
  return refuseSigning(PRESCRIPTION_REQUEST, request, world);
}

function isOld({ created }: Request, world: World): boolean {
  return world.now >= created + lengthOf(world, 'REQUEST_SECONDS');
}

/** Signs it: the answer tells a prescription, which is not there yet. */
export function acceptPrescription(job: FinishedJob, world: World): void {
  const found = world.find(KIND, job.params.id);
  const document = { ...(found?.document ?? MEDICATION_REQUEST), status: 'SIGNED' };
  const id = textOf(job.params.id).toLowerCase();
  world.keep({
    ...found,
    kind: KIND,
    id,
    document: { ...document, id, updated_at: formatMoment(world.now) },
  });
  const data = medicationRequest(prescription(job, document), world);
  job.tell({ data: { ...data, printout_form: '<html><body></body></html>' } });
}

export function completePrescription(job: FinishedJob, world: World): void {
  const found = world.find(KIND, job.params.id);
  if (!found) return;
  const made = prescription(job, found.document);
  world.keep({ ...made, title: textOf(found.document.request_number ?? '') });
}

function prescription(job: FinishedJob, request: Json) {
  const document = { ...request, id: job.id, status: 'ACTIVE', is_active: true };
  return { kind: 'medication_request', id: job.id, document, facts: {}, created: 0 };
}
