import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { at, type Json } from '../../../src/contract/json.js';
import { ACTIONS } from '../../../src/packs/medical-events/actions.js';
import { factsOf } from '../../../src/packs/medical-events/kinds.js';
import { WRITES } from '../../../src/packs/medical-events/operations.js';
import { base64 } from '../../support/client.js';
import { contract, type JobData, openEvents, type Said, signedIn } from './play.js';

/** A status that is read afterwards, a field that is, or a failure: its code, and what is said of it. */
type Expected = string | Readonly<Record<string, unknown>> | readonly [code: number, words: string];
type Step = readonly [operation: string, expected: Expected, said?: Said];

interface Life {
  /** What shows it, and where its status stands. */
  read: string;
  status?: string;
  /** What has to be there first. */
  before?: string;
  steps: readonly Step[];
}

const change =
  (more: Json): Said['change'] =>
  (content) => ({ ...content, ...more });
const TAKEN = [422, '$.id'] as const;
const CODE = { code: { coding: [{ system: 'eHealth/anything', code: 'other' }] } };
const DRIVERS = { type: { coding: [{ system: 'COMPOSITION_TYPES', code: 'DRIVERS_GROUP1' }] } };
const OTHER = 'aaaaaaaa-b71b-4caf-8f2e-ff247e8a5600';
const REQUEST = 'b0a5c7de-55e1-4a3c-8a0b-7d2c4d7f9b16';

/** The words of conflicts and of refusals are those of the service; ids are those of the contract's examples. */
const LIVES: Readonly<Record<string, Life>> = {
  'an episode that is closed': {
    read: 'getEpisode',
    steps: [
      ['updateEpisode', [404, 'Failed to get episode']],
      ['closeEpisode', [404, 'Failed to get episode']],
      ['cancelEpisode', [404, 'Failed to get episode']],
      ['createEpisode', 'active'],
      ['createEpisode', TAKEN],
      ['updateEpisode', { name: 'Cough, second visit' }],
      [
        'closeEpisode',
        [422, 'End date must be greater or equal than start date'],
        { change: change({ period: { end: '2025-01-01T00:00:00Z' } }) },
      ],
      ['closeEpisode', 'closed'],
      ['closeEpisode', [409, 'Episode in status closed can not be closed']],
      ['updateEpisode', [409, 'Episode in status closed can not be updated']],
      ['submitEncounterPackage', [422, 'Episode is not active']],
      [
        'cancelEpisode',
        { status: 'entered_in_error', 'status_history.2.status': 'entered_in_error' },
      ],
      ['cancelEpisode', [409, 'Episode in status entered_in_error can not be canceled']],
    ],
  },
  'an episode with an encounter': {
    read: 'getEpisode',
    steps: [
      ['createEpisode', 'active'],
      ['submitEncounterPackage', { 'current_diagnoses.0.code.coding.0.code': expect.any(String) }],
      ['cancelEpisode', [409, 'Episode can not be canceled while it has not canceled encounters']],
      ['cancelEncounterPackage', 'active'],
      ['cancelEpisode', 'entered_in_error'],
    ],
  },
  'an encounter': {
    read: 'getEncounter',
    steps: [
      ['cancelEncounterPackage', [404, 'Encounter is not found']],
      ['submitEncounterPackage', 'finished'],
      ['submitEncounterPackage', [422, '$.encounter.id']],
      [
        'cancelEncounterPackage',
        [409, 'At least one entity should have status "entered_in_error"'],
        {
          change: (content) => ({
            ...content,
            encounter: { ...(content.encounter as Json), status: 'finished' },
            conditions: undefined,
          }),
        },
      ],
      [
        'cancelEncounterPackage',
        [
          409,
          'Submitted signed content does not correspond to previously created content: encounter.class.code',
        ],
        {
          change: (content) => ({
            ...content,
            encounter: {
              ...(content.encounter as Json),
              class: { system: 'eHealth/encounter_classes', code: 'INPATIENT' },
            },
          }),
        },
      ],
      ['cancelEncounterPackage', 'entered_in_error'],
      ['cancelEncounterPackage', [409, 'entered in error already']],
    ],
  },
  'a diagnostic report': {
    read: 'getDiagnosticReport',
    steps: [
      ['cancelDiagnosticReportPackage', [404, 'Diagnostic report not found']],
      ['submitDiagnosticReportPackage', 'final'],
      ['submitDiagnosticReportPackage', [422, '$.diagnostic_report.id']],
      ['cancelDiagnosticReportPackage', 'entered_in_error'],
      [
        'cancelDiagnosticReportPackage',
        [409, 'Invalid transition for diagnostic_report - already entered_in_error'],
      ],
    ],
  },
  'a procedure': {
    read: 'getProcedure',
    steps: [
      ['cancelProcedure', [404, 'Procedure is not found']],
      ['createProcedure', 'completed'],
      ['createProcedure', TAKEN],
      [
        'cancelProcedure',
        [
          409,
          'Submitted signed content does not correspond to previously created content: primary_source',
        ],
        { change: change({ primary_source: false }) },
      ],
      ['cancelProcedure', 'entered_in_error'],
      ['cancelProcedure', [409, 'Invalid transition for procedure - already entered_in_error']],
    ],
  },
  'a specimen that is processed': {
    read: 'getSpecimen',
    steps: [
      ['processSpecimen', [404, 'Specimen is not found']],
      [
        'createSpecimen',
        { status: 'available', accession_identifier: expect.stringMatching(/^\w{4}(-\w{4}){3}$/) },
      ],
      ['createSpecimen', TAKEN],
      [
        'processSpecimen',
        [422, 'Should be between collected datetime and current datetime'],
        { body: { received_time: '2030-01-01T00:00:00Z' } },
      ],
      ['processSpecimen', { status: 'available', received_time: '2025-03-03T08:00:00Z' }],
      ['processSpecimen', [422, 'Value is already set and cannot be changed']],
      ['rejectSpecimen', 'unsatisfactory'],
      ['rejectSpecimen', [409, 'Specimen is not in available status']],
      ['processSpecimen', [409, 'Specimen is not in available status']],
      [
        'cancelSpecimen',
        [422, "doesn't match with previously created specimen"],
        { change: change({ type: CODE.code }) },
      ],
      ['cancelSpecimen', 'entered_in_error'],
      ['cancelSpecimen', [409, 'Specimen in status entered_in_error cannot be cancelled']],
    ],
  },
  'a specimen that is used up': {
    read: 'getSpecimen',
    steps: [
      ['createSpecimen', 'available'],
      [
        'invalidateSpecimen',
        { status: 'unavailable', 'status_reason.coding.0.code': expect.any(String) },
      ],
      ['invalidateSpecimen', [409, 'Specimen is not in available status']],
    ],
  },
  'a service request that is used': {
    read: 'getServiceRequest',
    steps: [
      ['useServiceRequest', [404, `Service request with id '${REQUEST}' is not found`]],
      [
        'createServiceRequest',
        { status: 'active', requisition: expect.stringMatching(/^\w{4}(-\w{4}){3}$/) },
      ],
      ['createServiceRequest', TAKEN],
      ['resendSmsOnServiceRequest', 'active'],
      [
        'changeServiceRequestStatusToInProgress',
        [409, 'Service request is used by another legal entity'],
      ],
      ['completeServiceRequest', [409, 'Invalid service request status']],
      ['useServiceRequest', { status: 'active', program_processing_status: 'in_queue' }],
      ['useServiceRequest', [409, 'Service request is already used']],
      [
        'releaseServiceRequest',
        { program_processing_status: 'new', used_by_legal_entity: undefined },
      ],
      ['useServiceRequest', { 'used_by_legal_entity.identifier.value': expect.any(String) }],
      [
        'changeServiceRequestStatusToInProgress',
        { status: 'in_progress', program_processing_status: 'in_progress' },
      ],
      ['useServiceRequest', [409, "Can't use inactive service request"]],
      ['releaseServiceRequest', [409, 'Service request in status in_progress cannot be released']],
      ['recallServiceRequest', [409, 'Service request in status in_progress cannot be recalled']],
      ['cancelServiceRequest', [409, 'Service request in status in_progress cannot be cancelled']],
      ['completeServiceRequest', { status: 'completed', program_processing_status: 'completed' }],
      ['resendSmsOnServiceRequest', [409, 'Service request in status completed cannot be resent']],
      ['cancelServiceRequest', 'entered_in_error'],
    ],
  },
  'a service request that is recalled': {
    read: 'getServiceRequest',
    steps: [
      ['createServiceRequest', 'active'],
      [
        'recallServiceRequest',
        [422, "Signed content doesn't match with previously created service request: intent"],
        { change: change({ intent: 'plan' }) },
      ],
      ['recallServiceRequest', { status: 'recalled', 'status_history.1.status': 'recalled' }],
      ['recallServiceRequest', [409, 'Service request in status recalled cannot be recalled']],
      ['changeServiceRequestStatusToInProgress', [409, 'Invalid service request status']],
    ],
  },
  'a device request that is revoked': {
    read: 'getDeviceRequest',
    steps: [
      ['revokeDeviceRequest', [404, 'Device request is not found']],
      ['createDeviceRequest', { status: 'active', requisition: expect.any(String) }],
      ['createDeviceRequest', TAKEN],
      ['resendSmsOnDeviceRequest', 'active'],
      ['revokeDeviceRequest', 'revoked'],
      ['revokeDeviceRequest', [409, 'Device request in status revoked cannot be revoked']],
      ['completeDeviceRequest', [409, 'Device request in status revoked cannot be completed']],
      ['resendSmsOnDeviceRequest', [409, 'Device request in status revoked cannot be resent']],
      ['createDeviceDispense', [422, 'Device request is not active']],
    ],
  },
  'a device request that is completed': {
    read: 'getDeviceRequest',
    steps: [
      ['createDeviceRequest', 'active'],
      ['completeDeviceRequest', 'completed'],
      ['markInErrorDeviceRequest', 'entered_in_error'],
      [
        'markInErrorDeviceRequest',
        [409, 'Device request in status entered_in_error cannot be marked in error'],
      ],
    ],
  },
  'a device request that is dispensed': {
    read: 'getDeviceRequest',
    steps: [
      ['createDeviceRequest', 'active'],
      ['createDeviceDispense', 'active'],
      ['completeDeviceDispense', 'completed'],
    ],
  },
  'a device dispense': {
    read: 'getDeviceDispense',
    steps: [
      ['completeDeviceDispense', [404, 'Device dispense is not found']],
      ['createDeviceDispense', 'in_progress'],
      ['createDeviceDispense', TAKEN],
      [
        'markInErrorDeviceDispense',
        [409, 'Device dispense in status in_progress cannot be marked in error'],
      ],
      ['completeDeviceDispense', 'completed'],
      ['completeDeviceDispense', [409, 'Device dispense in status completed cannot be completed']],
      ['stopDeviceDispense', [409, 'Device dispense in status completed cannot be stopped']],
      [
        'markInErrorDeviceDispense',
        'entered_in_error',
        { change: change({ primary_source: true }) },
      ],
    ],
  },
  'a device dispense that is stopped': {
    read: 'getDeviceDispense',
    steps: [
      ['createDeviceDispense', 'in_progress'],
      ['stopDeviceDispense', 'stopped'],
      ['completeDeviceDispense', [409, 'Device dispense in status stopped cannot be completed']],
    ],
  },
  'a conclusion': {
    read: 'getComposition',
    steps: [
      ['resendSmsOnComposition', [404, 'Composition is not found']],
      ['submitComposition', 'FINAL'],
      ['submitComposition', TAKEN],
      ['resendSmsOnComposition', 'FINAL'],
      [
        'markInErrorComposition',
        [422, "doesn't match with previously created composition: title"],
        { change: change({ title: '0000-0000-0000-0000', ...DRIVERS }) },
      ],
      ['markInErrorComposition', 'ENTERED_IN_ERROR', { change: change(DRIVERS) }],
      [
        'markInErrorComposition',
        [409, 'Composition in status ENTERED_IN_ERROR cannot be marked in error'],
      ],
      ['resendSmsOnComposition', [409, 'Composition in status ENTERED_IN_ERROR cannot be resent']],
    ],
  },
  'a care plan': {
    read: 'getCarePlan',
    steps: [
      ['cancelCarePlan', [404, 'Care plan is not found']],
      ['createCarePlanActivity', [404, 'Care plan is not found']],
      ['createCarePlan', 'new'],
      ['createCarePlan', TAKEN],
      ['completeCarePlan', [409, 'Care plan in status new cannot be completed']],
      ['createCarePlanActivity', 'active'],
      ['completeCarePlan', [409, 'Care plan has scheduled or in-progress activities']],
      ['cancelCarePlan', [409, 'Care plan has scheduled or in-progress activities']],
      ['completeCarePlanActivity', 'active'],
      ['completeCarePlan', { status: 'completed', 'status_history.2.status': 'completed' }],
      ['cancelCarePlan', [409, 'Care plan in status completed cannot be cancelled']],
      [
        'createCarePlanActivity',
        [409, 'Invalid care plan status'],
        { change: change({ id: OTHER }) },
      ],
    ],
  },
  'a care plan of which nothing comes': {
    read: 'getCarePlan',
    steps: [
      ['createCarePlan', 'new'],
      ['createCarePlanActivity', 'active'],
      ['cancelCarePlanActivity', 'active'],
      ['completeCarePlan', [409, 'Care plan has no one completed activity']],
      ['cancelCarePlan', 'cancelled'],
    ],
  },
  'an activity': {
    read: 'getCarePlanActivity',
    status: 'detail.status',
    before: 'createCarePlan',
    steps: [
      ['cancelCarePlanActivity', [404, 'Activity is not found']],
      ['createCarePlanActivity', 'scheduled'],
      ['createCarePlanActivity', TAKEN],
      [
        'completeCarePlanActivity',
        { 'detail.status': 'completed', 'outcome_codeable_concept.0.coding.0.code': 'default' },
      ],
      ['completeCarePlanActivity', [409, 'Invalid activity status']],
      ['cancelCarePlanActivity', [409, 'Invalid activity status']],
    ],
  },
};

function read(document: unknown, { status = 'status' }: Life, expected: Expected): Json {
  const fields = typeof expected === 'string' ? [status] : Object.keys(expected);
  return Object.fromEntries(fields.map((field) => [field, at(document, field)]));
}

function isFailure(expected: Expected): expected is readonly [number, string] {
  return Array.isArray(expected);
}

/** All that a failed job says in words. */
function wordsOf({ error }: JobData): string {
  if (typeof error === 'string') return error;
  const invalid = (error?.invalid ?? []) as { entry: string; rules: { description: string }[] }[];
  const places = invalid.flatMap(({ entry, rules }) => [
    entry,
    ...rules.map((rule) => rule.description),
  ]);
  return [error?.message, ...places].join(' | ');
}

describe('the life of', () => {
  it.each(Object.entries(LIVES))('%s', async (_, life) => {
    const events = await openEvents();
    if (life.before) await events.write(life.before);
    let changed: unknown;
    for (const [operation, expected, said] of life.steps) {
      const job = await events.write(operation, said);
      if (isFailure(expected)) {
        expect(`${operation} ${job.status} ${job.status_code}`).toBe(
          `${operation} failed ${expected[0]}`,
        );
        expect(wordsOf(job)).toContain(expected[1]);
        continue;
      }
      expect(`${operation} ${job.status} ${wordsOf(job)}`).toBe(`${operation} processed `);
      const { json, status } = await events.read(life.read);
      expect(status).toBe(200);
      const wanted =
        typeof expected === 'string' ? { [life.status ?? 'status']: expected } : expected;
      expect(read(json.data, life, expected)).toEqual(wanted);
      // Also what leaves the status as it is can be seen.
      const action = ACTIONS[operation];
      if (action && factsOf(action.kind).show === life.read) {
        expect(`${operation} ${json.data.updated_at}`).not.toBe(`${operation} ${changed}`);
      }
      changed = json.data.updated_at;
    }
  });
});

it('every operation that schedules is played', () => {
  const played = new Set(Object.values(LIVES).flatMap(({ steps }) => steps.map(([id]) => id)));
  const approvals = ['createApproval', 'resendSmsOnApproval', 'cancelApproval'];
  expect([...played, ...approvals].sort()).toEqual(
    expect.arrayContaining([...WRITES.keys()].sort()),
  );
  expect(WRITES.size).toBe(44);
  for (const id of WRITES.keys()) expect(contract.operations.has(id)).toBe(true);
});

/** What people sent to 0.3.0: the examples of its contract. They are copies, and never change. */
const BODIES = JSON.parse(
  readFileSync('test/fixtures/medical-events/bodies-of-0.3.0.json', 'utf8'),
);

describe('a body of 0.3.0', () => {
  it('of an encounter without a period is kept, read and cancelled', async () => {
    const events = await openEvents();
    const job = await events.write('submitEncounterPackage', {
      body: BODIES.submitEncounterPackage,
    });
    expect(job.error).toBeUndefined();
    const { data } = (await events.read('getEncounter')).json;
    expect(data).toMatchObject({
      date: '2025-03-03T08:30:00Z',
      period: { start: '2025-03-03T08:30:00Z', end: '2025-03-03T08:30:00Z' },
    });
    const cancelled = await events.write('cancelEncounterPackage', {
      body: BODIES.cancelEncounterPackage,
    });
    expect(cancelled.status).toBe('processed');
    expect((await events.read('getEncounter')).json.data).toMatchObject({
      status: 'entered_in_error',
      explanatory_letter: 'Another patient was meant',
    });
  });

  it('of an encounter of tomorrow is refused where it was', async () => {
    const events = await openEvents();
    const { visit, ...body } = BODIES.submitEncounterPackage;
    const content = signedIn(body) as { encounter: object };
    const encounter = { ...content.encounter, date: '2026-02-03T12:00:00Z' };
    const sent = { visit, signed_data: base64({ ...content, encounter }) };
    const job = await events.write('submitEncounterPackage', { body: sent });
    expect(job.error.invalid[0].entry).toBe('$.encounter.date');
  });

  it.each([
    ['createServiceRequest', 'getServiceRequest'],
    ['createApproval', 'getApproval'],
  ])('of %s makes what it made', async (operation, read) => {
    const events = await openEvents();
    const job = await events.write(operation, { body: BODIES[operation] });
    expect(job.status).toBe('processed');
    const [made] = events.sandbox.resources();
    const id = String(made?.id);
    const { status, json } = await events.read(read, {
      at: { approvals: id, service_requests: id },
    });
    expect(status).toBe(200);
    expect(json.data).toMatchObject({
      id,
      status: operation === 'createApproval' ? 'new' : 'active',
    });
  });
});

describe('while rules are off', () => {
  it('what can be changed is changed, and no job fails', async () => {
    const events = await openEvents();
    events.sandbox.set({ rules: 'off' });
    await events.write('createEpisode');
    await events.write('closeEpisode');
    for (const operation of [
      'closeEpisode',
      'updateEpisode',
      'cancelProcedure',
      'cancelEncounterPackage',
    ]) {
      expect(`${operation} ${(await events.write(operation)).status}`).toBe(
        `${operation} processed`,
      );
    }
    expect((await events.read('getEpisode')).json.data.status).toBe('closed');
  });
});
