import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadContract } from '../../../src/contract/contract.js';
import { at, type Json } from '../../../src/contract/json.js';
import {
  admit,
  cancel,
  conclusion,
  contract,
  created,
  documentOf,
  finish,
  makeWorld,
  NOBODY,
  sign,
  signed,
  tasksOf,
} from './world.js';

function relating(code: string, targetIdentifier: unknown): Json {
  return conclusion('TEMP_DISABILITY', { relatesTo: { code, targetIdentifier } });
}

function breaches(document: Json) {
  const operation = contract.operations.get('getComposition');
  if (!operation) throw new Error('no getComposition');
  return contract.validator.answer(operation, 200, 'application/json', { data: document });
}

describe('create', () => {
  it('makes a PRELIMINARY composition out of what was sent, and keeps all of that', () => {
    const world = makeWorld();
    const body = conclusion('TEMP_DISABILITY', {
      extension: [{ valueCode: 'IS_ACCIDENT', valueBoolean: false }],
    });
    const id = created(world, body);
    const document = documentOf(world, id);
    expect(document).toMatchObject(body);
    expect(document).toMatchObject({
      identifier: { value: id },
      status: 'PRELIMINARY',
      date: '2025-03-03T09:15:35.874Z',
      title: expect.stringMatching(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/),
      custodian: { type: { coding: [{ code: 'legal_entity' }] } },
      episodeOfCare: { type: { coding: [{ code: 'episode' }] } },
    });
    expect(breaches(document)).toEqual([]);
  });

  it('makes the same composition again from the same seed', () => {
    const [one, two] = [makeWorld(7), makeWorld(7)];
    expect(documentOf(one, created(one))).toEqual(documentOf(two, created(two)));
  });

  it.each(['type', 'category'])('refuses an empty text of the %s with 400', (name) => {
    const body = conclusion();
    const refusal = admit(makeWorld(), 'createComposition', '', {
      ...body,
      [name]: { ...(body[name] as Json), text: '' },
    });
    expect(refusal).toMatchObject({ status: 400, invalid: [{ entry: `$.${name}.text` }] });
    expect(admit(makeWorld(), 'createComposition', '', body)).toBeUndefined();
  });

  it('fails with 1000 when it relates to a composition that does not exist', () => {
    const world = makeWorld();
    const body = relating('replaces', NOBODY);
    expect(admit(world, 'createComposition', '', body)).toBeUndefined();
    expect(finish(world, 'createComposition', world.ids.uuid(), { body })).toEqual({
      code: '1000',
    });
    expect([...world.resources.all()]).toEqual([]);
  });

  it('fills in what another contract requires', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'contract-'));
    const file = join(folder, 'openapi.json');
    const document = structuredClone(contract.document);
    const composition = at(document, 'components.schemas.Composition') as Json;
    composition.required = ['section', 'sequel', ...(composition.required as string[])];
    composition.properties = {
      ...(composition.properties as Json),
      sequel: { $ref: '#/components/schemas/Reference' },
    };
    writeFileSync(file, JSON.stringify(document));
    const world = { ...makeWorld(), contract: await loadContract(file) };
    rmSync(folder, { recursive: true });
    const { section: _, ...body } = conclusion();
    const made = documentOf(world, created(world, body));
    expect(made).toMatchObject({
      ...body,
      section: { focus: { type: { coding: [{ system: 'eHealth/resources' }] } } },
      sequel: { value: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
  });
});

describe('sign', () => {
  const json = Buffer.from('{}').toString('base64');

  it('refuses an unknown composition with 404, and content that cannot be read with 400', () => {
    const world = makeWorld();
    expect(admit(world, 'signComposition', NOBODY, { data: json })).toMatchObject({
      status: 404,
      type: 'not_found',
      message: expect.stringContaining('1000: Composition not found'),
    });
    const id = created(world);
    expect(admit(world, 'signComposition', id, { data: 'AAAA' })).toMatchObject({
      status: 400,
      invalid: [{ entry: '$.data' }],
    });
    expect(admit(world, 'signComposition', id, { data: json })).toBeUndefined();
  });

  it('makes a PRELIMINARY composition FINAL, once', () => {
    const world = makeWorld();
    const id = created(world);
    const before = documentOf(world, id);
    expect(sign(world, id)).toBeUndefined();
    expect(documentOf(world, id).status).toBe('FINAL');
    expect(before.status).toBe('PRELIMINARY');
    expect(sign(world, id)).toEqual({
      code: '',
      message: 'Only a conclusion in status PRELIMINARY can be signed',
    });
  });

  it.each([
    ['an id', (id: string) => relating('replaces', id)],
    ['a value', (id: string) => relating('APPENDS', { value: id.toUpperCase() })],
    [
      'a list',
      (id: string) =>
        conclusion('TEMP_DISABILITY', { relatesTo: [{ code: 'REPLACES', targetIdentifier: id }] }),
    ],
  ])('makes the FINAL predecessor AMENDED, named by %s', (_, body) => {
    const world = makeWorld();
    const first = signed(world);
    const second = created(world, body(first));
    expect(documentOf(world, first).status).toBe('FINAL');
    sign(world, second);
    expect(documentOf(world, first).status).toBe('AMENDED');
  });

  it('leaves a predecessor alone that is not FINAL', () => {
    const world = makeWorld();
    const draft = created(world);
    signed(world, relating('replaces', draft));
    expect(documentOf(world, draft).status).toBe('PRELIMINARY');
  });

  it('hands a disability to the register of sick leaves, which gives it a number', () => {
    const world = makeWorld();
    expect(tasksOf(world, signed(world))).toEqual([
      {
        component: 'ERLN',
        type: 'CREATE_ERLN_RECORD',
        taskStatus: 'DONE',
        integrationStatus: 'SUCCESS',
        statusCode: '200',
        statusMessage: 'The record is created',
        details: { SL_NUM: expect.stringMatching(/^\d{7}-2025\d{6}-1$/) },
        updatedAt: '2025-03-03T09:15:35.874Z',
      },
    ]);
  });

  it('hands a birth to the register of civil status', () => {
    const world = makeWorld();
    expect(tasksOf(world, signed(world, conclusion('NEWBORN')))).toMatchObject([
      { component: 'MJU_DRACS', type: 'NEWBORN_GET_NEWBORN', taskStatus: 'DONE' },
    ]);
  });

  it('lets the register fail, or take its time, when the scenario says so', () => {
    const world = makeWorld();
    const [failed] = tasksOf(world, signed(world, conclusion(), { integrationStatus: 'ERROR' }));
    expect(failed).toMatchObject({ taskStatus: 'FAILED', integrationStatus: 'ERROR' });
    expect(failed).not.toHaveProperty('details');
    const later = makeWorld();
    const [running] = tasksOf(later, signed(later, conclusion(), { integrationStatus: 'PENDING' }));
    expect(running).toMatchObject({ taskStatus: 'PENDING' });
    expect(running).not.toHaveProperty('integrationStatus');
  });

  it('lets the register answer by the clock, and sooner in a session that is paced', () => {
    const world = { ...makeWorld(), pace: 20 };
    const id = signed(world, conclusion(), { integrationAfter: '60s', integrationStatus: 'ERROR' });
    const shown = (ms: number) => tasksOf({ ...world, now: world.now + ms }, id);
    expect(shown(2999)).toMatchObject([{ taskStatus: 'PENDING' }]);
    expect(shown(3000)).toMatchObject([{ taskStatus: 'FAILED', integrationStatus: 'ERROR' }]);
  });

  it('says so when a scenario gives no time', () => {
    const notes: string[] = [];
    const world = { ...makeWorld(), note: (text: string) => notes.push(text) };
    const id = signed(world, conclusion(), { integrationAfter: 'soon' });
    expect(tasksOf(world, id)).toMatchObject([{ taskStatus: 'DONE' }]);
    expect(notes.join()).toContain('integrationAfter is "soon"; write a time such as 45s');
  });

  it('fails with 1000 when the composition has gone', () => {
    expect(sign(makeWorld(), NOBODY)).toEqual({ code: '1000' });
  });
});

describe('cancel', () => {
  it('makes a FINAL composition ENTERED_IN_ERROR and withdraws the sick leave', () => {
    const world = makeWorld();
    const id = signed(world);
    expect(cancel(world, id)).toBeUndefined();
    expect(documentOf(world, id).status).toBe('ENTERED_IN_ERROR');
    const [made, withdrawn] = tasksOf(world, id);
    expect(withdrawn).toMatchObject({ type: 'CANCEL_ERLN_RECORD', details: made?.details });
  });

  it('fails with 1003 when the composition is not FINAL', () => {
    const world = makeWorld();
    expect(cancel(world, created(world))).toEqual({ code: '1003' });
  });

  it('turns the replaced composition back to FINAL', () => {
    const world = makeWorld();
    const first = signed(world);
    const second = signed(world, relating('replaces', first));
    expect(cancel(world, second)).toBeUndefined();
    expect(documentOf(world, first).status).toBe('FINAL');
    expect(documentOf(world, second).status).toBe('ENTERED_IN_ERROR');
  });

  it('fails with 1136 when the replaced composition is not AMENDED, and changes nothing', () => {
    const world = makeWorld();
    const second = signed(world, relating('replaces', created(world)));
    expect(cancel(world, second)).toEqual({ code: '1136' });
    expect(documentOf(world, second).status).toBe('FINAL');
  });

  it('fails with 1137 when the replaced composition is not there any more', () => {
    const world = makeWorld();
    const first = signed(world);
    const second = signed(world, relating('replaces', first));
    const later = makeWorld();
    const left = world.resources.get(second);
    if (left) later.resources.put(left);
    expect(cancel(later, second)).toEqual({ code: '1137' });
  });

  it('tells no register of sick leaves about a birth', () => {
    const world = makeWorld();
    const id = signed(world, conclusion('NEWBORN'));
    cancel(world, id);
    expect(tasksOf(world, id)).toHaveLength(1);
  });
});

describe('resend to ERLN', () => {
  const failed = (world: ReturnType<typeof makeWorld>) =>
    signed(world, conclusion(), { integrationStatus: 'ERROR' });

  it('follows a failed task by a good one', () => {
    const world = makeWorld();
    const id = failed(world);
    expect(admit(world, 'resendToErln', id)).toBeUndefined();
    expect(finish(world, 'resendToErln', id)).toBeUndefined();
    expect(tasksOf(world, id)).toMatchObject([
      { taskStatus: 'FAILED' },
      { taskStatus: 'DONE', integrationStatus: 'SUCCESS', details: { SL_NUM: expect.any(String) } },
    ]);
  });

  it('can fail again', () => {
    const world = makeWorld();
    const id = failed(world);
    finish(world, 'resendToErln', id, { result: { integrationStatus: 'ERROR' } });
    expect(tasksOf(world, id)).toHaveLength(2);
    expect(admit(world, 'resendToErln', id)).toBeUndefined();
  });

  it('is refused, each time for its own reason', () => {
    const world = makeWorld();
    const refusal = (id: string) => admit(world, 'resendToErln', id);
    expect(refusal(NOBODY)).toMatchObject({ status: 404, type: 'not_found' });
    const birth = signed(world, conclusion('NEWBORN'));
    expect(refusal(birth)).toMatchObject({
      status: 400,
      message: expect.stringMatching(/TEMP_DISABILITY/),
    });
    expect(refusal(created(world))).toMatchObject({
      status: 400,
      message: expect.stringMatching(/FINAL.*PRELIMINARY/),
    });
    expect(refusal(signed(world))).toMatchObject({
      status: 400,
      message: expect.stringMatching(/not ERROR but SUCCESS/),
    });
    const later = makeWorld();
    const running = signed(later, conclusion(), { integrationStatus: 'PENDING' });
    expect(admit(later, 'resendToErln', running)).toMatchObject({
      status: 400,
      message: expect.stringMatching(/still running/),
    });
  });

  it('fails when another job has resent the conclusion meanwhile', () => {
    const world = makeWorld();
    const id = failed(world);
    finish(world, 'resendToErln', id);
    expect(finish(world, 'resendToErln', id)).toMatchObject({
      code: '',
      message: expect.stringMatching(/not ERROR/),
    });
    expect(tasksOf(world, id)).toHaveLength(2);
  });
});
