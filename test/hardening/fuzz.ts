import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Contract, loadContract } from '../../src/contract/contract.js';
import { mediaTypeOf } from '../../src/contract/media-type.js';
import { startSandbox } from '../../src/index.js';
import { isRunning, launch } from '../support/command.js';
import { disability, ENCOUNTER, PATIENT, reference } from '../support/conclusions.js';
import { callControl } from '../support/control.js';
import { type Known, type Made, requestsOf } from './arbitraries.js';
import { type Got, openHttp } from './http.js';

/** Another seed: `FUZZ_SEED=7 npx vitest run test/hardening`; more requests: `FUZZ_RUNS=100000`. */
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const SETTINGS = { seed: SEED, interruptAfterTimeLimit: 600_000 };

const SESSIONS = ['a1', 'a2', 'a3'];
const SCENARIOS = await scenariosWithoutFaults();

let server: Awaited<ReturnType<typeof launch>>;
let http: ReturnType<typeof openHttp>;
let api: Contract;
let control: Contract;

const [FINAL = '', DRAFT = '', EPISODE = ''] = fc.sample(fc.uuid({ version: 4 }), {
  numRuns: 3,
  seed: 7,
});

/** Conclusions that can be read, signed, cancelled and sent again. */
async function seed(session: string): Promise<void> {
  const task = { component: 'ERLN', type: 'CREATE_ERLN_RECORD', taskStatus: 'FAILED' };
  const integration = [{ ...task, integrationStatus: 'ERROR' }];
  for (const [id, status] of [
    [FINAL, 'FINAL'],
    [DRAFT, 'PRELIMINARY'],
  ] as const) {
    const episodeOfCare = reference('episode', EPISODE);
    const document = disability({ identifier: { value: id }, episodeOfCare, status, integration });
    const path = `/sessions/${session}/resources`;
    const { status: got } = await callControl(server.url, 'POST', path, { body: { document } });
    expect(got).toBe(201);
  }
}

/** Those whose answers all come, keep the contract and are no 500. */
async function scenariosWithoutFaults(): Promise<string[]> {
  const { scenarios, close } = await startSandbox();
  await close();
  const kept = scenarios.filter(({ name, off_contract }) => {
    const text = readFileSync(`scenarios/compositions/${name}.yaml`, 'utf8');
    return !off_contract && !/fault:|delay:|http: 500/.test(text);
  });
  return kept.map(({ name }) => name);
}

/** Checks one answer of the simulated API. */
function expectKept(made: Made, { status, headers, text }: Got): void {
  const told = `${made.method} ${made.target} → ${status} ${text.slice(0, 400)}`;
  expect(status, told).not.toBe(500);
  if (made.method === 'HEAD') return;
  const path = (made.target.split('?', 1)[0] as string).replace(/^\/~[^/]*/, '');
  const route = api.route(made.method, path);
  const type = mediaTypeOf(headers['content-type']);
  const value = type === 'application/json' ? JSON.parse(text) : text;
  if (status < 400) {
    expect(route.kind, told).toBe('found');
    if (route.kind !== 'found') return;
    expect(api.validator.answer(route.operation, status, type, value), told).toEqual([]);
  } else {
    expect(value.meta?.code, told).toBe(status);
    expect(value.error?.message, told).toEqual(expect.any(String));
  }
}

const uuids = fc.sample(fc.uuid({ version: 4 }), { numRuns: 5, seed: SEED });

/** Asks so many times in all, unless the environment says otherwise. */
export function fuzz(usual: number): void {
  const RUNS = Number(process.env.FUZZ_RUNS ?? usual);
  const TIMEOUT = 120_000 + RUNS * 20;

  beforeAll(async () => {
    api = await loadContract('spec/compositions/openapi.yaml', ['', '/api']);
    control = await loadContract('spec/control/openapi.yaml', ['/__sandbox']);
    server = await launch('--quiet', '--clock', 'paced:1000', '--keep-journal', '1000000');
    http = openHttp(server.url, 1);
    for (const session of [...SESSIONS, 'default']) await seed(session);
  });

  afterAll(() => {
    http.close();
    server.child.kill('SIGKILL');
  });

  it(
    `the API answers within its contract or refuses, ${Math.round(RUNS * 0.7)} times`,
    { timeout: TIMEOUT },
    async () => {
      const ids: string[] = [...uuids];
      const compositions = [FINAL, FINAL, DRAFT, ...uuids.slice(0, 1)];
      const good: Known = {
        asyncJobId: ids,
        compositionId: compositions,
        patientId: [PATIENT, PATIENT, ...uuids.slice(0, 1)],
        encounterId: [ENCOUNTER],
        episodeId: [EPISODE],
        subject: [PATIENT, ...uuids],
        templateId: ['1000', '1001'],
      };
      const session = fc.constantFrom(...SESSIONS.map((name) => `/~${name}`), '');
      const prefix = fc.tuple(session, fc.constantFrom('', '/api')).map((parts) => parts.join(''));
      const headers = fc.oneof(
        { arbitrary: fc.constant({}), weight: 5 },
        fc.record({ 'X-Sandbox-Scenario': fc.constantFrom(...SCENARIOS, 'none', '__proto__') }),
        fc.record({ 'X-Sandbox-Session': fc.constantFrom('a9', '__proto__', '../x', 'a b', '') }),
        fc.record({ 'Accept-Encoding': fc.constant('gzip'), Range: fc.constant('bytes=0-1') }),
        fc.record({ Prefer: fc.constantFrom('code=500x', 'dynamic=true', 'example=__proto__') }),
      );
      const asked = requestsOf(api, prefix, good, headers);
      const statuses = new Map<number, number>();
      const done = new Set<string>();
      const property = fc.asyncProperty(asked, async (made) => {
        const got = await http.ask(made);
        statuses.set(got.status, (statuses.get(got.status) ?? 0) + 1);
        expectKept(made, got);
        if (got.status < 300) done.add(made.operation);
        // Ids that were handed out are asked for later, in their own session and in others.
        const id = /"id":"([0-9a-f-]{36})"/.exec(got.text)?.[1];
        if (got.status < 300 && id) ids[made.target.length % 12] = id;
      });
      await fc.assert(property, { ...SETTINGS, numRuns: Math.round(RUNS * 0.7) });
      // Good requests get through as well as bad ones: else nothing but refusals was tried.
      // What is to be cancelled stands in the signed content, which no chance makes right.
      const possible = [...api.operations.keys()].filter((id) => id !== 'cancelComposition');
      expect([...done].sort()).toEqual(expect.arrayContaining(possible));
      const good200 = statuses.get(200) ?? 0;
      expect(good200).toBeGreaterThan(RUNS * 0.05);
      for (const status of [400, 401, 404, 405, 422]) expect(statuses.has(status)).toBe(true);
    },
  );

  it(
    `the control API keeps its own contract, ${Math.round(RUNS * 0.3)} times`,
    { timeout: TIMEOUT },
    async () => {
      const good: Known = {
        session: ['c1', 'c2', 'c3'],
        name: SCENARIOS,
        operation: ['createComposition'],
      };
      const headers = fc.oneof(
        { arbitrary: fc.constant({}), weight: 5 },
        fc.record({ Accept: fc.constantFrom('text/html', 'application/xml', 'q=;', '*/*;q=0') }),
      );
      const prefix = fc.constant('/__sandbox');
      const asked = requestsOf(control, prefix, good, headers, ['streamEvents', 'streamAllEvents']);
      const property = fc.asyncProperty(asked, async (made) => {
        const { status, headers: said, text } = await http.ask(made);
        const told = `${made.method} ${made.target} ${made.body} → ${status} ${text.slice(0, 400)}`;
        expect(status, told).not.toBe(500);
        const route = control.route(made.method, made.target.split('?', 1)[0] as string);
        if (route.kind !== 'found' || made.method === 'HEAD') return;
        const type = mediaTypeOf(said['content-type']);
        const value = type === 'application/json' ? JSON.parse(text) : text;
        const breaches = control.validator.answer(route.operation, status, type, value);
        expect(breaches, told).toEqual([]);
      });
      await fc.assert(property, { ...SETTINGS, numRuns: Math.round(RUNS * 0.3) });
    },
  );

  it('the sandbox is still the same process, in good health, and ends when it is told to', async () => {
    const { status, text } = await http.ask({
      method: 'GET',
      target: '/__sandbox/health',
      headers: {},
      body: undefined,
    });
    expect([status, JSON.parse(text).status]).toEqual([200, 'ok']);
    expect(isRunning(server.child.pid ?? 0)).toBe(true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    server.child.kill('SIGTERM');
    expect(await server.exit).toBe(0);
  });
}
