import { describe, expect, it } from 'vitest';
import { makeClient } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { callControl } from '../support/control.js';
import { openSandbox } from '../support/sandbox.js';

const SESSION = 'plan.eta-moves';

/** A sandbox, and a session of it that plays a scenario of a suite. */
async function playing(suite: string, course: string, options = {}) {
  const { sandbox, client } = await openSandbox(options);
  const control = (method: string, path: string, body?: unknown) =>
    callControl(sandbox.url, method, path, body === undefined ? {} : { body });
  const set = (body: unknown) => control('PUT', `/sessions/${SESSION}`, body);
  const put = await set({ suite, course, run: 'running' });
  const report = async (query = '') =>
    (await control('GET', `/report?session=${SESSION}&format=json${query}`)).json;
  return { sandbox, client, control, set, put, report, session: sandbox.session(SESSION) };
}

describe('the suites of what is served', () => {
  it('are listed, those of files and those by process', async () => {
    const { sandbox } = await openSandbox();
    const { suites } = (await callControl(sandbox.url, 'GET', '/suites')).json;
    const named = (wanted: string) => suites.find(({ name }: { name: string }) => name === wanted);
    expect(named('polling-basics')).toMatchObject({
      title: 'What every poller must get right',
      pace: 10,
      scenarios: expect.arrayContaining(['done-after-eta', 'eta-moves']),
    });
    expect(named('create-and-sign').steps[0]).toMatchObject({
      name: 'create',
      operations: ['createComposition'],
    });
  });

  it('bear the name of their API where several are served, and are read by it', async () => {
    const { sandbox } = await openSandbox({ pack: ['compositions', 'medical-events'] });
    const { suites } = (await callControl(sandbox.url, 'GET', '/suites')).json;
    const names = suites.map(({ name }: { name: string }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['compositions/polling-basics', 'medical-events/polling-basics']),
    );
    const name = encodeURIComponent('medical-events/polling-basics');
    const { json } = await callControl(sandbox.url, 'GET', `/suites/${name}`);
    expect(json).toMatchObject({ name: 'medical-events/polling-basics', api: 'medical-events' });
  });

  it('tell as a plan what a good client meets in each scenario', async () => {
    const { sandbox } = await openSandbox();
    const { json } = await callControl(sandbox.url, 'GET', '/suites/polling-basics');
    const [first] = json.scenarios;
    expect(first).toMatchObject({ name: 'done-after-eta', meets: [{ step: 2 }] });
    expect(first.meets[0].says).toContain('DONE');
  });

  it('are not there by another name', async () => {
    const { sandbox } = await openSandbox();
    const { status, json } = await callControl(sandbox.url, 'GET', '/suites/poling-basics');
    expect([status, json.error.code]).toEqual([404, 'USAGE_UNKNOWN_SUITE']);
    expect(json.error.message).toContain('did you mean polling-basics?');
  });
});

describe('a session that plays a scenario of a suite', () => {
  it('lets every job live it, and tells what of it the client has met', async () => {
    const { session, put, report } = await playing('polling-basics', 'eta-moves');
    expect(put.json).toMatchObject({
      suite: 'polling-basics',
      course: 'eta-moves',
      run: 'running',
      queue: [],
    });
    expect((await report()).chapters[0].meets.map(({ met }: { met: boolean }) => met)).toEqual(
      [2, 3, 4, 5].map(() => false),
    );
    const client = makeClient(session.url);
    const { json } = await client.create(disability());
    expect(session.jobs()[0]?.scenario).toBe('eta-moves');
    await client.poll(json.data.id);
    const { chapters, held } = await report();
    expect(held).toBe(false);
    expect(chapters[0]).toMatchObject({ name: 'eta-moves', verdict: { run: 'running' } });
    expect(chapters[0].notPlayed).toBeUndefined();
  });

  it('is not held against a client what it has not done yet, until it is done', async () => {
    const { report, set } = await playing('polling-basics', 'done-after-eta');
    expect((await report()).chapters[0].notPlayed).toBeUndefined();
    await set({ run: 'over' });
    const { chapters } = await report();
    expect(chapters[0].notPlayed).toBe('the client sent no request to the address of this session');
    expect(chapters[0].verdict.run).toBe('over');
    const asked = await report('&run=running');
    expect(asked.chapters[0].verdict.run).toBe('running');
    await set({ run: null });
    expect((await report()).chapters[0].verdict.run).toBe('over');
  });

  it('goes through the steps of a process, and remembers what somebody has seen', async () => {
    const { report, set, put } = await playing('create-and-sign', 'failed-1172');
    expect(put.json).toMatchObject({ suite: 'create-and-sign', course: 'failed-1172' });
    const { chapters } = await report();
    expect(chapters[0].verdict.process).toMatchObject({
      suite: 'create-and-sign',
      course: 'failed-1172',
      outcome: 'incomplete',
    });
    expect((await set({ seen: true })).json.seen).toBe(true);
  });

  it('needs a scenario of the suite', async () => {
    const { set } = await playing('polling-basics', 'eta-moves');
    const unknown = await set({ suite: 'polling-basics', course: 'failed-1172' });
    expect([unknown.status, unknown.json.error.code]).toEqual([422, 'USAGE_UNKNOWN_SCENARIO']);
    const none = await set({ suite: 'polling-basics' });
    expect([none.status, none.json.error.code]).toEqual([422, 'USAGE_NO_STEPS']);
  });

  it('plays none any more when it is told so', async () => {
    const { set, session } = await playing('polling-basics', 'eta-moves');
    expect((await set({ suite: null })).json.course).toBeUndefined();
    await makeClient(session.url).create(disability());
    expect(session.jobs()[0]?.scenario).toBe('done-after-eta');
  });
});

describe('the report of several sessions', () => {
  it.each(['html', 'junit', 'markdown', 'text'])('comes as %s', async (format) => {
    const { sandbox, control } = await playing('polling-basics', 'eta-moves');
    sandbox.session('other').set({});
    const query = `session=${SESSION}&session=other&title=Both`;
    const { status, text } = await control('GET', `/report?${query}&format=${format}`);
    expect(status).toBe(200);
    expect(text).toContain('Both');
    expect(text).toContain('eta-moves');
    expect(text).toContain('other');
  });

  it('knows no session that has not begun', async () => {
    const { control } = await playing('polling-basics', 'eta-moves');
    const { status, json } = await control('GET', '/report?session=nobody');
    expect([status, json.error.code]).toEqual([404, 'SESSION_UNKNOWN']);
  });
});
