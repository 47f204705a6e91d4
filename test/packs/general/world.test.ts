import { describe, expect, it } from 'vitest';
import { CLINIC, DIVISION, DOCTORS, PATIENTS, PREPERSONS } from '../../../src/packs/people.js';
import { CREDENTIALS, send } from '../../support/client.js';
import { makeOauthClient } from '../../support/oauth.js';
import { LONG_ENOUGH, openSandbox } from '../../support/sandbox.js';

const NOBODY = '00000000-0000-4000-8000-00000000dead';
const [FAMILY_DOCTOR, OBSTETRICIAN] = DOCTORS;

async function open(options: object = {}) {
  const { sandbox } = await openSandbox({ pack: 'esoz', ...options });
  const ask =
    (method: string) =>
    (path: string, body?: unknown, headers: Record<string, string> = CREDENTIALS) =>
      send(method, `${sandbox.url}/api${path}`, { body, headers });
  const example = async (operation: string) =>
    (await send('GET', `${sandbox.url}/__sandbox/examples/${operation}`)).json;
  return { sandbox, get: ask('GET'), post: ask('POST'), patch: ask('PATCH'), example };
}

const ids = ({ json }: { json: { data: { id: string }[] } }) => json.data.map(({ id }) => id);
const tell = ({ status, json }: { status: number; json: { error: object } }) => ({
  status,
  ...json.error,
});

describe('the world of the platform', () => {
  it('has doctors and where they work', async () => {
    const { get } = await open();
    const employees = await get(`/employees?legal_entity_id=${CLINIC.id}`);
    expect(ids(employees)).toEqual([FAMILY_DOCTOR.employee, OBSTETRICIAN?.employee]);
    expect(ids(await get(`/employees?tax_id=${FAMILY_DOCTOR.tax_id}`))).toEqual([
      FAMILY_DOCTOR.employee,
    ]);
    const { data } = (await get(`/employees/${FAMILY_DOCTOR.employee}`)).json;
    expect(data).toMatchObject({
      party: { last_name: FAMILY_DOCTOR.last_name, tax_id: FAMILY_DOCTOR.tax_id },
      division: { id: DIVISION.id },
      legal_entity: { id: CLINIC.id, legal_form: '240' },
    });
    expect(ids(await get('/v2/legal_entities?type=PHARMACY'))).toHaveLength(1);
    expect(ids(await get('/employee_roles'))).toHaveLength(1);
    expect(ids(await get(`/healthcare_services?division_id=${DIVISION.id}`))).toHaveLength(1);
  });

  it('has patients, how they confirm things, and whom they have chosen', async () => {
    const { get } = await open();
    const { id, first_name, last_name, birth_date } = PATIENTS.sick;
    const query = new URLSearchParams({ first_name, last_name, birth_date });
    expect((await get(`/persons?${query}`)).json.data).toEqual([
      expect.objectContaining({ id, merged_persons: [] }),
    ]);
    const methods = await get(`/persons/${id}/authentication_methods`);
    expect(methods.json.data).toEqual([
      expect.objectContaining({ type: 'OTP', phone_number: '+38050*****33' }),
    ]);
    const [declaration] = (await get(`/persons/${id}/declaration`)).json.data;
    expect(declaration).toMatchObject({
      person: { id },
      employee: { id: FAMILY_DOCTOR.employee },
      legal_entity: { id: CLINIC.id },
    });
    const shown = await get(`/declarations/${declaration.id}`);
    expect(shown.json.urgent).toEqual({
      authentication_method_current: { type: 'OTP', number: '+38050*****33' },
    });
    const newborn = await get(`/prepersons/${PREPERSONS.newborn}`);
    expect(newborn.json.data).toMatchObject({ status: 'ACTIVE', gender: 'FEMALE' });
  });

  it('has encounters that medical events show', async () => {
    const { get } = await open();
    for (const patient of [PATIENTS.sick.id, PREPERSONS.newborn]) {
      const [encounter] = (await get(`/patients/${patient}/encounters`)).json.data;
      expect(encounter).toMatchObject({ status: 'finished' });
      const episode = encounter.episode.identifier.value;
      const shown = await get(`/patients/${patient}/episodes/${episode}`);
      expect(shown.json.data).toMatchObject({ id: episode, status: 'active' });
    }
  });

  it('is the same in every session, and is changed in one alone', async () => {
    const { sandbox, patch } = await open();
    await patch(`/divisions/${DIVISION.id}/actions/deactivate`);
    const statusIn = (session: typeof sandbox | ReturnType<typeof sandbox.session>) =>
      session.resources().find(({ id }) => id === DIVISION.id)?.document.status;
    expect(statusIn(sandbox)).toBe('INACTIVE');
    const other = sandbox.session('other');
    expect(other.world().begin.division_id).toBe(DIVISION.id);
    expect(statusIn(other)).toBe('ACTIVE');
  });
});

describe('reads', () => {
  it('answer page by page', async () => {
    const { get } = await open();
    const { data, paging } = (await get('/composition_configurations?page=2&page_size=3')).json;
    expect(data).toHaveLength(1);
    expect(paging).toEqual({ page_number: 2, page_size: 3, total_entries: 4, total_pages: 2 });
    expect((await get('/composition_configurations?page_size=501')).status).toBe(400);
  });

  it('narrow by codes, dates and parts of names', async () => {
    const { get } = await open();
    const found = async (query: string) =>
      (await get(`/composition_configurations?${query}`)).json.paging.total_entries;
    expect(await found('type=TEMP_DISABILITY')).toBe(2);
    expect(await found('type=TEMP_DISABILITY&category=PREGNANCY')).toBe(1);
    expect(await found('is_active=false')).toBe(0);
    expect(await found('inserted_at_from=2024-01-15&inserted_at_to=2024-01-15')).toBe(4);
    expect(await found('updated_at_from=2024-01-16')).toBe(0);
    const named = await get(`/medical_programs?name=${encodeURIComponent('ліки')}`);
    expect(ids(named)).toHaveLength(1);
    const prescribed = `/persons/${PATIENTS.chronic.id}/medication_requests`;
    expect(ids(await get(`${prescribed}?dispense_valid_to_start=2035-02-18`))).toEqual([]);
    expect(ids(await get(`${prescribed}?episode_id=f3c28d1e-8d5a-4e24-9d0b-1f3f0a5c7e11`))).toEqual(
      ['1f7c3a9e-b5d0-4826-9e83-d4a0f6c7b518'],
    );
  });

  it.each([
    [404, 'not_found', `/employees/${NOBODY}`],
    [404, 'not_found', `/persons/${NOBODY}/declaration`],
    [404, 'forbidden', `/persons/${NOBODY}/merged_persons`],
    [403, 'forbidden', `/persons/${NOBODY}/authentication_methods`],
    [403, 'forbidden', `/persons/${NOBODY}/confidant_person_relationships`],
    [403, 'forbidden', `/persons/${NOBODY}/personal_data`],
  ])('say %i %s of what is not there: %s', async (status, type, path) => {
    const { get } = await open();
    expect(tell(await get(path))).toMatchObject({ status, type });
  });

  it('refuse a search that finds more than one', async () => {
    const { sandbox, get } = await open();
    const { id: _, ...known } = PATIENTS.sick;
    sandbox.seed({ kind: 'person', ...known, birth_country: 'UA', birth_settlement: 'Київ' });
    const { first_name, last_name, birth_date } = known;
    const query = new URLSearchParams({ first_name, last_name, birth_date });
    expect(tell(await get(`/persons?${query}`))).toMatchObject({
      status: 403,
      type: 'too_many_results',
    });
  });

  it('show dictionaries in both versions', async () => {
    const { get } = await open();
    const first = (await get('/dictionaries?name=GENDER')).json.data;
    expect(first).toEqual([
      expect.objectContaining({ name: 'GENDER', values: { MALE: 'Male', FEMALE: 'Female' } }),
    ]);
    const [second] = (await get('/v2/dictionaries?name=GENDER&value_code=MALE')).json.data;
    expect(second.values).toEqual([
      { code: 'MALE', description: 'Male', is_active: true, child_values: [] },
    ]);
  });
});

describe('writes', () => {
  it('are read back, and actions move what they name', async () => {
    const { get, post, patch, example } = await open();
    const { data: made } = (await post('/divisions', await example('createDivision'))).json;
    expect((await get(`/divisions?ids=${made.id}`)).json.data).toEqual([made]);
    const move = (action: string) => patch(`/divisions/${made.id}/actions/${action}`);
    expect((await move('deactivate')).json.data.status).toBe('INACTIVE');
    expect(tell(await move('deactivate'))).toMatchObject({ status: 409, type: 'request_conflict' });
    expect((await move('activate')).json.data.status).toBe('ACTIVE');
  });

  it('make a preperson who can be treated', async () => {
    const { sandbox, get, post, patch, example } = await open();
    const made = await post('/prepersons', await example('createPreperson'));
    expect(made.status).toBe(201);
    const { id } = made.json.data;
    const note = 'Registered';
    expect((await patch(`/prepersons/${id}`, { note })).json.data.note).toBe(note);
    expect((await get(`/prepersons/${id}`)).json.data.note).toBe(note);
    const body = { ...(await example('createEpisode')), id: NOBODY };
    expect((await post(`/patients/${id}/episodes`, body)).status).toBe(202);
    sandbox.clock.advance(LONG_ENOUGH);
    expect((await get(`/patients/${id}/episodes/${NOBODY}`)).status).toBe(200);
  });

  it('hand out what is prescribed, and no more than that', async () => {
    const { get, post, example } = await open();
    const body = await example('createMedicationDispenseByPharmacyUser');
    const [detail] = body.medication_dispense.dispense_details;
    const asking = (medication_qty: number) => ({
      medication_dispense: {
        ...body.medication_dispense,
        dispense_details: [{ ...detail, medication_qty }],
      },
    });
    const dispenses = '/pharmacy/medication_dispenses';
    expect((await post(dispenses, asking(41))).status).toBe(409);
    const made = await post(dispenses, asking(40));
    expect(made.json.data).toMatchObject({ status: 'NEW' });
    const { medication_request_id } = body.medication_dispense;
    const left = await get(`/medication_requests/${medication_request_id}`);
    expect(left.json.data.medication_info.medication_remaining_qty).toBe(0);
  });

  it('dismiss an employee, but no owner', async () => {
    const { sandbox, patch } = await open();
    const owner = { kind: 'employee', id: NOBODY, employee_type: 'OWNER', status: 'APPROVED' };
    sandbox.seed(owner);
    expect(tell(await patch(`/employees/${NOBODY}/actions/deactivate`))).toMatchObject({
      status: 409,
      message: "Owner can't be deactivated",
    });
    const path = `/employees/${FAMILY_DOCTOR.employee}/actions/deactivate`;
    expect((await patch(path)).json.data).toMatchObject({ status: 'DISMISSED', is_active: false });
  });
});

describe('what is wrong with a body', () => {
  it('is told by its JSON path: a code that is none of its dictionary', async () => {
    const { post, example } = await open();
    const body = { ...(await example('createPreperson')), gender: 'OTHER' };
    expect(tell(await post('/prepersons', body))).toMatchObject({
      status: 422,
      type: 'validation_failed',
      invalid: [
        {
          entry: '$.gender',
          entry_type: 'json_data_property',
          rules: [
            { rule: 'invalid', description: 'not found in the dictionary GENDER', params: [] },
          ],
        },
      ],
    });
  });

  it('goes by how much the sandbox knows of a dictionary, and by a setting', async () => {
    const { sandbox, post, example } = await open();
    const body = await example('createDivision');
    const typed = { ...body, type: 'NEW_TYPE' };
    expect((await post('/divisions', typed)).status).toBe(200);
    expect(sandbox.journal().at(-1)?.note).toContain('NEW_TYPE is not among the codes');
    sandbox.set({ settings: { UNKNOWN_CODES: 'refuse' } });
    expect(tell(await post('/divisions', typed))).toMatchObject({
      invalid: [{ entry: '$.type' }],
    });
    sandbox.seed({ kind: 'dictionary', name: 'DIVISION_TYPE', values: { NEW_TYPE: 'New' } });
    expect((await post('/divisions', typed)).status).toBe(200);
  });

  it('is told by its JSON path: a name of something that is not there', async () => {
    const { post } = await open();
    const body = { healthcare_service_id: NOBODY, employee_id: FAMILY_DOCTOR.employee };
    expect(tell(await post('/employee_roles', body))).toMatchObject({
      status: 422,
      invalid: [{ entry: '$.healthcare_service_id' }],
    });
    expect(tell(await post('/employee_roles', {}))).toMatchObject({
      status: 422,
      invalid: [{ rules: [{ rule: 'required' }] }, {}],
    });
  });

  it('names the kinds that can be put in by hand', async () => {
    const { sandbox } = await open();
    expect(() => sandbox.seed({ kind: 'persn', id: NOBODY })).toThrow('did you mean person?');
  });
});

describe('auth: strict', () => {
  it('lets in whose token has the scope, and shows what is theirs', async () => {
    const { sandbox, get } = await open({ auth: 'strict' });
    const oauth = makeOauthClient(sandbox);
    const { value } = await oauth.token('employee:read person:read');
    const headers = oauth.credentials(value);
    expect((await get('/employees', undefined, headers)).status).toBe(200);
    expect(tell(await get('/declarations', undefined, headers))).toMatchObject({
      status: 403,
      type: 'forbidden',
      message: expect.stringContaining('Missing allowances: declaration:read'),
    });
    expect((await get('/employees', undefined, {})).status).toBe(401);
  });
});
