import http from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/contract/json.js';
import type { Verdict } from '../../src/index.js';
import { ruleOf } from '../audit/play.js';
import { send } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { openSmallApi, type SmallApi } from '../support/small-api.js';

const ANY = { description: 'Good', content: { 'application/json': { schema: {} } } };
const SCENARIOS = {
  'done.yaml': 'scenario: done\nlife: [{ state: RUNNING, for: 10s }, { state: DONE }]\n',
  'by-hand.yaml':
    'scenario: by-hand\nlife: [{ state: RUNNING, for: until released }, { state: DONE }]\n',
  'by-polls.yaml': 'scenario: by-polls\nlife: [{ state: RUNNING, for: 1 poll }, { state: DONE }]\n',
  'at-once.yaml': 'scenario: at-once\nlife: [{ state: DONE }]\n',
  'outage.yaml':
    'scenario: outage\nlife: [{ state: RUNNING, for: 4s }, { answer: { http: 503 }, for: 4s, off_contract: true }, { state: DONE }]\n',
  'two-states.yaml':
    'scenario: two-states\nlife: [{ state: RUNNING, for: 2s }, { state: RUNNING, for: 2s }, { state: FAILED }]\n',
};

/** An API whose requests may wait. */
function open(wait: unknown, more: SmallApi = {}) {
  return openSmallApi({
    scenarios: SCENARIOS,
    ...more,
    schedules: { responses: { 201: ANY }, ...more.schedules },
    binding: {
      wait,
      scheduled: { http: 201, bare: true, data: { id: '{job}', state: 'STARTING', eta: '{eta}' } },
      ...more.binding,
    },
    options: { scenario: 'done', ...more.options },
  });
}

type Opened = Awaited<ReturnType<typeof open>>;

/** A request that the sandbox has, and holds. */
async function held({ sandbox }: Opened, request: () => ReturnType<typeof send>) {
  const before = sandbox.jobs().reduce((sum, { polls }) => sum + polls + 1, 0);
  let over = false;
  const answer = request().finally(() => {
    over = true;
  });
  await eventually(() => sandbox.jobs().reduce((sum, { polls }) => sum + polls + 1, 0) > before);
  return { answer, isOver: () => over };
}

const post = (api: Opened, headers: Record<string, string> = {}) =>
  api.send('POST', '/things', { headers });

async function schedule(api: Opened, scenario?: string): Promise<string> {
  if (scenario !== undefined) api.sandbox.next(scenario);
  return (await post(api)).json.id;
}

const newest = ({ sandbox }: Opened) => sandbox.journal().at(-1);

describe('a request that would rather wait (RFC 7240)', () => {
  it('is answered with the end of its job, as a poll would be, with the status of the contract', async () => {
    const api = await open('header.Prefer');
    const { answer, isOver } = await held(api, () => post(api, { Prefer: 'wait=30' }));
    api.sandbox.clock.advance('9s');
    expect(isOver()).toBe(false);
    api.sandbox.clock.advance('1s');
    const { status, headers, json } = await answer;
    expect([status, json.data]).toEqual([201, { state: 'DONE' }]);
    expect(headers.get('preference-applied')).toBe('wait=30');
    expect(newest(api)).toMatchObject({ told: 'done', step: 1, status: 201 });
    expect(newest(api)?.note).toContain('held for 10s, until the job changed');
  });

  it('is answered as usual when its time is over first', async () => {
    const api = await open('header.Prefer');
    const { answer } = await held(api, () => post(api, { Prefer: 'respond-async, wait=3' }));
    api.sandbox.clock.advance('3s');
    const { status, json, headers } = await answer;
    expect([status, json.state]).toEqual([201, 'STARTING']);
    expect(headers.get('preference-applied')).toBe('wait=3');
    expect(newest(api)?.note).toContain('held for 3s, as long as the request asked');
    expect(api.sandbox.jobs()).toHaveLength(1);
  });

  it('waits no longer than the binding lets it, and a minute where it names no time', async () => {
    const short = await open({ by: 'header.Prefer', at_most: '2s' });
    const first = await held(short, () => post(short, { Prefer: 'wait=600' }));
    short.sandbox.clock.advance('2s');
    expect((await first.answer).headers.get('preference-applied')).toBe('wait=2');
    const open60 = await open('header.Prefer', { options: { scenario: 'by-hand' } });
    const second = await held(open60, () => post(open60, { Prefer: 'wait' }));
    open60.sandbox.clock.advance('59s');
    expect(second.isOver()).toBe(false);
    open60.sandbox.clock.advance('1s');
    expect((await second.answer).json.state).toBe('STARTING');
  });

  it.each([
    {},
    { Prefer: 'respond-async' },
    { Prefer: 'wait=0' },
    { Prefer: 'wait=soon' },
    { Prefer: 'waiter=3' },
  ])('is answered at once with %j', async (headers) => {
    const api = await open('header.Prefer');
    const answer = await post(api, headers as Record<string, string>);
    expect([answer.json.state, answer.headers.get('preference-applied')]).toEqual([
      'STARTING',
      null,
    ]);
  });

  it('is answered at once where the job is at its end from the start', async () => {
    const api = await open('header.Prefer', { options: { scenario: 'at-once' } });
    const { json } = await post(api, { Prefer: 'wait=30' });
    expect(json.data.state).toBe('DONE');
  });

  it('waits for a job that is released by hand', async () => {
    const api = await open('header.Prefer', { options: { scenario: 'by-hand' } });
    const { answer } = await held(api, () => post(api, { Prefer: 'wait=30' }));
    api.sandbox.release(String(api.sandbox.jobs()[0]?.id));
    expect((await answer).json.data.state).toBe('DONE');
  });

  it('tells a client that has waited no less than one that has polled', async () => {
    const api = await open('header.Prefer');
    const { answer } = await held(api, () => post(api, { Prefer: 'wait=30' }));
    api.sandbox.clock.advance('10s');
    await answer;
    const verdict = api.sandbox.verdict();
    expect(verdict.jobs).toMatchObject([{ outcome: 'done', polls: [] }]);
    expect(findings(verdict)).toEqual([]);
    expect(ruleOf(verdict, 'reaches-the-end').outcome).toBe('passed');
  });
});

describe('a long poll', () => {
  const wait = { by: 'query.timeout', at_most: '30s' };
  const poll = (api: Opened, id: string, query = '?timeout=20') =>
    api.send('GET', `/things/${id}${query}`);

  it('is held until the state of its job changes', async () => {
    const api = await open(wait);
    const id = await schedule(api);
    const { answer, isOver } = await held(api, () => poll(api, id));
    api.sandbox.clock.advance('9s');
    expect(isOver()).toBe(false);
    api.sandbox.clock.advance('1s');
    expect((await answer).json.data.state).toBe('DONE');
    expect(newest(api)?.note).toBe('held for 10s, until the job changed');
  });

  it.each([
    '?timeout=2',
    '?timeout=2s',
    '?timeout=2000ms',
  ])('is answered with the same state when %s is over', async (query) => {
    const api = await open(wait);
    const id = await schedule(api);
    const { answer } = await held(api, () => poll(api, id, query));
    api.sandbox.clock.advance('2s');
    expect((await answer).json.data.state).toBe('RUNNING');
    expect(newest(api)?.note).toBe('held for 2s, as long as the request asked');
    expect(api.sandbox.job(id).polls).toBe(1);
  });

  it.each([
    '',
    '?timeout=0',
    '?timeout=false',
    '?timeout=never',
    '?other=3',
  ])('is a plain poll with "%s"', async (query) => {
    const api = await open(wait);
    const id = await schedule(api);
    expect((await poll(api, id, query)).json.data.state).toBe('RUNNING');
    expect(newest(api)?.note).toBeUndefined();
  });

  it('waits as long as is usual with ?wait=true', async () => {
    const api = await open({ by: 'query.wait', usual: '5s' });
    const id = await schedule(api);
    const { answer, isOver } = await held(api, () => poll(api, id, '?wait=true'));
    api.sandbox.clock.advance('4s');
    expect(isOver()).toBe(false);
    api.sandbox.clock.advance('1s');
    expect((await answer).json.data.state).toBe('RUNNING');
  });

  it('counts milliseconds where the binding says so', async () => {
    const api = await open({ by: 'query.timeout', unit: 'ms' });
    const id = await schedule(api);
    const { answer } = await held(api, () => poll(api, id, '?timeout=1500'));
    api.sandbox.clock.advance(1500);
    expect((await answer).json.data.state).toBe('RUNNING');
  });

  it('goes on through a step that says the same state', async () => {
    const api = await open(wait);
    const id = await schedule(api, 'two-states');
    const { answer, isOver } = await held(api, () => poll(api, id));
    api.sandbox.clock.advance('2s');
    expect(isOver()).toBe(false);
    api.sandbox.clock.advance('2s');
    expect((await answer).json.data.state).toBe('FAILED');
  });

  it('is answered when another answer takes the place of the state', async () => {
    const api = await open(wait);
    const id = await schedule(api, 'outage');
    const { answer } = await held(api, () => poll(api, id));
    api.sandbox.clock.advance('4s');
    expect((await answer).status).toBe(503);
    expect((await poll(api, id)).status).toBe(503);
  });

  it('is answered at once where nothing but another poll changes the job', async () => {
    const api = await open(wait);
    const id = await schedule(api, 'by-polls');
    expect((await poll(api, id)).json.data.state).toBe('RUNNING');
    expect(newest(api)?.note).toContain('not held: nothing but another poll changes the job');
    expect((await poll(api, id)).json.data.state).toBe('DONE');
    const { rules } = api.sandbox.verdict({ run: 'over' });
    expect(rules.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  });

  it('is woken by a release', async () => {
    const api = await open(wait);
    const id = await schedule(api, 'by-hand');
    const { answer } = await held(api, () => poll(api, id));
    api.sandbox.release(id);
    expect((await answer).json.data.state).toBe('DONE');
  });

  it('is woken by who cancels its job, and by who deletes it', async () => {
    const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
    const deletes = {
      operationId: 'deleteThing',
      parameters,
      responses: { 204: { description: 'Gone' } },
    };
    const cancels = { operationId: 'cancelThing', parameters, responses: { 200: ANY } };
    const api = await open(wait, {
      paths: {
        '/things/{id}/cancel': { post: cancels },
        '/things/{id}/now': { delete: deletes },
      },
      binding: {
        cancel: { operation: 'cancelThing' },
        delete: { operation: 'deleteThing', http: 204 },
        states: {
          RUNNING: { outcome: 'open', data: { state: '{state}' } },
          DONE: { outcome: 'done', data: { state: '{state}' } },
          FAILED: { outcome: 'failed', data: { state: '{state}' } },
          STOPPED: { outcome: 'cancelled', data: { state: '{state}' } },
        },
      },
    });
    const cancelled = await schedule(api);
    const first = await held(api, () => poll(api, cancelled));
    await api.send('POST', `/things/${cancelled}/cancel`);
    expect((await first.answer).json.data.state).toBe('STOPPED');
    const deleted = await schedule(api);
    const second = await held(api, () => poll(api, deleted));
    await api.send('DELETE', `/things/${deleted}/now`);
    expect((await second.answer).status).toBe(404);
  });

  it('of a job that is at its end is answered at once, as is HEAD', async () => {
    const api = await open(wait);
    const id = await schedule(api);
    expect((await api.send('HEAD', `/things/${id}?timeout=20`)).status).toBe(200);
    api.sandbox.clock.advance('10s');
    expect((await poll(api, id)).json.data.state).toBe('DONE');
  });

  it('is dropped when its client leaves', async () => {
    const api = await open(wait);
    const id = await schedule(api);
    const abort = new AbortController();
    const gone = send('GET', `${api.things}/${id}?timeout=20`, { signal: abort.signal }).catch(
      () => 'left',
    );
    await eventually(() => api.sandbox.job(id).polls === 1);
    abort.abort();
    expect(await gone).toBe('left');
    await eventually(() => newest(api)?.left === true);
    expect(newest(api)).toMatchObject({ status: 0, job: id, note: 'held until its client left' });
    api.sandbox.clock.advance('20s');
    expect(api.sandbox.journal()).toHaveLength(2);
  });

  it('is answered when the session ends', async () => {
    const api = await open(wait);
    const id = await schedule(api);
    const { answer } = await held(api, () => poll(api, id));
    api.sandbox.reset();
    expect((await answer).json.data.state).toBe('RUNNING');
  });

  it('is answered at the change by a clock that moves by itself, and not when a day is over', async () => {
    const clock = { mode: 'paced', pace: 100 } as const;
    const api = await open('query.timeout', { options: { clock } });
    const id = await schedule(api);
    expect((await poll(api, id, '?timeout=86400')).json.data.state).toBe('DONE');
  });

  it('is answered when its time is over by such a clock', async () => {
    const clock = { mode: 'paced', pace: 100 } as const;
    const api = await open('query.timeout', { options: { clock } });
    const id = await schedule(api, 'by-hand');
    expect((await poll(api, id, '?timeout=2')).json.data.state).toBe('RUNNING');
    expect(newest(api)?.note).toContain('as long as the request asked');
  });

  it('is held a thousand times over', async () => {
    const api = await open(wait);
    const ids = await Promise.all(Array.from({ length: 10 }, () => schedule(api)));
    const agent = new http.Agent({ maxSockets: 1000 });
    let answered = 0;
    const all = Array.from({ length: 1000 }, (_, i) =>
      ask(agent, `${api.things}/${ids[i % 10]}?timeout=30`).finally(() => {
        answered += 1;
      }),
    );
    const polls = () => api.sandbox.jobs().reduce((sum, job) => sum + job.polls, 0);
    await eventually(() => polls() === 1000);
    expect(answered).toBe(0);
    api.sandbox.clock.advance('10s');
    const states = new Set(await Promise.all(all));
    expect([...states]).toEqual(['DONE']);
    agent.destroy();
  });

  it('is a request that is still open to a verdict', async () => {
    const api = await open(wait);
    const id = await schedule(api);
    const { answer } = await held(api, () => poll(api, id));
    const { json } = await api.send('GET', '/__sandbox/sessions/default/verdict');
    expect(json.run).toBe('running');
    api.sandbox.clock.advance('10s');
    await answer;
  });
});

describe('the auditor', () => {
  const wait = { by: 'query.timeout', at_most: '30s' };
  const binding = {
    states: {
      RUNNING: { outcome: 'open', data: { state: '{state}', eta: '{eta}' } },
      DONE: { outcome: 'done', data: { state: '{state}' } },
      FAILED: { outcome: 'failed', data: { state: '{state}' } },
    },
  };

  async function followBy(query: string, pauses: number[]) {
    const api = await open(wait, { binding });
    const id = await schedule(api);
    for (const pause of pauses) {
      api.sandbox.clock.advance(pause);
      const polls = api.sandbox.job(id).polls;
      const asked = api.send('GET', `/things/${id}${query}`);
      await eventually(() => api.sandbox.job(id).polls > polls);
      if (query !== '') api.sandbox.clock.advance('3s');
      await asked;
    }
    api.sandbox.clock.advance('10s');
    await api.send('GET', `/things/${id}`);
    return api.sandbox.verdict();
  }

  it('calls no long poll early, nor one that follows it at once too close', async () => {
    expect(findings(await followBy('?timeout=3', [0, 0, 0]))).toEqual([]);
  });

  it('calls plain polls at the same moments both', async () => {
    const verdict = await followBy('', [100, 100, 100]);
    expect(findings(verdict)).toEqual(['eta-respected', 'spacing']);
  });

  it('counts the pause of a plain poll from the answer that was held', async () => {
    const api = await open(wait, { binding: { eta: 'hint', ...binding } });
    const id = await schedule(api);
    const { answer } = await held(api, () => api.send('GET', `/things/${id}?timeout=5`));
    api.sandbox.clock.advance('5s');
    await answer;
    api.sandbox.clock.advance(100);
    await api.send('GET', `/things/${id}`);
    expect(ruleOf(api.sandbox.verdict(), 'spacing').findings[0]?.message).toContain(
      'down to 100 ms',
    );
  });
});

/** Names of the rules that give rise to errors and warnings. */
function findings({ rules }: Pick<Verdict, 'rules'>): string[] {
  return rules
    .filter(({ findings: found }) => found.some(({ severity }) => severity !== 'note'))
    .map(({ rule }) => rule);
}

function ask(agent: http.Agent, url: string): Promise<string> {
  return new Promise((done, fail) => {
    const request = http.get(url, { agent }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => done((JSON.parse(text) as { data: Json }).data.state as string));
    });
    request.on('error', fail);
  });
}
