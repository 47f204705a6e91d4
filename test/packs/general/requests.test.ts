import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/contract/json.js';
import { reproaches } from '../../audit/play.js';
import { type Answered, base64, CREDENTIALS, send } from '../../support/client.js';
import { openSandbox } from '../../support/sandbox.js';

const CODE = { verification_code: 3782 };

/** A client of the platform that knows what the world begins with. */
async function open(settings: Record<string, number | string> = {}) {
  const { sandbox } = await openSandbox({ pack: 'esoz', settings });
  const ask = (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) =>
    send(method, `${sandbox.url}/api${path}`, {
      ...(body === undefined ? {} : { body }),
      headers: { ...CREDENTIALS, ...headers },
    });
  const { json } = await send('GET', `${sandbox.url}/__sandbox/world`);
  const { patient_id, employee_id, division_id, authentication_method_id } = json.begin;
  const example = async (operation: string): Promise<Json> =>
    (await send('GET', `${sandbox.url}/__sandbox/examples/${operation}`)).json;
  /** A declaration request of the first patient. */
  const declare = (more: Json = {}) =>
    ask('POST', '/v3/declaration_requests', {
      person_id: patient_id,
      employee_id,
      division_id,
      authorize_with: authentication_method_id,
      ...more,
    });
  const approve = (id: string, body: unknown = CODE) =>
    ask('PATCH', `/v3/declaration_requests/${id}/actions/approve`, body);
  const sign = (id: string, content: Json, headers: Record<string, string> = {}) =>
    ask(
      'PATCH',
      `/v3/declaration_requests/${id}/actions/sign`,
      { signed_declaration_request: base64(content) },
      headers,
    );
  /** One that is approved, with what is to be signed. */
  const approved = async () => {
    const { json: begun } = await declare();
    const { json: agreed } = await approve(begun.data.id);
    const content = structuredClone(agreed.data.data_to_be_signed);
    content.person.patient_signed = true;
    return {
      id: begun.data.id as string,
      declaration: begun.data.declaration_id as string,
      content,
    };
  };
  const person = json.begin.patient_id as string;
  return { sandbox, ask, example, declare, approve, sign, approved, person, begin: json.begin };
}

const errorOf = ({ status, json }: Answered) => ({ status, ...json.error });

describe('a declaration request', () => {
  it('is approved by the code, signed, and becomes a declaration that ends the former one', async () => {
    const { sandbox, ask, declare, approve, sign, person } = await open();
    sandbox.next('appears-after-5s');
    const begun = await declare();
    expect(begun.status).toBe(201);
    expect(begun.json.data).toMatchObject({ status: 'NEW', channel: 'MIS', person_id: person });
    expect(begun.json.urgent).toEqual({
      authentication_method_current: { type: 'OTP', number: '+38050*****33' },
    });
    const { id, declaration_id, declaration_number } = begun.json.data;
    const agreed = await approve(id);
    expect(agreed.status).toBe(201);
    const { data_to_be_signed: content, status } = agreed.json.data;
    expect(status).toBe('APPROVED');
    expect(content).toMatchObject({ id, declaration_id, person: { patient_signed: false } });
    const signed = await sign(id, {
      ...content,
      person: { ...content.person, patient_signed: true },
    });
    expect([signed.status, signed.json.data]).toMatchObject([
      200,
      { id: declaration_id, declaration_request_id: id, status: 'active', person_id: person },
    ]);
    const request = await ask('GET', `/v3/declaration_requests/${id}`);
    expect(request.json.data).toMatchObject({ status: 'SIGNED', data_to_be_signed: { id } });
    const read = () => ask('GET', `/declarations/${declaration_id}`);
    const actives = async () => {
      const { json } = await ask('GET', '/declarations?status=active');
      return json.data.filter((one: Json) => JSON.stringify(one).includes(person)).length;
    };
    expect(errorOf(await read())).toMatchObject({ status: 404, type: 'not_found' });
    expect(await actives()).toBe(1);
    sandbox.clock.advance('5s');
    expect((await read()).json.data).toMatchObject({ status: 'active', declaration_number });
    expect(await actives()).toBe(1);
    const former = sandbox
      .resources()
      .filter(({ kind, document }) => kind === 'declaration' && document.person_id === person);
    expect(former.map(({ document }) => document.status)).toEqual(['terminated', 'active']);
  });

  it.each([
    ['appears-at-once', '0s'],
    ['appears-after-a-minute', '1min'],
    ['declaration-replaces-former', '5s'],
  ])('appears as %s says', async (scenario, after) => {
    const { sandbox, ask, sign, approved } = await open();
    const { id, declaration, content } = await approved();
    await sign(id, content, { 'X-Sandbox-Scenario': scenario });
    const read = async () => (await ask('GET', `/declarations/${declaration}`)).status;
    if (after !== '0s') {
      expect(await read()).toBe(404);
      sandbox.clock.advance(after);
    }
    expect(await read()).toBe(200);
  });

  it('never appears where the scenario says so, and its polls are judged', async () => {
    const { sandbox, ask, sign, approved } = await open();
    const { id, declaration, content } = await approved();
    await sign(id, content, { 'X-Sandbox-Scenario': 'never-appears' });
    for (let polls = 0; polls < 6; polls += 1) {
      expect((await ask('GET', `/declarations/${declaration}`)).status).toBe(404);
      sandbox.clock.advance('10s');
    }
    const verdict = sandbox.verdict({ run: 'over' });
    expect(reproaches(verdict)).toEqual([]);
    expect(verdict.rules.find(({ rule }) => rule === 'gives-up')?.outcome).toBe('passed');
    expect(verdict.jobs).toMatchObject([
      { api: 'general', operation: 'signDeclarationRequestV3', polls: { length: 6 } },
    ]);
  });

  it('tells the code to who looks at the world', async () => {
    const { sandbox, declare } = await open({ OTP_CODE: 1234 });
    const { json } = await declare();
    const world = await send('GET', `${sandbox.url}/__sandbox/world`);
    expect(world.json.resources.declaration_request).toEqual([
      { id: json.data.id, title: 'code 1234' },
    ]);
  });

  it('counts wrong codes, wants another one after the last, and takes that', async () => {
    const { sandbox, ask, declare, approve } = await open();
    const { id } = (await declare()).json.data;
    const wrong = { status: 422, type: 'forbidden', message: 'Invalid verification code' };
    for (let tries = 0; tries < 3; tries += 1) {
      expect(errorOf(await approve(id, { verification_code: 1111 }))).toMatchObject(wrong);
    }
    const used = { status: 403, type: 'forbidden', message: 'Maximum attempts exceed' };
    expect(errorOf(await approve(id))).toMatchObject(used);
    const resend = () => ask('POST', `/v3/declaration_requests/${id}/actions/resend_otp`);
    expect((await resend()).status).toBe(429);
    sandbox.clock.advance('1min');
    const sent = await resend();
    expect(sent.json.data).toMatchObject({ status: 'NEW', active: true });
    expect((await approve(id)).status).toBe(201);
    expect(errorOf(await resend())).toMatchObject({
      status: 422,
      invalid: [{ entry: '$.status', entry_type: 'json_data_property' }],
    });
  });

  it('wants a code, and one that is not too old', async () => {
    const { sandbox, declare, approve } = await open();
    const { id } = (await declare()).json.data;
    expect(errorOf(await approve(id, {}))).toMatchObject({
      status: 422,
      type: 'validation_failed',
      invalid: [{ entry: '$.verification_code', rules: [{ rule: 'required' }] }],
    });
    sandbox.clock.advance('15min');
    expect(errorOf(await approve(id))).toMatchObject({
      status: 403,
      type: 'forbidden',
      message: 'Verification code expired',
    });
  });

  it('expires by the clock, whatever has been done about it', async () => {
    const { sandbox, ask, approve, sign, approved } = await open();
    const { id, content } = await approved();
    sandbox.clock.advance('240h');
    const { json } = await ask('GET', `/v3/declaration_requests/${id}`);
    expect(json.data.status).toBe('EXPIRED');
    expect(errorOf(await approve(id))).toMatchObject({
      status: 409,
      message: 'Invalid transition',
    });
    expect(errorOf(await sign(id, content))).toMatchObject({
      status: 422,
      invalid: [{ entry: '$.status', rules: [{ description: 'incorrect status' }] }],
    });
    const listed = await ask('GET', '/v3/declaration_requests?status=EXPIRED');
    expect(listed.json.data).toHaveLength(1);
    expect(listed.json.paging).toMatchObject({ total_entries: 1 });
  });

  it('is rejected until it is signed, and gives way to another one of the same person', async () => {
    const { ask, declare, sign, approved } = await open();
    const { id, content } = await approved();
    const later = (await declare()).json.data;
    const status = async (of: string) =>
      (await ask('GET', `/v3/declaration_requests/${of}`)).json.data.status;
    expect(await status(id)).toBe('CANCELLED');
    expect((await sign(id, content)).status).toBe(422);
    const reject = () => ask('PATCH', `/v3/declaration_requests/${later.id}/actions/reject`);
    expect((await reject()).json.data.status).toBe('REJECTED');
    expect(errorOf(await reject())).toMatchObject({ status: 409, type: 'request_conflict' });
  });

  it('takes no other content than it has handed out, and no signature twice', async () => {
    const { sign, approved } = await open();
    const { id, content } = await approved();
    const { person } = content;
    expect(errorOf(await sign(id, { ...content, end_date: '2099-01-01' }))).toMatchObject({
      status: 422,
      type: 'validation_failed',
      message: 'Signed content does not match the previously created content',
      invalid: [{ entry: '$.content', rules: [{ rule: 'invalid' }] }],
    });
    expect((await sign(id, { ...content, more: true })).status).toBe(422);
    const unsigned = { ...content, person: { ...person, patient_signed: false } };
    expect(errorOf(await sign(id, unsigned))).toMatchObject({
      status: 422,
      message: 'Patient must sign declaration form',
      invalid: [{ entry: '$.person.patient_signed' }],
    });
    const { person: _, ...others } = content;
    expect((await sign(id, { person, ...others })).status).toBe(200);
    expect((await sign(id, content)).status).toBe(422);
  });

  it('refuses what is no container with the member that holds it', async () => {
    const { ask, approved } = await open();
    const { id } = await approved();
    const path = `/v3/declaration_requests/${id}/actions/sign`;
    for (const signed of ['', '!!', 'bm90IGpzb24=', base64([1] as unknown as Json)]) {
      const refused = await ask('PATCH', path, { signed_declaration_request: signed });
      expect(errorOf(refused)).toMatchObject({
        status: 422,
        invalid: [{ entry: '$.signed_declaration_request' }],
      });
    }
    expect((await ask('PATCH', path, {})).status).toBe(422);
    expect((await ask('PATCH', path, 'no json')).status).toBeGreaterThanOrEqual(400);
  });

  it.each([
    [{ person_id: '99999999-0000-4000-8000-000000000000' }, 'unverified', 'Person not found'],
    [{ employee_id: '99999999-0000-4000-8000-000000000000' }, 'validation_failed', '$.employee_id'],
    [{ division_id: '99999999-0000-4000-8000-000000000000' }, 'validation_failed', '$.division_id'],
    [
      { authorize_with: '99999999-0000-4000-8000-000000000000' },
      'validation_failed',
      '$.authorize_with',
    ],
    [{ person_id: 7 }, 'validation_failed', '$.person_id'],
  ])('refuses to begin with %o', async (more, type, says) => {
    const { declare } = await open();
    const refused = await declare(more);
    expect(errorOf(refused)).toMatchObject({ status: 422, type });
    expect(JSON.stringify(refused.json.error)).toContain(says);
  });

  it('goes no further than the limit of the doctor', async () => {
    const { declare, approve } = await open({ DECLARATION_LIMIT: 2 });
    const { json } = await declare();
    expect(json.data).toMatchObject({ system_declaration_limit: 2, current_declaration_count: 2 });
    expect(errorOf(await approve(json.data.id))).toMatchObject({
      status: 422,
      type: 'request_malformed',
      message: 'This doctor has 2 declarations and could not sign more',
    });
  });
});

describe('scenarios of requests', () => {
  it.each([
    ['otp-wrong', 422, 'forbidden'],
    ['otp-expired', 403, 'forbidden'],
    ['otp-attempts-used-up', 403, 'forbidden'],
    ['otp-service-times-out', 504, 'gateway_timeout'],
    ['documents-not-uploaded', 409, 'request_conflict'],
    ['doctor-has-enough', 422, 'request_malformed'],
    ['request-expired', 409, 'request_conflict'],
  ])('%s is what who approves is told, and nothing has happened', async (scenario, status, type) => {
    const { sandbox, ask, declare, approve } = await open();
    const { id } = (await declare()).json.data;
    sandbox.next(scenario);
    expect(errorOf(await approve(id))).toMatchObject({ status, type });
    const { json } = await ask('GET', `/v3/declaration_requests/${id}`);
    expect(json.data.status).toBe('NEW');
    expect((await approve(id)).status).toBe(201);
  });

  it.each([
    ['signature-422', 422],
    ['other-content-422', 422],
    ['sign-incorrect-status', 422],
    ['sign-500', 500],
  ])('%s is what who signs is told, and can sign again', async (scenario, status) => {
    const { sandbox, sign, approved } = await open();
    const { id, content } = await approved();
    sandbox.next(scenario);
    expect((await sign(id, content)).status).toBe(status);
    expect((await sign(id, content)).status).toBe(200);
  });

  it('may say that a code was sent a moment ago, or could not be sent', async () => {
    const { sandbox, ask, declare } = await open();
    const { id } = (await declare()).json.data;
    const resend = () => ask('POST', `/v3/declaration_requests/${id}/actions/resend_otp`);
    sandbox.clock.advance('1min');
    sandbox.next('otp-too-often');
    expect([(await resend()).status, (await resend()).status]).toEqual([429, 200]);
    sandbox.next('otp-not-sent', { operation: 'createDeclarationRequestV3' });
    expect((await declare()).status).toBe(500);
    expect((await declare()).status).toBe(201);
  });
});

describe('a person request', () => {
  it('becomes a person, whose methods appear with them', async () => {
    const { sandbox, ask, example } = await open();
    const begun = await ask('POST', '/v2/person_requests', await example('submitPersonRequestV2'));
    expect(begun.status).toBe(201);
    expect(begun.json.urgent.authentication_method_current).toEqual([
      { type: 'OTP', phone_number: '+38050*****70' },
    ]);
    const { id } = begun.json.data;
    const path = `/v2/person_requests/${id}`;
    const agreed = await ask('PATCH', `${path}/actions/approve`, CODE);
    expect(agreed.json.data).toMatchObject({ status: 'APPROVED', content: expect.any(String) });
    const signed_content = base64({ ...agreed.json.data, patient_signed: true });
    const scenario = { 'X-Sandbox-Scenario': 'appears-after-5s' };
    const signed = await ask('PATCH', `${path}/actions/sign`, { signed_content }, scenario);
    expect(signed.json.data).toMatchObject({ id, status: 'SIGNED' });
    const person = signed.json.data.person_id;
    const methods = () => ask('GET', `/persons/${person}/authentication_methods`);
    expect(errorOf(await methods())).toMatchObject({
      status: 403,
      type: 'forbidden',
      message: 'Such person not found',
    });
    sandbox.clock.advance('5s');
    expect((await methods()).json.data).toMatchObject([{ type: 'OTP' }]);
    const listed = await ask('GET', '/person_requests?status=SIGNED');
    expect(listed.json.data).toMatchObject([{ id, person: { last_name: 'Гончар' }, version: 2 }]);
    expect(reproaches(sandbox.verdict({ run: 'over' }))).toEqual([]);
  });

  it('of somebody without a telephone wants papers that have been uploaded', async () => {
    const { sandbox, ask, example } = await open({ DOCUMENTS: 'missing' });
    const body = (await example('submitPersonRequestV2')) as { person: Json };
    body.person.authentication_methods = [{ type: 'OFFLINE' }];
    const begun = await ask('POST', '/v2/person_requests', body);
    expect(begun.json.urgent).toMatchObject({
      authentication_method_current: [{ type: 'OFFLINE' }],
      documents: [{ type: 'person.NATIONAL_ID' }],
    });
    const path = `/v2/person_requests/${begun.json.data.id}/actions/approve`;
    expect(errorOf(await ask('PATCH', path, {}))).toMatchObject({
      status: 409,
      message: 'Documents person.NATIONAL_ID is not uploaded',
    });
    sandbox.set({ settings: { DOCUMENTS: 'uploaded' } });
    expect((await ask('PATCH', path, {})).status).toBe(201);
  });
});

describe('an employee request', () => {
  it.each([
    ['employee-approved-after-a-minute', '1min', 'APPROVED'],
    ['employee-rejected', '5s', 'REJECTED'],
    ['employee-request-expired', '10min', 'EXPIRED'],
  ])('%s changes its status by itself', async (scenario, after, status) => {
    const { sandbox, ask, example } = await open();
    const body = await example('createEmployeeRequestV2');
    const headers = { 'X-Sandbox-Scenario': scenario };
    const begun = await ask('POST', '/v2/employee_requests', body, headers);
    expect(begun.status).toBe(200);
    expect(begun.json.data).toMatchObject({ status: 'NEW', party: { last_name: 'Кравець' } });
    const { id } = begun.json.data;
    const read = async () => (await ask('GET', `/employee_requests/${id}`)).json.data.status;
    expect(await read()).toBe('NEW');
    sandbox.clock.advance(after);
    expect(await read()).toBe(status);
    const { data } = (await ask('GET', `/mis/employee_requests/${id}`)).json;
    expect(data).toMatchObject({ id, status });
    const listed = await ask('GET', `/employee_requests?status=${status}`);
    expect(listed.json.data).toMatchObject([{ id, legal_entity_name: 'Клініка «Пісочниця»' }]);
    if (status !== 'APPROVED') return expect(data.employee_id).toBeUndefined();
    const employee = await ask('GET', `/employees/${data.employee_id}`);
    expect(employee.json.data).toMatchObject({ status: 'APPROVED', employee_type: 'DOCTOR' });
  });

  it('is refused for an owner, and without its content', async () => {
    const { ask } = await open();
    const send = (content: Json) =>
      ask('POST', '/v2/employee_requests', {
        signed_content: base64(content),
        signed_content_encoding: 'base64',
      });
    expect(errorOf(await send({ employee_request: { employee_type: 'OWNER' } }))).toMatchObject({
      status: 409,
      message: 'Forbidden to create OWNER',
    });
    expect(errorOf(await send({}))).toMatchObject({
      status: 422,
      invalid: [{ entry: '$.employee_request' }],
    });
  });
});

describe('other requests of a person', () => {
  it('add, change and end a method by which they confirm things', async () => {
    const { ask, person } = await open();
    const path = `/persons/${person}/authentication_method_requests`;
    const act = async (body: Json) => {
      const begun = await ask('POST', path, body);
      expect(begun.status).toBe(201);
      const { id } = begun.json.data;
      const done = await ask('PATCH', `${path}/${id}/actions/approve`, CODE);
      expect([done.status, done.json.data.status]).toEqual([201, 'COMPLETED']);
    };
    const methods = async () =>
      (await ask('GET', `/persons/${person}/authentication_methods`)).json.data;
    await act({
      action: 'INSERT',
      authentication_method: { type: 'OTP', phone_number: '+380976549872', alias: 'mine' },
    });
    const [, added] = await methods();
    expect(added).toMatchObject({ type: 'OTP', alias: 'mine' });
    await act({ action: 'UPDATE', authentication_method: { id: added.id, alias: 'work' } });
    expect(await methods()).toMatchObject([{}, { id: added.id, alias: 'work' }]);
    await act({ action: 'DEACTIVATE', authentication_method: { id: added.id } });
    const [, ended] = await methods();
    expect(ended?.ended_at ?? 'gone').toBeDefined();
    expect((await ask('POST', path, { action: 'INSERT' })).status).toBe(422);
    const bad = { action: 'INSERT', authentication_method: { type: 'OTP', phone_number: '7' } };
    expect(errorOf(await ask('POST', path, bad))).toMatchObject({
      status: 422,
      invalid: [{ entry: '$.authentication_method.phone_number' }],
    });
  });

  it('let somebody act for them, and end that', async () => {
    const { ask, person, begin } = await open({ CONFIDANT_LIMIT: 1 });
    const path = `/persons/${person}/confidant_person_relationship_requests`;
    const documents_relationship = [
      { type: 'COURT_DECISION', number: '1', issued_by: 'Суд', issued_at: '2024-01-01' },
    ];
    const asked = { confidant_person_id: begin.mother_id, documents_relationship };
    const live = async (begun: Answered) => {
      expect(begun.status).toBe(201);
      const { id } = begun.json.data;
      const agreed = await ask('PATCH', `${path}/${id}/actions/approve`, CODE);
      expect([agreed.status, agreed.json.data.status]).toEqual([200, 'APPROVED']);
      const signed_content = base64(agreed.json.data);
      const signed = await ask('PATCH', `${path}/${id}/actions/sign`, { signed_content });
      expect([signed.status, signed.json.data.status]).toEqual([200, 'COMPLETED']);
    };
    await live(await ask('POST', path, asked));
    const relationships = async () =>
      (await ask('GET', `/persons/${person}/confidant_person_relationships`)).json.data;
    const [known] = await relationships();
    expect(errorOf(await ask('POST', path, asked))).toMatchObject({
      status: 422,
      type: 'request_malformed',
      message: 'This patient has 1 confidants and can not have more',
    });
    const confidant_person_relationship = { id: known.id, documents_relationship };
    await live(await ask('POST', `${path}/deactivate`, { confidant_person_relationship }));
    expect((await ask('POST', path, asked)).status).toBe(201);
    expect((await ask('GET', path)).json.data).toHaveLength(3);
  });

  it('say that a preperson is them', async () => {
    const { ask, example } = await open();
    const begun = await ask('POST', '/merge_requests', await example('createMergeRequest'));
    expect(begun.status).toBe(201);
    const { id, merge_person_id, master_person_id } = begun.json.data;
    const agreed = await ask('PATCH', `/merge_requests/${id}/actions/approve`, CODE);
    const content = { ...agreed.json.data.data_to_be_signed, patient_signed: true };
    const body = { signed_content: base64(content), signed_content_encoding: 'base64' };
    const signed = await ask('PATCH', `/merge_requests/${id}/actions/sign`, body);
    expect([signed.status, signed.json.data.status]).toEqual([200, 'SIGNED']);
    const merged = await ask('GET', `/persons/${master_person_id}/merged_persons`);
    expect(merged.json.data).toMatchObject([{ merge_person_id }]);
    const preperson = await ask('GET', `/prepersons/${merge_person_id}`);
    expect(preperson.json.data.status).toBe('INACTIVE');
    const again = await ask('POST', '/merge_requests', await example('createMergeRequest'));
    expect(again.status).toBe(422);
  });

  it('become prescriptions once they are signed', async () => {
    const { sandbox, ask, example } = await open();
    const body = await example('createMedicationRequestRequest');
    const begun = await ask('POST', '/medication_request_requests', body);
    expect(begun.status).toBe(201);
    const { id } = begun.json.data;
    const path = `/medication_request_requests/${id}/actions/sign`;
    const sign = (content: Json) =>
      ask(
        'PATCH',
        path,
        {
          signed_medication_request_request: base64(content),
          signed_content_encoding: 'base64',
        },
        { 'X-Sandbox-Scenario': 'appears-after-5s' },
      );
    expect(errorOf(await sign({ id }))).toMatchObject({
      status: 422,
      invalid: [{ entry: '$.content' }],
    });
    const signed = await sign(begun.json.data);
    expect(signed.status).toBe(200);
    const made = signed.json.data.id;
    expect(made).not.toBe(id);
    const read = () => ask('GET', `/medication_requests/${made}`);
    expect((await read()).status).toBe(404);
    sandbox.clock.advance('5s');
    expect((await read()).json.data).toMatchObject({ id: made, status: 'ACTIVE' });
    expect(errorOf(await sign(begun.json.data))).toMatchObject({
      status: 409,
      message: 'Invalid status Medication request Request for sign transition!',
    });
  });
});
