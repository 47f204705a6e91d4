import { isObject, type Json, textOf } from '../../contract/json.js';
import type { ApiRequest, Pack, Refusal, World } from '../../sandbox/pack.js';
import type { Resource } from '../../sandbox/resources.js';
import { CLINIC } from '../people.js';
import { valuesAt } from '../values.js';
import { ownLegalEntity, unknownName } from './institutions.js';
import {
  dispense,
  dispenseForDoctor,
  medicationRequest,
  medicationRequestForPharmacist,
  medicationRequestInFull,
  remaining,
} from './medications.js';
import { currentMethod } from './persons.js';
import { behind, lastOf, list, notFound, one, type Read, type Show } from './read.js';
import { conflict, unverified, wrongAt } from './refusals.js';
import { named } from './shapes.js';
import { type Asked, acts, change, creates } from './write.js';

const REQUEST = 'medication_request_request';
const PRESCRIPTION = 'medication_request';
const DISPENSE = 'medication_dispense';

function ofPerson({ document }: Resource, request: ApiRequest): boolean {
  return document.person_id === behind('persons', request);
}

function inCarePlan({ document }: Resource, request: ApiRequest): boolean {
  const named = valuesAt(document, ['based_on', 'identifier', 'value']);
  return named.includes(behind('care_plans', request));
}

/** What the platform asks before something is prescribed. */
function wrongPrescription({ said, world }: Asked): Refusal | undefined {
  const asked = isObject(said.medication_request_request) ? said.medication_request_request : {};
  const person = world.find('person', textOf(asked.person_id ?? ''));
  if (asked.person_id !== undefined && (!person || person.document.status !== 'active')) {
    return world.all('person').length === 0
      ? undefined
      : unverified('Only for active MPI record can create Medication request Request!');
  }
  const doctor = named('employee', asked.employee_id, world);
  const isDoctor = ['DOCTOR', 'SPECIALIST'].includes(textOf(doctor.employee_type ?? ''));
  const known = world.all('employee').length > 0 && asked.employee_id !== undefined;
  if (known && (doctor.status !== 'APPROVED' || !isDoctor)) {
    return unverified('Only active employee with type DOCTOR can create medication request!');
  }
  if (textOf(asked.ended_at ?? '9999') < textOf(asked.started_at ?? '')) {
    return wrongAt('$.medication_request_request.ended_at', 'Ended date must be >= Started date!');
  }
  return undefined;
}

/** `0000-243P-1X53-EH38` */
function numberFor({ ids }: World): string {
  const word = ids.uuid().replaceAll('-', '').toUpperCase();
  return ['0000', word.slice(0, 4), word.slice(4, 8), word.slice(8, 12)].join('-');
}

/** A request with what it would become; from then on the prescription can be handed out. */
function requested(asked: Asked): Json {
  const { said, world } = asked;
  const sent = isObject(said.medication_request_request) ? said.medication_request_request : {};
  return {
    ...sent,
    legal_entity_id: ownLegalEntity(asked),
    request_number: numberFor(world),
    dispense_valid_from: sent.started_at,
    dispense_valid_to: sent.ended_at,
    status: 'NEW',
  };
}

function asking({ document }: Resource, world: World): Json {
  return { authentication_method_current: currentMethod(world, textOf(document.person_id ?? '')) };
}

/** Which of the programs that were named take it. */
function qualify(more: Json, kind?: string): Read {
  return (request, world) => {
    const said = isObject(request.body) ? request.body : {};
    const refused = wrongPrescription({ said, request, world });
    if (refused) return refused;
    const found = kind === undefined ? undefined : world.find(kind, lastOf(request));
    if (kind !== undefined && !found) return notFound();
    const usable = found === undefined || found.document.status === 'ACTIVE';
    const programs = Array.isArray(said.programs) ? said.programs.filter(isObject) : [];
    const data = programs.map(({ id }) => ({
      program_id: id,
      program_name: textOf(named('medical_program', id, world).name ?? 'unknown'),
      status: usable ? 'VALID' : 'INVALID',
      ...(usable ? {} : { rejection_reason: 'Medication request is not active' }),
      ...more,
    }));
    return { status: 200, content: { data, type: 'list' } };
  };
}

const rejectPrescription = (show: Show) =>
  acts({
    kind: PRESCRIPTION,
    from: ['ACTIVE'],
    to: 'REJECTED',
    refused: 'Invalid status Medication request for reject transition!',
    set: (_, { said, request, world }) => ({
      reject_reason: said.reject_reason ?? null,
      reject_reason_code: said.reject_reason_code ?? null,
      rejected_at: new Date(world.now).toISOString(),
      ...(request.caller ? { rejected_by: request.caller.user } : {}),
    }),
    // Here it is a moment, elsewhere a day.
    show: (found, world) => ({ ...show(found, world), rejected_at: found.document.rejected_at }),
  });

const block = (show: Show) =>
  acts({
    kind: PRESCRIPTION,
    from: ['ACTIVE'],
    refused: 'Medication request must be active',
    check: ({ document }) =>
      document.is_blocked ? conflict('Medication request is already blocked') : undefined,
    set: (_, { said }) => ({ is_blocked: true, block_reason: '', ...said }),
    show,
  });

const unblock = (show: Show) =>
  acts({
    kind: PRESCRIPTION,
    check: ({ document }) =>
      document.is_blocked ? undefined : conflict('Medication request is not blocked'),
    set: (_, { said }) => ({ is_blocked: false, block_reason: '', ...said }),
    show,
  });

function wrongDispense(asked: Asked): Refusal | undefined {
  const { world } = asked;
  const said = dispensedIn(asked);
  const request = world.find(PRESCRIPTION, textOf(said.medication_request_id ?? ''));
  if (!request) {
    const where = '$.medication_dispense.medication_request_id';
    return wrongAt(where, 'Medication request with such id is not found');
  }
  if (request.document.status !== 'ACTIVE') return conflict('Medication request is not active');
  if (request.document.is_blocked) return conflict('Medication request is blocked');
  const unknown = unknownName('division', { ...asked, said });
  if (unknown) return unknown;
  const division = named('division', said.division_id, world);
  if (division.dls_verified === false) return conflict('Invalid division dls status');
  return quantityOf(said) > remaining(request, world)
    ? conflict(
        'dispensed medication quantity must be lesser or equal to medication quantity in Medication Request',
      )
    : undefined;
}

function dispensedIn({ said }: Asked): Json {
  return isObject(said.medication_dispense) ? said.medication_dispense : {};
}

function detailsOf(said: Json): Json[] {
  return Array.isArray(said.dispense_details) ? said.dispense_details.filter(isObject) : [];
}

function quantityOf(said: Json): number {
  return detailsOf(said).reduce((sum, one) => sum + Number(one.medication_qty ?? 0), 0);
}

function dispensed(asked: Asked): Json {
  const { dispense_details: _, ...said } = dispensedIn(asked);
  const details = detailsOf(dispensedIn(asked)).map(({ medication_id, ...detail }) => ({
    reimbursement_amount: 0,
    ...detail,
    medication: { id: medication_id, name: 'Medication', type: 'MEDICATION', form: 'TABLET' },
  }));
  const division = named('division', said.division_id, asked.world);
  const legal_entity_id = division.legal_entity_id ?? CLINIC.id;
  return { ...said, details, legal_entity_id, status: 'NEW' };
}

/** A prescription of which nothing is left is done with. */
function complete({ document }: Resource, asked: Asked): void {
  const request = asked.world.find(PRESCRIPTION, textOf(document.medication_request_id ?? ''));
  if (request && remaining(request, asked.world) <= 0)
    change(request, { status: 'COMPLETED' }, asked);
}

const printout: Show = (found, world) => {
  const shown = medicationRequest(found, world);
  const rows = ['request_number', 'started_at', 'ended_at'].map(
    (field) => `<p>${field}: ${textOf(shown[field] ?? '')}</p>`,
  );
  return { id: found.id, printout_form: `<html><body>${rows.join('')}</body></html>` };
};

const full = medicationRequestInFull;
const forPharmacist = medicationRequestForPharmacist;

/** Prescriptions and what pharmacies hand out, by operationId. */
export const PRESCRIPTIONS: Pack['reads'] = {
  prequalifyMedicationRequestRequest: qualify({}),
  createMedicationRequestRequest: creates({
    kind: REQUEST,
    check: wrongPrescription,
    document: requested,
    show: medicationRequest,
    urgent: asking,
  }),
  searchMedicationRequestRequests: list(REQUEST, { only: ofPerson, show: medicationRequest }),
  getMedicationRequestRequestsInCarePlanContext: list(REQUEST, {
    only: inCarePlan,
    show: medicationRequest,
  }),
  getMedicationRequestRequest: one(REQUEST, { only: ofPerson, show: medicationRequest }),
  rejectMedicationRequestRequest: acts({
    kind: REQUEST,
    from: ['NEW'],
    to: 'REJECTED',
    refused: 'Invalid status Request for Medication request for reject transition!',
    show: medicationRequest,
  }),

  qualifyMedicationRequest: qualify({ participants: [] }, PRESCRIPTION),
  searchMedicationRequests: list(PRESCRIPTION, { only: ofPerson, show: medicationRequest }),
  getMedicationRequestsInCarePlanContext: list(PRESCRIPTION, {
    only: inCarePlan,
    show: medicationRequest,
  }),
  getMedicationRequestInPersonContext: one(PRESCRIPTION, { only: ofPerson, show: full }),
  getMedicationRequest: one(PRESCRIPTION, { show: full }),
  getMedicationRequestByPharmacyUser: one(PRESCRIPTION, { show: forPharmacist }),
  getMedicationRequestInCompositionContext: one(PRESCRIPTION, { only: ofPerson, show: full }),
  getMedicationRequestPrintoutForm: one(PRESCRIPTION, { only: ofPerson, show: printout }),
  rejectMedicationRequest: rejectPrescription(medicationRequest),
  rejectMedicationRequestByPharmacyUser: rejectPrescription(forPharmacist),
  resendMedicationRequest: acts({
    kind: PRESCRIPTION,
    from: ['ACTIVE'],
    refused: 'Invalid status Medication request for resend action!',
    show: medicationRequest,
  }),
  blockMedicationRequest: block(medicationRequest),
  unblockMedicationRequest: unblock(medicationRequest),
  blockMedicationRequestByPharmacyUser: block(forPharmacist),
  unblockMedicationRequestByPharmacyUser: unblock(forPharmacist),

  createMedicationDispenseByPharmacyUser: creates({
    kind: DISPENSE,
    check: wrongDispense,
    document: dispensed,
    show: dispense,
  }),
  processMedicationDispenseByPharmacyUser: acts({
    kind: DISPENSE,
    from: ['NEW'],
    to: 'PROCESSED',
    refused: "Can't update medication dispense status from {status} to PROCESSED",
    set: (_, { said: { payment_id, payment_amount } }) => ({
      ...(payment_id === undefined ? {} : { payment_id }),
      ...(payment_amount === undefined ? {} : { payment_amount }),
    }),
    after: complete,
    show: dispense,
  }),
  rejectMedicationDispenseByPharmacyUser: acts({
    kind: DISPENSE,
    from: ['NEW'],
    to: 'REJECTED',
    refused: "Can't update medication dispense status from {status} to REJECTED",
    show: dispense,
  }),
  searchMedicationDispensesByPharmacyUser: list(DISPENSE, { show: dispense }),
  getMedicationDispenseByPharmacyUser: one(DISPENSE, { show: dispense }),
  getMedicationDispenseInCompositionContext: one(DISPENSE, { show: dispense }),
  getMedicationDispenseInPersonContext: one(DISPENSE, { show: dispenseForDoctor }),
  searchMedicationDispensesByMedicationRequestId: list(DISPENSE, {
    only: ({ document }, request) => document.medication_request_id === lastOf(request),
    show: dispenseForDoctor,
  }),
};
