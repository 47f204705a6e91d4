import { existsSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { RULES } from '../../src/audit/rules/index.js';
import { type SessionControl, startSandbox, type Verdict } from '../../src/index.js';
import { reproaches } from '../audit/play.js';
import { disability } from '../support/conclusions.js';
import { NOON } from '../support/sandbox.js';
import { SnippetWorld } from './snippet-world.js';

const sandbox = await startSandbox({ clock: { mode: 'manual', now: Date.parse(NOON) } });
afterAll(() => sandbox.close());

type Run = (trip: Trip) => Promise<unknown>;

interface Trial {
  scenario: string;
  /** How the piece is used; left out: it polls the job, and a result is read by the right path. */
  run?: Run;
}

/** What each pair of pieces is put to. */
const TRIALS: Record<string, Trial> = {
  'eta-respected': { scenario: 'done-after-eta' },
  'newest-eta-used': { scenario: 'eta-comes-closer' },
  spacing: { scenario: 'eta-already-past' },
  'single-flight': { scenario: 'slow-answer' },
  'retry-after-honoured': { scenario: 'unavailable-503' },
  'backs-off': { scenario: 'outage' },
  'survives-a-blip': { scenario: 'reset-once' },
  'tolerates-unknown-status': { scenario: 'unknown-status' },
  'reaches-the-end': { scenario: 'done-after-five-polls' },
  'stops-when-final': { scenario: 'done-after-eta' },
  'stops-on-404': { scenario: 'lost-after-pending' },
  'stops-on-refusal': { scenario: 'forbidden' },
  'gives-up': { scenario: 'never-ends' },
  'bounded-wait': { scenario: 'silent-server' },
  'reads-the-result': { scenario: 'done-rooted-href', run: thatReads },
  'no-result-on-failure': { scenario: 'failed-error-list', run: thatReads },
  'no-duplicate-submission': {
    scenario: 'reset-on-submit',
    run: ({ api, headers, conclusion, piece }) => piece(api, headers, conclusion),
  },
  'only-known-jobs': {
    scenario: 'immediate-done',
    run: async (trip) => {
      const scheduled = await schedule(trip);
      const answer = (await trip.piece(trip.api, trip.headers, scheduled)) as Response;
      const { data } = (await answer.json()) as { data?: Job };
      if (data) await readResult(trip, data);
    },
  },
  'credentials-in-headers': { scenario: 'done-after-eta' },
  expectations: { scenario: 'immediate-done' },
};

describe.concurrent.each(Object.entries(TRIALS))('the code beside %s', (name, trial) => {
  it('that is wrong breaks the rule', async () => {
    expect(outcomeOf(await play(name, 'wrong', trial), name)).toBe('failed');
  });

  it('that is right keeps it, and breaks no other', async () => {
    const verdict = await play(name, 'right', trial);
    expect(outcomeOf(verdict, name)).toBe('passed');
    expect(reproaches(verdict)).toEqual([]);
  });
});

it('takes a new token after a 401', async () => {
  const verdict = await play('stops-on-refusal', 'right', { scenario: 'unauthorized-in-mid-poll' });
  expect(outcomeOf(verdict, 'stops-on-refusal')).toBe('passed');
  expect(verdict.held).toBe(true);
});

it('stands beside every rule, wrong and right', () => {
  for (const { name } of RULES) {
    for (const kind of ['wrong', 'right']) {
      expect(existsSync(fileOf(name, kind)), fileOf(name, kind)).toBe(true);
    }
  }
  // Many jobs in one instant need a clock that runs by itself.
  expect([...Object.keys(TRIALS), 'no-herd'].sort()).toEqual(RULES.map((rule) => rule.name).sort());
});

it('sends polls of many jobs apart from each other', async () => {
  const waits: Record<string, Set<number>> = {};
  for (const kind of ['wrong', 'right']) {
    const waited = new Set<number>();
    const pollAll = new SnippetWorld(sandbox).load(fileOf('no-herd', kind), {
      fetch: async () => 'an answer',
      sleep: async (time: number) => waited.add(time),
    });
    await pollAll(
      Array.from({ length: 12 }, (_, i) => `job ${i}`),
      {},
    );
    waits[kind] = waited;
  }
  expect(waits.wrong?.size).toBe(1);
  expect(waits.right?.size).toBe(12);
});

interface Trip {
  session: SessionControl;
  world: SnippetWorld;
  api: string;
  headers: Record<string, string>;
  conclusion: ReturnType<typeof disability>;
  piece: (...args: unknown[]) => Promise<unknown>;
}

function fileOf(name: string, kind: string): string {
  return `docs/rules/${name}.${kind}.js`;
}

async function play(name: string, kind: 'wrong' | 'right', trial: Trial): Promise<Verdict> {
  const session = sandbox.session(`${trial.scenario}-${name}-${kind}`);
  session.next(trial.scenario, { times: 9 });
  const world = new SnippetWorld(session);
  const trip: Trip = {
    session,
    world,
    api: `${session.url}/api`,
    headers: {
      Authorization: 'Bearer token-of-the-client',
      'api-key': 'key-of-the-client',
      'Content-Type': 'application/json',
    },
    conclusion: disability(),
    piece: world.load(fileOf(name, kind)),
  };
  // A client may well end with an error: what counts is what it has asked.
  await (trial.run ?? thatPolls)(trip).catch(() => undefined);
  return session.verdict({ run: world.stopped ? 'stopped' : 'over' });
}

async function thatPolls(trip: Trip): Promise<void> {
  const { api, headers, piece } = trip;
  const job = (await schedule(trip)).data;
  const url = `${api}/patients/composition/job/${job.id}`;
  const end = await piece(url, headers, job, async () => 'renewed-token');
  await readResult(trip, end as Job);
}

async function thatReads(trip: Trip): Promise<void> {
  const { api, headers, conclusion, piece, session, world } = trip;
  const { id } = (await schedule(trip)).data;
  session.clock.advance('3s');
  const answer = await world.fetch(`${api}/patients/composition/job/${id}`, { headers });
  const { data: job } = (await answer.json()) as { data: Job };
  await piece(api, headers, job, conclusion.subject.value, conclusion.encounter.value);
}

async function schedule({ api, headers, conclusion, world }: Trip): Promise<{ data: Job }> {
  const body = JSON.stringify(conclusion);
  const answer = await world.fetch(`${api}/patients/composition`, {
    method: 'POST',
    headers,
    body,
  });
  return answer.json() as Promise<{ data: Job }>;
}

interface Job {
  id: string;
  status: string;
  links?: { href?: string }[];
}

async function readResult({ api, headers, conclusion, world }: Trip, job: Job): Promise<void> {
  const id = job.links?.[0]?.href?.split('/').at(-1);
  if (job.status !== 'DONE' || !id) return;
  const path = `patients/${conclusion.subject.value}/encounter/${conclusion.encounter.value}`;
  await world.fetch(`${api}/${path}/composition/${id}`, { headers });
}

function outcomeOf({ rules }: Verdict, name: string): string | undefined {
  return rules.find(({ rule }) => rule === name)?.outcome;
}
