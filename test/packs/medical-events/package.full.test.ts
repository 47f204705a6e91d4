import { describe, expect, it } from 'vitest';
import { at, type Json } from '../../../src/contract/json.js';
import { sampleValue } from '../../../src/contract/sample-value.js';
import { factsOf, PACKAGE_LISTS } from '../../../src/packs/medical-events/kinds.js';
import { contract, known, openEvents, PATIENT, type Said, signedIn } from './play.js';

const ENCOUNTER = '90a9e15b-b71b-4caf-8f2e-ff247e8a5600';
const OTHER = 'aaaaaaaa-b71b-4caf-8f2e-ff247e8a5600';
const EPISODE = 'f3c28d1e-8d5a-4e24-9d0b-1f3f0a5c7e11';
const LISTS = Object.keys(PACKAGE_LISTS) as (keyof typeof PACKAGE_LISTS)[];
const idOf = (i: number) => `${String(i).padStart(8, '0')}-0000-4000-8000-00000000000a`;

function reference(code: string, value: string): Json {
  return { identifier: { type: { coding: [{ system: 'eHealth/resources', code }] }, value } };
}

/** Something in every list of a package: what the contract requires of it, under an id of its own. */
function everything(head: Json): Json {
  const schema = (contract.document.components as Json).schemas as Json;
  const wants = (name: string) => (LISTS as readonly string[]).includes(name);
  const sample = sampleValue(contract.document, schema.Encounter_Request, {
    side: 'request',
    wants,
  }) as Record<string, Json[]>;
  const found = LISTS.map((list, i) => {
    const item: Json = { ...sample[list]?.[0], ...MORE[list] };
    const own = Object.hasOwn(item, 'encounter') ? 'encounter' : 'context';
    return [list, [{ ...item, id: idOf(i), [own]: reference('encounter', ENCOUNTER) }]] as const;
  });
  return { encounter: head, ...Object.fromEntries(found) };
}

/** What a sample leaves open, and the API asks for. */
const MORE: Partial<Record<(typeof LISTS)[number], Json>> = {
  device_dispenses: {
    details: [
      {
        device_code: {
          coding: [{ system: 'device_definition_classification_type', code: '30221' }],
        },
        quantity: { value: 10, system: 'device_unit', code: 'piece' },
      },
    ],
  },
  specimens: {
    type: { coding: [{ system: 'specimen_types', code: 'default' }] },
    managing_organization: reference('legal_entity', OTHER),
    registered_by: reference('employee', OTHER),
    container: [],
  },
};

const whole: Said['change'] = ({ encounter }) => everything(encounter as Json);

/** The same package entered in error as a whole, or one list of it alone. */
function inError(content: Json, only?: string): Json {
  const mark = (item: Json) => {
    const field = Object.hasOwn(item, 'verification_status') ? 'verification_status' : 'status';
    return { ...item, [field]: 'entered_in_error', explanatory_letter: 'A slip' };
  };
  const { encounter, ...lists } = everything(content.encounter as Json) as Record<string, Json[]>;
  const head = { ...(encounter as unknown as Json), explanatory_letter: 'A slip' };
  const marked = Object.entries(lists)
    .filter(([list]) => only === undefined || only === list)
    .map(([list, items]) => [list, items.map((item) => mark(item))]);
  const status = only === undefined ? 'entered_in_error' : 'finished';
  return { encounter: { ...head, status }, ...Object.fromEntries(marked) };
}

describe('a package with something in every list', () => {
  it('is linked, read, listed and traced, each by what its kind asks for', async () => {
    const events = await openEvents();
    const job = await events.write('submitEncounterPackage', { change: whole });
    const entities = LISTS.map((list) => PACKAGE_LISTS[list]);
    expect(job.links.map(({ entity }: Json) => entity)).toEqual(['encounter', ...entities]);
    for (const [i, { entity, href }] of job.links.entries()) {
      const { status, json } = await events.follow(href);
      expect(`${entity} ${status} ${json.data?.id}`).toBe(
        `${entity} 200 ${i === 0 ? ENCOUNTER : idOf(i - 1)}`,
      );
    }
    for (const [i, list] of LISTS.entries()) {
      const { show = '', collection } = factsOf(PACKAGE_LISTS[list]);
      expect(known(show).path).toContain(`/${collection}/`);
      const own = { at: { [collection]: idOf(i) } };
      const context = [...contract.operations.values()].find(({ path }) =>
        new RegExp(`^/patients/{[^}]+}/${collection}/{[^}]+}/context$`).test(path),
      );
      if (context) {
        const { json, status } = await events.read(context.id, own);
        expect(`${context.id} ${status}`).toBe(`${context.id} 200`);
        expect(at(json.data, 'episode.identifier.value')).toBe(EPISODE);
      }
      const search = [...contract.operations.values()].find(
        ({ path, method }) =>
          method === 'GET' && new RegExp(`^/patients/{[^}]+}/${collection}$`).test(path),
      );
      const names = search?.parameters.map(({ name }) => name) ?? [];
      const filter = ['encounter_id', 'encounter'].find((name) => names.includes(name)) ?? '';
      const device = names.includes('device') ? await deviceOf(events, own) : {};
      for (const [encounter, count] of [
        [ENCOUNTER, 1],
        [OTHER, 0],
      ] as const) {
        const query = { [filter]: encounter, ...device };
        const { json } = await events.read(search?.id ?? '', { query });
        expect(`${search?.id} ${json.data.length}`).toBe(`${search?.id} ${count}`);
      }
    }
  });

  async function deviceOf(events: Awaited<ReturnType<typeof openEvents>>, own: Said) {
    const { json } = await events.read('getDeviceDispense', own);
    const device = at(json.data, 'details.0.device.identifier.value');
    return { device: String(device ?? at(json.data, 'details.0.device_code.coding.0.code') ?? '') };
  }

  it('is entered in error as a whole', async () => {
    const events = await openEvents();
    await events.write('submitEncounterPackage', { change: whole });
    const job = await events.write('cancelEncounterPackage', {
      change: (content) => inError(content),
    });
    expect(job.error).toBeUndefined();
    for (const { entity, href } of job.links) {
      const { data } = (await events.follow(href)).json;
      expect(`${entity} ${data.verification_status ?? data.status}`).toBe(
        `${entity} entered_in_error`,
      );
      expect(data.explanatory_letter).toBe('A slip');
    }
    expect(job.links).toHaveLength(LISTS.length + 1);
  });

  it('loses one of its parts and keeps the others', async () => {
    const events = await openEvents();
    await events.write('submitEncounterPackage', { change: whole });
    const change = (content: Json) => inError(content, 'immunizations');
    const job = await events.write('cancelEncounterPackage', { change });
    expect(job.error).toBeUndefined();
    expect(job.links.map(({ entity }: Json) => entity)).toEqual(['immunization']);
    expect((await events.read('getEncounter')).json.data.status).toBe('finished');
    const again = await events.write('cancelEncounterPackage', { change });
    expect(again).toMatchObject({
      status: 'failed',
      error: { message: 'Invalid transition for immunization - already entered_in_error' },
    });
  });

  it('keeps its diagnoses as long as its encounter', async () => {
    const events = await openEvents();
    await events.write('submitEncounterPackage');
    const submitted = signedIn(await events.example('submitEncounterPackage')) as Record<
      string,
      Json[]
    >;
    const change = (content: Json) => ({
      encounter: { ...(content.encounter as Json), status: 'finished' },
      conditions: submitted.conditions?.map((condition) => ({
        ...condition,
        verification_status: 'entered_in_error',
        explanatory_letter: 'A slip',
      })),
    });
    const job = await events.write('cancelEncounterPackage', { change });
    expect(job.error.message).toBe(
      'The condition can not be canceled while encounter is not canceled',
    );
  });
});

describe('a package is refused', () => {
  const condition =
    (more: Json): Said['change'] =>
    (content) => ({
      ...content,
      conditions: (content.conditions as Json[]).map((one) => ({ ...one, ...more })),
    });
  it.each([
    [
      'with a part of another encounter',
      condition({ context: reference('encounter', OTHER) }),
      '$.conditions[0].context.identifier.value',
    ],
    ['with an id twice', condition({ id: ENCOUNTER }), '$.conditions[0].id'],
    ['with a part that is not whole', condition({ code: undefined }), '$.conditions[0].code'],
    [
      'with a part of another type',
      condition({ onset_date: 'yesterday' }),
      '$.conditions[0].onset_date',
    ],
    [
      'that ends tomorrow',
      (content: Json) => ({
        ...content,
        encounter: {
          ...(content.encounter as Json),
          period: { start: '2026-02-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
        },
      }),
      '$.encounter.period.end',
    ],
  ])('%s', async (_, change, entry) => {
    const events = await openEvents();
    const job = await events.write('submitEncounterPackage', { change });
    expect(job).toMatchObject({
      status: 'failed',
      error: { type: 'validation_failed', invalid: [{ entry }] },
    });
    expect((await events.read('getEncounter')).status).toBe(404);
  });

  it('of a part that is there already, by the words of the service', async () => {
    const events = await openEvents();
    await events.write('submitEncounterPackage');
    const change = (content: Json) => {
      const { encounter, ...rest } = JSON.parse(
        JSON.stringify(content).replaceAll(ENCOUNTER, OTHER),
      );
      return { ...rest, encounter };
    };
    const job = await events.write('submitEncounterPackage', { change });
    const [{ entry, rules }] = job.error.invalid;
    expect(entry).toBe('$.conditions[0].id');
    expect(rules[0].description).toMatch(/^Condition with id '.+' already exists$/);
  });
});

describe('a report package', () => {
  it('keeps its observations, which are found by their report', async () => {
    const events = await openEvents();
    const report = '1c9e7d40-3a62-4b5f-8e07-d4f1a6b3c592';
    const schema = (contract.document.components as Json).schemas as Json;
    const sample = sampleValue(contract.document, schema.Submit_DR_Package, {
      side: 'request',
      wants: (name) => name === 'observations',
    }) as Record<string, Json[]>;
    const change = (content: Json) => ({
      ...content,
      observations: [
        {
          ...sample.observations?.[0],
          id: idOf(1),
          diagnostic_report: reference('diagnostic_report', report),
        },
      ],
    });
    const job = await events.write('submitDiagnosticReportPackage', { change });
    expect(job.links?.map(({ entity }: Json) => entity)).toEqual([
      'diagnostic_report',
      'observation',
    ]);
    const found = await events.read('searchObservations', {
      query: { diagnostic_report_id: report },
    });
    expect(found.json.data.map(({ id }: Json) => id)).toEqual([idOf(1)]);
    const traced = await events.read('getObservationContexts', { at: { observations: idOf(1) } });
    expect(at(traced.json.data, 'diagnostic_report.identifier.value')).toBe(report);
    expect(job.links[1].href).toContain(`/patients/${PATIENT}/observations/`);
  });
});
