import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Contract, loadContract } from '../../src/contract/contract.js';
import { type RunningSandbox, type ScenarioSummary, startSandbox } from '../../src/index.js';
import {
  ENCOUNTER,
  jobOf,
  METHODS,
  makeEventsClient,
  PATIENT,
  walkEvents,
} from '../support/medical-events.js';
import { NOON } from '../support/sandbox.js';
import { orMishap } from '../support/walk.js';
import { LIVES } from './medical-events-lives.js';

const NAMES = Object.keys(LIVES);
const OPERATIONS = Object.keys(METHODS);
const MAGIC = /^00000000-0000-4000-8000-\d{12}$/;

let sandbox: RunningSandbox;
let contract: Contract;
let opened = 0;

beforeAll(async () => {
  contract = await loadContract('spec/medical-events/openapi.yaml', ['', '/api']);
  const clock = { mode: 'manual' as const, now: Date.parse(NOON) };
  sandbox = await startSandbox({ pack: 'medical-events', clock });
});
afterAll(() => sandbox.close());

/** A session that nobody has used; what is to be cancelled is there. */
function open(operation: string) {
  opened += 1;
  const session = sandbox.session(`events-${opened}`);
  if (operation === 'cancelEncounterPackage') {
    session.seed({ patient_id: PATIENT, id: ENCOUNTER });
  }
  return session;
}

const summaryOf = (name: string) =>
  sandbox.scenarios.find((scenario) => scenario.name === name) as ScenarioSummary;
/** Those that this client knows how to ask for. */
const operationsOf = (name: string) =>
  (summaryOf(name).operations ?? OPERATIONS).filter((id) => OPERATIONS.includes(id));
const walk = (name: string, operation = operationsOf(name)[0] as string) =>
  walkEvents(contract, open(operation), operation, name, LIVES[name] as string[]);
const magicOf = ({ when }: ScenarioSummary) =>
  when.map((condition) => `${condition.path?.patient_id}`);

describe('the catalogue of the medical events API', () => {
  it('holds the scenarios that are written down here, and a file for each', () => {
    const files = readdirSync('scenarios/medical-events').filter((file) => file.endsWith('.yaml'));
    expect(files.map((file) => file.replace('.yaml', '')).sort()).toEqual([...NAMES].sort());
    expect(sandbox.scenarios.map(({ name }) => name).sort()).toEqual([...NAMES].sort());
    expect(NAMES.length).toBeGreaterThanOrEqual(10);
  });

  it('has every group, and tells of each scenario what it is and what it teaches', () => {
    const groups = ['happy', 'slow', 'failed', 'lost', 'refused', 'throttled', 'broken', 'odd'];
    for (const { name, title, about } of sandbox.scenarios) {
      expect(title, name).toMatch(/^.{5,70}$/);
      expect(about, name).toMatch(/^[A-Z].{30,}\.$/s);
    }
    const found = sandbox.scenarios.map(({ group }) => group);
    expect([...new Set(found)].sort()).toEqual(groups.sort());
  });

  it('has an identifier of its own for each, the patient of the request', () => {
    const all = sandbox.scenarios.flatMap(magicOf);
    expect(all.filter((id) => !MAGIC.test(id))).toEqual([]);
    expect(new Set(all).size).toBe(NAMES.length);
  });
});

describe('a client that polls as it is told to sees of', () => {
  it.each(NAMES)('%s what is written down', async (name) => {
    expect(await walk(name)).toEqual(LIVES[name]);
  });

  // That each operation is answered within its contract is held of every pack by test/packs/check-pack.test.ts.
  it.each(NAMES)('%s something off contract only where the scenario says so', (name) => {
    const outside = (LIVES[name] as string[]).filter((line) => line.endsWith('off contract'));
    expect(outside.length > 0).toBe(summaryOf(name).off_contract);
  });

  it.each(NAMES)('%s when the patient is the one that stands for it', async (name) => {
    const [patient = ''] = magicOf(summaryOf(name));
    for (const operation of operationsOf(name)) {
      const client = makeEventsClient(open(operation));
      const answer = await orMishap(client.schedule(operation, { patient }));
      if (typeof answer === 'string') throw new Error('no scenario here breaks the request itself');
      expect(answer.headers.get('x-sandbox-scenario')).toBe(name);
    }
  });
});

describe('the id of a job', () => {
  it('has 24 hex digits, stands in the link, and belongs to one session', async () => {
    const session = open('createApproval');
    const client = makeEventsClient(session);
    const job = jobOf(await client.schedule('createApproval'));
    expect(job).toMatch(/^[0-9a-f]{24}$/);
    expect((await client.poll(job)).status).toBe(200);
    expect((await makeEventsClient(open('createApproval')).poll(job)).status).toBe(404);
    expect((await client.poll('no-job')).status).toBe(404);
  });

  it('is the same at every start with a seed', async () => {
    const ids = [];
    for (let i = 0; i < 2; i += 1) {
      const seeded = await startSandbox({ pack: 'medical-events', seed: 7 });
      ids.push(jobOf(await makeEventsClient(seeded).schedule('createApproval')));
      await seeded.close();
    }
    expect(ids[0]).toBe(ids[1]);
  });
});
