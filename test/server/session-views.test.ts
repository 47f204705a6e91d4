import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../src/server/server.js';
import { send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { callControl } from '../support/control.js';
import { playJob } from '../support/life.js';
import { NOON } from '../support/sandbox.js';
import { openServer } from './carried/played.js';

describe('a job as it is shown', () => {
  it('has the error that its client was told, also where its scenario names none', async () => {
    const life = '{ state: PENDING, for: 1 poll }, { state: FAILED, for: 1 poll }';
    const { sandbox, client, job } = await playJob(life);
    await client.poll(job);
    const path = `/sessions/default/jobs/${job}`;
    expect((await callControl(sandbox.url, 'GET', path)).json).not.toHaveProperty('error');
    const { text } = await client.poll(job);
    const { error } = (await callControl(sandbox.url, 'GET', path)).json;
    expect(error).toBeTruthy();
    expect(text).toContain(error.split(':').at(-1).trim());
  });

  it('stands in one view as it stood at one moment, though the clock goes on meanwhile', async () => {
    const pack = 'scripts/check-store/orders';
    const server = await startServer({ port: 0, pack, clock: { mode: 'real' } });
    onTestFinished(() => server.close());
    let machine = Date.parse(NOON);
    const goOn = () => {
      machine += 1;
      return machine;
    };
    Object.assign(server.sandbox.setup, { wall: goOn, steady: () => machine });
    const { json: order } = await send('POST', `${server.url}/orders`, { body: { item: 'tea' } });
    const due = Date.parse(order.eta);
    machine = due - 60;
    let before = 0;
    for (let shown = 0; shown < due + 10; ) {
      const { json } = await send('GET', `${server.url}/__sandbox/sessions/default`);
      shown = Date.parse(json.clock.now);
      if (shown < due) before += 1;
      expect([shown, json.holds.resources]).toEqual([shown, shown < due ? 0 : 1]);
    }
    expect(before).toBeGreaterThan(0);
  });
});

it('a job that was deleted is unknown to another API, before and after its session is carried', async () => {
  const server = await openServer({}, { pack: ['scripts/check-store/orders', 'compositions'] });
  const base = `${server.url}/~one`;
  const { json } = await send('POST', `${base}/orders`, { body: { item: 'tea' } });
  await server.control('POST', '/sessions/one/clock/advance', { by: '1min' });
  await server.control('GET', '/sessions/one');
  const { control } = server;
  const asked = async (session: string) => [
    (await send('GET', `${server.url}/~${session}/orders/${json.order}`)).status,
    (await server.clientOf(session).poll(json.order)).text.includes('deleted'),
  ];
  expect((await send('DELETE', `${base}/orders/${json.order}`)).status).toBe(204);
  expect(await asked('one')).toEqual([410, false]);
  await control('POST', '/sessions/one/branch', { name: 'two' });
  expect(await asked('two')).toEqual([410, false]);
});

it('a credential with half of a pair of surrogates keeps no session from being saved', async () => {
  const server = await openServer();
  await server.clientOf('one').schedule('done-after-eta');
  const body = { ...disability(), password: '\ud800-secret-of-mine', '\ud800': 1 };
  await server.clientOf('one').create(body);
  const { status, bytes } = await server.save('one');
  expect(status).toBe(200);
  expect((await server.load('two', bytes)).status).toBe(201);
});
