import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/contract/json.js';
import { type Answered, base64 } from '../../support/client.js';
import { CODE, errorOf, openGeneral } from '../../support/general.js';

describe('a request', () => {
  it.each([
    ['appears-at-once', '0s'],
    ['appears-after-a-minute', '1min'],
    ['declaration-replaces-former', '5s'],
  ])('appears as %s says', async (scenario, after) => {
    const { sandbox, ask, sign, approved } = await openGeneral();
    const { id, declaration, content } = await approved();
    await sign(id, content, { 'X-Sandbox-Scenario': scenario });
    const read = async () => (await ask('GET', `/declarations/${declaration}`)).status;
    if (after !== '0s') {
      expect(await read()).toBe(404);
      sandbox.clock.advance(after);
    }
    expect(await read()).toBe(200);
  });

  it('wants a code, and one that is not too old', async () => {
    const { sandbox, declare, approve } = await openGeneral();
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

  it('is rejected until it is signed, and gives way to another one of the same person', async () => {
    const { ask, declare, sign, approved } = await openGeneral();
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

  it('refuses what is no container with the member that holds it', async () => {
    const { ask, approved } = await openGeneral();
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
    const { declare } = await openGeneral();
    const refused = await declare(more);
    expect(errorOf(refused)).toMatchObject({ status: 422, type });
    expect(JSON.stringify(refused.json.error)).toContain(says);
  });

  it('goes no further than the limit of the doctor', async () => {
    const { declare, approve } = await openGeneral({ DECLARATION_LIMIT: 2 });
    const { json } = await declare();
    expect(json.data).toMatchObject({ system_declaration_limit: 2, current_declaration_count: 2 });
    expect(errorOf(await approve(json.data.id))).toMatchObject({
      status: 422,
      type: 'request_malformed',
      message: 'This doctor has 2 declarations and could not sign more',
    });
  });

  it('of somebody without a telephone wants papers that have been uploaded', async () => {
    const { sandbox, ask, example } = await openGeneral({ DOCUMENTS: 'missing' });
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
    const { sandbox, ask, declare, approve } = await openGeneral();
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
    const { sandbox, sign, approved } = await openGeneral();
    const { id, content } = await approved();
    sandbox.next(scenario);
    expect((await sign(id, content)).status).toBe(status);
    expect((await sign(id, content)).status).toBe(200);
  });

  it('may say that a code was sent a moment ago, or could not be sent', async () => {
    const { sandbox, ask, declare } = await openGeneral();
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

describe('other requests of a person', () => {
  it('add, change and end a method by which they confirm things', async () => {
    const { ask, person } = await openGeneral();
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
    const { ask, person, begin } = await openGeneral({ CONFIDANT_LIMIT: 1 });
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
    const { ask, example } = await openGeneral();
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
    const { sandbox, ask, example } = await openGeneral();
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

describe('an employee request', () => {
  it.each([
    ['employee-approved-after-a-minute', '1min', 'APPROVED'],
    ['employee-rejected', '5s', 'REJECTED'],
    ['employee-request-expired', '10min', 'EXPIRED'],
  ])('%s changes its status by itself', async (scenario, after, status) => {
    const { sandbox, ask, example } = await openGeneral();
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
    const { ask, example } = await openGeneral();
    const { signed_content: signed } = await example('createEmployeeRequestV2');
    const content = JSON.parse(Buffer.from(String(signed), 'base64').toString());
    const owner = { ...content.employee_request, employee_type: 'OWNER' };
    const send = (content: Json) =>
      ask('POST', '/v2/employee_requests', {
        signed_content: base64(content),
        signed_content_encoding: 'base64',
      });
    expect(errorOf(await send({ employee_request: owner }))).toMatchObject({
      status: 409,
      message: 'Forbidden to create OWNER',
    });
    expect(errorOf(await send({}))).toMatchObject({
      status: 422,
      invalid: [{ entry: '$.employee_request' }],
    });
  });
});
