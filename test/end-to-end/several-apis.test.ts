import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/index.js';
import { startServer } from '../../src/server/server.js';
import { CREDENTIALS, makeClient, send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { jobOf, makeEventsClient } from '../support/medical-events.js';
import { LONG_ENOUGH, openSandbox } from '../support/sandbox.js';

const BOTH = { pack: ['compositions', 'medical-events'] };
const ORDERS = 'test/fixtures/reports/openapi.yaml';

/** A folder with these files in it. */
async function folderOf(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'several-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

type Upstream = (req: IncomingMessage, res: ServerResponse, body: string) => void;

/** Another system, which hears a request whole and answers it. */
async function openUpstream(answer: Upstream): Promise<string> {
  const server = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => answer(req, res, Buffer.concat(parts).toString()));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function openBoth(options: Parameters<typeof openSandbox>[0] = {}) {
  const { sandbox } = await openSandbox({ ...BOTH, ...options });
  return { sandbox, conclusions: makeClient(sandbox.url), events: makeEventsClient(sandbox) };
}

describe('two APIs at one address', () => {
  it('are each played to the end of its jobs, in one session with one clock', async () => {
    const { sandbox, conclusions, events } = await openBoth();
    const created = await conclusions.create(disability());
    const submitted = await events.schedule('submitEncounterPackage');
    expect([created.status, submitted.status]).toEqual([200, 202]);
    const [conclusion, event] = [created.json.data.id, jobOf(submitted)];
    expect((await conclusions.poll(conclusion)).json.data.status).toBe('PENDING');
    expect((await events.poll(event)).json.data.status).toBe('pending');
    sandbox.clock.advance(LONG_ENOUGH);
    expect((await conclusions.poll(conclusion)).json.data.status).toBe('DONE');
    expect((await events.poll(event)).json.data.status).toBe('processed');
    expect(sandbox.jobs().map(({ api, state }) => [api, state])).toEqual([
      ['compositions', 'DONE'],
      ['medical-events', 'processed'],
    ]);
    expect(new Set(sandbox.journal().map(({ api }) => api))).toEqual(
      new Set(['compositions', 'medical-events']),
    );
  });

  it('keep what each pack has made apart, and list it together', async () => {
    const { sandbox, conclusions, events } = await openBoth();
    await conclusions.create(disability());
    await events.schedule('createServiceRequest');
    sandbox.clock.advance(LONG_ENOUGH);
    expect(sandbox.resources().map(({ kind }) => kind)).toEqual(['composition', 'service_request']);
  });

  it('know no job of one another', async () => {
    const { sandbox } = await openSandbox({ apis: [{ pack: 'compositions' }, { spec: ORDERS }] });
    const client = makeClient(sandbox.url);
    const { json } = await client.create(disability());
    const elsewhere = await send('GET', `${sandbox.url}/reports/${json.data.id}`);
    expect(elsewhere.status).toBe(404);
    expect(sandbox.jobs()[0]?.polls).toBe(0);
    expect((await client.poll(json.data.id)).status).toBe(200);
  });

  it('choose scenarios by operation: one that is queued waits for a job of its own API', async () => {
    const { sandbox, conclusions, events } = await openBoth();
    sandbox.next('failed-1172');
    const submitted = await events.schedule('submitEncounterPackage');
    expect(submitted.headers.get('x-sandbox-scenario')).toBe('processed-after-eta');
    const created = await conclusions.create(disability());
    expect(created.headers.get('x-sandbox-scenario')).toBe('failed-1172');
  });

  it('share a name of two catalogues with whichever comes first, unless the API is named with it', async () => {
    const { sandbox, conclusions, events } = await openBoth();
    sandbox.next('slow');
    expect((await conclusions.create(disability())).headers.get('x-sandbox-scenario')).toBe('slow');
    sandbox.next('medical-events/slow');
    const created = await conclusions.create(disability());
    expect(created.headers.get('x-sandbox-scenario')).toBe('done-after-eta');
    const submitted = await events.schedule('submitEncounterPackage');
    expect(submitted.headers.get('x-sandbox-scenario')).toBe('slow');
    expect(() => sandbox.next('medical-events/failed-1172')).toThrow(/unknown scenario/);
  });

  it('take a header, a session’s scenario and a server’s alike', async () => {
    const { sandbox, conclusions, events } = await openBoth({ scenario: 'slow' });
    const named = { headers: { 'X-Sandbox-Scenario': 'eta-moves' } };
    const scenarioOf = ({ headers }: { headers: Headers }) => headers.get('x-sandbox-scenario');
    expect(scenarioOf(await events.schedule('createApproval'))).toBe('slow');
    expect(scenarioOf(await events.schedule('createServiceRequest', named))).toBe('eta-moves');
    sandbox.set({ scenario: 'compositions/failed-1172' });
    expect(scenarioOf(await conclusions.create(disability()))).toBe('failed-1172');
    expect(scenarioOf(await events.schedule('createApproval'))).toBe('slow');
  });

  it('are told of by the control API, with the first one where there was one', async () => {
    const { sandbox } = await openBoth();
    const { json } = await send('GET', `${sandbox.url}/__sandbox/health`);
    expect(json.binding).toBe('compositions');
    expect(json.apis.map(({ name }: { name: string }) => name)).toEqual([
      'compositions',
      'medical-events',
    ]);
    const served = json.operations.map(({ id, api }: { id: string; api: string }) => [api, id]);
    expect(served).toContainEqual(['medical-events', 'getJob']);
    const { json: listed } = await send('GET', `${sandbox.url}/__sandbox/scenarios`);
    expect(new Set(listed.scenarios.map(({ api }: { api: string }) => api)).size).toBe(2);
    const one = await send('GET', `${sandbox.url}/__sandbox/examples/createApproval`);
    expect(one.status).toBe(200);
  });

  it('say 404 with the nearest path of any of them', async () => {
    const { sandbox } = await openBoth();
    const { status, json } = await send('GET', `${sandbox.url}/api/job/7`, {
      headers: CREDENTIALS,
    });
    expect(status).toBe(404);
    expect(json.error.message).toContain('did you mean /api/jobs/{id}?');
  });

  it('can be a pack and a document beside it, each with scenarios of its own', async () => {
    const scenarios = await folderOf({
      'reports/late.yaml':
        'scenario: late\ntitle: Late\nabout: It takes its time.\nlife: [{state: waiting, for: 1min}, {state: ready}]\n',
    });
    const apis = [{ pack: 'compositions' }, { spec: ORDERS }];
    const { sandbox } = await openSandbox({ apis, scenarios });
    sandbox.next('late');
    const ordered = await send('POST', `${sandbox.url}/reports`, { body: { name: null } });
    expect(ordered.headers.get('x-sandbox-scenario')).toBe('late');
    expect((await makeClient(sandbox.url).create(disability())).status).toBe(200);
  });
});

describe('a verdict on two APIs', () => {
  it('judges each job by the words of its own API', async () => {
    const { sandbox, conclusions, events } = await openBoth();
    const created = await conclusions.create(disability());
    const submitted = await events.schedule('submitEncounterPackage');
    sandbox.clock.advance(LONG_ENOUGH);
    await conclusions.poll(created.json.data.id);
    await events.poll(jobOf(submitted));
    const verdict = sandbox.verdict();
    expect(verdict.jobs.map(({ api, outcome }) => [api, outcome])).toEqual([
      ['compositions', 'done'],
      ['medical-events', 'done'],
    ]);
    const ruleOf = (name: string) => verdict.rules.find(({ rule }) => rule === name);
    expect(ruleOf('reaches-the-end')).toMatchObject({ outcome: 'passed', tested: 2 });
    const findings = verdict.rules.flatMap((rule) => rule.findings);
    const unread = findings.filter(({ rule }) => rule === 'reads-the-result');
    expect(unread.map(({ message }) => message)).toEqual([
      'the job was DONE and its result was never read',
      'the job was processed and its result was never read',
    ]);
    // What their scenarios expect comes to the same, and there is nothing else.
    const others = findings.filter(({ rule }) => rule !== 'reads-the-result');
    expect(others.every(({ message }) => message.startsWith('expect.result_read'))).toBe(true);
  });

  it('finds what a client does wrong with one of them', async () => {
    const { sandbox, conclusions, events } = await openBoth();
    const created = await conclusions.create(disability());
    const submitted = await events.schedule('submitEncounterPackage');
    await events.poll(jobOf(submitted));
    await events.poll(jobOf(submitted));
    sandbox.clock.advance(LONG_ENOUGH);
    await conclusions.poll(created.json.data.id);
    await events.poll(jobOf(submitted));
    const hasty = sandbox.verdict().rules.find(({ rule }) => rule === 'spacing');
    expect(hasty?.findings.map(({ operation }) => operation)).toEqual(['submitEncounterPackage']);
  });
});

describe('a path that two APIs have', () => {
  it('is answered by the first, and the start says so with both places', async () => {
    const folder = await folderOf({ 'again.yaml': '' });
    const { readFile } = await import('node:fs/promises');
    await writeFile(join(folder, 'again.yaml'), await readFile(ORDERS));
    const binding = join(dirname(ORDERS), 'binding.yaml');
    const notices: string[] = [];
    const apis = [{ spec: ORDERS }, { spec: join(folder, 'again.yaml'), binding }];
    const server = await startServer({ port: 0, apis }, { onNotice: (text) => notices.push(text) });
    onTestFinished(() => server.close());
    const health = await send('GET', `${server.url}/__sandbox/health`);
    expect(health.json.apis.map(({ name }: { name: string }) => name)).toEqual([
      'reports',
      'reports-2',
    ]);
    await expect.poll(() => notices.join('\n')).toContain('[CONTRACT_PATH_TAKEN]');
    const told = notices.find((text) => text.includes('POST /reports'));
    expect(told).toMatch(/again\.yaml:\d+:3: warning: .*openapi\.yaml:\d+:3 comes first/);
    expect(told).toContain(ORDERS);
    await send('POST', `${server.url}/reports`, { body: { name: null } });
    const { json } = await send('GET', `${server.url}/__sandbox/sessions/default/journal`);
    expect(json.exchanges[0].api).toBe('reports');
  });
});

describe('what no contract knows', () => {
  const LOGIN = '{"access_token": "eyJhbGciOiJIUzI1NiJ9.c2VjcmV0", "expires_in": 3600}';

  it('is answered by files, whose places are their paths', async () => {
    const stubs = await folderOf({
      'oauth/tokens.post.json': LOGIN,
      'oauth/{id}.delete': '',
      'persons/{id}.json':
        '---\nstatus: 409\nheaders: { Retry-After: 5 }\n---\n{"error": "merged"}',
      'index.txt': 'hello',
      'README.md': 'told to people',
    });
    const { sandbox } = await openSandbox({ stubs });
    const ask = (method: string, path: string, body?: unknown) =>
      send(method, sandbox.url + path, { body });
    const token = await ask('POST', '/oauth/tokens', { password: 'hunter22' });
    expect([token.status, token.text]).toEqual([200, LOGIN]);
    expect(token.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect((await ask('DELETE', '/oauth/7')).status).toBe(204);
    const person = await ask('GET', '/persons/7?full=true');
    expect([person.status, person.json]).toEqual([409, { error: 'merged' }]);
    expect(person.headers.get('retry-after')).toBe('5');
    expect((await ask('GET', '/')).text).toBe('hello');
    expect((await ask('GET', '/oauth/tokens')).status).toBe(404);
    expect((await ask('GET', '/README')).status).toBe(404);
    const [exchange] = sandbox.journal();
    expect(exchange).toMatchObject({ answered_by: 'stub', path: '/oauth/tokens', status: 200 });
    expect(exchange?.request.body).toBe('{"password":"hunt… (8 characters)"}');
    expect(exchange?.response.body).toContain('"access_token": "eyJh… (29 characters)"');
  });

  it('is judged by no rule', async () => {
    const stubs = await folderOf({ 'oauth/tokens.post.json': LOGIN });
    const { sandbox } = await openSandbox({ stubs });
    await send('POST', `${sandbox.url}/oauth/tokens?client_secret=12345678`, { body: {} });
    const { exchanges, counts } = sandbox.verdict();
    expect([exchanges, counts.error]).toEqual([0, 0]);
    expect(sandbox.journal()[0]?.path).toBe('/oauth/tokens?client_secret=1234… (8 characters)');
  });

  it.each([
    ['STUB_MALFORMED', { 'a.json': '---\nstatus: OK\n---\n{}' }],
    ['STUB_MALFORMED', { 'a.json': '---\nstats: 200\n---\n{}' }],
    ['STUB_MALFORMED', { 'a.json': '---\nheaders: { "a b": c }\n---\n{}' }],
    ['STUB_MALFORMED', { 'a.json': '---\nheaders: { content-length: 3 }\n---\n{}' }],
    ['FILE_NOT_YAML', { 'a.json': '---\nstatus: [\n---\n{}' }],
    ['STUB_TAKEN', { 'a.json': '{}', 'a.get.json': '{}' }],
    ['STUB_TAKEN', { 'a/{x}.json': '{}', 'a/{y}.json': '{}' }],
  ])('is refused at the start where a file says nonsense: %s', async (code, files) => {
    const stubs = await folderOf(files as unknown as Record<string, string>);
    await expect(startSandbox({ stubs })).rejects.toMatchObject({ problems: [{ code }] });
  });

  it('is warned of where a file is never asked, or is no JSON, and both are served', async () => {
    const stubs = await folderOf({
      'patients/composition.post.json': '{}',
      'broken.json': '{"half": ',
    });
    const notices: string[] = [];
    const server = await startServer(
      { port: 0, stubs },
      { onNotice: (text) => notices.push(text) },
    );
    onTestFinished(() => server.close());
    await expect.poll(() => notices.join('\n')).toContain('[STUB_NEVER_ASKED]');
    expect(notices.join('\n')).toContain('[STUB_NOT_JSON]');
    expect((await send('GET', `${server.url}/broken`)).text).toBe('{"half": ');
  });

  it('is read again when a file changes', async () => {
    const stubs = await folderOf({ 'a.txt': 'old' });
    const server = await startServer({ port: 0, stubs, watch: true });
    onTestFinished(() => server.close());
    expect((await send('GET', `${server.url}/a`)).text).toBe('old');
    await writeFile(join(stubs, 'a.txt'), 'new and longer');
    const now = async () => (await send('GET', `${server.url}/a`)).text;
    await expect.poll(now).toBe('new and longer');
  });

  it('is passed on to another system, with all that it is made of, and back', async () => {
    const upstream = await openUpstream((req, res, body) => {
      res.setHeader('Set-Cookie', ['sid=0123456789abcdef; Path=/', 'lang=uk']);
      res.setHeader('Location', `http://${req.headers.host}/v1/next?x=1`);
      res.setHeader('Content-Type', 'application/json');
      res.writeHead(201);
      res.end(JSON.stringify({ method: req.method, url: req.url, body, got: req.headers }));
    });
    const { sandbox } = await openSandbox({ upstream: `${upstream}/v1` });
    const session = sandbox.session('mine');
    const answer = await send('PUT', `${session.url}/persons/7?a=1&a=2&token=0123456789`, {
      body: { name: 'Ö' },
      headers: { Authorization: 'Bearer 0123456789', 'X-Own': 'yes', 'X-Sandbox-Token': 's' },
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`${session.url}/next?x=1`);
    expect(answer.headers.getSetCookie()).toEqual(['sid=0123456789abcdef; Path=/', 'lang=uk']);
    const { method, url, body, got } = answer.json;
    expect([method, url, body]).toEqual([
      'PUT',
      '/v1/persons/7?a=1&a=2&token=0123456789',
      '{"name":"Ö"}',
    ]);
    expect(got).toMatchObject({
      host: new URL(upstream).host,
      authorization: 'Bearer 0123456789',
      'x-own': 'yes',
    });
    expect(Object.keys(got).filter((name) => /^x-sandbox|keep-alive/.test(name))).toEqual([]);
    const [exchange] = session.journal();
    expect(exchange).toMatchObject({
      answered_by: 'upstream',
      path: '/persons/7?a=1&a=2&token=0123… (10 characters)',
      status: 201,
      note: `passed on to ${upstream}`,
    });
    expect(exchange?.response.headers['Set-Cookie']).toBe(
      'sid=0123… (16 characters); Path=/, lang=u… (2 characters)',
    );
    expect(exchange?.request.headers.authorization).toBe('Bearer 0123… (17 characters)');
    expect(session.verdict().exchanges).toBe(0);
  });

  it('is passed on where a contract knows the path and not the method, and no stub does', async () => {
    const upstream = await openUpstream((req, res) => res.end(req.method));
    const stubs = await folderOf({ 'patients/composition.delete.txt': 'stub' });
    const { sandbox } = await openSandbox({ upstream, stubs });
    const ask = async (method: string) =>
      (await send(method, `${sandbox.url}/patients/composition`)).text;
    expect(await ask('PUT')).toBe('PUT');
    expect(await ask('DELETE')).toBe('stub');
  });

  it('is passed on part by part, however long it is', async () => {
    const part = 'x'.repeat(65_536);
    const upstream = await openUpstream((_, res, body) => res.end(String(body.length)));
    const { sandbox } = await openSandbox({ upstream });
    const { text } = await send('POST', `${sandbox.url}/files`, { body: part.repeat(40) });
    expect(text).toBe(String(65_536 * 40));
  });

  it('breaks off where the other system breaks off', async () => {
    const upstream = await openUpstream((_, res) => {
      res.writeHead(200, { 'Content-Length': '100', 'Content-Type': 'text/plain' });
      res.write('half', () => res.destroy());
    });
    const { sandbox } = await openSandbox({ upstream });
    await expect(send('GET', `${sandbox.url}/files/1`)).rejects.toThrow();
    await expect.poll(() => sandbox.journal()[0]?.response.body).toBe('half');
  });

  it('is 502 with a code where the other system is not there or breaks off', async () => {
    const upstream = await openUpstream((_, res) => res.destroy());
    const { sandbox } = await openSandbox({ upstream });
    const { status, json } = await send('GET', `${sandbox.url}/persons/7`);
    expect(status).toBe(502);
    expect(json.error.message).toContain('[UPSTREAM_UNREACHABLE]');
    expect(sandbox.journal()[0]).toMatchObject({ answered_by: 'upstream', status: 502 });
  });
});

describe('bodies and headers', () => {
  const long = { ...disability(), note: 'x'.repeat(1_100_000) };

  it('may be longer where the server is told so', async () => {
    const usual = makeClient((await openSandbox()).sandbox.url);
    const refused = await usual.create(long);
    expect(refused.status).toBe(413);
    expect(refused.json.error.message).toContain('longer than 1 MiB (1048576 bytes); --max-body');
    const { sandbox } = await openSandbox({ maxBody: 4_000_000, maxHeaderSize: 65_536 });
    const client = makeClient(sandbox.url);
    expect((await client.create(long)).status).not.toBe(413);
    const padded = { 'X-Long': 'y'.repeat(40_000) };
    expect((await client.create(disability(), padded)).status).toBe(200);
  });

  it('may be shorter, too', async () => {
    const { sandbox } = await openSandbox({ maxBody: 100, maxHeaderSize: 4096 });
    const client = makeClient(sandbox.url);
    expect((await client.create(disability())).status).toBe(413);
    const padded = await client.create({}, { 'X-Long': 'y'.repeat(8000) });
    expect(padded.status).toBe(431);
    expect(padded.json.error.message).toContain('longer than 4 KiB');
  });
});

describe('options that name several', () => {
  it.each([
    ['USAGE_OPTION_CONFLICT', { ...BOTH, binding: 'b.yaml' }],
    ['USAGE_OPTION_CONFLICT', { pack: 'compositions', apis: [{ pack: 'medical-events' }] }],
    ['USAGE_NO_SCENARIOS', { ...BOTH, scenarios: 'test/fixtures/reports' }],
    ['USAGE_UNKNOWN_PACK', { pack: ['compositions', 'medical-event'] }],
    ['USAGE_UNKNOWN_SCENARIO', { ...BOTH, scenario: 'no-such' }],
    ['USAGE_UNKNOWN_ENVELOPE', { ...BOTH, envelope: 'dat' }],
    ['SETTING_UNKNOWN', { ...BOTH, settings: { NO_SUCH: 1 } }],
    ['USAGE_WRONG_URL', { upstream: 'example.org' }],
    ['USAGE_WRONG_OPTION', { maxBody: 0 }],
  ])('%s', async (code, options) => {
    await expect(startSandbox(options)).rejects.toMatchObject({ code });
  });
});
