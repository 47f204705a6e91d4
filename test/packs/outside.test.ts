import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../src/index.js';
import { send } from '../support/client.js';
import { OUTSIDE, packWith, swap } from '../support/pack-folder.js';
import { openSandbox } from '../support/sandbox.js';

async function openOrders(options: SandboxOptions = {}) {
  const { sandbox } = await openSandbox({ pack: OUTSIDE, ...options });
  const base = `${sandbox.url}/v1`;
  const order = (body: unknown) => send('POST', `${base}/orders`, { body });
  const task = (id: string) => send('GET', `${base}/tasks/${id}`);
  return { sandbox, base, order, task };
}

describe('a pack from outside, in a folder of its own', () => {
  it('brings contract, binding and scenarios, and keeps what its jobs make', async () => {
    const { sandbox, base, order, task } = await openOrders();
    expect(sandbox.scenarios.map(({ name }) => name)).toEqual(['declined', 'filled']);
    sandbox.next('filled');
    const scheduled = await order({ item: 'chair', pieces: 2 });
    expect(scheduled.status).toBe(202);
    sandbox.clock.advance('2s');
    const { json } = await task(scheduled.json.task);
    expect(json).toEqual({
      task: scheduled.json.task,
      progress: 'filled',
      order: expect.any(String),
    });
    const read = await send('GET', `${base}/orders/${json.order.toUpperCase()}`);
    expect(read.json).toEqual({ order: json.order, item: 'chair', pieces: 2 });
    expect(sandbox.resources()).toMatchObject([{ id: json.order, kind: 'order' }]);
  });

  it('answers before the resources of the binding, which keep what it does not', async () => {
    const resources = `resources:
  order: { made_by: placeOrder, read: getOrder }
places:`;
    const pack = await packWith({
      'binding.yaml': swap('places:', resources),
      'behaviour.js': swap(
        'if (!order)',
        "if (params.order === '00000000-0000-4000-8000-000000000000') return { status: 404 };\n      if (!order)",
      ),
    });
    const { sandbox } = await openSandbox({ pack });
    sandbox.next('filled');
    const scheduled = await send('POST', `${sandbox.url}/v1/orders`, {
      body: { item: 'chair', pieces: 2 },
    });
    sandbox.clock.advance('2s');
    await send('GET', `${sandbox.url}/v1/tasks/${scheduled.json.task}`);
    expect(sandbox.resources()).toHaveLength(1);
    const seeded = sandbox.seed({ kind: 'order', item: 'desk', pieces: 1 });
    const read = await send('GET', `${sandbox.url}/v1/orders/${seeded.id}`);
    expect(read.json).toEqual(seeded.document);
    const hidden = sandbox.seed({
      kind: 'order',
      order: '00000000-0000-4000-8000-000000000000',
      item: 'desk',
      pieces: 1,
    });
    expect((await send('GET', `${sandbox.url}/v1/orders/${hidden.id}`)).status).toBe(404);
  });

  it('answers in its own words what is not there', async () => {
    const { base } = await openOrders();
    const { status, json } = await send(
      'GET',
      `${base}/orders/00000000-0000-4000-8000-000000000000`,
    );
    expect(status).toBe(404);
    expect(json.reason).toBe('there is no order 00000000-0000-4000-8000-000000000000');
  });

  it('lets a job fail by its own judgement, measured by a setting', async () => {
    const { sandbox, order, task } = await openOrders({ settings: { MOST_PIECES: 1 } });
    sandbox.next('filled');
    const { json } = await order({ item: 'chair', pieces: 2 });
    sandbox.clock.advance('2s');
    expect((await task(json.task)).json).toMatchObject({ progress: 'declined' });
    expect(sandbox.job(json.task).notes).toEqual(['more than 1 pieces']);
    expect(sandbox.resources()).toEqual([]);
  });

  it('judges nothing while rules are off, and still makes its changes', async () => {
    const options = { settings: { MOST_PIECES: 1 }, rules: 'off' as const, scenario: 'filled' };
    const { sandbox, order, task } = await openOrders(options);
    const { status, json } = await order({ item: 'nothing', pieces: 2 });
    expect(status).toBe(202);
    sandbox.clock.advance('2s');
    expect((await task(json.task)).json.progress).toBe('filled');
    expect(sandbox.resources()).toHaveLength(1);
  });

  it('does not fail by an error of its changes either while rules are off', async () => {
    const judged = 'complete({ body, resource }, world) {';
    const pack = await packWith({
      'behaviour.js': swap(
        judged,
        `${judged}\n    if (body.item === 'glass') return { code: 'OUT_OF_STOCK' };`,
      ),
    });
    for (const [rules, progress] of [
      ['on', 'declined'],
      ['off', 'filled'],
    ] as const) {
      const { sandbox, order, task } = await openOrders({ pack, rules, scenario: 'filled' });
      const { json } = await order({ item: 'glass', pieces: 2 });
      sandbox.clock.advance('2s');
      expect((await task(json.task)).json.progress).toBe(progress);
    }
  });

  it('takes documents by hand', async () => {
    const { sandbox, base } = await openOrders();
    const { id } = sandbox.seed({ item: 'lamp' });
    expect((await send('GET', `${base}/orders/${id}`)).json).toEqual({
      order: id,
      item: 'lamp',
      pieces: 1,
    });
  });
});

describe('the places that a refusal names', () => {
  const wrongOf = async (pack: string, body: unknown) => {
    const { order } = await openOrders({ pack });
    return (await order(body)).json.wrong;
  };

  it('are called as the binding calls them, by the engine and by the pack', async () => {
    expect(await wrongOf(OUTSIDE, { item: 'chair' })).toMatchObject([{ entry_type: 'document' }]);
    expect(await wrongOf(OUTSIDE, '{')).toMatchObject([{ entry: '$', entry_type: 'document' }]);
    const refused = await wrongOf(OUTSIDE, { item: 'nothing', pieces: 1 });
    expect(refused).toMatchObject([{ entry: '$.item', entry_type: 'document' }]);
  });

  it('have plain names where the binding gives none', async () => {
    const pack = await packWith({ 'binding.yaml': swap('places: { body: document }', '') });
    expect(await wrongOf(pack, { item: 'chair' })).toMatchObject([{ entry_type: 'body' }]);
    const { base } = await openOrders({ pack });
    const { json } = await send('GET', `${base}/orders/no-id`);
    expect(json.wrong).toMatchObject([{ entry: 'order', entry_type: 'path' }]);
  });

  it('must be parts of a request', async () => {
    const pack = await packWith({
      'binding.yaml': swap('{ body: document }', '{ bdy: document }'),
    });
    await expect(openOrders({ pack })).rejects.toThrow(/unknown key "bdy" \(did you mean body\?\)/);
  });
});
