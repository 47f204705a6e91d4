// What the fixture offers, shown with a client of a few lines. `node --test`, in this folder, runs it.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { Sandbox, SandboxError } from './esoz-sandbox.mjs';

const NOON = '2026-01-31T12:00:00Z';
let sandbox;
let esoz;

before(async () => {
  sandbox = await Sandbox.start();
});
after(() => sandbox?.close());
beforeEach(async () => {
  esoz = await sandbox.session('test');
});
afterEach(() => esoz.end());

/** The client: status and data of a call of the API. */
async function call(session, method, path, body) {
  const answer = await fetch(`${session.url}/api/patients/composition${path}`, {
    method,
    headers: {
      Authorization: 'Bearer demo',
      'api-key': 'demo',
      'Content-Type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, data: (await answer.json()).data };
}

const create = async (session) =>
  (await call(session, 'POST', '', await session.example('createComposition'))).data.id;
const poll = (session, job) => call(session, 'GET', `/job/${job}`);

test('plays the scenario that is next', async () => {
  await esoz.manualClock(NOON);
  await esoz.next('failed-error-list');
  const job = await create(esoz);
  await esoz.advance('3s');
  const { data } = await poll(esoz, job);
  assert.equal(data.status, 'FAILED');
  assert.deepEqual(
    (await esoz.jobs()).map(({ scenario }) => scenario),
    ['failed-error-list'],
  );
});

test('keeps sessions apart', async () => {
  const other = await sandbox.session('other');
  const job = await create(other);
  assert.equal((await poll(esoz, job)).status, 404);
  assert.equal((await esoz.journal()).length, 1);
  await other.end();
});

test('moves a manual clock', async () => {
  await esoz.choose('done-after-eta');
  await esoz.manualClock(NOON);
  const job = await create(esoz);
  assert.equal((await poll(esoz, job)).data.status, 'PENDING');
  await esoz.advance('3s');
  assert.equal((await poll(esoz, job)).data.status, 'DONE');
});

async function goodClient(scenario = 'failed-error-list') {
  await esoz.manualClock(NOON);
  await esoz.next(scenario);
  const job = await create(esoz);
  await esoz.advance('3s');
  await poll(esoz, job);
}

async function hastyClient() {
  await esoz.manualClock(NOON);
  const job = await create(esoz);
  await poll(esoz, job);
  await esoz.advance('3s');
  await poll(esoz, job);
}

test('finds nothing wrong with a good client', async () => {
  await goodClient();
  await esoz.assertPolledWell();
});

test('names the cause', async () => {
  await hastyClient();
  await assert.rejects(esoz.assertPolledWell(), ({ message }) => {
    assert.match(message, /eta-respected: /);
    assert.match(message, /→ /);
    assert.ok(message.includes(esoz.page));
    return true;
  });
});

test('tells a rule that was kept from one that was not tried', async () => {
  await goodClient();
  await esoz.assertFollowed('eta-respected');
  const told = /^gives-up is not exercised: .*choose a scenario/;
  await assert.rejects(esoz.assertFollowed('gives-up'), { message: told });
});

test('says that nobody has called', async () => {
  await assert.rejects(esoz.assertPolledWell(), { message: /no request has come to session/ });
});

test('takes typed names', async () => {
  // TypeScript has them as types, beside this; to JavaScript they are texts.
  await goodClient(/** @type {import('./esoz-sandbox.mjs').ScenarioName} */ ('failed-error-list'));
  assert.equal((await esoz.jobs())[0].scenario, 'failed-error-list');
  await esoz.assertFollowed('eta-respected');
});

test('says what is refused', async () => {
  await assert.rejects(esoz.next('failed-error-lisp'), (error) => {
    assert.ok(error instanceof SandboxError);
    assert.equal(error.code, 'USAGE_UNKNOWN_SCENARIO');
    assert.match(error.message, /did you mean failed-error-list/);
    return true;
  });
  await assert.rejects(esoz.set({ clock: { mode: 'manul' } }), /clock.mode: .*manual/);
  await goodClient();
  await assert.rejects(esoz.assertFollowed('eta-respectet'), /did you mean eta-respected/);
});
