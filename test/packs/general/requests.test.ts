import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/contract/json.js';
import { reproaches } from '../../audit/play.js';
import { base64, send } from '../../support/client.js';
import { CODE, errorOf, openGeneral } from '../../support/general.js';

describe('a declaration request', () => {
  it('is approved by the code, signed, and becomes a declaration that ends the former one', async () => {
    const { sandbox, ask, declare, approve, sign, person } = await openGeneral();
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

  it('never appears where the scenario says so, and its polls are judged', async () => {
    const { sandbox, ask, sign, approved } = await openGeneral();
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
    const { sandbox, declare } = await openGeneral({ OTP_CODE: 1234 });
    const { json } = await declare();
    const world = await send('GET', `${sandbox.url}/__sandbox/world`);
    expect(world.json.resources.declaration_request).toEqual([
      { id: json.data.id, title: 'code 1234' },
    ]);
  });

  it('counts wrong codes, wants another one after the last, and takes that', async () => {
    const { sandbox, ask, declare, approve } = await openGeneral();
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

  it('expires by the clock, whatever has been done about it', async () => {
    const { sandbox, ask, approve, sign, approved } = await openGeneral();
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

  it('takes no other content than it has handed out, and no signature twice', async () => {
    const { sign, approved } = await openGeneral();
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
});

describe('a person request', () => {
  it('becomes a person, whose methods appear with them', async () => {
    const { sandbox, ask, example } = await openGeneral();
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
});
