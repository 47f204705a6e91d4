import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/contract/json.js';
import { NOT_KEPT } from '../../../src/packs/medical-events/filters.js';
import { READS } from '../../../src/packs/medical-events/reads.js';
import { contract, known, openEvents, type Said, STRANGER } from './play.js';

const ENCOUNTER = '90a9e15b-b71b-4caf-8f2e-ff247e8a5600';
const EPISODE = 'f3c28d1e-8d5a-4e24-9d0b-1f3f0a5c7e11';
const EMPLOYEE = '4d3b0b3c-6f0e-4c8a-9d77-2b8f5c1f3a90';
const INSTITUTION = '2f1b0f7c-5d3e-4d0a-9c64-3a7f8b1e6d20';

/** What is there when lists are asked for: one of everything that has an operation of its own. */
const MADE = [
  'createEpisode',
  'submitEncounterPackage',
  'createServiceRequest',
  'createDeviceRequest',
  'createDeviceDispense',
  'createProcedure',
  'createSpecimen',
  'submitDiagnosticReportPackage',
  'submitComposition',
  'createCarePlan',
  'createCarePlanActivity',
];

async function openWithAll() {
  const events = await openEvents();
  for (const operation of MADE) {
    const { status, error } = await events.write(operation);
    expect(`${operation} ${status} ${JSON.stringify(error)}`).toBe(
      `${operation} processed undefined`,
    );
  }
  return events;
}

/** Filters that find what the contract's examples make, and such that find nothing. */
const FILTERS: readonly [operation: string, found: Json, none: Json][] = [
  ['searchEpisodes', { status: 'active' }, { status: 'closed' }],
  [
    'searchEpisodes',
    { period_from: '2025-03-03', period_to: '2025-03-03' },
    { period_from: '2025-03-04' },
  ],
  [
    'searchEpisodes',
    { managing_organization_id: INSTITUTION },
    { managing_organization_id: EMPLOYEE },
  ],
  ['searchEncounters', { episode_id: EPISODE }, { episode_id: ENCOUNTER }],
  ['searchEncounters', { period_start_from: '2025-03-03' }, { period_start_to: '2025-03-02' }],
  [
    'searchEncounters',
    { managing_organization_id: INSTITUTION },
    { managing_organization_id: EMPLOYEE },
  ],
  [
    'searchEncounters',
    { date_from: '2025-03-01', date_to: '2025-03-05' },
    { date_to: '2025-03-01' },
  ],
  ['searchConditions', { encounter_id: ENCOUNTER }, { encounter_id: EPISODE }],
  ['searchConditions', { code: 'R80' }, { code: 'R81' }],
  ['getEncountersInEpisodeContext', {}, { period_end_to: '2025-03-02' }],
  ['getConditionsInEpisodeContext', {}, { code: 'Z00' }],
  ['searchServiceRequests', { status: 'active' }, { status: 'completed' }],
  [
    'searchServiceRequests',
    { requester_legal_entity: INSTITUTION },
    { requester_legal_entity: EMPLOYEE },
  ],
  ['searchDeviceRequests', { encounter: ENCOUNTER }, { encounter: EPISODE }],
  [
    'searchDeviceRequests',
    { authored_on_to: '2025-03-03T08:00:00Z' },
    { authored_on_from: '2025-03-03T08:00:01Z' },
  ],
  ['searchProcedures', { recorded_by: EMPLOYEE }, { recorded_by: INSTITUTION }],
  ['searchSpecimens', { type: 'default', registered_by: EMPLOYEE }, { type: 'other' }],
  ['searchDiagnosticReports', { issued_from: '2025-03-03' }, { issued_from: '2025-03-04' }],
  ['searchCompositions', { author: EMPLOYEE, status: 'FINAL' }, { status: 'ENTERED_IN_ERROR' }],
  ['searchCompositions', { date: '2025-03-03' }, { date: '2025-03-04' }],
  ['searchCarePlans', { status: 'active', encounter_id: ENCOUNTER }, { status: 'new' }],
  ['searchCarePlans', { period_date: '2025-03-03' }, { period_date: '2025-03-02' }],
  ['searchCarePlansV2', { addresses: 'E11.9' }, { addresses: 'R05' }],
  [
    'getCarePlanActivities',
    { kind: 'medication_request', status: 'scheduled' },
    { status: 'completed' },
  ],
  ['searchSummaryShortEpisodes', {}, { period_start_from: '2025-03-04' }],
  ['searchSummaryShortEncounters', { class: 'PHC' }, { class: 'INPATIENT' }],
];

describe('a list', () => {
  it('narrows to what its query asks for', async () => {
    const events = await openWithAll();
    for (const [operation, found, none] of FILTERS) {
      for (const [query, count] of [
        [found, 1],
        [none, 0],
      ] as const) {
        const { json, status } = await events.read(operation, {
          query: query as Said['query'] & object,
        });
        const asked = `${operation} ${JSON.stringify(query)}`;
        expect(`${asked}: ${status} ${json.data?.length}`).toBe(`${asked}: 200 ${count}`);
        expect(json.paging?.total_entries ?? count).toBe(count);
      }
    }
  });

  it('is cut into pages, from 1 to 100 a page, the newest first', async () => {
    const events = await openEvents();
    const ids = [1, 2, 3].map((i) => `0000000${i}-0000-4000-8000-00000000000a`);
    for (const id of ids)
      await events.write('createEpisode', { change: (one) => ({ ...one, id }) });
    const page = async (query: Record<string, string>) =>
      (await events.read('searchEpisodes', { query })).json;
    const second = await page({ page: '2', page_size: '2' });
    expect(second.data.map(({ id }: Json) => id)).toEqual([ids[0]]);
    expect(second.paging).toMatchObject({
      page: 2,
      page_number: 2,
      page_size: 2,
      total_entries: 3,
      total_pages: 2,
    });
    expect((await page({})).paging.page_size).toBe(50);
    for (const size of ['0', '101']) {
      const { status } = await events.read('searchEpisodes', { query: { page_size: size } });
      expect(`${size} ${status}`).toBe(`${size} 400`);
    }
  });

  it('is empty for a patient who has nothing', async () => {
    const events = await openWithAll();
    const { json } = await events.read('searchEpisodes', { patient: STRANGER });
    expect(json.data).toEqual([]);
  });
});

describe('each operation that reads', () => {
  it('answers as its contract says once something is there, by its id and in its lists', async () => {
    const events = await openWithAll();
    const specimen = (await events.read('getSpecimen')).json.data.accession_identifier;
    const requisition = async (operation: string) =>
      (await events.read(operation)).json.data.requisition;
    const queries: Record<string, Record<string, string>> = {
      searchServiceRequestsByRequisition: { requisition: await requisition('getServiceRequest') },
      searchDeviceRequestsByRequisition: { requisition: await requisition('getDeviceRequest') },
      getCarePlansByRequisition: { requisition: await requisition('getCarePlan') },
      createCompositionTitle: { composition_type: 'DRIVERS_GROUP1' },
      generateCompositionPrintForm: { composition_id: ENCOUNTER, form_type: 'FULL' },
    };
    const answers = new Map<string, number>();
    for (const id of Object.keys(READS)) {
      if (id === 'verifyApproval' || id.startsWith('getApproval')) continue;
      const device = known(id).parameters.some(
        ({ name, required }) => name === 'device' && required,
      );
      const query = queries[id] ?? (device ? { device: INSTITUTION } : {});
      const { status, json } = await events.read(id, {
        query,
        at: { accession_identifier: specimen },
      });
      expect(`${id} ${status} ${status >= 500 ? json?.error?.message : ''}`).toMatch(
        / (200|202|404) $/,
      );
      answers.set(id, status);
    }
    const missing = [...answers].filter(([, status]) => status === 404).map(([id]) => id);
    // Nothing has been made of these kinds.
    for (const id of missing) {
      expect(id).toMatch(
        /Observation|Allergy|Immunization|Risk|DeviceAssociation|DetectedIssue|Device(Context)?$|Medication|Impression|CompositionInComposition/,
      );
    }
    expect(answers.size - missing.length).toBeGreaterThan(90);
  });

  it('passes over no query parameter but those of which nothing is kept', () => {
    const asked = Object.keys(READS).flatMap((id) =>
      known(id).parameters.filter((one) => one.in === 'query'),
    );
    const names = new Set(asked.map(({ name }) => name));
    expect([...NOT_KEPT].filter((name) => !names.has(name))).toEqual([]);
    expect(asked.length).toBeGreaterThan(300);
  });

  it('is every operation of the contract that answers at once, but the job', () => {
    const left = [...contract.operations.values()]
      .filter(({ id, method }) => method === 'GET' && !(id in READS))
      .map(({ id }) => id);
    expect(left).toEqual(['getJob']);
  });
});

describe('a qualification', () => {
  it('takes a request that is active, and says why not of another', async () => {
    const events = await openWithAll();
    const good = await events.read('qualifyServiceRequest');
    expect(good.json.data).toEqual([expect.objectContaining({ status: 'VALID' })]);
    await events.write('recallServiceRequest');
    const bad = await events.read('qualifyServiceRequest');
    expect(bad.json.data).toEqual([
      expect.objectContaining({
        status: 'INVALID',
        rejection_reason: 'Invalid service request status',
      }),
    ]);
  });
});
