import { describe, expect, it } from 'vitest';
import { parseBinding } from '../../src/formats/binding/parse.js';
import type { Verdict } from '../../src/index.js';
import { FileError } from '../../src/problem.js';
import { ruleOf } from '../audit/play.js';
import { openSmallApi, type SmallApi } from '../support/small-api.js';

const ANY = { description: 'Good', content: { 'application/json': { schema: {} } } };
const LIFE = 'life: [{ state: RUNNING, for: 3s }, { state: DONE }]\n';
const state = (outcome: string) => ({ outcome, data: { state: '{state}' } });

function withScenario(text: string, more: SmallApi) {
  const options = { scenario: 'own', ...more.options };
  return openSmallApi({ ...more, options, scenarios: { 'own.yaml': `scenario: own\n${text}` } });
}

describe('the forms of the answer that schedules', () => {
  const scheduled = {
    http: 202,
    bare: true,
    data: { id: '{job}' },
    shapes: {
      created: {
        http: 201,
        bare: true,
        headers: { Location: '/things/{job}' },
        data: { id: '{job}', state: 'NEW' },
      },
      silent: { http: 202, headers: { Location: '/things/{job}' } },
    },
  };
  const schedules = { responses: { 201: ANY, 202: { description: 'Good' } } };
  const play = (key: string, more: SmallApi = {}) =>
    withScenario(`${key}${LIFE}`, { schedules, binding: { scheduled }, ...more });

  it.each([
    ['', 202, null, true],
    ['scheduled: default\n', 202, null, true],
    ['scheduled: created\n', 201, '/things/', true],
    ['scheduled: silent\n', 202, '/things/', false],
  ])('is chosen by "%s"', async (key, status, location, body) => {
    const api = await play(key);
    const answer = await api.send('POST', '/things');
    const [job] = api.sandbox.jobs();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('location')).toBe(location === null ? null : location + job?.id);
    expect(answer.json?.id).toBe(body ? job?.id : undefined);
    expect(answer.text === '').toBe(!body);
  });

  it('are as usual in an operation that has none of that name', async () => {
    const schedules = {
      makeThing: { scheduled: { http: 202, data: { id: '{job}' } } },
      makeOther: {},
    };
    const api = await play('scheduled: created\n', {
      schedules: { responses: { 201: ANY, 202: ANY } },
      paths: { '/others': { post: { operationId: 'makeOther', responses: { 201: ANY } } } },
      binding: { scheduled, schedules },
    });
    expect((await api.send('POST', '/things')).status).toBe(202);
    expect((await api.send('POST', '/others')).status).toBe(201);
  });

  it.each([
    ['scheduled: creatd\n', 'SCENARIO_UNKNOWN_SHAPE', 'did you mean created?'],
    ['scheduled: created\nrefuse: { http: 503 }\n', 'SCENARIO_KEY_CONFLICT', 'one of the two'],
  ])('are named by scenarios: "%s"', async (key, code, hint) => {
    const text = key.includes('refuse') ? '' : LIFE;
    const api = withScenario(`${key}${text}`, { schedules, binding: { scheduled } });
    const error = (await api.catch((e: unknown) => e)) as FileError;
    expect(error).toBeInstanceOf(FileError);
    expect(error.problems[0]).toMatchObject({ code, line: 2 });
    expect(error.problems[0]?.hint).toContain(hint);
  });

  it('are held to the contract when a scenario names them', async () => {
    const schema = { type: 'object', required: ['id'] };
    const good = { description: 'Good', content: { 'application/json': { schema } } };
    const wrong = { ...scheduled, shapes: { created: { http: 201, bare: true, data: {} } } };
    const api = withScenario(`scheduled: created\n${LIFE}`, {
      schedules: { responses: { 201: good, 202: good } },
      binding: { scheduled: wrong },
    });
    const error = (await api.catch((e: unknown) => e)) as FileError;
    expect(error.problems.map(({ code }) => code)).toContain('SCENARIO_BREAKS_CONTRACT');
  });

  it('may be shapes alone, of which the first is the usual one', () => {
    const shapes = { a: { http: 201, data: {} }, b: { http: 202, data: {} } };
    const binding = parseBinding(
      'binding.yaml',
      JSON.stringify({
        binding: 'things',
        schedules: ['makeThing'],
        report: { operation: 'readThing', job: 'id' },
        scheduled: { shapes },
        states: { RUNNING: state('open'), DONE: state('done') },
      }),
    );
    const scheduling = binding.schedules.get('makeThing');
    expect(scheduling?.acceptedAnswer.http).toBe(201);
    expect([...(scheduling?.shapes.keys() ?? [])]).toEqual(['a', 'b']);
  });
});

describe('an end that is told by a redirect', () => {
  const see = (http: number) => ({ http, headers: { Location: '{link}' } });
  const shapes = {
    see_other: see(303),
    found: see(302),
    temporary: see(307),
    plain: { http: 303, data: { state: '{state}', answer: 42 }, result: 'inline' },
    mute: { http: 303 },
  };
  const answers = [200, 302, 303, 307].map((status) => [status, { description: 'Good' }]);

  async function open(shape: string, binding: Record<string, unknown> = {}) {
    const result = { operationId: 'readResult', responses: { 200: ANY } };
    const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
    const api = await withScenario(
      `life: [{ state: RUNNING, for: 1 poll }, { state: DONE, shape: ${shape} }]\n`,
      {
        reports: { responses: Object.fromEntries(answers) },
        paths: { '/things/{id}/result': { get: { ...result, parameters } } },
        binding: {
          schedules: { makeThing: { link: '{api}/things/{job}/result' } },
          result: 'link',
          states: { RUNNING: state('open'), DONE: { outcome: 'done', shapes } },
          ...binding,
        },
      },
    );
    const { json } = await api.send('POST', '/things');
    await api.send('GET', `/things/${json.id}`);
    api.sandbox.clock.advance('5s');
    return { ...api, id: String(json.id) };
  }

  it.each([
    ['see_other', 303],
    ['found', 302],
    ['temporary', 307],
  ])('leads a client that follows it to the result: %s', async (shape, status) => {
    const { url, id, sandbox } = await open(shape);
    const followed = await fetch(`${url}/things/${id}`);
    expect([followed.status, new URL(followed.url).pathname]).toEqual([
      200,
      `/things/${id}/result`,
    ]);
    expect(sandbox.journal().at(-2)).toMatchObject({ status, told: 'done' });
    expect(judged(sandbox.verdict())).toEqual(['passed', []]);
  });

  it('is told to a client that does not follow it, whose result is not read then', async () => {
    const { send, id, sandbox } = await open('see_other');
    await send('GET', `/things/${id}`);
    expect(judged(sandbox.verdict())).toEqual([
      'failed',
      ['the job was DONE and its result was never read'],
    ]);
  });

  it('has its result in its body where the form says so', async () => {
    const { url, id, sandbox } = await open('plain');
    const answer = await fetch(`${url}/things/${id}`, { redirect: 'manual' });
    expect(answer.status).toBe(303);
    expect(judged(sandbox.verdict())).toEqual(['not exercised', []]);
  });

  it('leads nowhere without Location, so that the client asks by the id', async () => {
    const { send, id, sandbox } = await open('mute');
    expect((await send('GET', `/things/${id}`)).status).toBe(303);
    expect(judged(sandbox.verdict())[0]).toBe('failed');
    await send('GET', `/things/${id}/result`);
    expect(judged(sandbox.verdict())).toEqual(['passed', []]);
  });
});

describe('a job of which a part has failed', () => {
  const done = {
    outcome: 'done',
    shapes: {
      whole: { data: { state: '{state}', failed: 0 } },
      partial: {
        headers: { 'X-Failed': '{result.failed}' },
        data: { state: '{state}', failed: '{result.failed}', of: 'of {result.total}' },
      },
    },
  };
  const binding = { states: { RUNNING: state('open'), DONE: done } };

  it('tells so with the numbers of its scenario', async () => {
    const text = 'life: [{ state: DONE, shape: partial }]\nresult: { failed: 3, total: 5 }\n';
    const api = await withScenario(text, { binding });
    const { json } = await api.send('POST', '/things');
    const answer = await api.send('GET', `/things/${json.id}`);
    expect(answer.json.data).toEqual({ state: 'DONE', failed: 3, of: 'of 5' });
    expect(answer.headers.get('x-failed')).toBe('3');
  });

  it('tells them in an answer of the scenario too, and lint says which are not there', async () => {
    const text =
      'life: [{ answer: { http: 200, body: { failed: "{result.failed}", x: "{result.faild}" } } }]\nresult: { failed: 3 }\n';
    const api = await withScenario(text, { binding });
    const { json } = await api.send('POST', '/things');
    expect((await api.send('GET', `/things/${json.id}`)).json).toEqual({ failed: 3 });
    const lines = await import('../../src/formats/scenario/parse.js');
    const words = {
      states: new Map([['DONE', { outcome: 'done' as const, shapes: ['partial'] }]]),
    };
    const { problems } = lines.readScenario('own.yaml', `scenario: own\n${text}`, {
      operations: ['makeThing'],
      envelopes: ['data'],
      errors: new Map(),
      tolerances: new Map(),
      ...words,
    });
    expect(problems).toMatchObject([{ code: 'SCENARIO_UNFILLED_PLACE', usable: true }]);
  });
});

function judged(verdict: Verdict): [string, string[]] {
  const { outcome, findings } = ruleOf(verdict, 'reads-the-result');
  return [outcome, findings.map(({ message }) => message)];
}
