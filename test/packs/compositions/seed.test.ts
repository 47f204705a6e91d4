import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/contract/json.js';
import { compositions } from '../../../src/packs/compositions/index.js';
import {
  admit,
  ask,
  cancel,
  conclusion,
  documentOf,
  ENCOUNTER,
  makeWorld,
  PATIENT,
  tasksOf,
} from './world.js';

const ID = '6f1c2b1e-8f5d-4a8e-9a53-1b7c0a4d2e10';
const concept = (system: string, code: string) => ({ coding: [{ system, code }] });
const LEAST = {
  type: concept('COMPOSITION_TYPES', 'TEMP_DISABILITY'),
  subject: { value: PATIENT },
  encounter: { value: ENCOUNTER },
};

function seeded(given: Json, world = makeWorld()) {
  const resource = compositions.seed(given, world);
  if (typeof resource === 'string') throw new Error(resource);
  return { world, resource };
}

describe('seeding a composition', () => {
  it('needs a type, a subject and an encounter; the rest is filled in to suit the contract', () => {
    const { world, resource } = seeded(LEAST);
    expect(resource.document).toMatchObject({
      identifier: { value: resource.id },
      status: 'PRELIMINARY',
      category: concept('COMPOSITION_CATEGORIES', 'SICKNESS'),
      subject: { type: concept('eHealth/resources', 'person'), value: PATIENT },
      event: [{ period: { start: '2025-03-03T00:00:01Z', end: '2025-03-03T20:59:59Z' } }],
    });
    const params = { patientId: PATIENT, encounterId: ENCOUNTER, compositionId: resource.id };
    expect(ask(world, 'getCompositionByEncounter', params)).toMatchObject({ status: 200 });
  });

  it('keeps what is given', () => {
    const given = {
      ...conclusion(),
      identifier: { value: ID },
      status: 'FINAL',
      title: '8910-33K4-EB46-KA3A',
      date: '2025-01-01T00:00:00Z',
    };
    const { resource } = seeded(given);
    expect(resource.id).toBe(ID);
    expect(resource.document).toMatchObject(given);
  });

  it('takes integration tasks, so that a resend can be tried at once', () => {
    const task = {
      component: 'ERLN',
      type: 'CREATE_ERLN_RECORD',
      taskStatus: 'FAILED',
      integrationStatus: 'ERROR',
    };
    const given = { ...LEAST, identifier: { value: ID }, status: 'FINAL', integration: [task] };
    const { world, resource } = seeded(given);
    expect(resource.document).not.toHaveProperty('integration');
    expect(tasksOf(world, ID)).toMatchObject([task]);
    expect(admit(world, 'resendToErln', ID)).toBeUndefined();
  });

  it('takes relations, so that a cancellation can be tried at once', () => {
    const { world } = seeded({ ...LEAST, identifier: { value: ID }, status: 'AMENDED' });
    const relatesTo = { code: 'replaces', targetIdentifier: ID };
    const { resource } = seeded({ ...LEAST, status: 'FINAL', relatesTo }, world);
    expect(cancel(world, resource.id)).toBeUndefined();
    expect(documentOf(world, ID).status).toBe('FINAL');
  });

  it.each([
    ['no type', { ...LEAST, type: undefined }, /type\.coding\.0\.code is missing; give at least/],
    ['no subject', { ...LEAST, subject: {} }, /subject\.value is missing/],
    ['no encounter', { ...LEAST, encounter: undefined }, /encounter\.value is missing/],
    [
      'an unknown status',
      { ...LEAST, status: 'DONE' },
      /status is "DONE"; give one of PRELIMINARY, FINAL/,
    ],
    [
      'an id that is no UUID',
      { ...LEAST, identifier: { value: '7' } },
      /identifier\.value is "7"; give a UUID/,
    ],
    [
      'a relation that says nothing',
      { ...LEAST, relatesTo: { code: 'follows' } },
      /relatesTo cannot be read/,
    ],
    ['tasks that say nothing', { ...LEAST, integration: [{}] }, /integration is a list of tasks/],
    [
      'a task of an unknown register',
      {
        ...LEAST,
        integration: [{ component: 'X', type: 'CREATE_ERLN_RECORD', taskStatus: 'DONE' }],
      },
      /the contract does not allow \$\.integration\[0\]\.component/,
    ],
    ['a list', [] as unknown as Json, /a composition is a JSON object/],
    [
      'what the contract forbids',
      { ...LEAST, title: 'short' },
      /the contract does not allow \$\.title/,
    ],
  ])('refuses %s and says what to give', (_, given, text) => {
    const world = makeWorld();
    expect(compositions.seed(given, world)).toMatch(text);
    expect([...world.resources.all()]).toEqual([]);
  });
});
