import { describe, expect, it } from 'vitest';
import { ruleOf } from '../audit/play.js';
import { NOON } from '../support/sandbox.js';
import { openSmallApi, type SmallApi } from '../support/small-api.js';

const noon = Date.parse(NOON);

/** An API whose answers tell these things of a job, whatever its state. */
function open(data: unknown, more: SmallApi = {}) {
  const { binding, ...rest } = more;
  return openSmallApi({
    content: { 'application/json': { schema: {} } },
    ...rest,
    binding: {
      ...(more.scenarios ? { scenario: 'it' } : {}),
      states: {
        QUEUED: { outcome: 'open', bare: true, data },
        RUNNING: { outcome: 'open', bare: true, data },
        DONE: { outcome: 'done', bare: true, data },
        FAILED: { outcome: 'failed', bare: true, data },
      },
      ...binding,
    },
  });
}

const life = (...steps: string[]) => ({
  'it.yaml': `scenario: it\ntitle: It\nlife:\n${steps.map((step) => `  - { ${step} }\n`).join('')}`,
});

const QUEUE = life('state: QUEUED, for: 1500ms', 'state: RUNNING, for: 2s', 'state: DONE');

describe('moments of a job', () => {
  const moments = {
    createdAt: '{createdAt}',
    startedAt: '{startedAt}',
    endedAt: '{endedAt}',
    doneAt: '{doneAt}',
  };

  it('are told from the time on at which they have come', async () => {
    const api = await open(moments, { scenarios: QUEUE });
    const { id } = (await api.send('POST', '/things', { body: {} })).json;
    const poll = async () => (await api.send('GET', `/things/${id}`)).json;
    expect(await poll()).toEqual({ createdAt: NOON });
    api.sandbox.clock.advance('2s');
    const startedAt = '2026-02-02T12:00:01.500Z';
    expect(await poll()).toEqual({ createdAt: NOON, startedAt });
    api.sandbox.clock.advance('5s');
    const endedAt = '2026-02-02T12:00:03.500Z';
    expect(await poll()).toEqual({ createdAt: NOON, startedAt, endedAt, doneAt: endedAt });
  });

  it('begin with the job where it has one open state alone', async () => {
    const scenarios = life('state: RUNNING, for: 2s', 'state: FAILED');
    const api = await open(moments, { scenarios });
    const { id } = (await api.send('POST', '/things', { body: {} })).json;
    expect((await api.send('GET', `/things/${id}`)).json.startedAt).toBe(NOON);
    api.sandbox.clock.advance('2s');
    const { json } = await api.send('GET', `/things/${id}`);
    expect(json.endedAt).toBe('2026-02-02T12:00:02.000Z');
  });

  it('are told of the end of the end, where jobs expire', async () => {
    const data = { state: '{state}', until: '{expiresAt.epoch}' };
    const api = await open(data, { scenarios: QUEUE, binding: { expires: { after: '1h' } } });
    const { id } = (await api.send('POST', '/things', { body: {} })).json;
    expect((await api.send('GET', `/things/${id}`)).json).toEqual({ state: 'QUEUED' });
    api.sandbox.clock.advance('4s');
    // Done after 3.5 s, and rounded down: who goes by it is not too late.
    const until = noon / 1000 + 3 + 3600;
    expect((await api.send('GET', `/things/${id}`)).json).toEqual({ state: 'DONE', until });
    api.sandbox.clock.advance('1h');
    expect((await api.send('GET', `/things/${id}`)).status).toBe(410);
  });

  it('come in whole seconds, in milliseconds, as date-time and as the date of HTTP', async () => {
    const data = {
      epoch: '{createdAt.epoch}',
      ms: '{createdAt.ms}',
      http: '{createdAt.http}',
      iso: '{createdAt.iso}',
      now: '{now.http}',
      started: '{startedAt.epoch}',
      ended: '{endedAt.epoch}',
      eta: ['{eta.epoch}', '{eta.ms}', '{eta.http}', '{eta.iso}'],
      words: 'ends at {eta.epoch}',
    };
    const api = await open(data, { scenarios: QUEUE });
    const { id } = (await api.send('POST', '/things', { body: {} })).json;
    const { json } = await api.send('GET', `/things/${id}`);
    const seconds = noon / 1000;
    expect(json).toEqual({
      epoch: seconds,
      ms: noon,
      http: 'Mon, 02 Feb 2026 12:00:00 GMT',
      iso: NOON,
      now: 'Mon, 02 Feb 2026 12:00:00 GMT',
      // 1.5 s from now: the first whole second that is not too early.
      eta: [seconds + 2, noon + 1500, 'Mon, 02 Feb 2026 12:00:02 GMT', '2026-02-02T12:00:01.500Z'],
      words: `ends at ${seconds + 2}`,
    });
    api.sandbox.clock.advance('10s');
    const ended = (await api.send('GET', `/things/${id}`)).json;
    expect([ended.started, ended.ended]).toEqual([seconds + 1, seconds + 3]);
  });
});

describe('an eta that is told in another form', () => {
  const early = async (data: unknown, headers?: unknown) => {
    const states = {
      RUNNING: { outcome: 'open', bare: true, data, ...(headers ? { headers } : {}) },
      DONE: { outcome: 'done', bare: true, data: { done: true } },
    };
    const scenarios = life('state: RUNNING, for: 4500ms', 'state: DONE');
    const api = await openSmallApi({
      scenarios,
      scheduled: { id: '{job}' },
      binding: { scenario: 'it', states, result: 'inline' },
    });
    const { id } = (await api.send('POST', '/things')).json;
    await api.send('GET', `/things/${id}`);
    const eta = api.sandbox.journal().at(-1)?.eta;
    api.sandbox.clock.advance('1s');
    await api.send('GET', `/things/${id}`);
    api.sandbox.clock.advance('4s');
    await api.send('GET', `/things/${id}`);
    return { eta, outcome: ruleOf(api.sandbox.verdict(), 'eta-respected').outcome };
  };

  it.each([
    ['seconds', { at: '{eta.epoch}' }, undefined, 5000],
    ['milliseconds', { at: '{eta.ms}' }, undefined, 4500],
    ['a date of HTTP', { at: '{eta.http}' }, undefined, 5000],
    ['a date-time', { at: '{eta}' }, undefined, 4500],
    ['seconds beside a date-time', { at: '{eta.epoch}', exact: '{eta.iso}' }, undefined, 4500],
    ['a header', { state: '{state}' }, { Expires: '{eta.http}' }, 5000],
  ])('is judged like any other, to the second that was told: %s', async (_, data, headers, told) => {
    const { eta, outcome } = await early(data, headers);
    expect(Date.parse(String(eta))).toBe(noon + told);
    expect(outcome).toBe('failed');
  });

  it('is none where nothing tells it: Retry-After has a rule of its own', async () => {
    const { eta, outcome } = await early({ state: '{state}' }, { 'Retry-After': '{eta.http}' });
    expect(eta ?? undefined).toBeUndefined();
    expect(outcome).toBe('not exercised');
  });

  it('is damaged by a fault as a date-time is', async () => {
    const data = { id: '{job}', at: '{eta.epoch}' };
    const scenarios = life('answer: { fault: eta-missing }, for: 1 poll', 'state: DONE');
    const api = await open(data, { scenarios });
    const { id } = (await api.send('POST', '/things', { body: {} })).json;
    expect((await api.send('GET', `/things/${id}`)).json).toEqual({ id });
  });
});

describe('progress', () => {
  const data = { state: '{state}', percent: '{progress}', fraction: '{progress.fraction}' };

  it('grows with time, and is 100 when the job is done and not before', async () => {
    const api = await open(data, { scenarios: QUEUE });
    const { id } = (await api.send('POST', '/things', { body: {} })).json;
    const seen: unknown[] = [];
    for (const wait of [0, 700, 800, 1000, 999, 1, 5000]) {
      if (wait > 0) api.sandbox.clock.advance(wait);
      const { state, percent, fraction } = (await api.send('GET', `/things/${id}`)).json;
      seen.push([state, percent, fraction]);
    }
    expect(seen).toEqual([
      ['QUEUED', 0, 0],
      ['QUEUED', 20, 0.2],
      ['RUNNING', 42, 0.4285],
      ['RUNNING', 71, 0.7142],
      ['RUNNING', 99, 0.99],
      ['DONE', 100, 1],
      ['DONE', 100, 1],
    ]);
  });

  it('grows with polls where the life is of polls, and stays where it is when the job fails', async () => {
    const scenarios = life('state: RUNNING, for: 3 polls', 'state: FAILED');
    const api = await open({ ...data, polls: '{polls}' }, { scenarios });
    const { id } = (await api.send('POST', '/things', { body: {} })).json;
    const seen: unknown[] = [];
    for (let i = 0; i < 4; i += 1) {
      const { state, percent, polls } = (await api.send('GET', `/things/${id}`)).json;
      seen.push([state, percent, polls]);
    }
    expect(seen).toEqual([
      ['RUNNING', 25, 1],
      ['RUNNING', 50, 2],
      ['RUNNING', 75, 3],
      ['FAILED', 99, 4],
    ]);
  });
});

describe('what the scheduling request said', () => {
  const parameters = [
    { name: 'size', in: 'query', schema: { type: 'integer' } },
    { name: 'X-Trace-Id', in: 'header', schema: { type: 'string' } },
    { name: 'key', in: 'query', schema: { type: 'string' } },
  ];
  const more: Partial<SmallApi> = {
    schedules: { parameters },
    components: {
      securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'key' } },
    },
    scenarios: QUEUE,
  };

  it('is told to the end, each value in its type', async () => {
    const data = {
      size: '{query.size}',
      all: '{query}',
      trace: '{header.X-TRACE-id}',
      other: '{header.x-other}',
      first: '{body.items.0.id}',
      count: '{body.count}',
      no: '{body.no}',
      list: '{body.items}',
      text: 'size {query.size} of {header.X-Trace-Id}',
      missing: '{query.none}',
    };
    const api = await open(data, more);
    const items = [{ id: 'a' }, { id: 'b' }];
    const { id } = (
      await api.send('POST', '/things?size=7&key=secret', {
        body: { items, count: 3, no: false },
        headers: { 'x-trace-id': 't-1', 'X-Other': 'o', Authorization: 'Bearer s' },
      })
    ).json;
    const told = {
      size: 7,
      all: { size: 7 },
      trace: 't-1',
      other: 'o',
      first: 'a',
      count: 3,
      no: false,
      list: items,
      text: 'size 7 of t-1',
    };
    expect((await api.send('GET', `/things/${id}`)).json).toEqual(told);
    api.sandbox.clock.advance('1h');
    expect((await api.send('GET', `/things/${id}`)).json).toEqual(told);
  });

  it.each([
    ['{header.Authorization}', 'BINDING_TELLS_CREDENTIAL'],
    ['{header.cookie}', 'BINDING_TELLS_CREDENTIAL'],
    ['{query.key}', 'BINDING_TELLS_CREDENTIAL'],
    ['{header}', 'BINDING_UNKNOWN_PLACE'],
    ['{params.x}', 'BINDING_UNKNOWN_PLACE'],
  ])('is refused at the start where it is a credential, or no such place: %s', async (place, code) => {
    await expect(open({ told: place }, more)).rejects.toMatchObject({
      problems: expect.arrayContaining([expect.objectContaining({ code })]),
    });
  });
});
