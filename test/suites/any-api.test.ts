import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { send } from '../support/client.js';
import { packWith } from '../support/pack-folder.js';
import { chooseSuite, outcomesOf } from '../support/processes.js';
import { openSandbox } from '../support/sandbox.js';

const SUITE = `suite: order-a-chair
title: A chair is ordered, and looked at
scenarios: [filled, declined]
steps:
  - step: place
    title: The order is placed, and filled
    operations: [placeOrder]
    scenarios: [declined]
    when: { body: { item: chair } }
    expect: { job: done }
  - step: look
    title: It is looked at
    operations: [getOrder]
    expect:
      path: { order: "{place.resource}" }
      answer: { item: "{place.body.item}" }
`;

async function open(course?: string) {
  const pack = await packWith();
  await mkdir(join(pack, 'suites'), { recursive: true });
  await writeFile(join(pack, 'suites', 'order-a-chair.yaml'), SUITE);
  const { sandbox } = await openSandbox({ pack });
  const verdict = await chooseSuite(sandbox, 'order-a-chair', course);
  const base = `${sandbox.url}/v1`;
  const order = async (item: string) => {
    const { json } = await send('POST', `${base}/orders`, { body: { item, pieces: 1 } });
    const ask = async () => {
      sandbox.clock.advance('9s');
      return (await send('GET', `${base}/tasks/${json.task}`)).json;
    };
    let told = await ask();
    for (let polls = 1; told.progress === 'open' && polls < 5; polls += 1) told = await ask();
    return told;
  };
  const look = (id: string) => send('GET', `${base}/orders/${id}`);
  return { sandbox, verdict, order, look };
}

describe('a process of any API', () => {
  it('is a file in the folder of its pack', async () => {
    const { order, look, verdict } = await open('filled');
    const told = await order('chair');
    await look(told.order);
    expect((await verdict()).process).toMatchObject({
      suite: 'order-a-chair',
      course: 'filled',
      outcome: 'passed',
    });
  });

  it('does not take an order of something else for its own', async () => {
    const { order, look, verdict } = await open('filled');
    const told = await order('table');
    await look(told.order);
    const found = await verdict();
    expect(outcomesOf(found)).toEqual({ place: 'not reached', look: 'unproven' });
    expect(found.process?.outcome).toBe('incomplete');
  });

  it('ends where its scenario declines the order, and other orders are filled', async () => {
    const { order, verdict } = await open('declined');
    expect((await order('table')).progress).toBe('filled');
    expect((await order('chair')).progress).not.toBe('filled');
    expect(outcomesOf(await verdict('&seen=true'))).toEqual({
      place: 'done',
      'place-shown': 'done',
      look: 'skipped',
    });
  });

  it('counts the run that comes farthest, when it was begun again', async () => {
    const { order, look, verdict } = await open('filled');
    await order('chair');
    await look('00000000-0000-4000-8000-000000000000');
    const told = await order('chair');
    await look(told.order);
    await order('chair');
    expect((await verdict()).process?.outcome).toBe('passed');
  });

  it.each([
    ['order-a-chiar', 404, /unknown suite "order-a-chiar"; did you mean order-a-chair\?/],
    ['polling-basics', 422, /the suite polling-basics has no steps/],
    ['/etc/passwd.yaml', 404, /unknown suite/],
  ])('is not %s', async (suite, status, told) => {
    const { sandbox } = await open();
    const session = `${sandbox.url}/__sandbox/sessions/default`;
    const put = await send('PUT', session, { body: { suite } });
    expect([put.status, put.json.error.message]).toEqual([status, expect.stringMatching(told)]);
    const got = await send('GET', `${session}/verdict?suite=${encodeURIComponent(suite)}`);
    expect(got.status).toBe(status);
  });

  it('is no longer played when the session says so', async () => {
    const { sandbox, order, verdict } = await open('declined');
    const session = `${sandbox.url}/__sandbox/sessions/default`;
    expect((await send('GET', session)).json).toMatchObject({
      suite: 'order-a-chair',
      course: 'declined',
      queue: [],
    });
    await send('PUT', session, { body: { suite: null } });
    expect((await order('chair')).progress).toBe('filled');
    expect((await verdict()).process).toBeUndefined();
    const wrong = await send('PUT', session, {
      body: { suite: 'order-a-chair', course: 'fulled' },
    });
    expect(wrong.json.error.message).toMatch(/did you mean filled\?/);
  });
});
