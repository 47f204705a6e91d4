import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkPack } from '../../src/load/check-pack.js';
import { broken, reproaches, ruleOf } from '../audit/play.js';
import { send } from '../support/client.js';
import { openSandbox } from '../support/sandbox.js';

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const says = (description: string) => ({
  description,
  content: {
    'application/json': {
      schema: {
        type: 'object',
        properties: { id: { type: 'string' }, status: { type: 'string' } },
      },
    },
  },
});
const operation = (operationId: string) => ({
  operationId,
  responses: { 200: says('Good'), 404: says('None'), 409: says('Not now'), 504: says('Late') },
});

/** An API without jobs: who signs an order finds its receipt a little later. */
const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Receipts', version: '1' },
  paths: {
    '/orders/{id}/sign': { parameters: [id], patch: operation('signOrder') },
    '/orders/{id}/code': { parameters: [id], post: operation('sendCode') },
    '/orders/{id}': { parameters: [id], get: operation('getOrder') },
    '/receipts/{id}': { parameters: [id], get: operation('getReceipt') },
    '/receipts/{id}/short': { parameters: [id], get: operation('getShortReceipt') },
  },
};

const BINDING = `binding: receipts
pack: receipts
schedules: { signOrder: { resource: id } }
report: { operation: getReceipt, job: id, reads: [getReceipt, getShortReceipt] }
refuses: [sendCode]
envelopes: { bare: "{data}" }
scenario: at-once
scheduled: { bare: true, data: "{data}" }
states:
  awaited: { outcome: open }
  there: { outcome: done }
  refused: { outcome: failed }
`;

const BEHAVIOUR = `const reply = (document) => ({ status: 200, content: { data: document, type: 'object' } });
const read = ({ params }, world) => {
  const found = world.find('receipt', params.id);
  return found ? reply(found.document) : { status: 404 };
};
const change = (world, id, status) => {
  const order = world.find('order', id);
  world.keep({ kind: 'order', id, document: { id, receipt: 'r-' + id, ...order?.document, status } });
};
export default {
  name: 'receipts',
  seed: () => 'none',
  idOf: ({ params }) => 'r-' + params.id,
  admit: ({ params }, world) =>
    world.find('order', params.id)?.document.status === 'signed'
      ? { status: 409, message: 'It is signed already' }
      : undefined,
  accept: (job, world) => {
    change(world, job.params.id, 'signed');
    job.tell({ data: { id: 'r-' + job.params.id, status: 'signed' } });
  },
  complete: (job, world) => {
    world.keep({ kind: 'receipt', id: job.id, document: { id: job.id, status: 'there' } });
  },
  fail: (job, state, world) => change(world, job.params.id, state),
  reads: {
    getReceipt: read,
    getShortReceipt: read,
    getOrder: ({ params }, world) => {
      const order = world.find('order', params.id);
      return order ? reply(order.document) : { status: 404 };
    },
    sendCode: ({ params }) => reply({ id: params.id, status: 'sent' }),
  },
};
`;

const SCENARIOS = {
  'at-once': 'life: [{ state: there }]',
  later: 'life: [{ state: awaited, for: 5s }, { state: there }]\nexpect: { reaches_end: true }',
  never: 'life: [{ state: awaited }]\nexpect: { gives_up: true }',
  refused: 'life: [{ state: awaited, for: 5s }, { state: refused }]',
  'code-late': 'operations: [sendCode]\nrefuse: { http: 504 }',
  'code-late-for-two': 'operations: [sendCode]\nwhen: { path: { id: two } }\nrefuse: { http: 409 }',
};

async function folder(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'receipts-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const scenarios = Object.entries(SCENARIOS).map(
    ([name, text]) => [`scenarios/${name}.yaml`, `scenario: ${name}\n${text}\n`] as const,
  );
  const files = {
    'openapi.yaml': JSON.stringify(DOCUMENT),
    'binding.yaml': BINDING,
    'behaviour.js': BEHAVIOUR,
    ...Object.fromEntries(scenarios),
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  return root;
}

async function open() {
  const { sandbox } = await openSandbox({ pack: await folder() });
  return {
    sandbox,
    sign: (order = 'one') => send('PATCH', `${sandbox.url}/orders/${order}/sign`),
    code: (order = 'one', headers = {}) =>
      send('POST', `${sandbox.url}/orders/${order}/code`, { headers }),
    order: (order = 'one') => send('GET', `${sandbox.url}/orders/${order}`),
    receipt: (order = 'one', form = '') => send('GET', `${sandbox.url}/receipts/r-${order}${form}`),
  };
}

describe('what an API makes without telling of a job', () => {
  it('is read by its own id, and is not there until its time has come', async () => {
    const { sandbox, sign, order, receipt } = await open();
    sandbox.next('later');
    expect((await receipt()).status).toBe(404);
    const signed = await sign();
    expect([signed.status, signed.json]).toEqual([200, { id: 'r-one', status: 'signed' }]);
    expect((await order()).json.status).toBe('signed');
    expect((await receipt()).status).toBe(404);
    sandbox.clock.advance('4.999s');
    expect((await receipt('one', '/short')).status).toBe(404);
    sandbox.clock.advance('1ms');
    expect((await receipt()).json).toEqual({ id: 'r-one', status: 'there' });
    expect((await sign()).status).toBe(409);
  });

  it('is there even if nobody has asked for it', async () => {
    const { sandbox, sign, receipt } = await open();
    sandbox.next('later');
    await sign();
    sandbox.clock.advance('5s');
    expect(sandbox.resources().map(({ kind }) => kind)).toEqual(['order', 'receipt']);
    expect((await receipt()).status).toBe(200);
  });

  it('never comes where its job fails, and the pack is told in which state', async () => {
    const { sandbox, sign, order, receipt } = await open();
    sandbox.next('refused');
    await sign();
    sandbox.clock.advance('5s');
    expect((await order()).json.status).toBe('refused');
    expect((await receipt()).status).toBe(404);
  });

  it('is waited for by polls, which the rules judge', async () => {
    const { sandbox, sign, receipt } = await open();
    sandbox.next('later');
    await sign();
    for (let polls = 0; polls < 10; polls += 1) {
      await receipt();
      sandbox.clock.advance('100ms');
    }
    expect(broken(sandbox.verdict())).toContain('spacing');
    const left = sandbox.session('left');
    left.next('later');
    await send('PATCH', `${left.url}/orders/one/sign`);
    await send('GET', `${left.url}/receipts/r-one`);
    expect(broken(left.verdict({ run: 'over' }))).toContain('reaches-the-end');
  });

  it('may be read as often as one likes once it is there, or by nobody', async () => {
    const { sandbox, sign, receipt } = await open();
    sandbox.next('later');
    await sign();
    for (let polls = 0; polls < 3; polls += 1) {
      await receipt();
      sandbox.clock.advance('2s');
    }
    await receipt();
    for (let reads = 0; reads < 5; reads += 1) await receipt('one', '/short');
    await receipt('unknown');
    const verdict = sandbox.verdict({ run: 'over' });
    expect(reproaches(verdict)).toEqual([]);
    expect(ruleOf(verdict, 'reaches-the-end').outcome).toBe('passed');
    expect(verdict.jobs).toMatchObject([{ polls: { length: 4 } }]);
    const silent = sandbox.session('silent');
    await send('PATCH', `${silent.url}/orders/one/sign`);
    expect(reproaches(silent.verdict({ run: 'over' }))).toEqual([]);
  });
});

describe('an operation that schedules nothing', () => {
  it('is answered by a scenario that names it, however that was chosen', async () => {
    const { sandbox, code } = await open();
    expect((await code()).json).toEqual({ id: 'one', status: 'sent' });
    expect((await code('two')).status).toBe(409);
    expect((await code('one', { 'X-Sandbox-Scenario': 'code-late' })).status).toBe(504);
    sandbox.next('code-late');
    expect([(await code()).status, (await code()).status]).toEqual([504, 200]);
    sandbox.set({ scenario: 'code-late' });
    expect([(await code()).status, (await code()).status]).toEqual([504, 504]);
  });

  it('leaves to others what is chosen for requests that schedule', async () => {
    const { sandbox, code, sign, receipt } = await open();
    sandbox.next('never');
    expect((await code('one', { 'X-Sandbox-Scenario': 'never' })).status).toBe(200);
    await sign();
    sandbox.clock.advance('1h');
    expect((await receipt()).status).toBe(404);
  });
});

describe('the check of a pack', () => {
  it('plays all of that', async () => {
    const { problems } = await checkPack(await folder());
    expect(problems).toEqual([]);
  });

  it('wants `refuse` of a scenario for an operation that schedules nothing', async () => {
    const root = await folder();
    await writeFile(
      join(root, 'scenarios/code-late.yaml'),
      'scenario: code-late\noperations: [sendCode]\nlife: [{ state: there }]\n',
    );
    const { problems } = await checkPack(root);
    expect(problems).toMatchObject([{ code: 'SCENARIO_UNKNOWN_OPERATION', line: 2 }]);
  });
});
