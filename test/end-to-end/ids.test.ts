import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/index.js';
import { loadLenient } from '../../src/load/load-setup.js';
import { reproaches, ruleOf } from '../audit/play.js';
import { send } from '../support/client.js';
import { openSmallApi, type SmallApi } from '../support/small-api.js';

const report = (more: object) => ({
  report: { operation: 'readThing', job: 'id', ...more },
});

const states = {
  RUNNING: { outcome: 'open', bare: true, data: { id: '{job}', state: '{state}' } },
  DONE: { outcome: 'done', bare: true, data: { id: '{job}', state: '{state}' } },
};

const ANY = { description: 'Good', content: { 'application/json': { schema: {} } } };
const BODY = { 'application/json': { schema: { type: 'object' } } };

function open(more: object, given: SmallApi = {}) {
  const { binding, ...rest } = given;
  return openSmallApi({
    content: BODY,
    ...rest,
    binding: { ...report(more), states, ...binding },
  });
}

type Opened = Awaited<ReturnType<typeof open>>;

async function schedule(api: Opened, body: unknown = {}, headers: Record<string, string> = {}) {
  const answer = await api.send('POST', '/things', { body, headers });
  return { status: answer.status, id: answer.json?.id };
}

describe('ids that the sandbox makes', () => {
  it('are texts of a pattern, the same for the same seed, and never the same twice', async () => {
    const ids = '/^[A-Z]{3}-\\d{6}$/';
    const drawn = async () => {
      const api = await open({ ids }, { options: { seed: 7 } });
      const made: string[] = [];
      for (let i = 0; i < 20; i += 1) made.push((await schedule(api)).id);
      expect((await api.send('GET', `/things/${made[3]}`)).json.id).toBe(made[3]);
      return made;
    };
    const made = await drawn();
    for (const id of made) expect(id).toMatch(/^[A-Z]{3}-\d{6}$/);
    expect(new Set(made).size).toBe(20);
    expect(await drawn()).toEqual(made);
  });

  it('are drawn again where a pattern has few texts, until none is left', async () => {
    const api = await open({ ids: '/^[abc]$/' });
    const made = [await schedule(api), await schedule(api), await schedule(api)];
    expect(made.map(({ id }) => id).sort()).toEqual(['a', 'b', 'c']);
    const none = await api.send('POST', '/things', { body: {} });
    expect([none.status, none.headers.get('esoz-sandbox-refusal')]).toEqual([
      503,
      'REQUEST_IDS_USED_UP',
    ]);
  });

  it('are counted from a number on, in each session anew, and told as numbers', async () => {
    const api = await open({ ids: 'integers from 41' });
    expect([(await schedule(api)).id, (await schedule(api)).id]).toEqual([41, 42]);
    expect((await api.send('GET', '/things/42')).json).toEqual({ id: 42, state: 'RUNNING' });
    const other = await api.send('POST', '/~other/things', { body: {} });
    expect(other.json.id).toBe(41);
  });
});

describe('ids that the client chooses', () => {
  it('are taken from the body, in their type, and made where it names none', async () => {
    const api = await open({ ids: 'body.jobId or 24 hex digits' });
    expect((await schedule(api, { jobId: 'Nightly' })).id).toBe('Nightly');
    expect((await schedule(api, { jobId: 7 })).id).toBe(7);
    expect((await schedule(api, {})).id).toMatch(/^[0-9a-f]{24}$/);
    expect((await schedule(api, { jobId: '' })).id).toMatch(/^[0-9a-f]{24}$/);
    expect((await api.send('GET', '/things/7')).json).toEqual({ id: 7, state: 'RUNNING' });
  });

  it('differ by case, unless they are UUIDs', async () => {
    const api = await open({ ids: 'header.X-Id' });
    await schedule(api, {}, { 'x-id': 'Nightly' });
    expect((await api.send('GET', '/things/nightly')).status).toBe(404);
    const uuid = '6F9619FF-8B86-D011-B42D-00C04FC964FF';
    await schedule(api, {}, { 'X-ID': uuid });
    expect((await api.send('GET', `/things/${uuid.toLowerCase()}`)).json.id).toBe(uuid);
    expect((await api.send('GET', `/things/${uuid}`)).status).toBe(200);
  });

  it('are percent-encoded in addresses, whatever they hold', async () => {
    const scheduled = { id: '{job}', url: '{origin}{api}/things/{job}', text: 'job {job}' };
    const api = await open({ ids: 'body.jobId' }, { scheduled });
    for (const jobId of ['a/b c', 'ünï?x=1&y', '100%', "it's;#"]) {
      const { json } = await api.send('POST', '/things', { body: { jobId } });
      expect(json).toMatchObject({ id: jobId, text: `job ${jobId}` });
      expect(json.url).toBe(`${api.things}/${encodeURIComponent(jobId)}`);
      const poll = await fetch(json.url);
      expect([poll.status, await poll.json()]).toMatchObject([200, { id: jobId }]);
    }
    expect(ruleOf(api.sandbox.verdict(), 'only-known-jobs').outcome).toBe('passed');
  });

  it('are refused with 409 where a job has them, unless the binding says that it is that job again', async () => {
    const api = await open({ ids: 'body.jobId' });
    await schedule(api, { jobId: 'a' });
    const again = await api.send('POST', '/things', { body: { jobId: 'a' } });
    expect([again.status, again.headers.get('esoz-sandbox-refusal')]).toEqual([
      409,
      'REQUEST_ID_TAKEN',
    ]);
    const other = await open({ ids: 'body.jobId', taken: 'again' });
    await schedule(other, { jobId: 'a' });
    expect(await schedule(other, { jobId: 'a' })).toEqual({ status: 202, id: 'a' });
    expect(other.sandbox.jobs()).toHaveLength(1);
  });
});

describe('the same request under another id that its client chose', () => {
  const MADE_UP = ['f3b1c9f0-5a0e-4c1b-9d52-0b6a4a1f7c11', '0d7e2a94-3c55-4a3e-8f1d-6a9b1c2d3e4f'];

  /** Schedules the same twice, and asks for the second job alone. */
  const judged = async (ids: string, [first, second]: readonly unknown[]) => {
    const api = await open({ ids });
    await schedule(api, { jobId: first, text: 'once' });
    const { id } = await schedule(api, { jobId: second, text: 'once' });
    await api.send('GET', `/things/${id}`);
    return ruleOf(api.sandbox.verdict(), 'no-duplicate-submission').outcome;
  };

  it('is found to be a duplicate where the id was made up for it', async () => {
    expect(await judged('body.jobId', MADE_UP)).toBe('failed');
    // Nothing says that this field is an id of the client's own.
    expect(await judged('uuid', MADE_UP)).not.toBe('failed');
  });

  it('is another request where the id is a name', async () => {
    expect(await judged('body.jobId', ['monday', 'tuesday'])).not.toBe('failed');
  });
});

describe('ids of several APIs', () => {
  it('may be the same: each API has its own jobs', async () => {
    const ids = 'integers from 1';
    const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
    const things = await open({ ids });
    const others = await open(
      {},
      {
        paths: {
          '/others': { post: { operationId: 'makeOther', responses: { 202: ANY } } },
          '/others/{id}': {
            get: { operationId: 'readOther', parameters, responses: { 200: ANY } },
          },
        },
        binding: {
          binding: 'others',
          schedules: { makeOther: {} },
          report: { operation: 'readOther', job: 'id', ids },
        },
      },
    );
    const apis = [{ spec: things.spec }, { spec: others.spec }];
    const sandbox = await startSandbox({ apis, clock: { mode: 'manual' } });
    onTestFinished(() => sandbox.close());
    const ask = (method: string, path: string, body?: unknown) =>
      send(method, sandbox.url + path, { body });
    expect((await ask('POST', '/things', {})).json.id).toBe(1);
    sandbox.clock.advance('3s');
    expect((await ask('POST', '/others')).json.id).toBe(1);
    expect((await ask('GET', '/things/1')).json.state).toBe('DONE');
    expect((await ask('GET', '/others/1')).json.state).toBe('RUNNING');
    expect(sandbox.jobs().map(({ api, id, polls }) => [api, id, polls])).toEqual([
      ['things', '1', 1],
      ['others', '1', 1],
    ]);
  });
});

describe('a job that is a resource', () => {
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
  const given: SmallApi = {
    paths: {
      '/things/{id}': {
        parameters,
        put: {
          operationId: 'putThing',
          requestBody: { required: true, content: BODY },
          responses: { 200: ANY, 201: ANY },
        },
        get: { operationId: 'readThing', responses: { 200: ANY, 202: ANY } },
      },
    },
    binding: {
      schedules: { putThing: {} },
      scheduled: { http: 201, bare: true, data: { id: '{job}', state: '{state}' } },
      states: {
        CREATING: {
          outcome: 'open',
          http: 202,
          bare: true,
          data: { id: '{job}', state: '{state}' },
        },
        READY: {
          outcome: 'done',
          bare: true,
          data: { id: '{job}', state: '{state}', size: '{body.size}' },
        },
      },
    },
  };

  it('is scheduled by PUT and reported by GET of one path', async () => {
    const api = await open({ ids: 'path.id' }, given);
    const put = () => api.send('PUT', '/things/big-one', { body: { size: 'L' } });
    const first = await put();
    expect([first.status, first.json]).toEqual([201, { id: 'big-one', state: 'CREATING' }]);
    expect((await api.send('GET', '/things/big-one')).status).toBe(202);
    api.sandbox.clock.advance('3s');
    const done = { id: 'big-one', state: 'READY', size: 'L' };
    expect((await api.send('GET', '/things/big-one')).json).toEqual(done);
    const again = await put();
    expect([again.status, again.json]).toEqual([200, done]);
    expect(api.sandbox.jobs()).toHaveLength(1);
    expect(api.sandbox.journal().at(-1)?.note).toContain('there already');
  });

  it('is one job for the auditor, however often it is put', async () => {
    const api = await open({ ids: 'path.id' }, given);
    await api.send('PUT', '/things/a', { body: { size: 'L' } });
    await api.send('PUT', '/things/a', { body: { size: 'L' } });
    api.sandbox.clock.advance('3s');
    await api.send('GET', '/things/a');
    const verdict = api.sandbox.verdict();
    expect(reproaches(verdict)).toEqual([]);
    expect(ruleOf(verdict, 'reaches-the-end').outcome).toBe('passed');
  });

  it('refuses a second PUT where the binding says so', async () => {
    const api = await open({ ids: 'path.id', taken: 'refused' }, given);
    await api.send('PUT', '/things/a', { body: {} });
    expect((await api.send('PUT', '/things/a', { body: {} })).status).toBe(409);
  });
});

describe('where the id of a job stands', () => {
  const status = (operation: object, method = 'get'): SmallApi => ({
    paths: {
      '/status': { [method]: { operationId: 'status', responses: { 200: ANY }, ...operation } },
    },
    binding: { states },
  });
  const at = (job: string) => ({ operation: 'status', job });

  it.each([
    [
      'query.id',
      status({
        parameters: [{ name: 'id', in: 'query', required: true, schema: { type: 'string' } }],
      }),
      (id: string) => ['GET', `/status?id=${id}`, {}] as const,
    ],
    [
      'header.X-Job',
      status({ parameters: [{ name: 'x-job', in: 'header', schema: { type: 'string' } }] }),
      (id: string) => ['GET', '/status', { headers: { 'X-JOB': id } }] as const,
    ],
    [
      'body.job.id',
      status({ requestBody: { content: BODY } }, 'post'),
      (id: string) => ['POST', '/status', { body: { job: { id } } }] as const,
    ],
  ])('may be %s', async (job, given, ask) => {
    const api = await open(at(job), given);
    const { id } = await schedule(api);
    const [method, path, more] = ask(id);
    expect((await api.send(method, path, more)).json).toEqual({ id, state: 'RUNNING' });
    api.sandbox.clock.advance('3s');
    expect((await api.send(method, path, more)).json).toEqual({ id, state: 'DONE' });
    expect(api.sandbox.journal().map((one) => one.job)).toEqual([id, id, id]);
    expect(ruleOf(api.sandbox.verdict(), 'reaches-the-end').outcome).toBe('passed');
    const [, other, nobody] = ask('nobody');
    expect((await api.send(method, other, nobody)).status).toBe(404);
  });

  it('is asked for where a request names no job', async () => {
    const api = await open(at('body.job'), status({ requestBody: { content: BODY } }, 'post'));
    const { status: code, headers, json } = await api.send('POST', '/status', { body: {} });
    expect([code, headers.get('esoz-sandbox-refusal')]).toEqual([400, 'REQUEST_NAMES_NO_JOB']);
    expect(JSON.stringify(json)).toContain('body.job is missing');
  });

  it('stands in the journal of a request that was let in by nobody', async () => {
    const api = await open(at('body.job'), {
      ...status({ requestBody: { content: BODY }, security: [{ token: [] }] }, 'post'),
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    });
    const { id } = await schedule(api);
    expect((await api.send('POST', '/status', { body: { job: id } })).status).toBe(401);
    expect(api.sandbox.journal().at(-1)?.job).toBe(id);
  });
});

describe('the parent in a path', () => {
  const id = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
  const given: SmallApi = {
    paths: {
      '/teams/{team}/exports': {
        post: {
          operationId: 'makeExport',
          parameters: [id('team')],
          requestBody: { content: BODY },
          responses: { 202: ANY },
        },
      },
      '/teams/{team}/exports/{export}': {
        get: {
          operationId: 'readExport',
          parameters: [id('team'), id('export')],
          responses: { 200: ANY },
        },
      },
    },
    binding: {
      schedules: { makeExport: {} },
      report: { operation: 'readExport', job: 'export', ids: 'uuid' },
    },
  };

  it('has to be that of the job: below another one there is no such job', async () => {
    const api = await open({}, given);
    const { json } = await api.send('POST', '/teams/red/exports', { body: {} });
    const wrong = await api.send('GET', `/teams/blue/exports/${json.id}`);
    expect([wrong.status, wrong.headers.get('esoz-sandbox-refusal')]).toEqual([
      404,
      'REQUEST_WRONG_PARENT',
    ]);
    expect((await api.send('GET', `/teams/red/exports/${json.id}`)).status).toBe(200);
    expect(api.sandbox.jobs()[0]?.polls).toBe(1);
  });
});

describe('a job that nobody has been told of', () => {
  it('is answered for as the binding says, and the refusal is in the journal', async () => {
    const unknown = { http: 400, bare: true, data: { error: 'invalid_grant', job: '{job}' } };
    const api = await open({ unknown }, { reports: { responses: { 200: ANY, 400: ANY } } });
    const { status, json } = await api.send('GET', '/things/x1');
    expect([status, json]).toEqual([400, { error: 'invalid_grant', job: 'x1' }]);
    expect(api.sandbox.journal().at(-1)).toMatchObject({ job: 'x1', status: 400 });
    const broken = api.sandbox.verdict().rules.filter(({ outcome }) => outcome === 'failed');
    expect(broken.map(({ rule }) => rule)).toContain('only-known-jobs');
  });

  it('is refused with another status in the form that refusals have', async () => {
    const api = await open({ unknown: 410 });
    const { status, headers } = await api.send('GET', '/things/x1');
    expect([status, headers.get('esoz-sandbox-refusal')]).toEqual([410, 'REQUEST_UNKNOWN_JOB']);
  });

  it('and what would break the contract is said at the start', async () => {
    const unknown = { http: 418, bare: true, data: { error: 'x' } };
    const { spec } = await open({ unknown });
    const { problems } = await loadLenient({ spec });
    expect(problems).toMatchObject([{ code: 'BINDING_BREAKS_CONTRACT', usable: true }]);
    expect(problems[0]?.message).toContain('418');
    await expect(open({ unknown: { http: 400, data: '{eta}' } })).rejects.toThrow(/unknown place/);
  });
});
