import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type SandboxOptions, startSandbox, UsageError } from '../../src/index.js';
import { send } from '../support/client.js';
import { disability, ENCOUNTER, PATIENT } from '../support/conclusions.js';
import { openEvents } from '../support/events.js';
import { openSandbox } from '../support/sandbox.js';

const NOBODY = '3e1d2c4b-5a69-4788-9c3d-2b1a0f9e8d7c';
const HERE = '/__sandbox/sessions/default';

/** A sandbox that holds little, and what its control API says of it. */
async function small(limits: SandboxOptions['limits'], options: SandboxOptions = {}) {
  const opened = await openSandbox({ limits, ...options });
  const ask = async (path = '') => (await send('GET', opened.sandbox.url + HERE + path)).json;
  return { ...opened, ask };
}

type Small = Awaited<ReturnType<typeof small>>;

/** Creates conclusions one after the other; the ids of the jobs. */
async function create({ client }: Pick<Small, 'client'>, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const { json } = await client.create(disability());
    ids.push(String(json.data.id));
  }
  return ids;
}

describe('the journal', () => {
  it('keeps the newest exchanges, with their numbers, and counts what it dropped', async () => {
    const { client, ask } = await small({ journal: 5 });
    for (let i = 0; i < 12; i += 1) await client.poll(NOBODY);
    const { exchanges, dropped } = await ask('/journal');
    expect(exchanges.map(({ seq }: { seq: number }) => seq)).toEqual([8, 9, 10, 11, 12]);
    expect(dropped).toBe(7);
    expect(await ask()).toMatchObject({ holds: { exchanges: 5 }, dropped: { exchanges: 7 } });
  });

  it('is full before it drops anything', async () => {
    const { client, ask } = await small({ journal: 5 });
    for (let i = 0; i < 5; i += 1) await client.poll(NOBODY);
    expect((await ask('/journal')).dropped).toBe(0);
  });

  it('says in the stream of events which exchange it dropped', async () => {
    const { client, sandbox } = await small({ journal: 2 });
    const events = await openEvents(`${sandbox.url}${HERE}/events`);
    for (let i = 0; i < 4; i += 1) await client.poll(NOBODY);
    const got = await events.take(6);
    expect(got.map(({ event, data }) => [event, data.seq ?? data.id])).toEqual([
      ['exchange', 1],
      ['exchange', 2],
      ['exchange', 3],
      ['dropped', '1'],
      ['exchange', 4],
      ['dropped', '2'],
    ]);
    expect(got[3]?.data).toEqual({ what: 'exchange', id: '1' });
  });

  it('gives a reader that comes back late what is left of it', async () => {
    const { client, sandbox } = await small({ journal: 2 });
    for (let i = 0; i < 6; i += 1) await client.poll(NOBODY);
    const events = await openEvents(`${sandbox.url}${HERE}/events?after=1`);
    expect((await events.take(2)).map(({ id }) => id)).toEqual(['5', '6']);
  });

  it('is bounded for each session by itself', async () => {
    const { client, sandbox } = await small({ journal: 3 });
    for (let i = 0; i < 5; i += 1) await client.poll(NOBODY);
    expect(sandbox.session('other').set({}).dropped.exchanges).toBe(0);
    expect(sandbox.set({}).dropped.exchanges).toBe(2);
  });

  it('stays small over a long run', async () => {
    const { client, ask } = await small({ journal: 10 });
    for (let i = 0; i < 60; i += 1) {
      await Promise.all(Array.from({ length: 50 }, () => client.poll(NOBODY)));
    }
    const { exchanges, dropped } = await ask('/journal');
    expect(exchanges).toHaveLength(10);
    expect(exchanges.at(-1).seq).toBe(3000);
    expect(dropped).toBe(2990);
  });
});

describe('finished jobs', () => {
  it('are kept up to their limit, the oldest go, and they are counted', async () => {
    const { client, ask, sandbox } = await small({ jobs: 3 }, { scenario: 'immediate-done' });
    const ids = await create({ client }, 5);
    const { jobs, dropped } = await ask('/jobs');
    expect(jobs.map(({ id }: { id: string }) => id)).toEqual(ids.slice(2));
    expect(dropped).toBe(2);
    expect(sandbox.set({})).toMatchObject({ holds: { jobs: 3 }, dropped: { jobs: 2 } });
    expect((await client.poll(String(ids[0]))).status).toBe(404);
    expect((await client.poll(String(ids[2]))).status).toBe(200);
  });

  it('go in the order in which they ended, failed ones as well', async () => {
    const { client, sandbox } = await small({ jobs: 2 });
    sandbox.next('slow');
    sandbox.next('failed-1172');
    sandbox.next('immediate-done');
    const [slow, failed, done] = await create({ client }, 3);
    const left = () => sandbox.jobs().map(({ id }) => id);
    expect(left()).toEqual([slow, failed, done]);
    sandbox.clock.advance('3s');
    expect(left()).toEqual([slow, failed, done]);
    sandbox.clock.advance('10min');
    expect(left()).toEqual([slow, failed]);
  });

  it('leave their compositions behind', async () => {
    const { client, sandbox } = await small({ jobs: 1 }, { scenario: 'immediate-done' });
    await create({ client }, 3);
    expect(sandbox.resources()).toHaveLength(3);
  });

  it('are named in the stream of events when they go', async () => {
    const { client, sandbox } = await small({ jobs: 1 }, { scenario: 'immediate-done' });
    const events = await openEvents(`${sandbox.url}${HERE}/events`);
    const [first] = await create({ client }, 2);
    const dropped = (await events.take(3)).filter(({ event }) => event === 'dropped');
    expect(dropped.map(({ data }) => data)).toEqual([{ what: 'job', id: first }]);
  });
});

describe('a pending job', () => {
  it('is never dropped, however many there are and however many end meanwhile', async () => {
    const limits = { jobs: 1, journal: 1, resources: 1 };
    const { client, sandbox } = await small(limits, { scenario: 'held-until-released' });
    const held = await create({ client }, 50);
    sandbox.next('immediate-done', { times: 20 });
    const [last] = (await create({ client }, 20)).slice(-1);
    expect(sandbox.jobs().map(({ id }) => id)).toEqual([...held, last]);
    for (const id of held) {
      const { status, json } = await client.poll(id);
      expect([status, json.data.status]).toEqual([200, 'PENDING']);
    }
    expect(sandbox.set({}).dropped.jobs).toBe(19);
    const oldest = String(held[0]);
    expect(sandbox.release(oldest).state).toBe('DONE');
    expect((await client.poll(oldest)).json.data.status).toBe('DONE');
  });
});

describe('resources', () => {
  it('are kept up to their limit, the oldest go, and they are counted', async () => {
    const { client, ask, sandbox } = await small({ resources: 2 }, { scenario: 'immediate-done' });
    const made = (await create({ client }, 5)).map((id) => sandbox.job(id).resource);
    const { resources, dropped } = await ask('/resources');
    expect(resources.map(({ id }: { id: string }) => id)).toEqual(made.slice(3));
    expect(dropped).toBe(3);
    expect(await ask()).toMatchObject({ holds: { resources: 2 }, dropped: { resources: 3 } });
    expect((await client.read(PATIENT, ENCOUNTER, String(made[0]))).status).toBe(404);
    expect((await client.read(PATIENT, ENCOUNTER, String(made[4]))).status).toBe(200);
  });

  it('are named in the stream of events when they go', async () => {
    const { client, sandbox } = await small({ resources: 1 }, { scenario: 'immediate-done' });
    const events = await openEvents(`${sandbox.url}${HERE}/events`);
    const [first] = await create({ client }, 2);
    const dropped = (await events.take(3)).filter(({ event }) => event === 'dropped');
    const { resource } = sandbox.job(String(first));
    expect(dropped.map(({ data }) => data)).toEqual([{ what: 'resource', id: resource }]);
  });

  it('that are replaced make no room necessary', async () => {
    const { sandbox } = await small({ resources: 2 });
    const { document } = sandbox.seed({
      type: { coding: [{ system: 'COMPOSITION_TYPES', code: 'TEMP_DISABILITY' }] },
      subject: { value: PATIENT },
      encounter: { value: ENCOUNTER },
    });
    for (let i = 0; i < 5; i += 1) sandbox.seed(document);
    expect(sandbox.set({})).toMatchObject({ holds: { resources: 1 }, dropped: { resources: 0 } });
  });
});

describe('sessions', () => {
  it('are refused above their limit while all are watched, and room is made by ending one', async () => {
    const { sandbox } = await small({ sessions: 2 });
    for (const name of ['a', 'b']) {
      sandbox.session(name).jobs();
      await openEvents(`${sandbox.url}/__sandbox/sessions/${name}/events`);
    }
    expect(() => sandbox.session('c').jobs()).toThrow(/^2 sessions are open already, .*; DELETE /);
    sandbox.session('a').reset();
    expect(sandbox.session('c').jobs()).toEqual([]);
  });
});

describe('a sandbox is refused at its start', () => {
  it.each([
    '0.0.0.0',
    '::',
    '192.168.0.1',
    'sandbox.example.org',
    '127.example.org',
    '128.0.0.1',
  ])('on %s without a control token, and told what to do', async (host) => {
    const starting = startSandbox({ host });
    onTestFinished(async () => (await starting.catch(() => undefined))?.close());
    await expect(starting).rejects.toBeInstanceOf(UsageError);
    await expect(starting).rejects.toThrow(
      `listening on ${host} opens the control API to the network; give it a secret with --control-token (or ESOZ_CONTROL_TOKEN)`,
    );
  });

  it('on any host with an empty control token', async () => {
    await expect(startSandbox({ host: '0.0.0.0', controlToken: '' })).rejects.toThrow(UsageError);
  });

  it('never on a loopback address, nor on another one with a token', async () => {
    for (const options of [
      { host: '127.0.0.1' },
      { host: 'localhost' },
      { host: '0.0.0.0', controlToken: 'a-secret' },
    ]) {
      const { sandbox } = await openSandbox(options);
      const { port } = new URL(sandbox.url);
      const headers = { 'X-Sandbox-Token': 'a-secret' };
      const answer = await send('GET', `http://127.0.0.1:${port}/__sandbox/health`, { headers });
      expect(answer.status).toBe(200);
    }
  });

  it('on a port that is in use, and told what to do', async () => {
    const { sandbox } = await openSandbox();
    const port = Number(new URL(sandbox.url).port);
    const second = startSandbox({ port });
    await expect(second).rejects.toBeInstanceOf(UsageError);
    await expect(second).rejects.toThrow(
      `cannot listen on 127.0.0.1:${port} (EADDRINUSE); choose another --port, or 0 for a free one`,
    );
    expect((await send('GET', `${sandbox.url}/__sandbox/health`)).status).toBe(200);
  });

  it('on a port that another program has, and starts when it is free again', async () => {
    const other = createServer();
    await new Promise<void>((done) => {
      other.listen(0, '127.0.0.1', done);
    });
    const { port } = other.address() as { port: number };
    await expect(startSandbox({ port })).rejects.toThrow('EADDRINUSE');
    await new Promise((done) => {
      other.close(done);
    });
    const { sandbox } = await openSandbox({ port });
    expect(sandbox.url).toBe(`http://127.0.0.1:${port}`);
  });

  it('on an address that this machine does not have', async () => {
    const starting = startSandbox({ host: '203.0.113.1', controlToken: 'a-secret' });
    await expect(starting).rejects.toBeInstanceOf(UsageError);
    await expect(starting).rejects.toThrow('choose another --host');
  });

  it.each([70_000, -1, 1.5, Number.NaN])('on %d, which is no port', async (port) => {
    await expect(startSandbox({ port })).rejects.toBeInstanceOf(UsageError);
  });

  it.each([
    [{ clock: { mode: 'paced' as const, pace: 0 } }, '"pace" is 0; give a number from 0.001'],
    [{ clock: { mode: 'paced' as const, pace: -2 } }, '"pace" is -2; give a number from 0.001'],
    [{ clock: { mode: 'paced' as const, pace: Number.NaN } }, '"pace" is NaN'],
    [{ clock: { mode: 'pased' as never } }, 'unknown clock mode "pased"; did you mean paced?'],
    [{ envelope: 'ful' }, 'unknown envelope "ful"; did you mean full?'],
    [{ scenario: 'sloww' }, 'unknown scenario "sloww"; did you mean slow?'],
  ])('with options that make no sense: %j', async (options, message) => {
    const starting = startSandbox(options);
    await expect(starting).rejects.toBeInstanceOf(UsageError);
    await expect(starting).rejects.toThrow(message);
  });
});
