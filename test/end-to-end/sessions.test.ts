import { describe, expect, it, vi } from 'vitest';
import type { RunningSandbox, SessionControl } from '../../src/index.js';
import { CREDENTIALS, makeClient, send } from '../support/client.js';
import { disability, disabilityOf, ENCOUNTER, PATIENT } from '../support/conclusions.js';
import { openEvents } from '../support/events.js';
import { LONG_ENOUGH, NOON, openSandbox } from '../support/sandbox.js';

const NOBODY = '3e1d2c4b-5a69-4788-9c3d-2b1a0f9e8d7c';
const REAL = { clock: { mode: 'real' as const } };

/** What a session holds, as a person sees it. */
const holds = (sandbox: RunningSandbox, name: string) => sandbox.session(name).set({}).holds;

describe('a session', () => {
  it('is named in front of the path', async () => {
    const { sandbox } = await openSandbox();
    const client = makeClient(`${sandbox.url}/~worker-3`);
    const { json } = await client.create(disability());
    expect((await client.poll(json.data.id)).json.data.status).toBe('PENDING');
    expect(sandbox.session('worker-3').jobs()).toMatchObject([{ id: json.data.id, polls: 1 }]);
    expect(sandbox.jobs()).toEqual([]);
  });

  it('is named in front of a path without the prefix /api as well', async () => {
    const { sandbox } = await openSandbox();
    const url = `${sandbox.url}/~worker-3/patients/composition/job/${NOBODY}`;
    expect((await send('GET', url, { headers: CREDENTIALS })).status).toBe(404);
    expect(holds(sandbox, 'worker-3').exchanges).toBe(1);
  });

  it('is named by the header X-Sandbox-Session', async () => {
    const { sandbox, client } = await openSandbox();
    const named = { 'X-Sandbox-Session': 'worker-4' };
    const { json } = await client.create(disability(), named);
    const path = `/patients/composition/job/${json.data.id}`;
    expect((await client.api('GET', path, undefined, named)).status).toBe(200);
    expect((await client.api('GET', path)).status).toBe(404);
    expect(sandbox.session('worker-4').jobs()).toMatchObject([{ id: json.data.id, polls: 1 }]);
  });

  it('is `default` without either, and that one can be named too', async () => {
    const { sandbox, client } = await openSandbox();
    const { json } = await client.create(disability());
    const named = makeClient(`${sandbox.url}/~default`);
    expect((await named.poll(json.data.id)).status).toBe(200);
    expect(sandbox.session('default').jobs()).toMatchObject([{ id: json.data.id, polls: 1 }]);
  });

  it('is the one of the path when the header names another', async () => {
    const { sandbox } = await openSandbox();
    const client = makeClient(`${sandbox.url}/~of-path`);
    await client.create(disability(), { 'X-Sandbox-Session': 'of-header' });
    expect(sandbox.session('of-path').jobs()).toHaveLength(1);
    expect(sandbox.session('of-header').jobs()).toHaveLength(0);
  });

  it('begins with the settings of the server, and keeps its own ones to itself', async () => {
    const { sandbox } = await openSandbox({ scenario: 'slow', envelope: 'data' });
    sandbox.session('a').set({ scenario: 'failed-1172', envelope: 'bare' });
    sandbox.session('a').next('eta-moves');
    sandbox.session('a').clock.advance('1h');
    expect(sandbox.session('b').set({})).toMatchObject({
      scenario: null,
      envelope: 'data',
      clock: { mode: 'manual', now: NOON },
      queue: [],
    });
    const { json } = await makeClient(sandbox.session('b').url).create(disability());
    expect(sandbox.session('b').job(json.data.id).scenario).toBe('slow');
  });
});

describe('fifty sessions at once', () => {
  const SCENARIOS = ['done-after-eta', 'failed-1172', 'held-until-released', 'slow', 'eta-moves'];
  const worlds = Array.from({ length: 50 }, (_, i) => ({
    name: `worker-${i}`,
    scenario: SCENARIOS[i % SCENARIOS.length] as string,
    now: new Date(Date.parse(NOON) + i * 86_400_000).toISOString(),
    subject: `aaaaaaaa-0000-4000-8000-${String(i).padStart(12, '0')}`,
    /** 1 to 7 compositions. */
    count: 1 + (i % 7),
  }));
  type World = (typeof worlds)[number];
  type Life = Awaited<ReturnType<typeof live>>;

  /** The whole life of one client in its session. */
  async function live(sandbox: RunningSandbox, world: World) {
    const base = `${sandbox.url}/__sandbox/sessions/${world.name}`;
    const set = { scenario: world.scenario, clock: { mode: 'manual', now: world.now } };
    await send('PUT', base, { body: set });
    const client = makeClient(`${sandbox.url}/~${world.name}`);
    const created = await Promise.all(
      Array.from({ length: world.count }, () => client.create(disabilityOf(world.subject))),
    );
    const ids = created.map(({ json }) => String(json.data.id));
    await Promise.all(ids.map((id) => client.poll(id)));
    await send('POST', `${base}/clock/advance`, { body: { by: LONG_ENOUGH } });
    const polled = await Promise.all(ids.map((id) => client.poll(id)));
    const found = await client.search(`subject=${world.subject}`);
    return { ids, polled, found, created };
  }

  it('never see each other', async () => {
    const { sandbox } = await openSandbox();
    const lives = await Promise.all(worlds.map((world) => live(sandbox, world)));

    const everyId = lives.flatMap(({ ids }) => ids);
    expect(new Set(everyId).size).toBe(everyId.length);
    for (const [i, world] of worlds.entries()) {
      const life = lives[i] as Life;
      const session = sandbox.session(world.name);
      expectAnswers(world, life);
      expectJobs(world, life.ids, session);
      expectJournal(world, life.ids, session);
      expect(session.clock.now().getTime()).toBe(Date.parse(world.now) + 3000);
    }
    expect(holds(sandbox, 'default')).toEqual({ jobs: 0, resources: 0, exchanges: 0 });
  });

  function expectAnswers(world: World, { ids, polled, found, created }: Life) {
    const end = { 'done-after-eta': 'DONE', 'failed-1172': 'FAILED' }[world.scenario] ?? 'PENDING';
    expect(polled.map(({ json }) => json.data.status)).toEqual(ids.map(() => end));
    expect(found.json.data).toHaveLength(end === 'DONE' ? world.count : 0);
    for (const { headers } of created) {
      expect(headers.get('date')).toBe(new Date(world.now).toUTCString());
      expect(headers.get('x-sandbox-scenario')).toBe(world.scenario);
    }
  }

  function expectJobs(world: World, ids: readonly string[], session: SessionControl) {
    const jobs = session.jobs();
    expect(new Set(jobs.map((job) => job.id))).toEqual(new Set(ids));
    for (const job of jobs) {
      expect(job).toMatchObject({ scenario: world.scenario, start: world.now, polls: 2 });
    }
    const resources = session.resources();
    expect(resources).toHaveLength(world.scenario === 'done-after-eta' ? world.count : 0);
    for (const { document } of resources) {
      expect(document.subject).toMatchObject({ value: world.subject });
    }
  }

  function expectJournal(world: World, ids: readonly string[], session: SessionControl) {
    const journal = session.journal();
    expect(journal.map(({ seq }) => seq)).toEqual(journal.map((_, n) => n + 1));
    expect(journal).toHaveLength(3 * world.count + 1);
    for (const { job, operation } of journal) {
      if (operation !== 'searchCompositions') expect(ids).toContain(job);
    }
  }

  it('do not find the jobs and compositions of one another', async () => {
    const { sandbox } = await openSandbox({ scenario: 'immediate-done' });
    const clients = worlds.map(({ name }) => makeClient(`${sandbox.url}/~${name}`));
    const created = await Promise.all(clients.map((client) => client.create(disability())));
    const neighbours = clients.map((client, i) => ({
      client,
      job: String(created[(i + 1) % created.length]?.json.data.id),
    }));
    const polls = await Promise.all(neighbours.map(({ client, job }) => client.poll(job)));
    expect(polls.map(({ status }) => status)).toEqual(worlds.map(() => 404));
    const [theirs] = sandbox.session('worker-1').resources();
    const read = await clients[0]?.read(PATIENT, ENCOUNTER, String(theirs?.id));
    expect(read?.status).toBe(404);
    expect((await clients[1]?.read(PATIENT, ENCOUNTER, String(theirs?.id)))?.status).toBe(200);
  });
});

describe('a real clock', () => {
  it('shows the time of the machine, and durations have their own length', async () => {
    const { sandbox, client } = await openSandbox(REAL);
    const before = Date.now();
    const { json, headers } = await client.create(disability());
    const after = Date.now();
    const start = Date.parse(json.data.eta) - 2300;
    expect(start).toBeGreaterThanOrEqual(before);
    expect(start).toBeLessThanOrEqual(after);
    const told = Date.parse(String(headers.get('date')));
    expect(told).toBeGreaterThanOrEqual(before - 1000);
    expect(told).toBeLessThanOrEqual(after);
    expect(sandbox.clock.now().getTime()).toBeGreaterThanOrEqual(after);
  });

  it('cannot be advanced: it says to set a manual one', async () => {
    const { sandbox } = await openSandbox(REAL);
    expect(() => sandbox.clock.advance('3s')).toThrow(
      'the clock is real and moves by itself; PUT the session with {"clock": {"mode": "manual"}} first',
    );
  });
});

describe('a paced clock', () => {
  const PACED = { clock: { mode: 'paced' as const, pace: 1000 } };

  it('divides durations: three seconds are over after three milliseconds', async () => {
    const { sandbox, client } = await openSandbox(PACED);
    const { json } = await client.create(disability());
    const { start, eta } = sandbox.job(json.data.id);
    expect(Date.parse(eta) - Date.parse(start)).toBe(3);
    let polled = await client.poll(json.data.id);
    while (polled.json.data.status === 'PENDING') polled = await client.poll(json.data.id);
    expect(polled.json.data.status).toBe('DONE');
    expect(Date.parse(polled.json.data.doneAt) - Date.parse(start)).toBe(3);
    expect(sandbox.resources()).toHaveLength(1);
  });

  it('keeps wall-clock times true', async () => {
    const { sandbox, client } = await openSandbox(PACED);
    const before = Date.now();
    const { json, headers } = await client.create(disability());
    const after = Date.now();
    const { start } = sandbox.job(json.data.id);
    expect(Date.parse(start)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(start)).toBeLessThanOrEqual(after);
    expect(Date.parse(json.data.eta)).toBeLessThanOrEqual(after + 3);
    expect(Date.parse(String(headers.get('date')))).toBeGreaterThanOrEqual(before - 1000);
    const [exchange] = sandbox.journal();
    expect(exchange?.at).toBe(exchange?.wall);
    expect(sandbox.clock.now().getTime()).toBeGreaterThanOrEqual(after);
    expect(sandbox.clock.now().getTime()).toBeLessThanOrEqual(Date.now());
  });

  it.each([
    [1, 5],
    [2.5, 2],
    [4, 2],
    [1000, 1],
    [0.5, 10],
  ])('divides Retry-After by %d, and rounds it up to %d s', async (pace, seconds) => {
    const { client } = await openSandbox({ clock: { mode: 'paced', pace } });
    const scenario = { 'X-Sandbox-Scenario': 'overloaded-on-submit' };
    const { headers } = await client.create(disability(), scenario);
    expect(headers.get('retry-after')).toBe(String(seconds));
  });

  it.each([
    [50, 46],
    [0.5, 4600],
  ])('with the pace %d tells an eta of 2.3 s as one of %d ms', async (pace, length) => {
    const { sandbox, client } = await openSandbox({ clock: { mode: 'paced', pace } });
    const { json } = await client.create(disability());
    expect(Date.parse(json.data.eta) - Date.parse(sandbox.job(json.data.id).start)).toBe(length);
  });

  it('hurries jobs under way when the pace is raised', async () => {
    const { sandbox, client } = await openSandbox(REAL);
    const { json } = await client.create(disability(), { 'X-Sandbox-Scenario': 'slow' });
    const id = String(json.data.id);
    sandbox.set({ clock: { mode: 'paced', pace: 1_000_000 } });
    const { start, eta } = sandbox.job(id);
    expect(Date.parse(eta) - Date.parse(start)).toBeLessThanOrEqual(1);
    let polled = await client.poll(id);
    while (polled.json.data.status === 'PENDING') polled = await client.poll(id);
    expect(polled.json.data.status).toBe('DONE');
  });

  it('hurries what nobody polls as well', async () => {
    const { sandbox, client } = await openSandbox(REAL);
    await client.create(disability(), { 'X-Sandbox-Scenario': 'slow' });
    sandbox.set({ clock: { mode: 'paced', pace: 1_000_000 } });
    for (let tries = 0; tries < 100 && sandbox.resources().length === 0; tries += 1) {
      await client.search(`subject=${PATIENT}`);
    }
    expect(sandbox.resources()).toHaveLength(1);
  });

  it('cannot be advanced', async () => {
    const { sandbox } = await openSandbox(PACED);
    expect(() => sandbox.clock.advance('3s')).toThrow('the clock is paced and moves by itself');
  });
});

describe('a manual clock', () => {
  it('stands still until it is advanced, whatever the number of requests', async () => {
    const { sandbox, client } = await openSandbox();
    const { json } = await client.create(disability());
    for (let i = 0; i < 20; i += 1) {
      const polled = await client.poll(json.data.id);
      expect(polled.json.data).toMatchObject({
        status: 'PENDING',
        eta: '2026-02-02T12:00:02.300Z',
      });
      expect(polled.headers.get('date')).toBe('Mon, 02 Feb 2026 12:00:00 GMT');
    }
    expect(sandbox.clock.now().toISOString()).toBe(NOON);
    expect(sandbox.journal().map(({ at }) => at)).toEqual(Array(21).fill(NOON));
  });

  it('ends a step at its moment, neither a millisecond earlier nor later', async () => {
    const { sandbox, client } = await openSandbox();
    const { json } = await client.create(disability());
    sandbox.clock.advance('2299ms');
    expect((await client.poll(json.data.id)).json.data.status).toBe('PENDING');
    sandbox.clock.advance(1);
    expect((await client.poll(json.data.id)).json.data.status).toBe('DONE');
  });

  it('makes what was due on the way at its own moment', async () => {
    const { sandbox, client } = await openSandbox();
    await client.create(disability());
    sandbox.clock.advance('2d');
    expect(sandbox.resources()).toMatchObject([{ created: '2026-02-02T12:00:02.300Z' }]);
  });

  it('begins at the moment that it is in the session when it is set without one', async () => {
    const { sandbox, client } = await openSandbox(REAL);
    await client.create(disability());
    const before = Date.now();
    sandbox.set({ clock: { mode: 'manual' } });
    const after = Date.now();
    const now = sandbox.clock.now().getTime();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(after);
    sandbox.clock.advance('1s');
    sandbox.set({ clock: { mode: 'manual' } });
    expect(sandbox.clock.now().getTime()).toBe(now + 1000);
  });

  it('is told in the header Date of every answer, good or bad', async () => {
    const { sandbox, client } = await openSandbox();
    sandbox.clock.advance('1d');
    const date = 'Tue, 03 Feb 2026 12:00:00 GMT';
    const { json, headers } = await client.create(disability());
    expect(headers.get('date')).toBe(date);
    const answers = [
      await client.poll(json.data.id),
      await client.poll(NOBODY),
      await client.poll('no-uuid'),
      await client.create({}),
      await client.create('{'),
      await client.api('PUT', '/patients/composition'),
      await client.api('GET', '/nowhere'),
      await client.search(`subject=${PATIENT}`),
      await client.create(disability(), { 'X-Sandbox-Scenario': 'overloaded-on-submit' }),
      await send('GET', `${sandbox.url}/api/patients/composition/job/${json.data.id}`),
    ];
    const statuses = [200, 404, 400, 422, 400, 405, 404, 200, 503, 401];
    expect(answers.map(({ status }) => status)).toEqual(statuses);
    expect(answers.map((answer) => answer.headers.get('date'))).toEqual(statuses.map(() => date));
  });
});

describe('time', () => {
  it.each([
    'a job',
    'a journal',
    'a resource',
  ])('does not go back in a session with %s', async (what) => {
    const { sandbox, client } = await openSandbox();
    if (what === 'a job') await client.create(disability());
    if (what === 'a journal') await client.poll(NOBODY);
    if (what === 'a resource') {
      sandbox.seed({
        type: { coding: [{ system: 'COMPOSITION_TYPES', code: 'TEMP_DISABILITY' }] },
        subject: { value: PATIENT },
        encounter: { value: ENCOUNTER },
      });
    }
    const url = `${sandbox.url}/__sandbox/sessions/default`;
    const back = { clock: { mode: 'manual', now: '2026-02-02T11:59:59.999Z' } };
    const refused = await send('PUT', url, { body: { ...back, scenario: 'slow' } });
    expect(refused.status).toBe(409);
    expect(refused.json.error.message).toBe(
      `the clock would go back from ${NOON}, and this session is in use; DELETE the session first`,
    );
    expect(sandbox.set({})).toMatchObject({ scenario: null, clock: { now: NOON } });
    await send('DELETE', url);
    expect((await send('PUT', url, { body: back })).status).toBe(200);
  });

  it('goes back in a session that nobody has used', async () => {
    const { sandbox } = await openSandbox();
    sandbox.set({ clock: { mode: 'manual', now: '2020-01-01T00:00:00Z' } });
    expect(sandbox.clock.now().toISOString()).toBe('2020-01-01T00:00:00.000Z');
  });

  it('goes on to a later moment in a session that is in use, and what is due has happened', async () => {
    const { sandbox, client } = await openSandbox();
    const { json } = await client.create(disability());
    sandbox.set({ clock: { mode: 'manual', now: '2026-02-02T12:00:03Z' } });
    expect(sandbox.job(json.data.id).state).toBe('DONE');
  });

  it('does not go back from a manual clock that is ahead to the time of the machine', async () => {
    const now = Date.now() + 3_600_000;
    const { sandbox, client } = await openSandbox({ clock: { mode: 'manual', now } });
    await client.create(disability());
    for (const mode of ['real', 'paced'] as const) {
      expect(() => sandbox.clock.set({ mode })).toThrow('the clock would go back');
    }
    expect(sandbox.clock.now().getTime()).toBe(now);
  });
});

describe('hundreds of jobs', () => {
  it.each([
    'real',
    'paced',
    'manual',
  ] as const)('need no timer of a session whose clock is %s', async (mode) => {
    const { sandbox, client } = await openSandbox({ clock: { mode }, scenario: 'slow' });
    const timers = () => process.getActiveResourcesInfo().filter((r) => r === 'Timeout').length;
    const schedule = (count: number) =>
      Promise.all(Array.from({ length: count }, () => client.create(disability())));
    await schedule(50);
    const before = timers();
    const started = await timersDuring(async () => {
      for (let i = 0; i < 3; i += 1) await schedule(50);
    });
    expect(holds(sandbox, 'default').jobs).toBe(200);
    expect(timers() - before).toBeLessThan(10);
    expect(started).toBe(0);
  });
});

describe('deleting a session', () => {
  it('forgets jobs, resources, journal, queue, choice and clock', async () => {
    const { sandbox } = await openSandbox();
    const session = sandbox.session('short-lived');
    const client = makeClient(session.url);
    const { json } = await client.create(disability());
    session.clock.advance(LONG_ENOUGH);
    expect((await client.poll(json.data.id)).json.data.status).toBe('DONE');
    const id = String(session.resources()[0]?.id);
    session.set({ scenario: 'slow', envelope: 'bare' });
    session.next('failed-1172');

    const deleted = await send('DELETE', `${sandbox.url}/__sandbox/sessions/short-lived`);
    expect(deleted.status).toBe(204);
    const { json: open } = await send('GET', `${sandbox.url}/__sandbox/sessions`);
    expect(open.sessions).toEqual([]);

    expect((await client.poll(json.data.id)).status).toBe(404);
    expect((await client.read(PATIENT, ENCOUNTER, id)).status).toBe(404);
    expect((await client.search(`subject=${PATIENT}`)).json.data).toEqual([]);
    expect(session.jobs()).toEqual([]);
    expect(session.resources()).toEqual([]);
    expect(session.journal().map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(session.set({})).toMatchObject({
      scenario: null,
      envelope: 'full',
      queue: [],
      clock: { mode: 'manual', now: NOON },
    });
  });

  it('leaves all others as they are, and ends the streams of its own events only', async () => {
    const { sandbox } = await openSandbox();
    const events = async (name: string) =>
      openEvents(`${sandbox.url}/__sandbox/sessions/${name}/events`);
    const [kept, ended] = [await events('kept'), await events('ended')];
    const client = makeClient(sandbox.session('kept').url);
    const { json } = await client.create(disability());
    sandbox.session('ended').reset();
    expect(await ended.next()).toBeUndefined();
    expect((await client.poll(json.data.id)).status).toBe(200);
    expect((await kept.take(2)).map(({ data }) => data.status)).toEqual([200, 200]);
  });
});

/** How many timers the product starts meanwhile; those that do not keep the process alive count too. */
async function timersDuring(work: () => Promise<void>): Promise<number> {
  let count = 0;
  const spies = (['setTimeout', 'setInterval'] as const).map((name) => {
    const start = globalThis[name] as typeof setTimeout;
    return vi.spyOn(globalThis, name).mockImplementation(((...args: Parameters<typeof start>) => {
      if (new Error().stack?.includes('/src/')) count += 1;
      return start(...args);
    }) as never);
  });
  await work();
  for (const spy of spies) spy.mockRestore();
  return count;
}

describe('an address', () => {
  it('names one session: a second one is no path of the contract', async () => {
    const { sandbox, client } = await openSandbox();
    const { json } = await client.create(disability());
    const path = `/~first/~second/api/patients/composition/job/${json.data.id}`;
    const { status, json: refusal } = await send('GET', sandbox.url + path, {
      headers: CREDENTIALS,
    });
    expect(status).toBe(404);
    expect(refusal.error.message).toContain('is no path of the contract');
    expect(sandbox.session('first').journal()).toMatchObject([{ status: 404 }]);
  });
});
