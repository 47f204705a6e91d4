import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CREDENTIALS, makeClient, send } from '../support/client.js';
import { disability, ENCOUNTER, PATIENT } from '../support/conclusions.js';
import { type ControlCall, callControl, controlContract, seen } from '../support/control.js';
import { openEvents } from '../support/events.js';
import { eventually } from '../support/eventually.js';
import { LONG_ENOUGH, NOON, openSandbox } from '../support/sandbox.js';

const NOBODY = '3e1d2c4b-5a69-4788-9c3d-2b1a0f9e8d7c';
const HERE = '/sessions/default';

/** As little as there must be of a composition. */
const LEAST = {
  type: { coding: [{ system: 'COMPOSITION_TYPES', code: 'TEMP_DISABILITY' }] },
  subject: { value: PATIENT },
  encounter: { value: ENCOUNTER },
};

/** What the business rules of the Compositions API go by, unless someone says otherwise. */
const SETTINGS = {
  EMAL_COMPOSITION_FLOW_REPLACE_ENABLED: false,
  CANCEL_DAYS_NEWBORN: 180,
  CANCEL_DAYS_TEMP_DISABILITY: 7,
  CANCEL_DAYS_REPLACEMENT: 365,
  PREGNANCY_DAYS: [126, 140],
  SIGNATURE_ERRORS: 'refuse',
  UNSIGNED_CONTENT: 'take',
};

const MY_FIRST = 'scenario: my-first\nlife:\n  - state: DONE\n';

/** One good call of each operation, in the session `{s}`; what it needs beforehand is in {@link world}. */
const CALLS: { id: string; method: string; path: string; body?: unknown; good: number }[] = [
  { id: 'getHealth', method: 'GET', path: '/health', good: 200 },
  { id: 'getReady', method: 'GET', path: '/ready', good: 200 },
  { id: 'getMetrics', method: 'GET', path: '/metrics', good: 200 },
  { id: 'listScenarios', method: 'GET', path: '/scenarios', good: 200 },
  { id: 'getScenario', method: 'GET', path: '/scenarios/failed-1002', good: 200 },
  // There is no folder to save in, unless one is named.
  {
    id: 'saveScenario',
    method: 'PUT',
    path: '/scenarios/my-first',
    body: { yaml: MY_FIRST },
    good: 409,
  },
  { id: 'lintScenario', method: 'POST', path: '/lint', body: { yaml: MY_FIRST }, good: 200 },
  { id: 'getScenarioSchema', method: 'GET', path: '/schemas/scenario', good: 200 },
  { id: 'listSuites', method: 'GET', path: '/suites', good: 200 },
  { id: 'getSuite', method: 'GET', path: '/suites/polling-basics', good: 200 },
  { id: 'getReport', method: 'GET', path: '/report?session={s}', good: 200 },
  { id: 'getExample', method: 'GET', path: '/examples/createComposition', good: 200 },
  { id: 'getUnnamed', method: 'GET', path: '/unnamed', good: 200 },
  {
    id: 'leadUnnamed',
    method: 'PUT',
    path: '/unnamed',
    body: { session: 'default' },
    good: 200,
  },
  { id: 'listSessions', method: 'GET', path: '/sessions', good: 200 },
  { id: 'getSession', method: 'GET', path: '/sessions/{s}', good: 200 },
  {
    id: 'putSession',
    method: 'PUT',
    path: '/sessions/{s}',
    body: { scenario: 'slow' },
    good: 200,
  },
  { id: 'handOutToken', method: 'POST', path: '/sessions/{s}/tokens', body: {}, good: 201 },
  {
    id: 'endToken',
    method: 'POST',
    path: '/sessions/{s}/tokens/end',
    body: { headers: { authorization: 'Bearer demo' } },
    good: 200,
  },
  { id: 'restoreTokens', method: 'DELETE', path: '/sessions/{s}/tokens/end', good: 200 },
  { id: 'getClock', method: 'GET', path: '/sessions/{s}/clock', good: 200 },
  {
    id: 'advanceClock',
    method: 'POST',
    path: '/sessions/{s}/clock/advance',
    body: { by: '1s' },
    good: 200,
  },
  {
    id: 'queueScenario',
    method: 'POST',
    path: '/sessions/{s}/next',
    body: { scenario: 'slow' },
    good: 200,
  },
  { id: 'listJobs', method: 'GET', path: '/sessions/{s}/jobs', good: 200 },
  { id: 'getJob', method: 'GET', path: '/sessions/{s}/jobs/{job}', good: 200 },
  { id: 'getVocabulary', method: 'GET', path: '/vocabulary', good: 200 },
  {
    id: 'getExampleRequest',
    method: 'GET',
    path: '/examples/createComposition/request',
    good: 200,
  },
  { id: 'clearQueue', method: 'DELETE', path: '/sessions/{s}/next', good: 200 },
  { id: 'getJobScenario', method: 'GET', path: '/sessions/{s}/jobs/{job}/scenario', good: 200 },
  { id: 'holdJob', method: 'POST', path: '/sessions/{s}/jobs/{job}/hold', good: 200 },
  {
    id: 'playJob',
    method: 'POST',
    path: '/sessions/{s}/jobs/{job}/play',
    body: { next: { state: 'DONE' } },
    good: 200,
  },
  { id: 'releaseJob', method: 'POST', path: '/sessions/{s}/jobs/{job}/release', good: 200 },
  { id: 'readJournal', method: 'GET', path: '/sessions/{s}/journal', good: 200 },
  { id: 'getVerdict', method: 'GET', path: '/sessions/{s}/verdict', good: 200 },
  { id: 'streamEvents', method: 'GET', path: '/sessions/{s}/events', good: 200 },
  { id: 'streamAllEvents', method: 'GET', path: '/events', good: 200 },
  { id: 'signIn', method: 'POST', path: '/sign-in', body: { token: 'a-secret' }, good: 204 },
  { id: 'signOut', method: 'DELETE', path: '/sign-in', good: 204 },
  { id: 'listContracts', method: 'GET', path: '/contracts', good: 200 },
  { id: 'getContract', method: 'GET', path: '/contracts/compositions', good: 200 },
  { id: 'listResources', method: 'GET', path: '/sessions/{s}/resources', good: 200 },
  { id: 'getWorld', method: 'GET', path: '/world', good: 200 },
  { id: 'getSessionWorld', method: 'GET', path: '/sessions/{s}/world', good: 200 },
  {
    id: 'seedResource',
    method: 'POST',
    path: '/sessions/{s}/resources',
    body: { document: LEAST },
    good: 201,
  },
  { id: 'saveSession', method: 'GET', path: '/sessions/{s}/file', good: 200 },
  {
    id: 'loadSession',
    method: 'PUT',
    path: '/sessions/{s}/file?replace=true',
    body: new Uint8Array(readFileSync('test/fixtures/sessions/version-1.esoz')),
    good: 201,
  },
  {
    id: 'branchSession',
    method: 'POST',
    path: '/sessions/{s}/branch',
    body: { name: 'other' },
    good: 201,
  },
  { id: 'deleteSession', method: 'DELETE', path: '/sessions/{s}', good: 204 },
];
/** They do not end. */
const STREAMS = ['streamEvents', 'streamAllEvents'];
/** Operations that ask for no token. */
const FOR_ALL = ['signIn', 'signOut', 'getReady', 'getExample'];
/** Answers that need a store which is away, or a package that is missing: other files have them. */
const ELSEWHERE = ['getReady 503', 'getMetrics 501'];
const IN_A_SESSION = CALLS.filter(({ path }) => path.includes('{s}'));
const WITH_A_BODY = CALLS.filter(({ id, body }) => body !== undefined && id !== 'loadSession');

/** Neither deleting nor reading begins a session, so it is never one too many. */
const BEGINNING = [
  ...IN_A_SESSION.filter(({ id, method }) => /^P(UT|OST)$/.test(method) && id !== 'branchSession'),
  { id: 'leadUnnamed', method: 'PUT', path: '/unnamed', body: { session: 'another' }, good: 200 },
];
const READING = IN_A_SESSION.filter(
  ({ id, method }) =>
    ['clearQueue', 'restoreTokens'].includes(id) || (method === 'GET' && !STREAMS.includes(id)),
);

/** A sandbox with a job that waits to be released. */
async function world(options: Parameters<typeof openSandbox>[0] = {}) {
  const opened = await openSandbox(options);
  opened.sandbox.next('held-until-released');
  const { json } = await opened.client.create(disability());
  const job = String(json.data.id);
  const base = opened.sandbox.url;
  return {
    ...opened,
    job,
    control: (method: string, path: string, call?: ControlCall) =>
      callControl(base, method, path, call),
    fill: (path: string, session = 'default') => path.replace('{s}', session).replace('{job}', job),
  };
}

describe('a good answer keeps the contract', () => {
  const answering = CALLS.filter(({ id }) => !STREAMS.includes(id));

  it.each(answering)('of $id', async ({ method, path, body, good }) => {
    const { control, fill } = await world();
    expect((await control(method, fill(path), { body })).status).toBe(good);
  });

  it('getHealth: what is served, and who answers which operation', async () => {
    const { control, sandbox } = await world({ scenario: 'slow' });
    const { json, headers } = await control('GET', '/health');
    expect(json).toMatchObject({
      status: 'ok',
      url: sandbox.url,
      contract: { title: expect.stringContaining('Compositions') },
      binding: 'compositions',
      scenario: 'slow',
      scenarios: sandbox.scenarios.length,
      prefixes: ['', '/api'],
      uptime: expect.any(Number),
    });
    const by = new Map(
      json.operations.map((o: { id: string; answered_by: string }) => [o.id, o.answered_by]),
    );
    expect(by.get('createComposition')).toBe('job');
    expect(by.get('getAsyncJobStatus')).toBe('report');
    expect(by.get('searchCompositions')).toBe('pack');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('listScenarios and getScenario: the catalogue, and one life in words', async () => {
    const { control, sandbox } = await world();
    const { json: list } = await control('GET', '/scenarios');
    expect(list.scenarios).toEqual(sandbox.scenarios);
    for (const { name } of list.scenarios) {
      expect((await control('GET', `/scenarios/${name}`)).json.name).toBe(name);
    }
    const { json } = await control('GET', '/scenarios/failed-after-two-polls');
    expect(json).toMatchObject({
      operations: ['createComposition'],
      off_contract: true,
      life: [
        'PENDING for 1 poll, eta 2.3s after each answer',
        'PENDING for 1 poll, eta 4.6s after each answer',
        'answer 503 for 1 poll',
        expect.stringMatching(/^FAILED \(1137: .*\) for ever$/),
      ],
      expect: { result_read: false, polls: { at_least: 4, at_most: 6 } },
    });
    expect((await control('GET', '/scenarios/overloaded-on-submit')).json).toMatchObject({
      life: [],
      refuse: 503,
    });
    expect((await control('GET', '/scenarios/reset-on-submit')).json.refuse).toBe('reset');
    expect((await control('GET', '/scenarios/reset-once')).json.life[1]).toBe(
      'connection reset for 1 poll',
    );
    expect((await control('GET', '/scenarios/silent-server')).json.life[0]).toBe(
      'no answer for 1 poll, eta 2.6s after each answer',
    );
    expect((await control('GET', '/scenarios/slow-answer')).json.life[1]).toBe(
      'PENDING for 8.3s, sent 5s late',
    );
  });

  it('getExample: asks for no token, and nothing else of the kind goes without', async () => {
    const { sandbox } = await openSandbox({ controlToken: 'sesame' });
    const status = async (path: string) =>
      (await send('GET', `${sandbox.url}/__sandbox${path}`)).status;
    expect(await status('/examples/createComposition')).toBe(200);
    expect(await status('/examples/createComposition/request')).toBe(401);
    expect(await status('/examples/createComposition/..')).toBe(401);
    expect(await status('/scenarios')).toBe(401);
  });

  it('getExample: a body that the API takes as it is', async () => {
    const { control, client } = await world();
    const { json } = await control('GET', '/examples/createComposition');
    expect((await client.create(json)).status).toBe(200);
  });

  it('listSessions: those that have begun, and asking begins none', async () => {
    const { sandbox } = await openSandbox();
    const list = async () => (await callControl(sandbox.url, 'GET', '/sessions')).json.sessions;
    expect(await list()).toEqual([]);
    await callControl(sandbox.url, 'PUT', '/sessions/b');
    await callControl(sandbox.url, 'PUT', '/sessions/a');
    expect((await list()).map((s: { name: string }) => s.name)).toEqual(['b', 'a']);
  });

  it('leadUnnamed: requests that name no session are in this one, until it ends', async () => {
    const { control, client } = await world();
    expect((await control('PUT', '/unnamed', { body: { session: 'part' } })).json).toEqual({
      session: 'part',
    });
    await client.create(disability());
    const holds = async (name: string) => (await control('GET', `/sessions/${name}`)).json.holds;
    expect([(await holds('part')).jobs, (await holds('default')).jobs]).toEqual([1, 1]);
    expect((await control('PUT', '/unnamed', { body: { session: 'a b' } })).status).toBe(422);
    await control('DELETE', '/sessions/part');
    expect((await control('GET', '/unnamed')).json).toEqual({ session: 'default' });
    await client.create(disability());
    expect((await holds('default')).jobs).toBe(2);
  });

  it('getSession: settings, clock, queue, and how much it holds', async () => {
    const { control, sandbox } = await world();
    sandbox.next('slow', { operation: 'signComposition', times: 2 });
    expect((await control('GET', HERE)).json).toEqual({
      name: 'default',
      url: sandbox.url,
      scenario: null,
      envelope: 'full',
      chaos: null,
      rules: 'on',
      settings: expect.objectContaining(SETTINGS),
      clock: { mode: 'manual', pace: 1, now: NOON },
      queue: [{ scenario: 'slow', operation: 'signComposition', times: 2 }],
      holds: { jobs: 1, resources: 0, exchanges: 1 },
      dropped: { jobs: 0, resources: 0, exchanges: 0 },
    });
    await control('PUT', '/sessions/other');
    const { json } = await control('GET', '/sessions/other');
    expect(json).toMatchObject({ name: 'other', url: `${sandbox.url}/~other` });
  });

  it('putSession: sets what is named, leaves the rest, and needs no body', async () => {
    const { control } = await world();
    const clock = { mode: 'paced', pace: 60 };
    expect((await control('PUT', '/sessions/x', { body: { clock } })).json.clock).toMatchObject(
      clock,
    );
    const body = { scenario: 'slow', envelope: 'bare' };
    expect((await control('PUT', '/sessions/x', { body })).json).toMatchObject({
      ...body,
      clock,
    });
    expect((await control('PUT', '/sessions/x')).json).toMatchObject({ ...body, clock });
    const free = await control('PUT', '/sessions/x', { body: { scenario: null } });
    expect(free.json).toMatchObject({ scenario: null, envelope: 'bare', clock });
  });

  it('putSession: lets a clock run fast, and says why it cannot', async () => {
    const { control } = await world();
    const put = (clock: object) => control('PUT', '/sessions/swift', { body: { clock } });
    const clock = { mode: 'fast', rate: 20 };
    expect((await put(clock)).json.clock).toMatchObject({ ...clock, pace: 1 });
    expect((await control('GET', '/sessions/swift/clock')).json).toMatchObject(clock);
    expect((await put({ mode: 'fast' })).json.error.code).toBe('CLOCK_WRONG_RATE');
    expect((await put({ mode: 'real', rate: 2 })).json.error.code).toBe('CLOCK_RATE_WITHOUT_MODE');
    expect((await put({ mode: 'fast', rate: 0.5 })).status).toBe(422);
    const moved = await control('POST', '/sessions/swift/clock/advance', { body: { by: '1s' } });
    expect(moved.json.error.code).toBe('CLOCK_MOVES_BY_ITSELF');
  });

  it('putSession: changes rules and settings, also by their texts, until null takes that back', async () => {
    const { control } = await world({ settings: { CANCEL_DAYS_NEWBORN: '90' } });
    const put = async (body: unknown) => (await control('PUT', '/sessions/x', { body })).json;
    const began = { ...SETTINGS, CANCEL_DAYS_NEWBORN: 90 };
    expect(await put({})).toMatchObject({ rules: 'on', settings: began });
    const settings = { PREGNANCY_DAYS: '70, 56', CANCEL_DAYS_NEWBORN: 1, SIGNATURE_ERRORS: 'fail' };
    expect(await put({ rules: 'off', settings })).toMatchObject({
      rules: 'off',
      settings: { ...began, ...settings, PREGNANCY_DAYS: [70, 56] },
    });
    const back = { PREGNANCY_DAYS: null, CANCEL_DAYS_NEWBORN: null };
    expect(await put({ settings: back })).toMatchObject({
      rules: 'off',
      settings: { ...began, SIGNATURE_ERRORS: 'fail' },
    });
    expect((await control('PUT', '/sessions/y')).json.settings).toMatchObject(began);
  });

  it.each([
    ['full', ['data', 'meta'], ['data', 'meta']],
    ['data', ['data'], ['data']],
    ['bare', ['data', 'meta'], 'the document itself'],
  ])('putSession: in the envelope %s a job has the keys %j, a document %j', async (envelope, job, document) => {
    const { control, client, sandbox } = await world();
    await control('PUT', HERE, { body: { envelope } });
    const { json } = await client.create(disability());
    expect(Object.keys(json).sort()).toEqual(job);
    sandbox.clock.advance('3s');
    const [made] = sandbox.resources();
    const read = await client.read(PATIENT, ENCOUNTER, made?.id ?? '');
    expect(read.status).toBe(200);
    const keys = Object.keys(read.json).sort();
    expect(keys).toEqual(
      Array.isArray(document) ? document : Object.keys(made?.document ?? {}).sort(),
    );
  });

  it('getClock and advanceClock: the moment that it is, and what is due has happened', async () => {
    const { control, client } = await world();
    await client.create(disability());
    const { json } = await control('POST', `${HERE}/clock/advance`, { body: { by: '1.5min' } });
    expect(json).toEqual({ mode: 'manual', pace: 1, now: '2026-02-02T12:01:30.000Z' });
    expect((await control('GET', `${HERE}/clock`)).json).toEqual(json);
    expect((await control('GET', HERE)).json.holds.resources).toBe(1);
    const still = await control('POST', `${HERE}/clock/advance`, { body: { by: '0s' } });
    expect(still.json).toEqual(json);
  });

  it('putSession: where it sets the clock, what is due by then has happened when the answer comes', async () => {
    const { control, client } = await world();
    await client.create(disability());
    const clock = { mode: 'manual', now: '2026-02-02T12:01:30.000Z' };
    const { json } = await control('PUT', HERE, { body: { clock } });
    expect(json.holds.resources).toBe(1);
  });

  it('queueScenario: the queue as it stands, and one job unless times says more', async () => {
    const { control, client, sandbox } = await world();
    await control('POST', `${HERE}/next`, { body: { scenario: 'slow', times: 2 } });
    const { json } = await control('POST', `${HERE}/next`, { body: { scenario: 'eta-moves' } });
    expect(json.queue).toEqual([
      { scenario: 'slow', times: 2 },
      { scenario: 'eta-moves', times: 1 },
    ]);
    await client.create(disability());
    expect(sandbox.set({}).queue).toMatchObject([{ times: 1 }, { times: 1 }]);
  });

  it('listJobs: by state and limit, and looking is no poll', async () => {
    const { control, client, sandbox } = await world();
    sandbox.next('immediate-done', { times: 2 });
    await client.create(disability());
    await client.create(disability());
    const list = async (query = '') => (await control('GET', `${HERE}/jobs${query}`)).json.jobs;
    const all = await list();
    expect(all.map((j: { state: string }) => j.state)).toEqual(['PENDING', 'DONE', 'DONE']);
    expect(await list('?state=DONE')).toEqual(all.slice(1));
    expect(await list('?state=FAILED')).toEqual([]);
    expect(await list('?limit=1')).toEqual(all.slice(2));
    expect(await list('?state=DONE&limit=1')).toEqual(all.slice(2));
    expect(all.map((j: { polls: number }) => j.polls)).toEqual([0, 0, 0]);
  });

  it('getJob: where a job stands, in any case of letters of its id', async () => {
    const { control, client, job } = await world();
    await client.poll(job);
    const { json } = await control('GET', `${HERE}/jobs/${job}`);
    expect(json).toEqual({
      id: job,
      operation: 'createComposition',
      scenario: 'held-until-released',
      state: 'PENDING',
      step: 0,
      polls: 1,
      resource: expect.any(String),
      waits_for_release: true,
      start: NOON,
      eta: '2026-02-02T12:00:02.700Z',
      life: [{ step: 0, from: NOON, state: 'PENDING', outcome: 'open' }],
    });
    expect((await control('GET', `${HERE}/jobs/${job.toUpperCase()}`)).json).toEqual(json);
  });

  it('getJob: the steps that it has lived, whether or not anybody has asked', async () => {
    const { control, job } = await world();
    await control('POST', `${HERE}/clock/advance`, { body: { by: '5s' } });
    await control('POST', `${HERE}/jobs/${job}/release`);
    const { json } = await control('GET', `${HERE}/jobs/${job}`);
    const later = '2026-02-02T12:00:05.000Z';
    expect(json.life).toEqual([
      { step: 0, from: NOON, until: later, state: 'PENDING', outcome: 'open' },
      { step: 1, from: later, state: 'DONE', outcome: 'done' },
    ]);
  });

  it('releaseJob: the job goes on, and its composition is made', async () => {
    const { control, client, job } = await world();
    const { json } = await control('POST', `${HERE}/jobs/${job}/release`);
    expect(json).toMatchObject({ state: 'DONE', step: 1, finished: NOON });
    expect((await client.poll(job)).json.data.status).toBe('DONE');
    expect((await control('GET', `${HERE}/resources`)).json).toMatchObject({
      resources: [{ id: json.resource, kind: 'composition', created: NOON }],
      dropped: 0,
    });
  });

  it('seedResource: a document that the API then shows, replaced by one of the same id', async () => {
    const { control, client } = await world();
    const { json } = await control('POST', `${HERE}/resources`, { body: { document: LEAST } });
    const { document, id } = json;
    expect((await client.read(PATIENT, ENCOUNTER, id)).json.data).toEqual(document);
    const final = { document: { ...document, status: 'FINAL' } };
    const again = await control('POST', `${HERE}/resources`, { body: final });
    expect(again.json.id).toBe(id);
    expect((await control('GET', `${HERE}/resources`)).json.resources).toHaveLength(1);
    expect((await client.read(PATIENT, ENCOUNTER, id)).json.data.status).toBe('FINAL');
  });

  it('deleteSession: the same whether there was one or not', async () => {
    const { control } = await world();
    for (const name of ['default', 'default', 'never-was']) {
      expect((await control('DELETE', `/sessions/${name}`)).status).toBe(204);
    }
    expect((await control('GET', HERE)).json.holds.jobs).toBe(0);
  });

  it('is given under the address of a session as well', async () => {
    const { sandbox } = await openSandbox();
    const { status } = await callControl(`${sandbox.url}`, 'GET', '/health');
    expect(status).toBe(200);
    expect((await send('GET', `${sandbox.url}/~a/__sandbox/health`)).json.status).toBe('ok');
  });
});

describe('the journal', () => {
  /** A job polled twice, another one, a refusal, an unknown path. */
  async function written() {
    const opened = await world();
    await opened.client.poll(opened.job);
    const second = await opened.client.create(disability());
    await opened.client.poll(opened.job);
    await opened.client.poll(NOBODY);
    await opened.client.api('GET', '/nowhere');
    const read = async (query = '') =>
      (await opened.control('GET', `${HERE}/journal${query}`)).json.exchanges;
    const seqs = async (query: string) =>
      (await read(query)).map(({ seq }: { seq: number }) => seq);
    return { ...opened, second: String(second.json.data.id), read, seqs };
  }

  it('has every exchange with what it meant, oldest first', async () => {
    const { read, job, second } = await written();
    const pending = { state: 'PENDING', status: 200, at: NOON };
    const eta = '2026-02-02T12:00:02.700Z';
    expect(await read()).toMatchObject([
      { seq: 1, operation: 'createComposition', job, scenario: 'held-until-released', eta },
      { seq: 2, operation: 'getAsyncJobStatus', job, step: 0, eta, ...pending },
      { seq: 3, operation: 'createComposition', job: second, scenario: 'done-after-eta' },
      { seq: 4, operation: 'getAsyncJobStatus', job, ...pending },
      { seq: 5, operation: 'getAsyncJobStatus', job: NOBODY, status: 404 },
      { seq: 6, method: 'GET', path: '/api/nowhere', status: 404 },
    ]);
  });

  it('has bodies and headers as they went over the wire', async () => {
    const { read } = await written();
    const [first] = await read();
    expect(JSON.parse(first.request.body)).toEqual(disability());
    expect(first.request.headers['content-type']).toBe('application/json');
    expect(JSON.parse(first.response.body).data.id).toBe(first.job);
    expect(first.response.headers['Content-Length']).toBe(
      String(Buffer.byteLength(first.response.body)),
    );
    expect(first.took).toBeGreaterThan(0);
    expect(Date.parse(first.wall)).toBeGreaterThanOrEqual(Math.floor(performance.timeOrigin));
    expect(Date.parse(first.wall)).toBeLessThanOrEqual(Date.now());
  });

  it('is filtered by job, operation, status, after and limit, and by all of them together', async () => {
    const { seqs, job, second } = await written();
    expect(await seqs(`?job=${job}`)).toEqual([1, 2, 4]);
    expect(await seqs(`?job=${second}`)).toEqual([3]);
    expect(await seqs('?operation=getAsyncJobStatus')).toEqual([2, 4, 5]);
    expect(await seqs('?status=404')).toEqual([5, 6]);
    expect(await seqs('?after=4')).toEqual([5, 6]);
    expect(await seqs('?limit=2')).toEqual([5, 6]);
    expect(await seqs('?after=1&limit=2')).toEqual([2, 3]);
    expect(await seqs('?after=0&limit=2')).toEqual([1, 2]);
    expect(await seqs('?operation=getAsyncJobStatus&status=200')).toEqual([2, 4]);
    expect(await seqs(`?job=${job}&operation=getAsyncJobStatus&after=2`)).toEqual([4]);
    expect(await seqs('?after=1000')).toEqual([]);
  });

  it.each([
    ['Authorization', 'Bearer eyJhbGciOiJSUzI1NiJ9.secret', 'Bearer eyJh… (34 characters)'],
    ['api-key', 'a-very-secret-key', 'a-ve… (17 characters)'],
    ['X-Custom-PSK', 'pre-shared-secret', 'pre-… (17 characters)'],
    ['Cookie', 'session=secret-cookie', 'sess… (21 characters)'],
    ['X-Sandbox-Token', 'control-secret', 'cont… (14 characters)'],
    ['Proxy-Authorization', 'Basic c2VjcmV0OnNlY3JldA==', 'Basic c2Vj… (26 characters)'],
  ])('shows no more of %s than its first characters', async (name, value, shown) => {
    const { client, sandbox, control } = await world();
    await client.api('GET', `/patients/composition/job/${NOBODY}`, undefined, { [name]: value });
    const { text } = await control('GET', `${HERE}/journal?after=1`);
    expect(text).not.toContain(value);
    expect(sandbox.journal()[1]?.request.headers[name.toLowerCase()]).toBe(shown);
  });

  it('shows less than a short secret', async () => {
    const { client, sandbox } = await world();
    await client.api('GET', '/', undefined, { 'api-key': 'ab' });
    expect(sandbox.journal()[1]?.request.headers['api-key']).toBe('a… (2 characters)');
  });

  it('cuts bodies longer than 16384 characters', async () => {
    const { client, sandbox } = await world();
    await client.create({ ...disability(), more: 'x'.repeat(20_000) });
    const length = JSON.stringify({ ...disability(), more: 'x'.repeat(20_000) }).length;
    const body = String(sandbox.journal()[1]?.request.body);
    expect(body).toHaveLength(16_384 + `… (${length} characters)`.length);
    expect(body).toMatch(new RegExp(`… \\(${length} characters\\)$`));
  });
});

describe('the stream of events', () => {
  const eventsOf = (base: string, query = '', headers: Record<string, string> = {}) =>
    openEvents(`${base}/__sandbox${HERE}/events${query}`, headers);

  it('tells each exchange as it happens, as the journal has it', async () => {
    const { sandbox, client, job, control } = await world();
    const events = await eventsOf(sandbox.url);
    expect(events.status).toBe(200);
    expect(events.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    seen.add('streamEvents 200');
    for (const seq of [2, 3, 4]) {
      await client.poll(job);
      const event = await events.next();
      const { json } = await control('GET', `${HERE}/journal?after=${seq - 1}`);
      expect(event).toEqual({ event: 'exchange', id: String(seq), data: json.exchanges[0] });
      expect(event?.data).toMatchObject({ seq, job, state: 'PENDING' });
    }
  });

  it('masks secrets', async () => {
    const { sandbox, client } = await world();
    const events = await eventsOf(sandbox.url, '?after=0');
    await client.api('GET', '/', undefined, { Authorization: 'Bearer a-long-secret' });
    expect(JSON.stringify(await events.take(2))).not.toContain('a-long-secret');
  });

  it('tells only of its own session', async () => {
    const { sandbox, client, job } = await world();
    const events = await eventsOf(sandbox.url);
    await makeClient(sandbox.session('other').url).poll(job);
    await client.poll(job);
    expect((await events.next())?.data).toMatchObject({ seq: 2, status: 200 });
  });

  it.each([
    ['nothing before it without `after`', '', {}, []],
    ['all with after=0', '?after=0', {}, ['1', '2', '3']],
    ['what came after a number', '?after=2', {}, ['3']],
    ['what a reader has missed', '', { 'Last-Event-ID': '1' }, ['2', '3']],
    ['what Last-Event-ID says rather than `after`', '?after=0', { 'Last-Event-ID': '2' }, ['3']],
  ])('gives %s', async (_, query, headers, before) => {
    const { sandbox, client, job } = await world();
    await client.poll(job);
    await client.poll(job);
    const events = await eventsOf(sandbox.url, query, headers as Record<string, string>);
    await client.poll(job);
    const got = await events.take(before.length + 1);
    expect(got.map(({ id }) => id)).toEqual([...before, '4']);
  });

  it('ends when the session is deleted', async () => {
    const { sandbox, control } = await world();
    const events = await eventsOf(sandbox.url);
    await control('DELETE', HERE);
    expect(await events.next()).toBeUndefined();
  });

  it('ends when the server closes', async () => {
    const { sandbox } = await world();
    const events = await eventsOf(sandbox.url, '?after=0');
    await events.next();
    await sandbox.close();
    expect(await events.next()).toBeUndefined();
  });

  it('goes on for the others when one reader leaves', async () => {
    const { sandbox, client, job } = await world();
    const [leaving, staying] = [await eventsOf(sandbox.url), await eventsOf(sandbox.url)];
    leaving.close();
    await client.poll(job);
    await client.poll(job);
    expect((await staying.take(2)).map(({ id }) => id)).toEqual(['2', '3']);
  });

  it.each([
    ['?after=-1', {}],
    ['?after=x', {}],
    ['', { 'Last-Event-ID': 'x' }],
  ])('is refused with 422 for "%s" and %j', async (query, headers) => {
    const { control } = await world();
    const call = { headers: headers as Record<string, string> };
    expect((await control('GET', `${HERE}/events${query}`, call)).status).toBe(422);
  });
});

describe('the stream of all sessions', () => {
  const allEvents = (base: string) => openEvents(`${base}/__sandbox/events`);

  it('begins with the sessions as they are, then tells what changes', async () => {
    const { sandbox, client, job, control } = await world();
    const events = await allEvents(sandbox.url);
    seen.add('streamAllEvents 200');
    const begin = await events.next();
    expect(begin?.event).toBe('sessions');
    expect(begin?.data.sessions).toEqual((await control('GET', '/sessions')).json.sessions);
    await client.poll(job);
    const changes = [await events.next(), await events.next(), await events.next()];
    expect(changes.map((each) => each?.event).sort()).toEqual(['exchanges', 'jobs', 'session']);
    const of = (kind: string) => changes.find((each) => each?.event === kind)?.data;
    expect(of('jobs')).toMatchObject({ session: 'default', jobs: [{ id: job, polls: 1 }] });
    const { exchanges } = of('exchanges');
    expect(exchanges).toMatchObject([{ seq: 2, status: 200, state: 'PENDING' }]);
    expect(exchanges[0]).not.toHaveProperty('request');
  });

  it('begins for each reader with the clocks of this moment', async () => {
    const { sandbox, control } = await world();
    await control('PUT', '/sessions/moving', { body: { clock: { mode: 'real' } } });
    await (await allEvents(sandbox.url)).next();
    await control('GET', '/sessions/moving');
    const before = Date.now();
    const begin = await (await allEvents(sandbox.url)).next();
    const moving = begin?.data.sessions.find(({ name }: { name: string }) => name === 'moving');
    expect(Date.parse(moving.clock.now)).toBeGreaterThanOrEqual(before);
  });

  it('tells what time alone has brought, and the end of a session', async () => {
    const { sandbox, client } = await world({ scenario: 'done-after-eta' });
    sandbox.set({ scenario: 'done-after-eta' });
    await client.create(disability());
    const events = await allEvents(sandbox.url);
    await events.next();
    sandbox.clock.advance(LONG_ENOUGH);
    const told: Record<string, unknown>[] = [];
    while (!told.some(({ state }) => state === 'DONE')) {
      const event = await events.next();
      if (event?.event === 'jobs') told.push(...event.data.jobs);
    }
    await fetch(`${sandbox.url}/__sandbox${HERE}`, { method: 'DELETE' });
    let last = await events.next();
    while (last?.event !== 'ended') last = await events.next();
    expect(last.data).toEqual({ session: 'default' });
  });

  it('keeps no session alive and begins none', async () => {
    const { sandbox, control } = await world({ limits: { sessions: 1 } });
    await (await allEvents(sandbox.url)).next();
    expect((await control('PUT', '/sessions/another')).status).toBe(200);
    const { sessions } = (await control('GET', '/sessions')).json;
    expect(sessions.map(({ name }: { name: string }) => name)).toEqual(['another']);
  });
});

describe('a refusal keeps the contract and says what to do', () => {
  it.each(
    CALLS.filter(({ id }) => !FOR_ALL.includes(id)),
  )('401 for $id without the token, and for a wrong one', async (call) => {
    const { fill, control, sandbox, job } = await world({ controlToken: 'a-secret' });
    const wrong: Record<string, string>[] = [
      {},
      { Authorization: 'Bearer another' },
      { Authorization: 'a-secret' },
      { Authorization: 'Basic a-secret' },
      { 'X-Sandbox-Token': '' },
      { Authorization: 'Bearer another', 'X-Sandbox-Token': 'another' },
    ];
    for (const headers of wrong) {
      const { body } = call;
      const { status, json } = await control(call.method, fill(call.path), { body, headers });
      expect(status).toBe(401);
      expect(json.error.message).toContain('"Authorization: Bearer …" or X-Sandbox-Token');
    }
    expect(sandbox.job(job)).toMatchObject({ state: 'PENDING', polls: 0 });
    expect(sandbox.set({})).toMatchObject({ scenario: null, queue: [], clock: { now: NOON } });
  });

  it.each(
    CALLS.filter(({ id }) => !STREAMS.includes(id)),
  )('$id takes the token in either header', async ({ method, path, body, good }) => {
    const right: Record<string, string>[] = [
      { Authorization: 'Bearer a-secret' },
      { 'X-Sandbox-Token': 'a-secret' },
      { Authorization: 'Bearer of-the-api', 'X-Sandbox-Token': 'a-secret' },
    ];
    for (const headers of right) {
      const { fill, control } = await world({ controlToken: 'a-secret' });
      expect((await control(method, fill(path), { body, headers })).status).toBe(good);
    }
  });

  it('401 for who signs in with another token, 403 for who does on another page', async () => {
    const { control } = await world({ controlToken: 'a-secret' });
    const body = { token: 'another' };
    const wrong = await control('POST', '/sign-in', { body });
    expect(wrong.status).toBe(401);
    expect(wrong.json.error.code).toBe('CONTROL_WRONG_TOKEN');
    const headers = { Origin: 'http://127.0.0.1:3000' };
    expect((await control('POST', '/sign-in', { body, headers })).status).toBe(403);
  });

  it('422 for who signs in with what is no text, or out with a question', async () => {
    const { control } = await world({ controlToken: 'a-secret' });
    expect((await control('POST', '/sign-in', { body: { token: 1 } })).status).toBe(422);
    expect((await control('DELETE', '/sign-in?x=1')).status).toBe(422);
  });

  it('404 for a contract that is not served', async () => {
    const { control } = await world();
    const { status, json } = await control('GET', '/contracts/composition');
    expect(status).toBe(404);
    expect(json.error.message).toContain('did you mean compositions?');
  });

  it('asks the client of the simulated API for no control token', async () => {
    const { client, job } = await world({ controlToken: 'a-secret' });
    expect((await client.poll(job)).status).toBe(200);
  });

  it.each(
    CALLS.filter(({ path }) => path.startsWith('/sessions/{s}')),
  )('422 for $id with a name that no session can have', async (call) => {
    const { control, fill, sandbox } = await world();
    for (const name of ['a%20b', '-a', '.a', '%D1%8F', 'a%2Fb', '%00', 'x'.repeat(65)]) {
      const { body } = call;
      const { status, json } = await control(call.method, fill(call.path, name), { body });
      expect(status).toBe(422);
      expect(json.error.invalid).toMatchObject([{ in: 'path', at: 'session', rule: 'pattern' }]);
    }
    expect((await control('GET', '/sessions')).json.sessions).toHaveLength(1);
    expect(sandbox.jobs()).toHaveLength(1);
  });

  it.each(BEGINNING)('429 for $id when it would begin one session too many', async (call) => {
    const { control, fill, sandbox } = await world({ limits: { sessions: 1 } });
    const { body } = call;
    await openEvents(`${sandbox.url}/__sandbox${HERE}/events`);
    const { status, json } = await control(call.method, fill(call.path, 'another'), { body });
    expect(status).toBe(429);
    expect(json.error.message).toBe(
      '1 sessions are open already, and each has an open request or a watcher; DELETE /__sandbox/sessions/{session} ends one, --keep-sessions raises the limit',
    );
    await control('DELETE', HERE);
    expect((await control('PUT', '/sessions/another')).status).toBe(200);
  });

  it.each(READING)('404 for $id with the name of no session, and none begins', async (call) => {
    const { control, fill } = await world();
    const { status, json } = await control(call.method, fill(call.path, 'defualt'));
    expect(status).toBe(404);
    expect(json.error.message).toContain('there is no session "defualt"');
    expect(json.error.message).toContain('did you mean default?');
    expect((await control('GET', '/sessions')).json.sessions).toHaveLength(1);
  });

  it.each(WITH_A_BODY)('400 for $id with a body that is no JSON', async ({ method, path }) => {
    const { control, fill } = await world();
    const deep = `{"document":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    for (const body of ['{"by": ', 'by=3s', "{'by': '3s'}", deep]) {
      const { status, json } = await control(method, fill(path), { body });
      expect(status).toBe(400);
      expect(json.error.message).toMatch(/^the body is (not JSON: |nested deeper than )/);
    }
  });

  it.each(WITH_A_BODY)('400 for $id with a compressed body that is broken', async (call) => {
    const { control, fill } = await world();
    const headers = { 'Content-Encoding': 'gzip' };
    const answer = await control(call.method, fill(call.path), { body: '{}', headers });
    expect(answer.status).toBe(400);
  });

  it('reads a compressed body', async () => {
    const { sandbox } = await world();
    const url = `${sandbox.url}/__sandbox${HERE}/next`;
    const headers = { 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' };
    const body = gzipSync('{"scenario":"slow"}');
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200);
  });

  it.each(WITH_A_BODY)('413 for $id with a body longer than 1 MiB', async ({ method, path }) => {
    const { control, fill } = await world();
    const { status, json } = await control(method, fill(path), {
      body: ' '.repeat(1024 * 1024 + 1),
    });
    expect(status).toBe(413);
    expect(json.error.message).toBe('the body is longer than 1 MiB; --max-body raises the limit');
  });

  it.each(WITH_A_BODY)('415 for $id with an encoding that is not read', async (call) => {
    const { control, fill } = await world();
    const unreadable: Record<string, string>[] = [
      { 'Content-Type': 'application/json; charset=x-unknown' },
      { 'Content-Encoding': 'zstd-of-tomorrow' },
    ];
    for (const headers of unreadable) {
      const answer = await control(call.method, fill(call.path), { body: '{}', headers });
      expect(answer.status).toBe(415);
    }
  });

  it.each([
    ['PUT', HERE, { clock: { mode: 'manul' } }, '$.clock.mode', 'inclusion'],
    ['PUT', HERE, { clock: { mode: 'paced', pace: 0 } }, '$.clock.pace', 'minimum'],
    ['PUT', HERE, { clock: { mode: 'paced', pace: 'fast' } }, '$.clock.pace', 'cast'],
    ['PUT', HERE, { clock: { mode: 'manual', now: 'noon' } }, '$.clock.now', 'format'],
    ['PUT', HERE, { clock: {} }, '$.clock.mode', 'required'],
    ['PUT', HERE, { scenari: 'slow' }, '$.scenari', 'schema'],
    ['PUT', HERE, [], '$', 'cast'],
    ['PUT', HERE, 'null', '$', 'cast'],
    ['POST', `${HERE}/clock/advance`, {}, '$.by', 'required'],
    ['POST', `${HERE}/clock/advance`, { by: 3 }, '$.by', 'cast'],
    ['POST', `${HERE}/next`, {}, '$.scenario', 'required'],
    ['POST', `${HERE}/next`, { scenario: 'slow', times: 0 }, '$.times', 'minimum'],
    ['POST', `${HERE}/next`, { scenario: 'slow', times: 1.5 }, '$.times', 'cast'],
    ['POST', `${HERE}/resources`, {}, '$.document', 'required'],
    ['POST', `${HERE}/resources`, { document: 'x' }, '$.document', 'cast'],
  ])('422 for %s %s with the body %j: %s', async (method, path, body, at, rule) => {
    const { control } = await world();
    const { status, json } = await control(method, path, { body });
    expect(status).toBe(422);
    expect(json.error.invalid).toContainEqual({
      in: 'body',
      at,
      rule,
      description: expect.any(String),
    });
  });

  it.each([
    [`${HERE}/clock/advance`, 'advanceClock'],
    [`${HERE}/next`, 'queueScenario'],
    [`${HERE}/resources`, 'seedResource'],
  ])('422 for POST %s without a body', async (path) => {
    const { control } = await world();
    expect((await control('POST', path)).status).toBe(422);
  });

  it.each([
    [
      'PUT',
      HERE,
      { chaos: { rate: 0.5, faults: ['rest'] } },
      'chaos: unknown fault "rest"; did you mean reset?',
    ],
    [
      'PUT',
      HERE,
      { chaos: { rate: 0.5, operations: ['getAsyncJobStatu'] } },
      'chaos: unknown operation "getAsyncJobStatu"; did you mean getAsyncJobStatus?',
    ],
    ['PUT', HERE, { envelope: 'ful' }, 'unknown envelope "ful"; did you mean full?'],
    [
      'PUT',
      HERE,
      { settings: { CANCEL_DAYS_NEWBRON: 1 } },
      'unknown setting "CANCEL_DAYS_NEWBRON"; did you mean CANCEL_DAYS_NEWBORN?',
    ],
    [
      'PUT',
      HERE,
      { settings: { CANCEL_DAYS_NEWBORN: -1 } },
      'setting CANCEL_DAYS_NEWBORN cannot be -1; give a whole number from 0',
    ],
    [
      'PUT',
      HERE,
      { settings: { PREGNANCY_DAYS: [126, 'x'] } },
      'give whole numbers from 0, such as 126,140',
    ],
    [
      'PUT',
      HERE,
      { settings: { SIGNATURE_ERRORS: 'ignore' } },
      'cannot be "ignore"; give one of refuse, fail',
    ],
    [
      'PUT',
      HERE,
      { settings: { EMAL_COMPOSITION_FLOW_REPLACE_ENABLED: {} } },
      'cannot be {}; give true or false',
    ],
    [
      'PUT',
      HERE,
      { clock: { mode: 'manual', pace: 2 } },
      '"pace" goes with {"mode": "paced"}, and the mode is manual',
    ],
    [
      'PUT',
      HERE,
      { clock: { mode: 'real', now: '2026-01-31T08:00:00Z' } },
      '"now" goes with {"mode": "manual"}, and the mode is real',
    ],
    [
      'POST',
      `${HERE}/clock/advance`,
      { by: '3' },
      '"by" is "3", which is no length of time; write',
    ],
    ['POST', `${HERE}/clock/advance`, { by: '-3s' }, '"by" is "-3s", which is no length of time'],
    ['POST', `${HERE}/next`, { scenario: 'slow', operation: 'createComposit' }, 'did you mean'],
    [
      'POST',
      `${HERE}/next`,
      { scenario: 'failed-1002', operation: 'signComposition' },
      'scenario "failed-1002" is not for signComposition, only for createComposition',
    ],
    [
      'POST',
      `${HERE}/resources`,
      { document: { ...LEAST, status: 'SIGNED' } },
      'status is "SIGNED"; give one of PRELIMINARY, FINAL, AMENDED, ENTERED_IN_ERROR',
    ],
    ['POST', `${HERE}/resources`, { document: {} }, 'type.coding.0.code is missing; give at least'],
  ])('422 for %s %s with %j, in words', async (method, path, body, words) => {
    const { control } = await world();
    const { status, json } = await control(method, path, { body });
    expect(status).toBe(422);
    expect(json.error.message).toContain(words);
  });

  it('422 for a clock that would leave the years of a date-time', async () => {
    const { control } = await world();
    const advance = () => control('POST', `${HERE}/clock/advance`, { body: { by: '36500d' } });
    const far = { clock: { mode: 'manual', now: '8990-01-01T00:00:00Z' } };
    await control('PUT', HERE, { body: far });
    const { status, json } = await advance();
    expect(status).toBe(422);
    expect(json.error.message).toContain('DELETE the session to start anew');
    expect((await control('GET', `${HERE}/clock`)).json.now).toBe('8990-01-01T00:00:00.000Z');
  });

  it('sets nothing when a part of the body is refused', async () => {
    const { control } = await world();
    const before = (await control('GET', HERE)).json;
    const refused = [
      { scenario: 'slow', envelope: 'ful' },
      { scenario: 'slow', rules: 'of' },
      { rules: 'off', settings: { CANCEL_DAYS_NEWBORN: 1, TYPO: 1 } },
      { envelope: 'bare', scenario: 'sloww' },
      {
        scenario: 'slow',
        envelope: 'bare',
        clock: { mode: 'manual', now: '2020-01-01T00:00:00Z' },
      },
      { scenario: 'slow', clock: { mode: 'real', pace: 3 } },
      { scenario: 'slow', chaos: { rate: 2 } },
      { chaos: { rate: 0.5 }, scenario: 'sloww' },
    ];
    for (const body of refused) {
      expect((await control('PUT', HERE, { body })).status).toBeGreaterThanOrEqual(400);
      expect((await control('GET', HERE)).json).toEqual(before);
    }
  });

  it('404 for a scenario that there is not, with the nearest one', async () => {
    const { control } = await world();
    const message = 'unknown scenario "failed-1002x"; did you mean failed-1002?';
    const answers = [
      await control('GET', '/scenarios/failed-1002x'),
      await control('PUT', HERE, { body: { scenario: 'failed-1002x' } }),
      await control('POST', `${HERE}/next`, { body: { scenario: 'failed-1002x' } }),
    ];
    for (const { status, json } of answers) {
      expect(status).toBe(404);
      expect(json).toEqual({ error: { status: 404, code: 'USAGE_UNKNOWN_SCENARIO', message } });
    }
    for (const name of ['__proto__', 'constructor', '%00']) {
      expect((await control('GET', `/scenarios/${name}`)).status).toBe(404);
    }
  });

  it('404 for a suite that there is not, with the nearest one', async () => {
    const { control } = await world();
    for (const name of ['poling-basics', '__proto__', '%00', 'polling-basics.yaml']) {
      const { status, json } = await control('GET', `/suites/${name}`);
      expect([status, json.error.code]).toEqual([404, 'USAGE_UNKNOWN_SUITE']);
    }
  });

  it('404 for an operation that there is not, and for one without an example', async () => {
    const { control } = await world();
    for (const path of [
      '/examples/createCompositon',
      '/examples/createCompositon/request',
      '/vocabulary?operation=createCompositon',
    ]) {
      const misspelt = await control('GET', path);
      expect(misspelt.status).toBe(404);
      expect(misspelt.json.error.message).toBe(
        'unknown operation "createCompositon"; did you mean createComposition?',
      );
    }
    const without = await control('GET', '/examples/getAsyncJobStatus');
    expect(without.status).toBe(404);
    expect(without.json.error.message).toBe('getAsyncJobStatus takes no body');
  });

  it('404 for a job that is not in this session, with where to look', async () => {
    const { control, sandbox, job } = await world();
    await control('PUT', '/sessions/other');
    for (const [method, path] of [
      ['GET', `${HERE}/jobs/${NOBODY}`],
      ['POST', `${HERE}/jobs/${NOBODY}/release`],
      ['POST', `${HERE}/jobs/${NOBODY}/hold`],
      ['POST', `${HERE}/jobs/${NOBODY}/play`],
      ['GET', `/sessions/other/jobs/${job}`],
      ['POST', `/sessions/other/jobs/${job}/release`],
      ['GET', `${HERE}/jobs/constructor`],
    ] as const) {
      const body = path.endsWith('/play') ? { next: { state: 'DONE' } } : undefined;
      const { status, json } = await control(method, path, { body });
      expect(status).toBe(404);
      expect(json.error.message).toContain(`GET ${sandbox.url}/__sandbox/sessions/`);
    }
  });

  it('409 for a clock that moves by itself, or that would go back', async () => {
    const { control } = await world({ clock: { mode: 'real' } });
    const advance = await control('POST', `${HERE}/clock/advance`, { body: { by: '3s' } });
    expect(advance.status).toBe(409);
    expect(advance.json.error.message).toContain('{"clock": {"mode": "manual"}}');
    const clock = { mode: 'manual', now: '2020-01-01T00:00:00Z' };
    const back = await control('PUT', HERE, { body: { clock } });
    expect(back.status).toBe(409);
    expect(back.json.error.message).toContain('DELETE the session first');
  });

  it('409 for a job that does not wait to be released', async () => {
    const { control, client, job } = await world();
    await control('POST', `${HERE}/jobs/${job}/release`);
    const second = await control('POST', `${HERE}/jobs/${job}/release`);
    expect(second.status).toBe(409);
    expect(second.json.error.message).toBe(
      'the job does not wait to be released; it is in step 2 of scenario "held-until-released"',
    );
    const timed = await client.create(disability());
    const refused = await control('POST', `${HERE}/jobs/${timed.json.data.id}/release`);
    expect(refused.json.error.message).toContain('step 1 of scenario "done-after-eta"');
  });

  it('409 for the end of a token that nobody has brought', async () => {
    const { sandbox } = await openSandbox();
    const { status, json } = await callControl(sandbox.url, 'POST', `${HERE}/tokens/end`);
    expect([status, json.error.code]).toEqual([409, 'TOKEN_NONE_BROUGHT']);
  });

  it('409 for a resource in a sandbox whose binding has no pack', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'esoz-control-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const text = await readFile('spec/compositions/binding.yaml', 'utf8');
    const binding = join(folder, 'binding.yaml');
    const bare = text.replace('binding: compositions', 'binding: orders');
    await writeFile(binding, bare.replace(/^pack: .*$/m, ''));
    const { sandbox } = await openSandbox({ binding });
    const body = { document: LEAST };
    const { status, json } = await callControl(sandbox.url, 'POST', `${HERE}/resources`, { body });
    expect(status).toBe(409);
    expect(json.error.message).toMatch(/neither a pack nor `resources`/);
  });

  it.each([
    [`${HERE}/journal?operaton=x`, 'operaton', 'did you mean operation?'],
    [`${HERE}/journal?Job=x`, 'Job', 'did you mean job?'],
    [`${HERE}/jobs?stat=DONE`, 'stat', 'did you mean state?'],
    [`${HERE}/events?aftr=1`, 'aftr', 'did you mean after?'],
    [`${HERE}/file?secret=true`, 'secret', 'did you mean secrets?'],
    ['/health?x=1', 'x', 'there is none to choose from'],
    ['/ready?x=1', 'x', 'there is none to choose from'],
    ['/metrics?x=1', 'x', 'there is none to choose from'],
    ['/world?x=1', 'x', 'there is none to choose from'],
    ['/scenarios?group=happy', 'group', 'known: lives'],
    ['/scenarios/slow?x=1', 'x', 'there is none to choose from'],
    ['/suites?x=1', 'x', 'there is none to choose from'],
    ['/suites/polling-basics?x=1', 'x', 'there is none to choose from'],
    ['/report?session=default&titel=x', 'titel', 'did you mean title?'],
    ['/examples/createComposition?x=1', 'x', 'known: api'],
    ['/examples/createComposition/request?jb=1', 'jb', 'did you mean job?'],
    ['/vocabulary?op=1', 'op', 'known: operation'],
    ['/sessions?x=1', 'x', 'there is none to choose from'],
    ['/unnamed?x=1', 'x', 'there is none to choose from'],
    ['/events?x=1', 'x', 'there is none to choose from'],
    ['/contracts?x=1', 'x', 'there is none to choose from'],
    ['/contracts/compositions?sesion=1', 'sesion', 'did you mean session?'],
    [`${HERE}/jobs?__proto__=1`, '__proto__', 'known: state, limit, at'],
    [`${HERE}/jobs?constructor=1`, 'constructor', 'known: state, limit, at'],
  ])('422 for the unknown query parameter in %s', async (path, at, hint) => {
    const { control } = await world();
    const { status, json } = await control('GET', path);
    expect(status).toBe(422);
    expect(json.error.invalid).toEqual([
      { in: 'query', at, rule: 'known', description: `unknown query parameter "${at}"; ${hint}` },
    ]);
  });

  it('409, 413 and 422 for files that cannot be loaded', async () => {
    const { control, fill } = await world();
    const { body } = CALLS.find(({ id }) => id === 'loadSession') ?? {};
    const load = (file: unknown, query = '?replace=true') =>
      control('PUT', fill(`/sessions/{s}/file${query}`), { body: file });
    expect((await load(body, '')).json.error.code).toBe('SESSION_IN_USE');
    expect((await load(new Uint8Array(20))).json.error.code).toBe('SESSION_FILE_BROKEN');
    const tooLarge = new Uint8Array(64 * 1024 ** 2 + 1);
    expect((await load(tooLarge)).json.error.code).toBe('SESSION_FILE_TOO_LARGE');
  });

  it('404, 409, 422 and 429 for branches that cannot begin', async () => {
    const { control, fill, sandbox } = await world({ limits: { sessions: 2 } });
    const branch = (body: unknown) => control('POST', fill('/sessions/{s}/branch'), { body });
    expect((await branch({ name: 'other', at: 99 })).status).toBe(404);
    expect((await branch({ name: 'default' })).status).toBe(422);
    await control('PUT', '/sessions/other', { body: {} });
    await makeClient(`${sandbox.url}/~other`).create(disability());
    expect((await branch({ name: 'other' })).json.error.code).toBe('SESSION_IN_USE');
    for (const name of ['default', 'other']) {
      await openEvents(`${sandbox.url}/__sandbox/sessions/${name}/events`);
    }
    expect((await branch({ name: 'third' })).status).toBe(429);
  });

  it.each([
    ['/journal?status=-1', 'status', 'minimum'],
    ['/journal?status=ok', 'status', 'cast'],
    ['/journal?after=-1', 'after', 'minimum'],
    ['/journal?limit=0', 'limit', 'minimum'],
    ['/journal?limit=100001', 'limit', 'maximum'],
    ['/journal?limit=1&limit=2', 'limit', 'cast'],
    ['/journal?job=', 'job', 'minLength'],
    ['/jobs?limit=1.5', 'limit', 'cast'],
  ])('422 for the value of a parameter in %s', async (path, at, rule) => {
    const { control } = await world();
    const { status, json } = await control('GET', HERE + path);
    expect(status).toBe(422);
    expect(json.error.invalid).toMatchObject([{ in: 'query', at, rule }]);
  });

  it('404 for a path that there is not, with those that there are', async () => {
    const { sandbox } = await openSandbox();
    for (const path of ['', '/sesions', '/sessions/a/b/c', '/sessions/%ff', 's/health']) {
      const { status, json } = await send('GET', `${sandbox.url}/__sandbox${path}`);
      expect(status).toBe(404);
      expect(json.error).toMatchObject({
        status: 404,
        message: expect.stringContaining('/health'),
      });
    }
  });

  it('405 for a method that a path does not take, with those that it takes', async () => {
    const { sandbox } = await openSandbox();
    const base = `${sandbox.url}/__sandbox`;
    const deleted = await send('DELETE', `${base}/health`);
    expect(deleted.status).toBe(405);
    expect(deleted.headers.get('allow')).toBe('GET, HEAD');
    expect(deleted.json.error.message).toBe(
      'DELETE is not allowed for /__sandbox/health; allowed: GET, HEAD',
    );
    const posted = await send('POST', `${base}/sessions/a`);
    expect(posted.headers.get('allow')?.split(', ').sort()).toEqual([
      'DELETE',
      'GET',
      'HEAD',
      'PUT',
    ]);
    expect((await send('HEAD', `${base}/health`)).status).toBe(200);
  });
});

describe('writing scenarios', () => {
  const ODD = MY_FIRST.replace('DONE', 'DONEE');

  async function withFolder() {
    const folder = await mkdtemp(join(tmpdir(), 'own-scenarios-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    return { folder, ...(await world({ scenarios: folder })) };
  }

  it('lintScenario: what lint says of a file with this text, and what its steps answer', async () => {
    const { control } = await world();
    const { json: wrong } = await control('POST', '/lint', { body: { yaml: ODD } });
    expect(wrong).toMatchObject({
      api: 'compositions',
      errors: 1,
      problems: [{ code: 'SCENARIO_UNKNOWN_STATE', severity: 'error', line: 3, column: 12 }],
      answers: [],
      saves: { code: 'SCENARIO_NO_FOLDER' },
    });
    const yaml =
      'scenario: two\nlife:\n  - state: PENDING\n    for: 2s\n  - state: FAILED\n    error: { code: 1137 }\n';
    const { json } = await control('POST', '/lint', { body: { yaml } });
    expect(json).toMatchObject({ name: 'two', errors: 0, problems: [] });
    const said = json.answers.map((one: { step?: number; status: number; after: number }) => [
      one.step,
      one.status,
      one.after,
    ]);
    expect(said).toEqual([
      [undefined, 200, 0],
      [1, 200, 0],
      [2, 200, 2000],
    ]);
    expect(JSON.parse(json.answers[2].body).data).toMatchObject({
      status: 'FAILED',
      links: [{ error: '1137: The replaced conclusion is not found' }],
    });
  });

  it('lintScenario: shows what breaks the contract, allowed or not', async () => {
    const { control } = await world();
    const lint = async (more: string) => {
      const step = `  - answer: { http: 503 }\n    for: 1 poll\n${more}`;
      const yaml = `scenario: odd\nlife:\n${step}  - state: DONE\n`;
      return (await control('POST', '/lint', { body: { yaml } })).json;
    };
    expect(await lint('')).toMatchObject({
      problems: [{ code: 'SCENARIO_BREAKS_CONTRACT', line: 3 }],
    });
    const allowed = await lint('    off_contract: true\n');
    expect(allowed.problems).toEqual([]);
    expect(allowed.answers[1]).toMatchObject({
      status: 503,
      off_contract: true,
      breaches: [{ at: '$', description: expect.stringContaining('503') }],
    });
  });

  it.each([
    ['POST', '/lint', { yaml: MY_FIRST, api: 'composition' }],
    ['PUT', '/scenarios/my-first', { yaml: MY_FIRST, api: 'composition' }],
    ['GET', '/schemas/scenario?api=composition', undefined],
  ])('404 for %s %s and an API that there is not', async (method, path, body) => {
    const { control } = await world();
    const { status, json } = await control(method, path, { body });
    expect(status).toBe(404);
    expect(json.error).toMatchObject({
      code: 'CONTROL_UNKNOWN_API',
      message: expect.stringContaining('did you mean compositions?'),
    });
  });

  it('422 for a text that is longer than anybody writes', async () => {
    const { control } = await world();
    const yaml = `scenario: long\nlife:\n${'  - state: DONE\n'.repeat(401)}`;
    const played = await control('POST', `${HERE}/next`, { body: { yaml } });
    expect([played.status, played.json.error.code]).toEqual([422, 'SCENARIO_TOO_LONG']);
    const saved = await control('PUT', '/scenarios/long', { body: { yaml } });
    expect([saved.status, saved.json.error.code]).toEqual([422, 'SCENARIO_TOO_LONG']);
    const body = { yaml: 'x'.repeat(262_145) };
    expect((await control('POST', '/lint', { body })).status).toBe(422);
    expect((await control('GET', '/schemas/scenario?of=x')).status).toBe(422);
  });

  it('saveScenario: the file stands in the folder, and its scenario plays', async () => {
    const { control, folder, sandbox, client } = await withFolder();
    const saved = await control('PUT', '/scenarios/my-first', { body: { yaml: MY_FIRST } });
    expect(saved.status).toBe(201);
    expect(await readFile(join(folder, 'my-first.yaml'), 'utf8')).toBe(MY_FIRST);
    sandbox.next('my-first');
    const { json: scheduled } = await client.create(disability());
    expect((await client.poll(scheduled.data.id)).json.data.status).toBe('DONE');

    const { json: read } = await control('GET', '/scenarios/my-first');
    expect(read).toMatchObject({ yaml: MY_FIRST, hash: saved.json.hash, lines: [3] });
    const yaml = `# mine\n${MY_FIRST}`;
    const again = await control('PUT', '/scenarios/my-first', { body: { yaml, over: read.hash } });
    expect(again.status).toBe(200);
    expect(await readFile(join(folder, 'my-first.yaml'), 'utf8')).toBe(yaml);
  });

  it('saveScenario: replaces nothing that it was not told of', async () => {
    const { control, folder } = await withFolder();
    const save = (yaml: string, over?: string | null) =>
      control('PUT', '/scenarios/my-first', { body: { yaml, ...(over ? { over } : {}) } });
    const { json } = await save(MY_FIRST);
    expect((await save(MY_FIRST)).json.error.code).toBe('SCENARIO_FILE_EXISTS');
    await writeFile(join(folder, 'my-first.yaml'), `# theirs\n${MY_FIRST}`);
    const late = await save(`# mine\n${MY_FIRST}`, json.hash);
    expect([late.status, late.json.error.code]).toEqual([409, 'SCENARIO_FILE_CHANGED']);
    expect(await readFile(join(folder, 'my-first.yaml'), 'utf8')).toMatch(/^# theirs/);
  });

  it.each([
    ['my-first', ODD, 'SCENARIO_NOT_SAVED'],
    ['my-second', MY_FIRST, 'SCENARIO_NAME_DIFFERS'],
    ['..%2Fmy-first', MY_FIRST, 'SCENARIO_NAME_DIFFERS'],
    ['%2Fetc%2Fmy-first', MY_FIRST, 'SCENARIO_NAME_DIFFERS'],
  ])('422 for saving as %s what has mistakes or another name', async (name, yaml, code) => {
    const { control, folder } = await withFolder();
    const { status, json } = await control('PUT', `/scenarios/${name}`, { body: { yaml } });
    expect([status, json.error.code]).toEqual([422, code]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('403 for a folder of the package, and for a link that leads out of the folder', async () => {
    const packaged = await world({ scenarios: 'scenarios/compositions' });
    const save = { body: { yaml: MY_FIRST } };
    const there = await packaged.control('PUT', '/scenarios/my-first', save);
    expect([there.status, there.json.error.code]).toEqual([403, 'SCENARIO_FOLDER_PACKAGED']);

    const { control, folder } = await withFolder();
    const other = await mkdtemp(join(tmpdir(), 'elsewhere-'));
    onTestFinished(() => rm(other, { recursive: true, force: true }));
    await symlink(join(other, 'my-first.yaml'), join(folder, 'my-first.yaml'));
    await writeFile(join(other, 'my-first.yaml'), MY_FIRST);
    const { status, json } = await control('PUT', '/scenarios/my-first', save);
    expect([status, json.error.code]).toEqual([403, 'SCENARIO_OUTSIDE_FOLDER']);
  });

  it('queueScenario: plays a text that no file has, and refuses one with mistakes', async () => {
    const { control, client } = await world();
    await control('DELETE', HERE);
    const queued = await control('POST', `${HERE}/next`, { body: { yaml: MY_FIRST } });
    expect(queued.json.queue).toEqual([{ scenario: 'my-first', times: 1 }]);
    const { json } = await client.create(disability());
    expect((await client.poll(json.data.id)).json.data.status).toBe('DONE');
    const odd = await control('POST', `${HERE}/next`, { body: { yaml: ODD } });
    expect([odd.status, odd.json.error.code]).toEqual([422, 'SCENARIO_NOT_PLAYED']);
  });

  it('getScenarioSchema: in the words of the API', async () => {
    const { control } = await world();
    const { json: schema } = await control('GET', '/schemas/scenario');
    const file = await readFile('scenarios/compositions/scenario.schema.json', 'utf8');
    expect(schema).toEqual(JSON.parse(file));
  });
});

describe('the verdict', () => {
  it('comes as JSON, and keeps the contract', async () => {
    const { control, sandbox, job, client } = await world();
    await client.poll(job);
    const { json } = await control('GET', `${HERE}/verdict?run=over`);
    expect(json).toEqual(sandbox.verdict());
    expect(json).toMatchObject({ session: 'default', run: 'over', held: false, exchanges: 2 });
    expect(json.jobs[0]).toMatchObject({ job, scenario: 'held-until-released', outcome: 'open' });
    expect(json.jobs[0].polls[0]).toMatchObject({
      reply: 'open',
      breaks: expect.arrayContaining(['eta-respected', 'reaches-the-end']),
    });
  });

  it('says that the client runs while its next poll is not due, unless the caller knows better', async () => {
    const { control, client, sandbox } = await world();
    sandbox.next('done-after-eta');
    const { json: scheduled } = await client.create(disability());
    const standing = async (query = '') => {
      const { json } = await control('GET', `${HERE}/verdict${query}`);
      const { outcome } = json.rules.find((r: { rule: string }) => r.rule === 'reaches-the-end');
      return [json.run, outcome];
    };
    expect(await standing()).toEqual(['running', 'not exercised']);
    expect(await standing('?run=over')).toEqual(['over', 'failed']);
    sandbox.clock.advance('7s');
    expect(await standing()).toEqual(['running', 'not exercised']);
    sandbox.clock.advance('1min');
    expect(await standing()).toEqual(['over', 'failed']);
    await client.poll(scheduled.data.id);
    expect((await standing())[0]).toBe('over');
  });

  it('says that the client runs while one of its requests has no answer', async () => {
    const { control, client, sandbox } = await world();
    sandbox.next('silent-server');
    const { json: scheduled } = await client.create(disability());
    sandbox.clock.advance('1h');
    const abort = new AbortController();
    const asked = fetch(`${sandbox.url}/api/patients/composition/job/${scheduled.data.id}`, {
      headers: CREDENTIALS,
      signal: abort.signal,
    }).catch(() => undefined);
    const run = async () => (await control('GET', `${HERE}/verdict`)).json.run;
    await eventually(() => sandbox.journal().length >= 3);
    expect(await run()).toBe('running');
    abort.abort();
    await asked;
    await eventually(async () => {
      sandbox.clock.advance('1min');
      return (await run()) === 'over';
    });
  });

  it.each([
    ['application/xml', 'application/xml', /^<\?xml /],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'text/html', /^<!doctype html>/i],
    ['text/markdown', 'text/markdown', /^## /],
    ['text/plain', 'text/plain', /^✗ [^\n]*\n[\s\S]*\ndefault\n/],
    ['*/*', 'application/json', /^\{/],
    ['text/*;q=0.5, application/json;q=0.1', 'text/html', /^<!doctype html>/i],
  ])('comes by Accept %s as %s', async (accept, type, looks) => {
    const { control } = await world();
    const answer = await control('GET', `${HERE}/verdict?run=over`, {
      headers: { Accept: accept },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
    expect(answer.text).toMatch(looks);
  });

  it.each([
    'json',
    'junit',
    'html',
    'markdown',
    'text',
  ])('comes as ?format=%s, whatever Accept says', async (format) => {
    const { control } = await world();
    const headers = { Accept: 'image/png' };
    const answer = await control('GET', `${HERE}/verdict?format=${format}`, { headers });
    expect(answer.status).toBe(200);
    expect(answer.text).not.toBe('');
  });

  it('406 for a form that there is none of, with those that there are', async () => {
    const { control } = await world();
    const answer = await control('GET', `${HERE}/verdict`, { headers: { Accept: 'image/png' } });
    expect(answer.status).toBe(406);
    const report = await control('GET', '/report?session=default', {
      headers: { Accept: 'image/png' },
    });
    expect(report.status).toBe(406);
    expect(answer.json.error.message).toMatch(/^"image\/png" cannot be given; .*text\/html/);
  });

  it('takes tolerances, one or several, and how the run stands', async () => {
    const { control, client, job } = await world();
    await client.poll(job);
    const ask = async (query: string) =>
      (await control('GET', `${HERE}/verdict?run=running&${query}`)).json;
    expect((await ask('')).held).toBe(false);
    expect((await ask('tolerance=eta-respected%3D1h')).held).toBe(true);
    const { rules } = await ask('tolerance=eta-respected%3D1h&tolerance=spacing%3Doff');
    const outcomes = rules.map((r: { rule: string; outcome: string }) => [r.rule, r.outcome]);
    expect(outcomes).toContainEqual(['spacing', 'off']);
    expect(outcomes).toContainEqual(['eta-respected', 'passed']);
  });

  it.each([
    ['tolerance=eta%3D1s', 'unknown rule "eta"'],
    ['tolerance=spacing%3Dsoon', '"soon" is no tolerance for spacing'],
    ['tolerance=spacing', 'write RULE=VALUE'],
    ['run=finished', 'the request does not keep the contract'],
    ['format=pdf', 'the request does not keep the contract'],
    ['forma=html', 'the request does not keep the contract'],
  ])('422 for ?%s, and says what is wrong', async (query, says) => {
    const { control } = await world();
    const { status, json } = await control('GET', `${HERE}/verdict?${query}`);
    expect(status).toBe(422);
    expect(json.error.message).toContain(says);
  });
});

describe('every operation of the contract', () => {
  it('is among those that are called here', async () => {
    const { operations } = await controlContract();
    expect(CALLS.map(({ id }) => id).sort()).toEqual([...operations.keys()].sort());
  });

  it('has given every answer that is documented for it in the tests above', async () => {
    const { operations } = await controlContract();
    const documented = [...operations.values()].flatMap(({ id, answers }) =>
      Object.keys(answers).map((status) => `${id} ${status}`),
    );
    const unseen = documented.filter((answer) => !seen.has(answer));
    expect(unseen.filter((answer) => !ELSEWHERE.includes(answer))).toEqual([]);
  });

  it('is answered within the time that a person waits, after a long run', async () => {
    const { sandbox, job, control } = await world();
    const url = `${sandbox.url}/api/patients/composition/job/${job}`;
    for (let i = 0; i < 20; i += 1) {
      await Promise.all(Array.from({ length: 50 }, () => fetch(url, { headers: CREDENTIALS })));
    }
    sandbox.clock.advance(LONG_ENOUGH);
    const { json } = await control('GET', `${HERE}/journal?job=${job}&limit=100000`);
    expect(json.exchanges).toHaveLength(1001);
    expect(sandbox.job(job).polls).toBe(1000);
  });
});
