import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Contract, loadContract } from '../../src/contract/contract.js';
import {
  type RunningSandbox,
  type ScenarioSummary,
  type SessionControl,
  startSandbox,
} from '../../src/index.js';
import { GROUPS } from '../../src/scenario/scenario.js';
import { type Answered, base64, makeClient, send } from '../support/client.js';
import { cancellation, disabilityOf, ENCOUNTER, PATIENT } from '../support/conclusions.js';
import { NOON } from '../support/sandbox.js';
import { type Mishap, makeWalker, orMishap } from '../support/walk.js';
import { LIVES } from './catalogue-lives.js';

const MAGIC = /^00000000-0000-4000-8000-\d{12}$/;
const OPERATIONS = ['createComposition', 'signComposition', 'cancelComposition', 'resendToErln'];

let sandbox: RunningSandbox;
let contract: Contract;
let opened = 0;

beforeAll(async () => {
  contract = await loadContract('spec/compositions/openapi.yaml', ['', '/api']);
  sandbox = await startSandbox({ clock: { mode: 'manual', now: Date.parse(NOON) } });
});

afterAll(() => sandbox.close());

/** A session that nobody has used, and a client of it. */
function open() {
  opened += 1;
  const session = sandbox.session(`catalogue-${opened}`);
  return { session, client: makeClient(session.url) };
}

type Opened = ReturnType<typeof open>;

const summaryOf = (name: string) =>
  sandbox.scenarios.find((scenario) => scenario.name === name) as ScenarioSummary;

/** The first operation of the contract that a scenario is for. */
const operationOf = ({ operations }: ScenarioSummary) =>
  OPERATIONS.find((id) => operations?.includes(id) ?? true) as string;

/** A conclusion as an operation needs to find it. */
function seed(session: SessionControl, operation: string, subject: string): string {
  const status = operation === 'signComposition' ? 'PRELIMINARY' : 'FINAL';
  const task = { component: 'ERLN', type: 'CREATE_ERLN_RECORD', taskStatus: 'FAILED' };
  const { id } = session.seed({
    ...disabilityOf(subject),
    status,
    integration: [{ ...task, integrationStatus: 'ERROR' }],
  });
  return id;
}

/** Asks for an operation of a conclusion of this subject. */
function ask(
  { session, client }: Opened,
  operation: string,
  subject: string,
  headers: Record<string, string> = {},
): Promise<Answered> {
  if (operation === 'createComposition') return client.create(disabilityOf(subject), headers);
  const id = seed(session, operation, subject);
  const path = `/patients/composition/${id}`;
  if (operation === 'resendToErln') return client.api('PATCH', `${path}/erln`, undefined, headers);
  const cancels = operation === 'cancelComposition';
  const document = session.resources().find((resource) => resource.id === id)?.document;
  const data = base64(cancels ? cancellation(id) : document);
  return client.api('PATCH', `${path}/${cancels ? 'cancel' : 'sign'}`, { data }, headers);
}

const chosen = (name: string) => ({ 'X-Sandbox-Scenario': name });

/** Lives through a scenario; the lines are as many as the script of what to look at. */
async function walk(name: string, script: readonly string[]) {
  const here = open();
  const { session, client } = here;
  const waits = script.some((line) => line.includes(', after '));
  const walker = makeWalker(contract, session, client, waits);
  const operation = operationOf(summaryOf(name));
  const first = await orMishap(ask(here, operation, PATIENT, chosen(name)));
  const lines = [walker.begin(operation, first)];
  const job = typeof first === 'string' ? undefined : first.json?.data?.id;
  for (const line of script.slice(1)) {
    if (line === 'released' || line === 'renewed') {
      if (line === 'released') session.release(job);
      else client.renew();
      lines.push(line);
      continue;
    }
    const { answer, line: seen } = await walker.poll(job);
    lines.push(seen);
    walker.wait(answer);
  }
  return { lines, job, walker, session };
}

/** The scenario that an answer names; when the connection breaks, only the journal knows. */
const playedBy = ({ session }: Opened, answer: Answered | Mishap) =>
  typeof answer === 'string'
    ? session.journal().at(-1)?.scenario
    : answer.headers.get('x-sandbox-scenario');

/** A line without its moments: what stays the same for ever. */
const timeless = (line: string | undefined) =>
  line?.replace(/^at [\w.]+: /, '').replace(/, (eta|doneAt) [+-][\w.]+/g, '');

const NAMES = Object.keys(LIVES);

describe('the catalogue', () => {
  it('holds the scenarios that are written down here, and a file for each', () => {
    const files = readdirSync('scenarios/compositions')
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => file.replace('.yaml', ''));
    expect(files.sort()).toEqual([...NAMES].sort());
    expect(sandbox.scenarios.map(({ name }) => name).sort()).toEqual([...NAMES].sort());
  });

  it('tells of each scenario what it is and what it teaches', () => {
    for (const { name, title, about, group } of sandbox.scenarios) {
      expect(title, name).toMatch(/^.{5,70}$/);
      expect(about, name).toMatch(/^[A-Z].{30,}\.$/s);
      expect(GROUPS, name).toContain(group);
    }
    const found = new Set(sandbox.scenarios.map(({ group }) => group));
    expect([...found].sort()).toEqual([...GROUPS].sort());
  });

  it('says of each scenario what it expects of a good client', async () => {
    for (const { name } of sandbox.scenarios) {
      const { json } = await send('GET', `${sandbox.url}/__sandbox/scenarios/${name}`);
      expect(Object.keys(json.expect), name).not.toEqual([]);
    }
  });
});

/**
 * Of a reset behind the head a client learns by the reset or by the body that is missing, whichever it sees first;
 * what goes over the wire is held in test/server/wire-faults.test.ts.
 */
const either = (line: string) => line.replace(/: of another length$/, ': closed');

describe('a client that polls as it is told to sees of', () => {
  it.each(NAMES)('%s what is written down, and its last answer for ever', async (name) => {
    const script = LIVES[name] as string[];
    const { lines, job, walker, session } = await walk(name, script);
    const told = name === 'reset-after-headers' ? lines.map(either) : lines;
    expect(told).toEqual(script);
    if (job === undefined) return;
    for (const time of ['0ms', '1h', '365d']) {
      session.clock.advance(time);
      const { line } = await walker.poll(job);
      expect(timeless(line)).toBe(timeless(script.at(-1)));
    }
  });

  it.each(NAMES)('%s nothing outside the contract, unless the scenario says so', async (name) => {
    const { lines } = await walk(name, LIVES[name] as string[]);
    const outside = lines.filter((line) => line.endsWith('off contract'));
    if (!summaryOf(name).off_contract) expect(outside).toEqual([]);
    else expect(outside).not.toEqual([]);
  });

  it.each(NAMES)('%s an answer to each operation that it is for', async (name) => {
    const [first] = LIVES[name] as [string];
    const { operations = OPERATIONS } = summaryOf(name);
    for (const operation of operations) {
      const here = open();
      const answer = await orMishap(ask(here, operation, PATIENT, chosen(name)));
      const walker = makeWalker(contract, here.session, here.client);
      expect(`${operation} ${walker.begin(operation, answer)}`).toBe(`${operation} ${first}`);
      expect(playedBy(here, answer)).toBe(name);
    }
    for (const operation of OPERATIONS.filter((id) => !operations.includes(id))) {
      const answer = await ask(open(), operation, PATIENT, chosen(name));
      expect(answer.status).toBe(400);
      expect(answer.json.error.message).toContain(`scenario "${name}" is not for ${operation}`);
    }
  });
});

describe('a magic identifier', () => {
  /** Every identifier of every scenario: the part of the request that it stands in, and its value. */
  const magic = () =>
    sandbox.scenarios.flatMap(({ name, when }) =>
      when.flatMap((condition) =>
        Object.entries(condition).flatMap(([part, fields]) =>
          Object.entries(fields).map(([field, value]) => ({
            name,
            part,
            field,
            value: `${value}`,
          })),
        ),
      ),
    );

  it('stands in each scenario, and is the subject of what is created or changed', () => {
    const found = magic();
    expect(found.map(({ name }) => name).sort()).toEqual([...NAMES].sort());
    for (const { name, part, field, value } of found) {
      expect(['body', 'resource'], name).toContain(part);
      expect(field, name).toBe('subject.value');
      expect(value, name).toMatch(MAGIC);
    }
  });

  it('belongs to one scenario alone', () => {
    const values = magic().map(({ value }) => value);
    expect(values.filter((value, i) => values.indexOf(value) !== i)).toEqual([]);
  });

  it.each(NAMES)('chooses %s', async (name) => {
    const found = magic().filter((each) => each.name === name);
    for (const { part, value } of found) {
      const { operations = OPERATIONS } = summaryOf(name);
      const some = operations.filter((id) => (id === 'createComposition') === (part === 'body'));
      expect(some).not.toEqual([]);
      for (const operation of some) {
        const here = open();
        expect(playedBy(here, await orMishap(ask(here, operation, value)))).toBe(name);
      }
    }
  });

  it('is needed: with any other identifier the default plays', async () => {
    const answer = await ask(open(), 'createComposition', '00000000-0000-4000-8000-000000009999');
    expect(answer.headers.get('x-sandbox-scenario')).toBe('done-after-eta');
  });
});

describe('a signed sick leave', () => {
  /** What integrationData shows of a conclusion that was signed with this scenario. */
  async function integration(name: string) {
    const here = open();
    const { session, client } = here;
    const id = session.seed({ ...disabilityOf(PATIENT), status: 'PRELIMINARY' }).id;
    const document = session.resources()[0]?.document;
    await client.api(
      'PATCH',
      `/patients/composition/${id}/sign`,
      { data: base64(document) },
      chosen(name),
    );
    session.clock.advance('3s');
    const path = `/patients/${PATIENT}/encounter/${ENCOUNTER}/composition/${id}/integrationData`;
    const { json } = await client.api('GET', path);
    return json.data.map(
      ({ component, taskStatus, integrationStatus }: Record<string, string>) => ({
        component,
        taskStatus,
        integrationStatus,
      }),
    );
  }

  it.each([
    ['signed-then-erln-error', 'FAILED', 'ERROR'],
    ['signed-then-erln-pending', 'PENDING', undefined],
    ['done-after-eta', 'DONE', 'SUCCESS'],
  ])('shows with %s that ERLN has it %s', async (name, taskStatus, integrationStatus) => {
    expect(await integration(name)).toEqual([{ component: 'ERLN', taskStatus, integrationStatus }]);
  });
});
