import { beforeAll, describe, expect, it } from 'vitest';
import { type ExchangeView, type RunningSandbox, startSandbox } from '../../src/index.js';
import { makeClient, send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { openEvents } from '../support/events.js';
import { eventually } from '../support/eventually.js';
import { NOON, openSandbox } from '../support/sandbox.js';

/*
 * The control API as programs have called it since 0.3.0: addresses, statuses, keys and the kinds of their values.
 * New keys may come; none of these may go, be renamed or mean something else.
 */

const TEXT = expect.any(String);
const NUMBER = expect.any(Number);
const MOMENT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

const CLOCK = { mode: 'manual', pace: 1, now: MOMENT };
const COUNTS = { jobs: NUMBER, resources: NUMBER, exchanges: NUMBER };
const SETTINGS = {
  EMAL_COMPOSITION_FLOW_REPLACE_ENABLED: false,
  CANCEL_DAYS_NEWBORN: 180,
  CANCEL_DAYS_TEMP_DISABILITY: 7,
  CANCEL_DAYS_REPLACEMENT: 365,
  PREGNANCY_DAYS: [126, 140],
  SIGNATURE_ERRORS: 'refuse',
  UNSIGNED_CONTENT: 'take',
};
const SESSION = {
  name: TEXT,
  url: TEXT,
  scenario: null,
  envelope: 'full',
  chaos: null,
  rules: 'on',
  settings: expect.objectContaining(SETTINGS),
  clock: CLOCK,
  queue: [],
  holds: COUNTS,
  dropped: COUNTS,
};
const SUMMARY = {
  name: 'failed-1172',
  title: TEXT,
  about: TEXT,
  group: 'failed',
  operations: ['createComposition'],
  when: [{ body: { 'subject.value': '00000000-0000-4000-8000-000000001172' } }],
  off_contract: false,
};
const JOB = {
  id: UUID,
  operation: 'createComposition',
  scenario: TEXT,
  state: TEXT,
  step: NUMBER,
  polls: NUMBER,
  resource: UUID,
  waits_for_release: expect.any(Boolean),
  start: MOMENT,
  eta: MOMENT,
};
const EXCHANGE = {
  seq: NUMBER,
  at: MOMENT,
  wall: MOMENT,
  method: TEXT,
  path: TEXT,
  status: NUMBER,
  request: { headers: expect.any(Object) },
  response: { headers: expect.any(Object), body: TEXT },
};
const OF_A_JOB = {
  until: MOMENT,
  took: NUMBER,
  operation: TEXT,
  job: UUID,
  scenario: TEXT,
  eta: MOMENT,
};

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ clock: { mode: 'manual', now: Date.parse(NOON) } });
  return () => sandbox.close();
});

const ask = (method: string, path: string, body?: unknown) =>
  send(method, `${sandbox.url}/__sandbox${path}`, body === undefined ? {} : { body });

/** A session in which a job was scheduled. */
async function begin(name: string, scenario = 'done-after-eta') {
  await ask('PUT', `/sessions/${name}`, { scenario });
  const client = makeClient(`${sandbox.url}/~${name}`);
  const { json } = await client.create(disability());
  return { client, job: String(json.data.id), path: `/sessions/${name}` };
}

describe('what is served', () => {
  it('GET /health', async () => {
    const { status, json } = await ask('GET', '/health');
    expect(status).toBe(200);
    expect(json).toMatchObject({
      status: 'ok',
      url: sandbox.url,
      contract: { title: 'Compositions API', version: '1.0.0' },
      binding: 'compositions',
      scenario: 'done-after-eta',
      scenarios: NUMBER,
      prefixes: ['', '/api'],
      uptime: NUMBER,
    });
    const answeredBy = Object.fromEntries(
      json.operations.map(({ id, answered_by }: Record<string, string>) => [id, answered_by]),
    );
    expect(answeredBy).toMatchObject({
      createComposition: 'job',
      getAsyncJobStatus: 'report',
      getComposition: 'pack',
    });
    expect(json.operations[0]).toMatchObject({ method: TEXT, path: TEXT, summary: TEXT });
  });

  it('GET /scenarios and /scenarios/{name}', async () => {
    const { status, json } = await ask('GET', '/scenarios');
    expect(status).toBe(200);
    expect(json.scenarios).toContainEqual(expect.objectContaining(SUMMARY));
    const one = await ask('GET', '/scenarios/failed-1172');
    expect(one.status).toBe(200);
    expect(one.json).toMatchObject({
      ...SUMMARY,
      file: TEXT,
      life: ['PENDING for 2.8s', TEXT],
      expect: { result_read: false, reaches_end: true, polls: { at_least: 1, at_most: 3 } },
      result: {},
    });
    expect((await ask('GET', '/scenarios/overloaded-on-submit')).json.refuse).toBe(503);
    expect((await ask('GET', '/scenarios/failed-1173')).status).toBe(404);
  });

  it('GET /examples/{operation}', async () => {
    const { status, json } = await ask('GET', '/examples/createComposition');
    expect([status, Object.keys(json)]).toEqual([
      200,
      expect.arrayContaining(['type', 'category', 'subject', 'encounter', 'author']),
    ]);
    expect((await ask('GET', '/examples/createCompositon')).status).toBe(404);
  });
});

describe('sessions', () => {
  it('PUT, GET and DELETE /sessions/{session}, GET /sessions', async () => {
    const begun = await ask('PUT', '/sessions/of-a-test', {});
    expect([begun.status, begun.json]).toEqual([200, expect.objectContaining(SESSION)]);
    expect(begun.json.url).toBe(`${sandbox.url}/~of-a-test`);
    expect((await ask('GET', '/sessions/of-a-test')).json).toMatchObject(SESSION);
    const { json } = await ask('GET', '/sessions');
    expect(json.sessions.map(({ name }: { name: string }) => name)).toContain('of-a-test');
    expect((await ask('DELETE', '/sessions/of-a-test')).status).toBe(204);
  });

  it('PUT takes scenario, clock, envelope, chaos, rules and settings', async () => {
    const { status, json } = await ask('PUT', '/sessions/set-up', {
      scenario: 'slow',
      clock: { mode: 'paced', pace: 10 },
      envelope: 'data',
      chaos: { rate: 0.1, seed: 7, faults: ['reset'], operations: ['getAsyncJobStatus'] },
      rules: 'off',
      settings: { CANCEL_DAYS_NEWBORN: 30 },
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      scenario: 'slow',
      clock: { mode: 'paced', pace: 10 },
      envelope: 'data',
      chaos: { rate: 0.1, seed: 7, faults: ['reset'], operations: ['getAsyncJobStatus'] },
      rules: 'off',
      settings: { ...SETTINGS, CANCEL_DAYS_NEWBORN: 30 },
    });
    const back = await ask('PUT', '/sessions/set-up', {
      scenario: null,
      chaos: null,
      settings: { CANCEL_DAYS_NEWBORN: null },
    });
    expect(back.json).toMatchObject({ scenario: null, chaos: null, settings: SETTINGS });
  });

  it.each([
    [422, { clock: { mode: 'paused' } }],
    [422, { scenaro: 'slow' }],
    [404, { scenario: 'slou' }],
  ])('PUT refuses with %i: %j', async (expected, body) => {
    const { status, json } = await ask('PUT', '/sessions/refused', body);
    expect(status).toBe(expected);
    expect(json.error).toMatchObject({ status: expected, message: TEXT });
  });

  it('GET …/clock and POST …/clock/advance', async () => {
    await ask('PUT', '/sessions/clock', { clock: { mode: 'manual', now: NOON } });
    expect((await ask('GET', '/sessions/clock/clock')).json).toMatchObject({ ...CLOCK, now: NOON });
    const { status, json } = await ask('POST', '/sessions/clock/clock/advance', { by: '3s' });
    expect([status, json]).toEqual([
      200,
      expect.objectContaining({ mode: 'manual', pace: 1, now: '2026-02-02T12:00:03.000Z' }),
    ]);
  });

  it('POST …/next', async () => {
    await ask('PUT', '/sessions/next');
    const choice = { scenario: 'slow', operation: 'createComposition', times: 2 };
    const { status, json } = await ask('POST', '/sessions/next/next', choice);
    expect([status, json]).toEqual([
      200,
      expect.objectContaining({ name: 'next', queue: [choice] }),
    ]);
    expect((await ask('POST', '/sessions/next/next', { scenario: 'slou' })).status).toBe(404);
  });

  it('X-Sandbox-Session, X-Sandbox-Scenario and the name in the path lead to the same', async () => {
    const { create, poll } = makeClient(`${sandbox.url}/~by-path`);
    const { json } = await create(disability(), { 'X-Sandbox-Scenario': 'immediate-done' });
    expect((await poll(json.data.id)).json.data.status).toBe('DONE');
    const api = `${sandbox.url}/api/patients/composition/job/${json.data.id}`;
    const headers = { Authorization: 'Bearer demo', 'api-key': 'demo' };
    const named = { ...headers, 'X-Sandbox-Session': 'by-path' };
    expect((await send('GET', api, { headers: named })).status).toBe(200);
    expect((await send('GET', api, { headers })).status).toBe(404);
  });
});

describe('jobs', () => {
  it('GET …/jobs and …/jobs/{job}', async () => {
    const { path, job, client } = await begin('jobs');
    expect((await ask('GET', `${path}/jobs`)).json).toMatchObject({ jobs: [JOB], dropped: 0 });
    expect((await ask('GET', `${path}/jobs?state=DONE&limit=10`)).json.jobs).toEqual([]);
    await ask('POST', `${path}/clock/advance`, { by: '3s' });
    await client.poll(job);
    const { status, json } = await ask('GET', `${path}/jobs/${job}`);
    expect([status, json]).toEqual([
      200,
      expect.objectContaining({ ...JOB, state: 'DONE', polls: 1, finished: MOMENT }),
    ]);
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect((await ask('GET', `${path}/jobs/${nobody}`)).status).toBe(404);
  });

  it('a job that has failed says its error and what the rules have noted', async () => {
    const { path, job } = await begin('failed', 'failed-1172');
    await ask('POST', `${path}/clock/advance`, { by: '3s' });
    expect((await ask('GET', `${path}/jobs/${job}`)).json).toMatchObject({
      state: 'FAILED',
      error: expect.stringContaining('1172'),
    });
  });

  it('POST …/jobs/{job}/release', async () => {
    const { path, job } = await begin('held', 'held-until-released');
    expect((await ask('GET', `${path}/jobs/${job}`)).json.waits_for_release).toBe(true);
    const { status, json } = await ask('POST', `${path}/jobs/${job}/release`);
    expect([status, json]).toEqual([
      200,
      expect.objectContaining({ ...JOB, state: 'DONE', waits_for_release: false }),
    ]);
    expect((await ask('POST', `${path}/jobs/${job}/release`)).status).toBe(409);
  });
});

describe('the journal', () => {
  it('GET …/journal tells of each exchange when it was, what was asked and what was told', async () => {
    const { path, job, client } = await begin('journal');
    await ask('POST', `${path}/clock/advance`, { by: '3s' });
    await client.poll(job);
    const { status, json } = await ask('GET', `${path}/journal`);
    expect(status).toBe(200);
    expect(json.dropped).toBe(0);
    const [scheduled, polled] = json.exchanges;
    expect(scheduled).toMatchObject({
      ...EXCHANGE,
      ...OF_A_JOB,
      operation: 'createComposition',
      resource: UUID,
      request: { headers: expect.any(Object), body: TEXT },
    });
    expect(polled).toMatchObject({
      ...EXCHANGE,
      ...OF_A_JOB,
      job,
      operation: 'getAsyncJobStatus',
      step: 1,
      state: 'DONE',
      told: 'done',
    });
    expect(polled.request.headers.authorization).not.toContain('test-token');
  });

  it.each([
    ['job', 'operation=getAsyncJobStatus&job=JOB'],
    ['status', 'status=404'],
    ['after and limit', 'after=2&limit=1'],
  ])('is filtered by %s', async (name, query) => {
    const { path, job, client } = await begin(`filter-${name.slice(0, 3)}`);
    await client.poll(job);
    await client.poll('00000000-0000-4000-8000-000000000000');
    const { json } = await ask('GET', `${path}/journal?${query.replace('JOB', job)}`);
    expect(json.exchanges.map(({ seq }: ExchangeView) => seq)).toEqual([name === 'job' ? 2 : 3]);
  });

  it('tells of a request without an answer: status 0, fault, left', async () => {
    const { path, job } = await begin('silent', 'silent-server');
    const leave = new AbortController();
    const polled = makeClient(`${sandbox.url}/~silent`)
      .poll(job, leave.signal)
      .catch(({ name }: Error) => name);
    const last = async () => (await ask('GET', `${path}/journal?after=1`)).json.exchanges[0];
    await eventually(async () => (await last())?.fault === 'hang');
    expect(await last()).toMatchObject({ ...EXCHANGE, status: 0, fault: 'hang', state: 'PENDING' });
    expect(await last()).not.toHaveProperty('took');
    leave.abort();
    expect(await polled).toBe('AbortError');
    await eventually(async () => (await last()).left === true);
    expect(await last()).toMatchObject({ status: 0, left: true, took: NUMBER, until: MOMENT });
  });

  it('marks what came by chance', async () => {
    const { path, job, client } = await begin('chance');
    await ask('PUT', path, { chaos: { rate: 1, faults: ['malformed-json'] } });
    await client.poll(job);
    const { json } = await ask('GET', `${path}/journal?after=1`);
    expect(json.exchanges[0]).toMatchObject({ fault: 'malformed-json', chance: true });
  });

  it('notes what the business rules have to say', async () => {
    const { sandbox: own, client } = await openSandbox();
    const { json } = await client.create(disability());
    own.clock.advance('3s');
    await client.sign(own.job(json.data.id).resource ?? '', 'bm90aGluZw==');
    expect(own.journal().at(-1)).toMatchObject({ status: 400, note: TEXT });
  });

  it('GET …/events is the same as server-sent events, from after= or Last-Event-ID on', async () => {
    const { path, client, job } = await begin('events');
    const url = `${sandbox.url}/__sandbox${path}/events`;
    const live = await openEvents(`${url}?after=0`);
    expect(live.headers.get('content-type')).toMatch(/^text\/event-stream/);
    await client.poll(job);
    const [first, second] = await live.take(2);
    expect(first).toMatchObject({ event: 'exchange', id: '1', data: EXCHANGE });
    expect(second).toMatchObject({ event: 'exchange', id: '2', data: { ...EXCHANGE, job } });
    const again = await openEvents(url, { 'Last-Event-ID': '1' });
    expect((await again.take(1))[0]).toMatchObject({ id: '2' });
  });
});

describe('resources', () => {
  it('GET and POST …/resources', async () => {
    const { path, job } = await begin('resources');
    await ask('POST', `${path}/clock/advance`, { by: '3s' });
    const made = (await ask('GET', `${path}/jobs/${job}`)).json.resource;
    const { json } = await ask('GET', `${path}/resources`);
    expect(json.resources).toEqual([
      expect.objectContaining({ id: made, kind: 'composition', created: MOMENT }),
    ]);
    const { document } = json.resources[0];
    const id = '00000000-0000-4000-8000-00000000aaaa';
    const seeded = await ask('POST', `${path}/resources`, {
      document: { ...document, identifier: { value: id } },
    });
    expect([seeded.status, seeded.json]).toEqual([
      201,
      expect.objectContaining({
        id,
        kind: 'composition',
        created: MOMENT,
        document: expect.any(Object),
      }),
    ]);
  });
});

describe('the verdict', () => {
  it('GET …/verdict tells rules, findings and jobs', async () => {
    const { path, job, client } = await begin('verdict');
    await client.poll(job);
    await ask('POST', `${path}/clock/advance`, { by: '3s' });
    await client.poll(job);
    const { status, json } = await ask('GET', `${path}/verdict`);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      session: 'verdict',
      run: 'over',
      clock: { mode: 'manual', pace: 1 },
      held: false,
      counts: { error: NUMBER, warning: NUMBER, note: NUMBER },
      exchanges: 3,
      dropped: 0,
    });
    const rule = (name: string) => json.rules.find((r: { rule: string }) => r.rule === name);
    expect(rule('eta-respected')).toMatchObject({
      title: TEXT,
      severity: 'error',
      outcome: 'failed',
      tested: NUMBER,
      sources: [{ text: TEXT }],
    });
    expect(rule('eta-respected').findings).toEqual([
      expect.objectContaining({
        rule: 'eta-respected',
        severity: 'error',
        message: TEXT,
        advice: TEXT,
        job,
        operation: 'createComposition',
        scenario: 'done-after-eta',
        evidence: [expect.objectContaining({ seq: 2, at: MOMENT, text: TEXT })],
        more: 0,
      }),
    ]);
    expect(rule('backs-off')).toMatchObject({ outcome: 'not exercised', reason: TEXT });
    expect(json.jobs).toEqual([
      expect.objectContaining({
        operation: 'createComposition',
        job,
        scenario: 'done-after-eta',
        title: TEXT,
        outcome: 'done',
        submission: expect.objectContaining({
          seq: 1,
          at: MOMENT,
          reply: 'open',
          breaks: expect.any(Array),
        }),
      }),
    ]);
    expect(json.jobs[0].polls[0]).toMatchObject({
      seq: 2,
      at: MOMENT,
      until: MOMENT,
      reply: 'open',
      status: 200,
      state: 'PENDING',
      eta: MOMENT,
      breaks: ['eta-respected'],
    });
  });

  it.each([
    ['json', 'application/json'],
    ['junit', 'application/xml'],
    ['html', 'text/html'],
    ['markdown', 'text/markdown'],
    ['text', 'text/plain'],
  ])('comes as %s, by format= or by Accept', async (format, type) => {
    const { path } = await begin(`form-${format}`);
    const asked = await ask('GET', `${path}/verdict?format=${format}`);
    expect(asked.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
    const url = `${sandbox.url}/__sandbox${path}/verdict`;
    const accepted = await send('GET', url, { headers: { Accept: type } });
    expect(accepted.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
    expect(accepted.text).toBe(asked.text);
  });

  it('takes run= and tolerance=', async () => {
    const { path, job, client } = await begin('tolerant');
    await client.poll(job);
    const tolerated = '?run=running&tolerance=eta-respected=5s&tolerance=spacing=off';
    const { json } = await ask('GET', `${path}/verdict${tolerated}`);
    expect(json).toMatchObject({ run: 'running', held: true });
    const outcomes = Object.fromEntries(
      json.rules.map(({ rule, outcome }: Record<string, string>) => [rule, outcome]),
    );
    expect(outcomes).toMatchObject({ 'eta-respected': 'passed', spacing: 'off' });
  });
});

describe('errors', () => {
  it('have one shape', async () => {
    await ask('PUT', '/sessions/errors');
    const { status, json } = await ask('POST', '/sessions/errors/next', { scenario: 7 });
    expect(status).toBe(422);
    expect(json.error).toMatchObject({ status: 422, message: TEXT });
    expect(json.error.invalid).toEqual([
      expect.objectContaining({ in: 'body', at: '$.scenario', rule: TEXT, description: TEXT }),
    ]);
    const gone = await ask('GET', '/sesions');
    expect(gone.status).toBe(404);
    expect(gone.json.error).toMatchObject({ status: 404, message: TEXT });
    expect(gone.json.error).not.toHaveProperty('invalid');
    expect((await ask('PATCH', '/health')).headers.get('allow')).toContain('GET');
  });

  it('401 without the token that was asked for, 200 with it in either header', async () => {
    const { sandbox: own } = await openSandbox({ controlToken: 'secret' });
    const url = `${own.url}/__sandbox/sessions`;
    expect((await send('GET', url)).status).toBe(401);
    const ways: Record<string, string>[] = [
      { Authorization: 'Bearer secret' },
      { 'X-Sandbox-Token': 'secret' },
    ];
    for (const headers of ways) {
      expect((await send('GET', url, { headers })).status).toBe(200);
    }
  });
});
