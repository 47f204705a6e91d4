import { execFile } from 'node:child_process';
import { Agent, get } from 'node:http';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  ControlProblem,
  FileError,
  type RunningSandbox,
  type SandboxOptions,
  type SessionControl,
  startSandbox,
} from '../src/index.js';
import { CREDENTIALS, makeClient, send } from './support/client.js';
import { disability, ENCOUNTER, PATIENT } from './support/conclusions.js';
import { openEvents } from './support/events.js';
import { NOON, openSandbox } from './support/sandbox.js';
import { openWire, statusOf } from './support/wire.js';

const NOBODY = '3e1d2c4b-5a69-4788-9c3d-2b1a0f9e8d7c';
const LEAST = {
  type: { coding: [{ system: 'COMPOSITION_TYPES', code: 'TEMP_DISABILITY' }] },
  subject: { value: PATIENT },
  encounter: { value: ENCOUNTER },
};

describe('the five-line use', () => {
  it('chooses what happens, runs the client, moves the clock', async () => {
    const sandbox = await startSandbox({ clock: { mode: 'manual' } });
    sandbox.next('failed-1172');
    const { json } = await makeClient(sandbox.url).create(disability());
    sandbox.clock.advance('3s');
    expect((await makeClient(sandbox.url).poll(json.data.id)).json.data.status).toBe('FAILED');
    await sandbox.close();
  });

  it('needs no options: a free port of 127.0.0.1 and a real clock', async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(sandbox.set({}).clock.mode).toBe('real');
    expect((await makeClient(sandbox.url).create(disability())).status).toBe(200);
  });
});

describe.each([
  ['the sandbox itself', (sandbox: RunningSandbox): SessionControl => sandbox],
  ['a session by name', (sandbox: RunningSandbox) => sandbox.session('worker-3')],
])('%s', (_, pick) => {
  async function open(options?: SandboxOptions) {
    const { sandbox } = await openSandbox(options);
    const session = pick(sandbox);
    return { sandbox, session, client: makeClient(session.url) };
  }

  it('has a name and the address for the client', async () => {
    const { sandbox, session } = await open();
    const named = session.name !== 'default';
    expect(session.url).toBe(named ? `${sandbox.url}/~worker-3` : sandbox.url);
    expect(session.set({})).toMatchObject({ name: session.name, url: session.url });
  });

  it('clock.now, clock.advance and clock.set: the moment that the client sees', async () => {
    const { session } = await open();
    expect(session.clock.now()).toEqual(new Date(NOON));
    session.clock.advance('1.5min');
    expect(session.clock.now().toISOString()).toBe('2026-02-02T12:01:30.000Z');
    session.clock.advance(250);
    expect(session.clock.now().toISOString()).toBe('2026-02-02T12:01:30.250Z');
    session.clock.advance(0);
    session.clock.set({ mode: 'manual', now: '2027-01-01T00:00:00+02:00' });
    expect(session.clock.now().toISOString()).toBe('2026-12-31T22:00:00.000Z');
    session.reset();
    session.clock.set({ mode: 'paced', pace: 60 });
    expect(session.set({}).clock).toMatchObject({ mode: 'paced', pace: 60 });
  });

  it('set: scenario, clock and envelope; what is left out stays', async () => {
    const { session, client } = await open();
    expect(session.set({ scenario: 'slow' })).toMatchObject({ scenario: 'slow', envelope: 'full' });
    expect(session.set({ envelope: 'data' })).toMatchObject({ scenario: 'slow', envelope: 'data' });
    const { json } = await client.create(disability());
    expect(Object.keys(json)).toEqual(['data']);
    expect(session.job(json.data.id).scenario).toBe('slow');
    expect(session.set({ scenario: null }).scenario).toBeNull();
  });

  it('set: rules and settings, which begin as the options say', async () => {
    const { sandbox } = await openSandbox({ rules: 'off', settings: { PREGNANCY_DAYS: [70] } });
    expect(sandbox.set({})).toMatchObject({ rules: 'off', settings: { PREGNANCY_DAYS: [70] } });
    expect(sandbox.set({ rules: 'on', settings: { PREGNANCY_DAYS: 90 } })).toMatchObject({
      rules: 'on',
      settings: { PREGNANCY_DAYS: [90] },
    });
    expect(() => sandbox.set({ rules: 'of' as 'off' })).toThrow('"rules" is "of"; give on or off');
    expect(() => sandbox.set({ settings: { PREGNANCY_DAY: 1 } })).toThrow(
      'did you mean PREGNANCY_DAYS?',
    );
    await expect(startSandbox({ rules: 'of' as 'off' })).rejects.toThrow('give on or off');
    await expect(startSandbox({ settings: { PREGNANCY: 1 } })).rejects.toThrow('unknown setting');
  });

  it('next: the scenario of the next job, or of more, or of one operation', async () => {
    const { session, client } = await open();
    session.next('slow');
    session.next('failed-1172', { operation: 'createComposition', times: 2 });
    expect(session.set({}).queue).toEqual([
      { scenario: 'slow', times: 1 },
      { scenario: 'failed-1172', operation: 'createComposition', times: 2 },
    ]);
    for (let i = 0; i < 4; i += 1) await client.create(disability());
    expect(session.jobs().map(({ scenario }) => scenario)).toEqual([
      'slow',
      'failed-1172',
      'failed-1172',
      'done-after-eta',
    ]);
  });

  it('jobs and job: where they stand, and looking is no poll', async () => {
    const { session, client } = await open();
    expect(session.jobs()).toEqual([]);
    const { json } = await client.create(disability());
    await client.poll(json.data.id);
    const job = session.job(json.data.id);
    expect(job).toMatchObject({
      state: 'PENDING',
      polls: 1,
      start: NOON,
      operation: 'createComposition',
    });
    expect(session.jobs()).toEqual([job]);
    expect(session.job(json.data.id).polls).toBe(1);
  });

  it('jobs: all of them, more than the control API gives at once', async () => {
    const { session, client } = await open();
    for (let i = 0; i < 21; i += 1) {
      await Promise.all(Array.from({ length: 50 }, () => client.create(disability())));
    }
    expect(session.jobs()).toHaveLength(1050);
    expect(session.journal()).toHaveLength(1050);
  });

  it('release: a job that waits for it goes on', async () => {
    const { session, client } = await open();
    session.next('held-until-released');
    const { json } = await client.create(disability());
    session.clock.advance('30d');
    expect(session.job(json.data.id)).toMatchObject({ state: 'PENDING', waits_for_release: true });
    expect(session.release(json.data.id)).toMatchObject({
      state: 'DONE',
      waits_for_release: false,
    });
  });

  it('journal: what was asked and answered, filtered', async () => {
    const { session, client } = await open();
    const { json } = await client.create(disability());
    await client.poll(json.data.id);
    await client.poll(NOBODY);
    const seqs = (filter?: Parameters<typeof session.journal>[0]) =>
      session.journal(filter).map(({ seq }) => seq);
    expect(seqs()).toEqual([1, 2, 3]);
    expect(seqs({ job: json.data.id })).toEqual([1, 2]);
    expect(seqs({ operation: 'getAsyncJobStatus' })).toEqual([2, 3]);
    expect(seqs({ status: 404 })).toEqual([3]);
    expect(seqs({ after: 1 })).toEqual([2, 3]);
    expect(seqs({ limit: 1 })).toEqual([3]);
    expect(seqs({ after: 0, limit: 1 })).toEqual([1]);
    expect(session.journal()[0]?.request.headers.authorization).toMatch(/^Bearer test… \(/);
  });

  it('resources and seed: a document that the client can read', async () => {
    const { session, client } = await open();
    expect(session.resources()).toEqual([]);
    const seeded = session.seed(LEAST);
    expect(session.resources()).toEqual([seeded]);
    expect(seeded).toMatchObject({ kind: 'composition', created: NOON });
    const read = await client.read(PATIENT, ENCOUNTER, seeded.id);
    expect(read.json.data).toEqual(seeded.document);
  });

  it('what it gives is a copy: changing it changes nothing in the sandbox', async () => {
    const { session, client } = await open();
    const seeded = session.seed(LEAST);
    seeded.document.status = 'HACKED';
    const [resource] = session.resources();
    Object.assign(resource?.document ?? {}, { status: 'HACKED' });
    session.set({}).queue.push({ scenario: 'slow', times: 1 });
    expect(session.set({}).queue).toEqual([]);
    expect(session.resources()[0]?.document.status).toBe('PRELIMINARY');
    expect((await client.read(PATIENT, ENCOUNTER, seeded.id)).json.data.status).toBe('PRELIMINARY');
  });

  it('reset: it is as new, and settings are those of the server', async () => {
    const { session, client } = await open();
    session.set({ scenario: 'slow' });
    session.next('failed-1172');
    session.seed(LEAST);
    await client.create(disability());
    session.clock.advance('1d');
    session.reset();
    expect(session.set({})).toMatchObject({
      scenario: null,
      queue: [],
      clock: { now: NOON },
      holds: { jobs: 0, resources: 0, exchanges: 0 },
    });
  });

  it('throws a ControlProblem that says what to do', async () => {
    const { session, client, sandbox } = await open();
    const { json } = await client.create(disability());
    const id = String(json.data.id);
    const cases: [() => unknown, number, string][] = [
      [() => session.next('sloww'), 404, 'unknown scenario "sloww"; did you mean slow?'],
      [
        () => session.next('slow', { operation: 'sign' }),
        422,
        'operation "sign" schedules no job; ',
      ],
      [() => session.next('slow', { times: 0 }), 422, 'give a whole number from 1'],
      [() => session.next('slow', { times: 1.5 }), 422, 'give a whole number from 1'],
      [() => session.set({ scenario: 'sloww' }), 404, 'did you mean slow?'],
      [() => session.set({ envelope: 'dat' }), 422, 'did you mean data?'],
      [() => session.clock.set({ mode: 'paced', pace: 0 }), 422, 'give a number from 0.001'],
      [() => session.clock.set({ mode: 'manul' as never }), 422, 'did you mean manual?'],
      [() => session.clock.set({ mode: 'manual', now: 'noon' }), 422, 'write 2026-01-31T08:00:00Z'],
      [
        () => session.clock.set({ mode: 'manual', now: '2020-01-01T00:00:00Z' }),
        409,
        'DELETE the session',
      ],
      [() => session.clock.advance('3'), 422, 'write a number and a unit: 500ms, 3s, 10min'],
      [() => session.clock.advance(-1), 422, 'which is no length of time'],
      [() => session.clock.advance(Number.NaN), 422, 'which is no length of time'],
      [
        () => session.job(NOBODY),
        404,
        `GET ${sandbox.url}/__sandbox/sessions/${session.name}/jobs lists`,
      ],
      [() => session.release(NOBODY), 404, 'is not in this session'],
      [() => session.release(id), 409, 'it is in step 1 of scenario "done-after-eta"'],
      [() => session.seed({}), 422, 'type.coding.0.code is missing; give at least'],
    ];
    for (const [act, status, words] of cases) {
      const problem = caught(act);
      expect(problem).toBeInstanceOf(ControlProblem);
      expect(problem).toMatchObject({ name: 'ControlProblem', status });
      expect((problem as Error).message).toContain(words);
    }
    expect(session.job(id)).toMatchObject({ state: 'PENDING' });
    expect(session.set({})).toMatchObject({ scenario: null, queue: [], clock: { now: NOON } });
  });
});

describe('a sandbox', () => {
  it('lists its scenarios', async () => {
    const { sandbox } = await openSandbox();
    expect(sandbox.scenarios.map(({ name }) => name)).toContain('done-after-eta');
    expect(sandbox.scenarios.find(({ name }) => name === 'failed-1002')).toMatchObject({
      operations: ['createComposition'],
      when: [{ body: { 'subject.value': '00000000-0000-4000-8000-000000001002' } }],
      off_contract: false,
    });
  });

  it('refuses a session name that cannot stand in a URL when it is used', async () => {
    const { sandbox } = await openSandbox();
    expect(() => sandbox.session('a b').jobs()).toThrow(
      'a session name has 1 to 64 letters, digits, dots, dashes or underscores; this one is "a b"',
    );
  });

  it('is the same by its methods and by its control API', async () => {
    const { sandbox } = await openSandbox();
    sandbox.session('x').set({ scenario: 'slow' });
    await makeClient(sandbox.session('x').url).create(disability());
    const base = `${sandbox.url}/__sandbox/sessions/x`;
    expect((await send('GET', base)).json).toEqual(sandbox.session('x').set({}));
    expect((await send('GET', `${base}/jobs`)).json.jobs).toEqual(sandbox.session('x').jobs());
    expect((await send('GET', `${base}/journal`)).json.exchanges).toEqual(
      sandbox.session('x').journal(),
    );
  });

  it('is steered by its methods without the control token', async () => {
    const { sandbox } = await openSandbox({ controlToken: 'a-secret' });
    expect(sandbox.jobs()).toEqual([]);
  });

  it.each([
    [
      { scenarios: '/no/such/folder' },
      '/no/such/folder: the scenario folder cannot be read (ENOENT)',
    ],
    [{ spec: '/no/such/openapi.yaml' }, '/no/such/openapi.yaml: '],
    [{ binding: '/no/such/binding.yaml' }, 'name the file with --binding'],
  ])('that cannot read its files throws a FileError: %j', async (options, message) => {
    const starting = startSandbox(options);
    await expect(starting).rejects.toBeInstanceOf(FileError);
    await expect(starting).rejects.toThrow(message);
    await expect(starting).rejects.toMatchObject({
      problems: [{ file: expect.stringMatching(/^\/no\/such/), hint: expect.any(String) }],
    });
  });

  it('two of them at once have nothing in common', async () => {
    const [one, two] = [await openSandbox(), await openSandbox({ scenario: 'slow' })];
    expect(one.sandbox.url).not.toBe(two.sandbox.url);
    one.sandbox.clock.advance('1h');
    const [first, second] = await Promise.all([
      one.client.create(disability()),
      two.client.create(disability()),
    ]);
    expect(one.sandbox.jobs()).toMatchObject([
      { id: first.json.data.id, scenario: 'done-after-eta', start: '2026-02-02T13:00:00.000Z' },
    ]);
    expect(two.sandbox.jobs()).toMatchObject([
      { id: second.json.data.id, scenario: 'slow', start: NOON },
    ]);
    await one.sandbox.close();
    expect((await two.client.poll(second.json.data.id)).status).toBe(200);
  });
});

describe('a seed', () => {
  /** Everything that a client is told in the life of two conclusions, without the port. */
  async function play(options: SandboxOptions, extraPolls = 0) {
    const opened = await openSandbox(options);
    const { sandbox, client } = opened;
    const texts: string[] = [];
    const told = <T extends { text: string }>(answer: T) => {
      texts.push(answer.text.replaceAll(sandbox.url, 'http://sandbox'));
      return answer;
    };
    for (let i = 0; i < 2; i += 1) {
      const job = told(await client.create(disability()));
      for (let n = 0; n < extraPolls; n += 1) await client.poll(job.json.data.id);
      sandbox.clock.advance('3s');
      told(await client.poll(job.json.data.id));
    }
    told(await client.search(`subject=${PATIENT}`));
    told(await client.poll(NOBODY));
    told(await client.create({}));
    const other = makeClient(`${sandbox.url}/~other`);
    const job = told(await other.create(disability()));
    return { texts, ids: sandbox.jobs().map(({ id }) => id), other: String(job.json.data.id) };
  }

  it('makes two sandboxes tell the same to the same requests', async () => {
    const [one, two] = [await play({ seed: 42 }), await play({ seed: 42 })];
    expect(one.texts).toEqual(two.texts);
    expect(new Set(one.texts).size).toBe(one.texts.length);
  });

  it('gives other ids than another seed, and others in each session', async () => {
    const [one, two] = [await play({ seed: 42 }), await play({ seed: 43 })];
    expect(new Set([...one.ids, ...two.ids, one.other, two.other]).size).toBe(6);
  });

  it('gives the same ids of jobs and compositions when a client polls more often', async () => {
    const [one, two] = [await play({ seed: 42 }), await play({ seed: 42 }, 3)];
    expect(one.ids).toEqual(two.ids);
    expect(one.texts.map(withoutRequestId)).toEqual(two.texts.map(withoutRequestId));
  });

  it('begins anew when a session is reset', async () => {
    const { sandbox, client } = await openSandbox({ seed: 7 });
    const first = await client.create(disability());
    sandbox.reset();
    expect((await client.create(disability())).text).toBe(first.text);
  });

  it('left out makes every id a new one', async () => {
    const [one, two] = [await play({}), await play({})];
    expect(new Set([...one.ids, ...two.ids]).size).toBe(4);
  });
});

describe('close', () => {
  it('ends streams of events, idle connections that are kept alive, and then resolves', async () => {
    const { sandbox } = await openSandbox();
    const events = await openEvents(`${sandbox.url}/__sandbox/sessions/default/events`);
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    await new Promise<void>((done) => {
      const url = `${sandbox.url}/api/patients/composition/job/${NOBODY}`;
      get(url, { agent, headers: CREDENTIALS }, (res) => res.resume().on('end', () => done()));
    });
    await sandbox.close();
    expect((await events.next())?.data).toMatchObject({ seq: 1, status: 404 });
    expect(await events.next()).toBeUndefined();
    await expect(fetch(`${sandbox.url}/__sandbox/health`)).rejects.toThrow('fetch failed');
  });

  it('does not wait for a client that has connected and says nothing', async () => {
    const { sandbox } = await openSandbox();
    const wire = await openWire(sandbox.url);
    await sandbox.close();
    expect(await wire.whole()).toBe('');
  });

  it('closes the connection of a stream that a client would keep alive', async () => {
    const { sandbox } = await openSandbox();
    const wire = await openWire(sandbox.url);
    wire.write('GET /__sandbox/sessions/default/events HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await wire.until('esoz-sandbox session');
    await sandbox.close();
    expect(await wire.whole()).toMatch(/\r\n0\r\n\r\n$/);
  });

  it('answers a request that is under way before it resolves', async () => {
    const { sandbox } = await openSandbox();
    const body = JSON.stringify(disability());
    const wire = await openWire(sandbox.url);
    wire.write(
      `POST /api/patients/composition HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer t\r\napi-key: k\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
    );
    await wire.until('100 Continue');
    let closed = false;
    const closing = sandbox.close().then(() => {
      closed = true;
    });
    wire.write(body.slice(0, 10));
    await new Promise((done) => setImmediate(done));
    expect(closed).toBe(false);
    wire.write(body.slice(10));
    const answer = (await wire.until('PENDING')).replace('HTTP/1.1 100 Continue\r\n\r\n', '');
    expect(statusOf(answer)).toBe(200);
    await closing;
    expect(closed).toBe(true);
  });

  it('can be called twice', async () => {
    const { sandbox } = await openSandbox();
    await Promise.all([sandbox.close(), sandbox.close()]);
    await sandbox.close();
  });

  it('leaves nothing behind: the process ends by itself', async () => {
    const program = `
      import { startSandbox } from './dist/index.js';
      const sandbox = await startSandbox();
      const url = sandbox.url + '/__sandbox/sessions/default/events';
      const { body } = await fetch(url);
      await sandbox.close();
      for await (const part of body) process.stdout.write(part);
      process.stdout.write('closed');
    `;
    const node = promisify(execFile);
    const arguments_ = ['--input-type=module', '--eval', program];
    const { stdout } = await node(process.execPath, arguments_, { timeout: 60_000 });
    expect(stdout).toMatch(/closed$/);
  });
});

function caught(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

function withoutRequestId(text: string): string {
  return text.replace(/"request_id":"[^"]*"/g, '');
}
