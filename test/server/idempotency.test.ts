import { describe, expect, it } from 'vitest';
import { ruleOf } from '../audit/play.js';
import { openSmallApi } from '../support/small-api.js';

const SCENARIOS = {
  'usual.yaml': 'scenario: usual\nlife: [{ state: RUNNING, for: 10s }, { state: DONE }]\n',
  'slow.yaml': 'scenario: slow\nlife: [{ state: RUNNING, for: 1min }, { state: DONE }]\n',
  'down.yaml': 'scenario: down\nrefuse: { http: 503 }\noff_contract: true\n',
};

async function open(idempotency: unknown) {
  const api = await openSmallApi({
    scenarios: SCENARIOS,
    content: { 'application/json': { schema: { type: 'object' } } },
    binding: { idempotency },
    options: { scenario: 'usual' },
  });
  const post = (body: unknown, key?: string) =>
    api.send('POST', '/things', {
      body,
      headers: key === undefined ? {} : { 'Idempotency-Key': key },
    });
  return { ...api, post };
}

const ORDER = { order: 7, items: ['a', 'b'] };

describe('a request with the key of an earlier one', () => {
  it('gets the job of that one again, with the same answer', async () => {
    const { post, sandbox } = await open('Idempotency-Key');
    const first = await post(ORDER, 'k1');
    sandbox.clock.advance('1s');
    const again = await post(ORDER, 'k1');
    expect([again.status, again.json]).toEqual([202, first.json]);
    expect(sandbox.jobs()).toHaveLength(1);
    expect(sandbox.journal().at(-1)?.note).toContain(`job ${first.json.id} again`);
    const other = await post(ORDER, 'k2');
    expect(other.json.id).not.toBe(first.json.id);
  });

  it('uses up no entry of the queue, and asks for no scenario', async () => {
    const { post, sandbox } = await open('Idempotency-Key');
    await post(ORDER, 'k1');
    sandbox.next('slow');
    await post(ORDER, 'k1');
    expect(sandbox.jobs().map(({ scenario }) => scenario)).toEqual(['usual']);
    await post(ORDER, 'k2');
    expect(sandbox.jobs().map(({ scenario }) => scenario)).toEqual(['usual', 'slow']);
  });

  it('is told what the job has come to where the binding says so', async () => {
    const { post, sandbox } = await open({ by: 'Idempotency-Key', again: 'report' });
    await post(ORDER, 'k1');
    expect((await post(ORDER, 'k1')).json.data).toEqual({ state: 'RUNNING' });
    sandbox.clock.advance('10s');
    expect((await post(ORDER, 'k1')).json.data).toEqual({ state: 'DONE' });
    expect(sandbox.jobs()).toHaveLength(1);
  });

  it.each([
    ['Idempotency-Key', 422],
    [{ by: 'Idempotency-Key', reused: 409 }, 409],
  ])('and another body is refused: %j', async (idempotency, status) => {
    const { post, sandbox } = await open(idempotency);
    await post(ORDER, 'k1');
    const { status: told, headers } = await post({ ...ORDER, order: 8 }, 'k1');
    expect(told).toBe(status);
    expect(headers.get('esoz-sandbox-refusal')).toBe('REQUEST_IDEMPOTENCY_KEY_REUSED');
    expect(sandbox.jobs()).toHaveLength(1);
    expect((await post({ order: 8 }, 'k2')).status).toBe(202);
  });

  it('is the same request whatever the order of its keys, and with another time of sending', async () => {
    const { post } = await open('Idempotency-Key');
    const first = await post({ ...ORDER, sentAt: '2026-02-02T12:00:00Z' }, 'k1');
    const again = await post({ items: ['a', 'b'], sentAt: '2026-02-02T12:00:05Z', order: 7 }, 'k1');
    expect(again.json).toEqual(first.json);
  });

  it('is refused while the job is open where the binding says so', async () => {
    const { post, sandbox } = await open({ by: 'Idempotency-Key', in_progress: 409 });
    await post(ORDER, 'k1');
    const { status, headers } = await post(ORDER, 'k1');
    expect(status).toBe(409);
    expect(headers.get('esoz-sandbox-refusal')).toBe('REQUEST_IDEMPOTENCY_IN_PROGRESS');
    sandbox.clock.advance('10s');
    expect((await post(ORDER, 'k1')).status).toBe(202);
    expect(sandbox.jobs()).toHaveLength(1);
  });

  it('schedules a job where the first one was refused', async () => {
    const { post, sandbox } = await open('Idempotency-Key');
    sandbox.next('down');
    expect((await post(ORDER, 'k1')).status).toBe(503);
    expect((await post(ORDER, 'k1')).status).toBe(202);
  });

  it('is known in its own session alone', async () => {
    const { post, sandbox, send } = await open('Idempotency-Key');
    const first = await post(ORDER, 'k1');
    const headers = { 'Idempotency-Key': 'k1' };
    const other = await send('POST', '/~other/things', { body: ORDER, headers });
    expect(other.json.id).not.toBe(first.json.id);
    sandbox.reset();
    await post(ORDER, 'k1');
    expect(sandbox.jobs()).toHaveLength(1);
  });

  it('may have its key in the body', async () => {
    const { post, sandbox } = await open('body.meta.token');
    const first = await post({ ...ORDER, meta: { token: 't1' } });
    expect((await post({ ...ORDER, meta: { token: 't1' } })).json).toEqual(first.json);
    expect((await post({ ...ORDER, meta: { token: 't2' } })).json.id).not.toBe(first.json.id);
    expect((await post({ order: 9, meta: { token: 't1' } })).status).toBe(422);
    await post(ORDER);
    await post(ORDER);
    expect(sandbox.jobs()).toHaveLength(4);
  });
});

describe('idempotency: body', () => {
  it('gives the job again while it is open, and a new one after its end', async () => {
    const { post, sandbox } = await open('body');
    const first = await post(ORDER);
    expect((await post(ORDER)).json).toEqual(first.json);
    expect((await post({ ...ORDER, order: 8 })).json.id).not.toBe(first.json.id);
    sandbox.clock.advance('10s');
    expect((await post(ORDER)).json.id).not.toBe(first.json.id);
  });
});

describe('the auditor', () => {
  it.each(['Idempotency-Key', 'body'])('finds no duplicate with %s', async (idempotency) => {
    const { post, sandbox, send } = await open(idempotency);
    const { json } = await post(ORDER, 'k1');
    await post(ORDER, 'k1');
    sandbox.clock.advance('10s');
    await send('GET', `/things/${json.id}`);
    const verdict = sandbox.verdict();
    expect(ruleOf(verdict, 'no-duplicate-submission').findings).toEqual([]);
    expect(ruleOf(verdict, 'reaches-the-end').findings).toEqual([]);
    expect(verdict.counts.error).toBe(0);
  });

  it('judges one whose job was told to it by the second request alone', async () => {
    const { post, sandbox, send } = await open('Idempotency-Key');
    sandbox.set({ chaos: { rate: 1, faults: ['reset'], operations: ['makeThing'] } });
    await expect(post(ORDER, 'k1')).rejects.toThrow();
    sandbox.set({ chaos: null });
    const { json } = await post(ORDER, 'k1');
    await send('GET', `/things/${json.id}`);
    const { findings } = ruleOf(sandbox.verdict(), 'reaches-the-end');
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toContain('stopped after 1 poll');
    expect(sandbox.jobs()).toHaveLength(1);
  });

  it('finds the duplicate of a key that was made anew', async () => {
    const { post, sandbox } = await open('Idempotency-Key');
    await post(ORDER, 'k1');
    await post(ORDER, 'k2');
    expect(ruleOf(sandbox.verdict(), 'no-duplicate-submission').findings).toHaveLength(1);
  });
});
