import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/index.js';
import { makeClient, send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { callControl } from '../support/control.js';
import { NOON, openSandbox } from '../support/sandbox.js';

/** The contract knows no such answer. */
const UNKNOWN = { off_contract: true };

const HERE = '/sessions/default';

/** A client with a job of its own, and the hand of whoever plays it. */
async function open(settings: object = {}) {
  const { client, sandbox } = await openSandbox();
  const { url } = sandbox;
  const set = (body: object) => callControl(url, 'PUT', HERE, { body });
  await set({ scenario: 'done-after-eta', ...settings });
  const schedule = async (): Promise<string> => (await client.create(disability())).json.data.id;
  const job = await schedule();
  const at = `${HERE}/jobs/${job}`;
  return {
    client,
    sandbox,
    job,
    schedule,
    set,
    /** State of the answer, or its status. */
    poll: async (id = job) => {
      const { status, json } = await client.poll(id);
      return status === 200 ? json.data.status : status;
    },
    look: async () => (await callControl(url, 'GET', at)).json,
    hold: () => callControl(url, 'POST', `${at}/hold`),
    release: () => callControl(url, 'POST', `${at}/release`),
    play: (next: unknown) => callControl(url, 'POST', `${at}/play`, { body: { next } }),
    scenario: async (query = '') => (await callControl(url, 'GET', `${at}/scenario${query}`)).text,
    advance: (by: string) => callControl(url, 'POST', `${HERE}/clock/advance`, { body: { by } }),
  };
}

describe('a job that is held', () => {
  it('stays as it is, whatever time goes by, until it gets its own life again', async () => {
    const { poll, hold, release, advance, look } = await open();
    await advance('1s');
    expect((await hold()).json).toMatchObject({
      state: 'PENDING',
      by_hand: 'held',
      waits_for_release: true,
    });
    await advance('1h');
    expect(await poll()).toBe('PENDING');
    await release();
    // Of its 2.3 seconds 1.3 are left.
    await advance('1299ms');
    expect(await poll()).toBe('PENDING');
    await advance('1ms');
    expect(await poll()).toBe('DONE');
    expect(await look()).toMatchObject({ by_hand: 'played', waits_for_release: false });
  });

  it('is no other job for being held twice', async () => {
    const { hold, look } = await open();
    await hold();
    const { step } = await look();
    expect((await hold()).json.step).toBe(step);
  });

  it('is not released when nobody holds it', async () => {
    const { release } = await open();
    const { status, json } = await release();
    expect([status, json.error.code]).toEqual([409, 'JOB_NOT_WAITING']);
  });

  it('may be the next one, from its beginning', async () => {
    const { set, schedule, poll, advance, client, sandbox } = await open({
      scenario: 'immediate-done',
    });
    expect((await set({ hold: 'next' })).json.hold).toBe('next');
    const held = await schedule();
    expect((await callControl(sandbox.url, 'GET', HERE)).json).not.toHaveProperty('hold');
    await advance('1h');
    expect(await poll(held)).toBe('PENDING');
    const free = await schedule();
    expect(await poll(free)).toBe('DONE');
    await callControl(sandbox.url, 'POST', `${HERE}/jobs/${held}/release`);
    expect(await poll(held)).toBe('DONE');
    expect((await client.poll(held)).json.data.links).not.toEqual([]);
  });

  it('may be each one', async () => {
    const { set, schedule, sandbox } = await open();
    await set({ hold: 'every' });
    for (const id of [await schedule(), await schedule()])
      expect(sandbox.job(id).by_hand).toBe('held');
    expect((await set({ hold: null })).json).not.toHaveProperty('hold');
    expect(sandbox.job(await schedule()).by_hand).toBeUndefined();
  });
});

describe('a job that is played', () => {
  it('is in the state that is said at once, and stays there', async () => {
    const { poll, play, advance } = await open();
    await play({ state: 'PENDING' });
    await advance('1h');
    expect([await poll(), await poll()]).toEqual(['PENDING', 'PENDING']);
    await play({ state: 'FAILED', error: { code: '1137' } });
    expect(await poll()).toBe('FAILED');
  });

  it('answers once in the place of its state, or as often as is said', async () => {
    const { poll, play } = await open();
    await play({ ...UNKNOWN, answer: { http: 503, retry_after: '5s' } });
    expect([await poll(), await poll()]).toEqual([503, 'PENDING']);
    await play({ answer: { http: 404 }, for: '2 polls' });
    expect([await poll(), await poll(), await poll()]).toEqual([404, 404, 'PENDING']);
  });

  it('lives several steps in their order', async () => {
    const { poll, play } = await open();
    await play([
      { state: 'PENDING', for: '2 polls' },
      { ...UNKNOWN, answer: { http: 503 } },
      { state: 'FAILED', error: { code: '1137' } },
    ]);
    const told = [await poll(), await poll(), await poll(), await poll(), await poll()];
    expect(told).toEqual(['PENDING', 'PENDING', 503, 'FAILED', 'FAILED']);
  });

  it('makes what it makes when it is done', async () => {
    const { play, client, job, sandbox } = await open();
    await play({ state: 'DONE' });
    expect(sandbox.resources()).toHaveLength(1);
    expect((await client.poll(job)).json.data.links).not.toEqual([]);
  });

  it('goes on with its own life when it is released after an answer', async () => {
    const { play, poll, release, advance } = await open();
    await play({ ...UNKNOWN, answer: { http: 502 } });
    expect(await poll()).toBe(502);
    await release();
    await advance('3s');
    expect(await poll()).toBe('DONE');
  });

  it('stays at its end, and may still be answered otherwise', async () => {
    const { play, poll } = await open();
    await play({ state: 'DONE' });
    await play({ answer: { http: 404 } });
    expect([await poll(), await poll()]).toEqual([404, 'DONE']);
  });

  it('lets a client hang', async () => {
    const { play, client, job, poll, sandbox } = await open();
    await play({ answer: { fault: 'hang' } });
    const leave = new AbortController();
    const hanging = client.poll(job, leave.signal).catch(() => 'left');
    await expect.poll(() => sandbox.journal().at(-1)?.fault).toBe('hang');
    leave.abort();
    expect(await hanging).toBe('left');
    expect(await poll()).toBe('PENDING');
  });

  it.each([
    [{ state: 'DONEE' }, 'SCENARIO_UNKNOWN_STATE', 'did you mean DONE?'],
    [{ state: 'FAILED', error: { code: '9' } }, 'SCENARIO_UNKNOWN_ERROR', 'next: '],
    [{ answer: { fault: 'hung' } }, 'SCENARIO_UNKNOWN_FAULT', 'hang'],
    [{ state: 'DONE', for: 'ages' }, 'SCENARIO_WRONG_VALUE', '3s'],
    [{ answer: { http: 418 } }, 'SCENARIO_BREAKS_CONTRACT', 'off_contract: true'],
    [{ token: 'expires' }, 'JOB_WRONG_STEP', '401'],
    [[{ state: 'PENDING' }, { state: 'DONE' }], 'SCENARIO_STEP_ENDLESS', 'next[0]: '],
  ])('refuses %j, and says why', async (next, code, hint) => {
    const { play, look } = await open();
    const { status, json } = await play(next);
    expect([status, json.error.code]).toEqual([422, code]);
    expect(json.error.message).toContain(hint);
    expect(await look()).not.toHaveProperty('by_hand');
  });

  it('breaks the contract on purpose', async () => {
    const { play, poll } = await open();
    await play({ answer: { http: 418 }, off_contract: true });
    expect(await poll()).toBe(418);
  });

  it('says in the journal that a person has played it', async () => {
    const { play, poll, sandbox } = await open();
    await play({ state: 'PENDING' });
    await poll();
    expect(sandbox.journal().at(-1)).toMatchObject({ note: 'played by hand' });
  });

  it('is played by a test as well', async () => {
    const { sandbox, job, poll } = await open();
    sandbox.hold(job);
    await sandbox.play(job, { ...UNKNOWN, answer: { http: 503 } });
    expect([await poll(), await poll()]).toEqual([503, 'PENDING']);
    expect(sandbox.release(job).state).toBe('PENDING');
  });
});

describe('what a person can say', () => {
  it('is told by the vocabulary of the API', async () => {
    const { sandbox } = await open();
    const { json } = await callControl(
      sandbox.url,
      'GET',
      '/vocabulary?operation=createComposition',
    );
    const [words] = json.apis;
    expect(words).toMatchObject({
      report: 'getAsyncJobStatus',
      states: expect.arrayContaining([
        expect.objectContaining({ state: 'FAILED', outcome: 'failed' }),
      ]),
      errors: expect.arrayContaining([
        expect.objectContaining({ code: '1137', name: 'CANT_CANCEL_NOT_FOUND' }),
      ]),
    });
    expect(json.faults).toContainEqual(
      expect.objectContaining({ name: 'hang', answer: 'none', endless: true }),
    );
  });

  it('is each error and each state that it tells of', async () => {
    const { sandbox, schedule } = await open();
    const { json } = await callControl(sandbox.url, 'GET', '/vocabulary');
    for (const { code } of json.apis[0].errors) {
      const id = await schedule();
      const { state, error } = await sandbox.play(id, { state: 'FAILED', error: { code } });
      expect([state, error?.includes(code)]).toEqual(['FAILED', true]);
    }
  });

  it('may be tried by a request that is ready to be sent', async () => {
    const { sandbox, job } = await open();
    const ask = async (operation: string, query = '') =>
      (await callControl(sandbox.url, 'GET', `/examples/${operation}/request${query}`)).json;
    const { method, path, headers, body } = await ask('createComposition');
    expect((await send(method, sandbox.url + path, { headers, body })).status).toBe(200);
    const poll = await ask('getAsyncJobStatus', `?job=${job}`);
    const told = await send(poll.method, sandbox.url + poll.path, { headers: poll.headers });
    expect(told.json.data.id).toBe(job);
  });

  it('is forgotten with the queue', async () => {
    const { sandbox } = await open();
    sandbox.next('failed-1172');
    expect((await callControl(sandbox.url, 'DELETE', `${HERE}/next`)).json.queue).toEqual([]);
  });
});

describe('what was played', () => {
  /** Plays a life by hand, polling in between; what the client was told, and the scenario that it makes. */
  async function playedLife(query: string) {
    const { play, poll, scenario, sandbox } = await open();
    const told: { at: number; state: unknown }[] = [];
    const ask = async (times: number) => {
      for (let i = 0; i < times; i += 1) {
        sandbox.clock.advance('1s');
        told.push({ at: sandbox.clock.now().getTime(), state: await poll() });
      }
    };
    const then = async (next: object) => {
      sandbox.clock.advance('100ms');
      expect((await play(next)).status).toBe(200);
    };
    await ask(1);
    await then({ state: 'PENDING' });
    await ask(2);
    await then({ ...UNKNOWN, answer: { http: 503, retry_after: '5s' } });
    await ask(2);
    await then({ answer: { fault: 'gateway-html' }, ...UNKNOWN, for: '2 polls' });
    await ask(3);
    await then({ state: 'FAILED', error: { code: '1137' } });
    await ask(2);
    return { told, text: await scenario(query) };
  }

  it('becomes a scenario of steps that last so many polls', async () => {
    const { text } = await playedLife('?name=mine');
    expect(text).toMatchInlineSnapshot(`
      "scenario: mine
      title: "Played by hand: PENDING, 503, PENDING, error page of a gateway, PENDING, FAILED"
      about: Played by hand in the place of done-after-eta.
      life:
        - state: PENDING
          for: 1 poll
          eta: 2.3s from start
        - state: PENDING
          for: 2 polls
        - answer:
            http: 503
            retry_after: 5s
          for: 1 poll
          off_contract: true
        - state: PENDING
          for: 1 poll
        - answer:
            fault: gateway-html
          for: 2 polls
          off_contract: true
        - state: PENDING
          for: 1 poll
        - state: FAILED
          error:
            code: "1137"
      expect:
        reaches_end: true
      "
    `);
  });

  it.each(['polls', 'time'])('becomes a scenario, by %s, that plays the same', async (by) => {
    const { told, text } = await playedLife(`?name=mine&by=${by}`);
    const folder = mkdtempSync(join(tmpdir(), 'by-hand-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'mine.yaml'), text);
    const clock = { mode: 'manual' as const, now: Date.parse(NOON) };
    const sandbox = await startSandbox({ scenarios: folder, scenario: 'mine', clock });
    onTestFinished(() => sandbox.close());
    const client = makeClient(sandbox.url);
    const id = (await client.create(disability())).json.data.id;
    const again: typeof told = [];
    for (const { at } of told) {
      sandbox.clock.set({ mode: 'manual', now: new Date(at).toISOString() });
      const { status, json } = await client.poll(id);
      again.push({ at, state: status === 200 ? json.data.status : status });
    }
    expect(again).toEqual(told);
  });

  it('may be what nobody has played', async () => {
    const { scenario } = await open({ scenario: 'failed-1172' });
    expect(await scenario()).toContain('state: FAILED');
  });
});

describe('a verdict on a client whose job was played', () => {
  it('holds it to nothing that the scenario expects, and to the rules', async () => {
    const { play, poll, advance, sandbox } = await open({ scenario: 'failed-1172' });
    await play({ state: 'DONE' });
    await advance('3s');
    expect(await poll()).toBe('DONE');
    const { rules } = sandbox.verdict();
    const outcome = (name: string) => rules.find(({ rule }) => rule === name)?.outcome;
    expect(outcome('expectations')).toBe('not exercised');
    expect(outcome('reaches-the-end')).toBe('passed');
    expect(rules.filter(({ findings }) => findings.length > 0).map(({ rule }) => rule)).toEqual([
      'reads-the-result',
    ]);
  });

  it('does not blame it for asking on while a person holds the job', async () => {
    const { hold, poll, advance, sandbox } = await open();
    await hold();
    for (let i = 0; i < 20; i += 1) {
      await advance('2min');
      await poll();
    }
    const findings = sandbox.verdict({ run: 'stopped' }).rules.flatMap((rule) => rule.findings);
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
  });
});
