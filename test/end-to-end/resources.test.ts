import { describe, expect, it } from 'vitest';
import { type FileError, startSandbox } from '../../src/index.js';
import { send } from '../support/client.js';
import { filesWith } from '../support/documents.js';
import { NOON, openSandbox } from '../support/sandbox.js';

const SHOP = {
  spec: 'test/fixtures/shop/openapi.yaml',
  binding: 'test/fixtures/shop/binding.yaml',
};
const ORDER = { customer: 'Bo', lines: [{ sku: 'B-7', quantity: 3 }], card: '4111', coupon: 'TEN' };
const MERGE = { 'Content-Type': 'application/merge-patch+json' };

async function openShop() {
  const { sandbox } = await openSandbox(SHOP);
  const ask = (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => send(method, sandbox.url + path, { ...(body === undefined ? {} : { body }), headers });
  /** Schedules a job, lets it end, and gives back what its last answer says. */
  const done = async (path: string, body: unknown) => {
    const { json } = await ask('POST', path, body);
    sandbox.clock.advance('3s');
    return (await ask('GET', `/jobs/${json.id}`)).json;
  };
  return { sandbox, ask, done };
}

describe('what a job makes', () => {
  it('is there once the job is done, and read behind its link', async () => {
    const { sandbox, ask } = await openShop();
    const scheduled = await ask('POST', '/orders', ORDER);
    expect(scheduled.status).toBe(202);
    expect((await ask('GET', '/orders')).json.data).toEqual([]);
    const { resource } = sandbox.job(scheduled.json.id);
    expect((await ask('GET', `/orders/${resource}`)).status).toBe(404);
    sandbox.clock.advance('3s');
    const { json } = await ask('GET', `/jobs/${scheduled.json.id}`);
    expect(json).toMatchObject({
      state: 'done',
      order: resource,
      href: `${sandbox.url}/orders/${resource}`,
    });
    const read = await send('GET', json.href);
    expect(read.status).toBe(200);
    expect(read.json.id).toBe(resource);
  });

  it('is filled from the request, and with what only the server can say', async () => {
    const { ask, done } = await openShop();
    const { order } = await done('/orders', ORDER);
    expect((await ask('GET', `/orders/${order}`)).json).toEqual({
      id: order,
      status: 'paid',
      customer: 'Bo',
      priority: 'low',
      lines: [{ sku: 'B-7', quantity: 3, price: 9.5 }],
      total: 19,
      created_at: '2026-02-02T12:00:03.000Z',
      updated_at: '2026-02-02T12:00:03.000Z',
    });
  });

  it('is changed by a job that names it, as its body says', async () => {
    const { sandbox, ask, done } = await openShop();
    const { order } = await done('/orders', ORDER);
    sandbox.clock.advance('1h');
    const shipped = await done(`/orders/${order}/shipment`, { note: 'ring twice' });
    expect(shipped).toMatchObject({ state: 'done', order });
    expect((await ask('GET', `/orders/${order}`)).json).toMatchObject({
      customer: 'Bo',
      note: 'ring twice',
      created_at: '2026-02-02T12:00:03.000Z',
      updated_at: '2026-02-02T13:00:06.000Z',
    });
  });

  it('is refused to a job that names one that is not there', async () => {
    const { sandbox, ask } = await openShop();
    const path = '/orders/00000000-0000-4000-8000-000000000000/shipment';
    const refused = await ask('POST', path, {});
    expect(refused.status).toBe(404);
    expect(refused.json.code).toBe('REQUEST_UNKNOWN_RESOURCE');
    expect(sandbox.jobs()).toEqual([]);
  });

  it('counts as read for the verdict, and as unread when nobody asks for it', async () => {
    const { sandbox, ask, done } = await openShop();
    const { order } = await done('/orders', ORDER);
    const rule = () =>
      sandbox.verdict().rules.find(({ rule: name }) => name === 'reads-the-result')?.outcome;
    expect(rule()).toBe('failed');
    await ask('GET', `/orders/${order}`);
    expect(rule()).toBe('passed');
  });
});

describe('kinds of jobs in one binding', () => {
  const KINDS = `binding: shop
scheduled: { http: 202, bare: true, data: { id: '{job}', state: running } }
states:
  running: { outcome: open, bare: true, data: { id: '{job}', state: running } }
  done: { outcome: done, bare: true, data: { id: '{job}', state: done, order: '{resource.id}' } }
resources:
  orders: { made_by: createOrder, read: getOrder, list: listOrders }
kinds:
  sales: { schedules: [createOrder], report: { operation: getJob, job: jobId } }
  shipping: { schedules: { shipOrder: { resource: orderId } }, report: { operation: getJob, job: jobId } }
`;

  it('share what stands at its top: a job of one makes what a job of the other changes', async () => {
    const { sandbox } = await openSandbox({
      spec: SHOP.spec,
      binding: await filesWith({ 'binding.yaml': KINDS }),
    });
    const done = async (path: string, body: unknown) => {
      const { json } = await send('POST', sandbox.url + path, { body });
      sandbox.clock.advance('3s');
      return (await send('GET', `${sandbox.url}/jobs/${json.id}`)).json;
    };
    const { order } = await done('/orders', ORDER);
    expect(await done(`/orders/${order}/shipment`, { note: 'soon' })).toMatchObject({ order });
    const { json } = await send('GET', `${sandbox.url}/orders/${order}`);
    expect(json).toMatchObject({ id: order, note: 'soon' });
    expect((await send('GET', `${sandbox.url}/orders`)).json.total).toBe(1);
  });

  it('tell once what is wrong there', async () => {
    const binding = await filesWith({
      'binding.yaml': KINDS.replace('read: getOrder', 'read: getOrdr'),
    });
    const starting = startSandbox({ spec: SHOP.spec, binding });
    const { problems } = await starting.then(
      () => ({ problems: [] }),
      (error: FileError) => error,
    );
    expect(problems.map(({ code, line, column }) => `${line}:${column} ${code}`)).toEqual([
      '7:35 BINDING_UNKNOWN_OPERATION',
    ]);
  });
});

describe('changes by the client', () => {
  it('replaces a whole document and keeps what only the server can say', async () => {
    const { sandbox, ask, done } = await openShop();
    const { order } = await done('/orders', { ...ORDER, note: 'first' });
    sandbox.clock.advance('1m');
    const replaced = await ask('PUT', `/orders/${order}`, {
      customer: 'Cy',
      lines: [{ sku: 'C', quantity: 1 }],
    });
    expect(replaced.status).toBe(200);
    const { json } = await ask('GET', `/orders/${order}`);
    expect(json).toEqual(replaced.json);
    expect(json).toMatchObject({
      customer: 'Cy',
      created_at: '2026-02-02T12:00:03.000Z',
      updated_at: '2026-02-02T12:01:03.000Z',
    });
    expect(json).not.toHaveProperty('note');
  });

  it('makes one by PUT where the contract has 201 for it', async () => {
    const { sandbox, ask } = await openShop();
    const id = '5f0c9a58-6a3c-4b0e-9d0f-2f8d0c1b7a11';
    const made = await ask('PUT', `/orders/${id}`, ORDER);
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`${sandbox.url}/orders/${id}`);
    expect((await ask('GET', `/orders/${id}`)).json.id).toBe(id);
    expect((await ask('PUT', `/orders/${id}`, ORDER)).status).toBe(200);
  });

  it('merges a patch: null takes a field away by RFC 7396, and is a value in plain JSON', async () => {
    const { ask, done } = await openShop();
    const { order } = await done('/orders', { ...ORDER, note: 'first' });
    const merged = await ask('PATCH', `/orders/${order}`, { note: null, customer: 'Di' }, MERGE);
    expect(merged.status).toBe(200);
    expect(merged.json).toMatchObject({ customer: 'Di', lines: [{ sku: 'B-7' }] });
    expect(merged.json).not.toHaveProperty('note');
    const plain = await ask('PATCH', `/orders/${order}`, { note: null });
    expect(plain.json.note).toBeNull();
  });

  it('applies a JSON Patch, whole or not at all', async () => {
    const { ask, done } = await openShop();
    const { order } = await done('/orders', ORDER);
    const patch = (operations: unknown) =>
      ask('PATCH', `/orders/${order}`, operations, {
        'Content-Type': 'application/json-patch+json',
      });
    const good = await patch([
      { op: 'test', path: '/customer', value: 'Bo' },
      { op: 'replace', path: '/customer', value: 'Ed' },
      { op: 'replace', path: '/lines/0/quantity', value: 8 },
    ]);
    expect(good.json).toMatchObject({ customer: 'Ed', lines: [{ quantity: 8 }] });
    const failed = await patch([
      { op: 'replace', path: '/customer', value: 'Flo' },
      { op: 'test', path: '/customer', value: 'Bo' },
    ]);
    expect([failed.status, failed.json.code]).toEqual([409, 'REQUEST_PATCH_FAILS']);
    expect((await patch([{ op: 'remove', path: '/nowhere' }])).status).toBe(422);
    expect((await patch([{ op: 'replace', path: '/lines', value: 7 }])).status).toBe(422);
    expect((await ask('GET', `/orders/${order}`)).json.customer).toBe('Ed');
  });

  it('deletes: afterwards nothing of it is there', async () => {
    const { sandbox, ask, done } = await openShop();
    const { order } = await done('/orders', ORDER);
    const gone = await ask('DELETE', `/orders/${order}`);
    expect([gone.status, gone.text]).toEqual([204, '']);
    for (const method of ['GET', 'DELETE']) {
      const again = await ask(method, `/orders/${order}`);
      expect([again.status, again.json.code]).toEqual([404, 'REQUEST_UNKNOWN_RESOURCE']);
    }
    expect((await ask('PATCH', `/orders/${order}`, {}, MERGE)).status).toBe(404);
    expect(sandbox.resources()).toEqual([]);
  });

  it('holds bodies to the contract as ever', async () => {
    const { ask, done } = await openShop();
    const { order } = await done('/orders', ORDER);
    expect((await ask('PUT', `/orders/${order}`, { customer: 7 })).status).toBe(422);
    expect((await ask('PATCH', `/orders/${order}`, { customer: 7 }, MERGE)).status).toBe(422);
    expect((await ask('GET', `/orders/${order}`)).json.customer).toBe('Bo');
  });
});

describe('lists', () => {
  it('filters by fields and shows a page', async () => {
    const { ask, done } = await openShop();
    for (const customer of ['Bo', 'Cy', 'Bo', 'Bo']) await done('/orders', { ...ORDER, customer });
    const first = (await ask('GET', '/orders?customer=Bo&limit=2')).json;
    expect(first.data.map((order: { customer: string }) => order.customer)).toEqual(['Bo', 'Bo']);
    expect(first).toMatchObject({ has_more: true, total: 3, next_cursor: first.data[1].id });
    const second = (await ask('GET', `/orders?customer=Bo&limit=2&after=${first.next_cursor}`))
      .json;
    expect(second.data).toHaveLength(1);
    expect(second).toMatchObject({ has_more: false, total: 3, next_cursor: null });
    const nowhere = await ask('GET', '/orders?customer=Bo&after=nobody');
    expect([nowhere.status, nowhere.json.code]).toEqual([400, 'REQUEST_UNKNOWN_CURSOR']);
    expect((await ask('GET', '/orders?status=new,shipped')).json.total).toBe(0);
    expect((await ask('GET', '/orders?status=paid,shipped')).json.total).toBe(4);
  });

  it('goes by the query parameters that the binding names', async () => {
    const { ask } = await openShop();
    for (const city of ['Kyiv', 'Lviv', 'Kyiv'])
      await ask('POST', '/customers', { name: 'N', city });
    const cities = async (query: string) =>
      (await ask('GET', `/customers?${query}`)).json.map((one: { city: string }) => one.city);
    expect(await cities('from=Kyiv')).toEqual(['Kyiv', 'Kyiv']);
    expect(await cities('per_page=2&page=2')).toEqual(['Kyiv']);
    expect(await cities('per_page=2&page=9')).toEqual([]);
  });
});

describe('what a request makes at once', () => {
  it('gets an id as the contract takes them, or that of the body', async () => {
    const { sandbox, ask } = await openShop();
    const made = await ask('POST', '/customers', { name: 'Gus' });
    expect(made.status).toBe(201);
    const { id } = made.json.customer;
    expect(Number.isInteger(id)).toBe(true);
    expect(made.headers.get('location')).toBe(`${sandbox.url}/customers/${id}`);
    expect(made.json.customer.created).toBe(Date.parse(NOON) / 1000);
    expect((await ask('GET', `/customers/${id}`)).json).toEqual(made.json);
    expect((await ask('POST', '/customers', { id: 7, name: 'Hal' })).json.customer.id).toBe(7);
    const twice = await ask('POST', '/customers', { id: 7, name: 'Ivo' });
    expect([twice.status, twice.json.code]).toEqual([409, 'REQUEST_RESOURCE_EXISTS']);
    expect((await ask('DELETE', '/customers/7')).json).toEqual({ deleted: true });
    expect((await ask('GET', '/customers/7')).status).toBe(404);
  });

  it('belongs to what its path names', async () => {
    const { ask } = await openShop();
    const { json } = await ask('POST', '/customers/1/notes', { text: 'hello' });
    expect(json).toMatchObject({
      customerId: 1,
      text: 'hello',
      noteId: expect.stringMatching(/^[0-9a-f]{24}$/),
    });
    expect((await ask('GET', `/customers/1/notes/${json.noteId}`)).json).toEqual(json);
    expect((await ask('GET', `/customers/2/notes/${json.noteId}`)).status).toBe(404);
    expect((await ask('GET', '/customers/1/notes')).json).toEqual([json]);
    expect((await ask('GET', '/customers/2/notes')).json).toEqual([]);
  });

  it('is of one session', async () => {
    const { sandbox, ask } = await openShop();
    await ask('POST', '/customers', { id: 1, name: 'Jo' });
    const other = sandbox.session('other');
    expect((await send('GET', `${other.url}/customers/1`)).status).toBe(404);
  });

  it('has the same ids with the same seed', async () => {
    const run = async () => {
      const { sandbox } = await openSandbox({ ...SHOP, seed: 5 });
      const { json } = await send('POST', `${sandbox.url}/customers`, { body: { name: 'Kim' } });
      await sandbox.close();
      return json;
    };
    expect(await run()).toEqual(await run());
  });
});

describe('seeds', () => {
  it('puts documents in by hand, and makes what is missing', async () => {
    const { sandbox, ask } = await openShop();
    const id = '5f0c9a58-6a3c-4b0e-9d0f-2f8d0c1b7a11';
    const seeded = sandbox.seed({
      kind: 'orders',
      id,
      status: 'shipped',
      customer: 'Lee',
      lines: [],
    });
    expect(seeded).toMatchObject({
      id,
      kind: 'orders',
      document: { status: 'shipped', total: 19 },
    });
    expect((await ask('GET', `/orders/${id}`)).json).toEqual(seeded.document);
  });

  it('refuses what the contract does not allow, and kinds that there are not', async () => {
    const { sandbox } = await openShop();
    expect(() => sandbox.seed({ kind: 'orders', customer: 'Lee', status: 'lost' })).toThrow(
      /status/,
    );
    expect(() => sandbox.seed({ kind: 'ordres' })).toThrow(/orders, customers, notes/);
    expect(sandbox.resources()).toEqual([]);
  });
});
