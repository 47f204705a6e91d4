import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/index.js';
import { send } from '../support/client.js';
import { LONG_ENOUGH, NOON } from '../support/sandbox.js';
import { BINDING, MEDIA, mediaFolder } from '../support/two-kinds.js';

async function openMedia(files: Readonly<Record<string, string>> = {}) {
  const pack = await mediaFolder(files);
  const clock = { mode: 'manual' as const, now: Date.parse(NOON) };
  const sandbox = await startSandbox({ pack, clock });
  onTestFinished(() => sandbox.close());
  const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
    send(method, sandbox.url + path, { headers });
  return { sandbox, ask };
}

describe('two kinds of jobs in one document', () => {
  it('are each played by their own words, behind any prefix, in one session', async () => {
    const { sandbox, ask } = await openMedia();
    const [exported, imported] = [await ask('POST', '/exports'), await ask('POST', '/v1/imports')];
    expect([exported.status, imported.status]).toEqual([202, 202]);
    const { exportId } = exported.json;
    const { importId } = imported.json;
    expect((await ask('GET', `/v1/exports/${exportId}`)).json.state).toBe('queued');
    expect((await ask('GET', `/imports/${importId}`)).json.state).toBe('waiting');
    sandbox.clock.advance(LONG_ENOUGH);
    expect((await ask('GET', `/exports/${exportId}`)).json).toEqual({ exportId, state: 'done' });
    expect((await ask('GET', `/imports/${importId}`)).json).toEqual({ importId, state: 'over' });
    expect(sandbox.jobs().map(({ api, state }) => [api, state])).toEqual([
      ['exports', 'done'],
      ['imports', 'over'],
    ]);
  });

  it('know no job of one another', async () => {
    const { sandbox, ask } = await openMedia();
    const { json } = await ask('POST', '/exports');
    expect((await ask('GET', `/imports/${json.exportId}`)).status).toBe(404);
    expect(sandbox.jobs()[0]?.polls).toBe(0);
  });

  it('leave the rest of the document to the contract, once', async () => {
    const { sandbox, ask } = await openMedia();
    expect((await ask('GET', '/tables')).json).toEqual(['orders']);
    const { json } = await send('GET', `${sandbox.url}/__sandbox/health`);
    expect(json.operations.map(({ id, api }: { id: string; api: string }) => [id, api])).toEqual(
      expect.arrayContaining([
        ['createExport', 'exports'],
        ['listTables', 'exports'],
        ['getImport', 'imports'],
      ]),
    );
    expect(json.operations).toHaveLength(5);
    expect(
      json.apis.map(({ name, binding, kind }: Record<string, string>) => [name, binding, kind]),
    ).toEqual([
      ['exports', 'media', 'exports'],
      ['imports', 'media', 'imports'],
    ]);
  });

  it('share one contract', async () => {
    const { loadSetup } = await import('../../src/load/load-setup.js');
    const { apis } = await loadSetup({ pack: await mediaFolder() });
    expect(apis).toHaveLength(2);
    expect(new Set(apis.map(({ contract }) => contract)).size).toBe(1);
    expect(new Set(apis.map(({ contract }) => contract.validator)).size).toBe(1);
  });

  it('have the scenarios that are in their words, and those of their folder', async () => {
    const { sandbox, ask } = await openMedia();
    expect(sandbox.scenarios.map(({ api, name }) => `${api}/${name}`).sort()).toEqual([
      'exports/lost',
      'exports/quick',
      'imports/breaks',
      'imports/lost',
      'imports/quick',
    ]);
    const chosen = async (path: string, scenario: string) =>
      (await ask('POST', path, { 'X-Sandbox-Scenario': scenario })).headers.get(
        'x-sandbox-scenario',
      );
    expect(await chosen('/exports', 'quick')).toBe('quick');
    expect(await chosen('/imports', 'imports/quick')).toBe('quick');
    expect((await ask('POST', '/exports', { 'X-Sandbox-Scenario': 'breaks' })).status).toBe(400);
    sandbox.next('imports/quick');
    const { json } = await ask('POST', '/imports');
    expect((await ask('GET', `/imports/${json.importId}`)).json.state).toBe('over');
  });

  it('are each judged by what they say, and a read that is of no kind counts for any', async () => {
    const { sandbox, ask } = await openMedia();
    const { json } = await ask('POST', '/imports');
    await ask('GET', `/imports/${json.importId}`);
    await ask('GET', `/imports/${json.importId}`);
    const verdict = sandbox.verdict();
    expect(verdict.jobs.map(({ operation }) => operation)).toEqual(['createImport']);
    expect(verdict.held).toBe(false);
  });

  it('take their errors and their other words from the top unless they have their own', async () => {
    const { ask } = await openMedia();
    const { json } = await ask('POST', '/imports', { 'X-Sandbox-Scenario': 'breaks' });
    const poll = () => ask('GET', `/imports/${json.importId}`);
    await poll();
    expect((await poll()).json).toMatchObject({ state: 'broken', error: 'It is lost' });
  });

  it('may have one operation that reports both, and one that cancels: each job is told by its own words', async () => {
    const cancelled = (name: string) =>
      `      cancelled: { <<: *job, outcome: cancelled, data: { ${name}: "{job}", state: "{state}" } }\n`;
    const binding = BINDING.replaceAll(/ {4}report: .*\n/g, '')
      .replace(
        'kinds:',
        'report: { operation: getJob, job: id }\ncancel: { operation: cancelJob }\nkinds:',
      )
      .replace('      done:', `${cancelled('exportId')}      done:`)
      .replace('      over:', `${cancelled('importId')}      over:`);
    const id = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
    const any = { description: 'A job', content: { 'application/json': { schema: {} } } };
    const getJob = { operationId: 'getJob', parameters: id, responses: { 200: any } };
    const cancelJob = { ...getJob, operationId: 'cancelJob' };
    const jobs = { '/jobs/{id}': { get: getJob, delete: cancelJob } };
    const document = { ...MEDIA, paths: { ...MEDIA.paths, ...jobs } };
    const files = { 'binding.yaml': binding, 'openapi.json': JSON.stringify(document) };
    const { sandbox, ask } = await openMedia(files);
    const exported = (await ask('POST', '/exports')).json.exportId;
    const imported = (await ask('POST', '/imports')).json.importId;
    expect((await ask('GET', `/jobs/${exported}`)).json.state).toBe('queued');
    expect((await ask('GET', `/jobs/${imported}`)).json.state).toBe('waiting');
    expect(sandbox.journal().map(({ api }) => api)).toEqual([
      'exports',
      'imports',
      'exports',
      'imports',
    ]);
    expect(sandbox.verdict().jobs.map(({ polls }) => polls.length)).toEqual([1, 1]);
    expect((await ask('DELETE', `/jobs/${imported}`)).json).toEqual({
      importId: imported,
      state: 'cancelled',
    });
    expect((await ask('GET', `/jobs/${exported}`)).json.state).toBe('queued');
    expect((await ask('GET', `/jobs/${imported}`)).json.state).toBe('cancelled');
  });

  describe('that one operation lists', () => {
    const job = { type: 'object', properties: { exportId: {}, importId: {}, type: {}, state: {} } };
    const query = ['type', 'state', 'operation', 'table', 'limit', 'after'].map((name) => ({
      name,
      in: 'query',
      schema: { type: 'string' },
    }));
    const listJobs = {
      operationId: 'listJobs',
      parameters: query,
      responses: {
        200: {
          description: 'Jobs',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['jobs', 'total'],
                properties: { jobs: { type: 'array', items: job }, total: { type: 'integer' } },
              },
            },
          },
        },
      },
    };
    const document = JSON.stringify({
      ...MEDIA,
      paths: { ...MEDIA.paths, '/jobs': { get: listJobs } },
    });
    const list = (filter = '', total = '"{total}"') => `list:
  operation: listJobs
  bare: true
  data: { jobs: "{items}", total: ${total} }
  filter: { type: kind, state: state, operation: operation${filter} }
  paging: { limit: limit, after: after }
`;
    const atTheTop = BINDING.replace('kinds:', `${list()}kinds:`);
    /** Each kind has a list of its own. */
    const ofEach = (imports: string) => {
      const own = (text: string) => text.replace(/^(?=.)/gm, '    ');
      return BINDING.replace('  imports:', `${own(list())}  imports:`) + own(imports);
    };
    const open = (binding: string) =>
      openMedia({ 'openapi.json': document, 'binding.yaml': binding });

    it('stand in one list, each in its own words, and are chosen by kind, state and operation', async () => {
      const { sandbox, ask } = await open(atTheTop);
      const exported = (await ask('POST', '/exports')).json.exportId;
      sandbox.clock.advance('1s');
      const imported = (await ask('POST', '/imports')).json.importId;
      const { json, status } = await ask('GET', '/jobs');
      expect([status, json]).toEqual([
        200,
        {
          jobs: [
            { importId: imported, state: 'waiting' },
            { exportId: exported, state: 'queued' },
          ],
          total: 2,
        },
      ]);
      const listed = async (asked: string) => {
        const { jobs } = (await ask('GET', `/jobs?${asked}`)).json;
        return jobs.map((each: { exportId?: string; importId?: string }) =>
          each.exportId ? 'export' : 'import',
        );
      };
      expect(await listed('type=exports')).toEqual(['export']);
      expect(await listed('type=Imports')).toEqual(['import']);
      expect(await listed('type=tables')).toEqual([]);
      expect(await listed('state=queued')).toEqual(['export']);
      expect(await listed('operation=createImport')).toEqual(['import']);
      expect(await listed('limit=1')).toEqual(['import']);
      expect(await listed(`limit=1&after=${imported}`)).toEqual(['export']);
      expect(sandbox.jobs().map(({ polls }) => polls)).toEqual([0, 0]);
      expect((await ask('GET', `/imports/${imported}`)).status).toBe(200);
    });

    it('may be told of by a list that each kind has for itself; what one does not have chooses none of it', async () => {
      const item = '  item: { importId: "{job}", type: import }\n';
      const { ask } = await open(ofEach(list(', table: item.type') + item));
      await ask('POST', '/exports');
      const imported = (await ask('POST', '/imports')).json.importId;
      expect((await ask('GET', '/jobs?type=imports')).json.jobs).toEqual([
        { importId: imported, type: 'import' },
      ]);
      expect((await ask('GET', '/jobs?table=import')).json.total).toBe(1);
      expect((await ask('GET', '/jobs?table=export')).json.total).toBe(0);
    });

    it('are not taken where the kinds answer in two ways', async () => {
      await expect(open(ofEach(list('', '7')))).rejects.toThrow(/BINDING_OPERATION_TWICE/);
    });

    it('may be asked for by a body: how many, from where on, and in which state', async () => {
      const wishes = ['count', 'offset', 'status'].map((name) => [name, {}]);
      const schema = {
        type: 'object',
        properties: Object.fromEntries(wishes),
        additionalProperties: false,
      };
      const { parameters: _, ...search } = listJobs;
      const content = { 'application/json': { schema } };
      const post = { ...search, requestBody: { content } };
      const paths = { ...MEDIA.paths, '/jobs/search': { post } };
      const wished = list()
        .replace(/filter: .*/, 'filter: { body.status: state }')
        .replace(/paging: .*/, 'paging: { limit: body.count, offset: body.offset }');
      const files = {
        'openapi.json': JSON.stringify({ ...MEDIA, paths }),
        'binding.yaml': BINDING.replace('kinds:', `${wished}kinds:`),
      };
      const { sandbox, ask } = await openMedia(files);
      const ids: string[] = [];
      for (const path of ['/exports', '/imports', '/exports']) {
        const { exportId, importId } = (await ask('POST', path)).json;
        ids.push(exportId ?? importId);
        sandbox.clock.advance('1s');
      }
      const found = async (body: object) => {
        const { json } = await send('POST', `${sandbox.url}/jobs/search`, { body });
        return json.jobs.map((job: Record<string, string>) => job.exportId ?? job.importId);
      };
      expect(await found({})).toEqual(ids.toReversed());
      expect(await found({ count: 1, offset: 1 })).toEqual([ids[1]]);
      expect(await found({ count: 1, offset: null, status: 'queued' })).toEqual([ids[2]]);
      expect(await found({ status: 'waiting' })).toEqual([ids[1]]);
      const wrong = {
        ...files,
        'binding.yaml': files['binding.yaml'].replace('body.count', 'body.cuont'),
      };
      await expect(openMedia(wrong)).rejects.toThrow(/field "cuont" in its body.*count/s);
    });

    it('tell the clients of each kind the end of their jobs', async () => {
      const { sandbox, ask } = await open(atTheTop);
      const exported = (await ask('POST', '/exports')).json.exportId;
      const imported = (await ask('POST', '/imports')).json.importId;
      sandbox.clock.advance(LONG_ENOUGH);
      await ask('GET', '/jobs');
      expect(sandbox.verdict().jobs.map(({ api, job: id, outcome }) => [api, id, outcome])).toEqual(
        [
          ['exports', exported, 'done'],
          ['imports', imported, 'done'],
        ],
      );
      // Whoever was told the end by the list asks once more for nothing.
      await ask('GET', `/imports/${imported}`);
      await ask('GET', `/imports/${imported}`);
      const late = sandbox.verdict().rules.find(({ rule }) => rule === 'stops-when-final');
      expect(late?.findings.map(({ job: id }) => id)).toEqual([imported]);
      expect(sandbox.verdict().exchanges).toBe(5);
    });
  });
});
