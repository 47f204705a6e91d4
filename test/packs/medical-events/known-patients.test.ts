import { describe, expect, it } from 'vitest';
import { exampleBody } from '../../../src/contract/example.js';
import type { Json } from '../../../src/contract/json.js';
import { medicalEvents } from '../../../src/packs/medical-events/index.js';
import { prepareContainers } from '../../../src/packs/signature/signed-content.js';
import type { FinishedJob, World } from '../../../src/sandbox/pack.js';
import { chained, contract, known, makeEmptyWorld, PATIENT, STRANGER } from './play.js';

await prepareContainers();

/** The world of a platform: patients are there from the beginning, as its general part keeps them. */
function worldWith(...people: Json[]): World {
  const world = makeEmptyWorld();
  for (const person of people) {
    world.keep({ kind: 'person', id: String(person.id), document: person });
  }
  return world;
}

function jobOf(operation: string, patient: string, world: World): FinishedJob {
  const body = chained(operation, exampleBody(contract.document, known(operation)) as Json);
  const params = { patient_id: patient };
  const asked = { operation: known(operation), params, query: {}, body };
  const resource = medicalEvents.names?.(asked, world) ?? world.ids.uuid();
  return { id: 'a', operation, params, body, resource, result: {}, tell: () => undefined };
}

const PERSON = {
  id: PATIENT,
  first_name: 'Olena',
  last_name: 'Bondar',
  second_name: 'Petrivna',
  gender: 'FEMALE',
  birth_date: '1980-02-03',
  authentication_methods: [{ type: 'OTP', phone_number: '+380931234567' }],
};

describe('where the session knows its patients', () => {
  const admit = (operation: string, patient: string, world: World) =>
    medicalEvents.admit(
      {
        operation: known(operation),
        params: { patient_id: patient },
        query: {},
        body: exampleBody(contract.document, known(operation)),
      },
      world,
    );

  it('another one is not found, as the API documents it', () => {
    const world = worldWith(PERSON);
    for (const operation of ['submitEncounterPackage', 'createEpisode', 'createApproval']) {
      expect(admit(operation, STRANGER, world)).toEqual({
        status: 404,
        type: 'NOT_FOUND',
        message: 'Patient not found',
      });
      expect(admit(operation, PATIENT, world)).toBeUndefined();
    }
  });

  it('every patient is taken where it knows none', () => {
    expect(admit('createEpisode', STRANGER, worldWith())).toBeUndefined();
  });

  it('what a document names has to be there', () => {
    const world = worldWith(PERSON);
    const judge = (operation: string) =>
      medicalEvents.judge?.(jobOf(operation, PATIENT, world), world);
    const words = (operation: string) => judge(operation)?.invalid?.[0]?.rules[0]?.description;
    expect(words('submitEncounterPackage')).toBe('Episode with such ID is not found');
    expect(words('createDeviceRequest')).toBe('Encounter with such id is not found');
    expect(words('createDeviceDispense')).toBe('Device request not found');
    for (const operation of ['createEpisode', 'submitEncounterPackage', 'createDeviceRequest']) {
      expect(judge(operation)).toBeUndefined();
      medicalEvents.complete(jobOf(operation, PATIENT, world), world);
    }
    expect(judge('createDeviceDispense')).toBeUndefined();
  });

  it('who asks is written down, and may not change what is another institution’s', () => {
    const world = worldWith();
    const institution = '2f1b0f7c-5d3e-4d0a-9c64-3a7f8b1e6d20';
    const caller = { user: STRANGER, legal_entity: institution, client: 'mis', scopes: [] };
    const own = (operation: string) => ({ ...jobOf(operation, PATIENT, world), caller });
    const others = (operation: string) => ({
      ...jobOf(operation, PATIENT, world),
      caller: { ...caller, legal_entity: STRANGER },
    });
    medicalEvents.complete(own('createEpisode'), world);
    const [episode] = world.all('episode');
    const at = (job: FinishedJob) => ({
      ...job,
      params: { patient_id: PATIENT, episode_id: String(episode?.id) },
    });
    for (const operation of ['closeEpisode', 'cancelEpisode']) {
      expect(medicalEvents.judge?.(at(others(operation)), world)).toEqual({
        code: 'conflict',
        message: "Managing_organization does not correspond to user's legal_entity",
      });
      expect(medicalEvents.judge?.(at(own(operation)), world)).toBeUndefined();
    }
    medicalEvents.complete(own('createCarePlan'), world);
    expect(world.all('care_plan')[0]?.document).toMatchObject({ inserted_by: STRANGER });
  });

  it('the same is taken where it knows nobody', () => {
    const world = worldWith();
    const judged = medicalEvents.judge?.(jobOf('createDeviceRequest', PATIENT, world), world);
    expect(judged).toBeUndefined();
  });

  it('names and ways to reach people are told of those who are there', () => {
    const world = worldWith(PERSON);
    medicalEvents.complete(jobOf('createApproval', PATIENT, world), world);
    const [approval] = world.all('approval');
    expect(approval?.document.authentication_method_current).toEqual({
      type: 'OTP',
      number: '+38093*****67',
    });
    medicalEvents.complete(jobOf('createServiceRequest', PATIENT, world), world);
    const [request] = world.all('service_request');
    expect(request?.document.subject).toMatchObject({ display_value: 'Bondar Olena Petrivna' });
  });
});
