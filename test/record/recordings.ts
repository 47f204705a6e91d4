import { mkdtempSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Contract, loadContract } from '../../src/contract/contract.js';
import { type RunningSandbox, type SessionControl, startSandbox } from '../../src/index.js';
import { loadApis } from '../../src/load/load-setup.js';
import { loadScenarios } from '../../src/load/scenario-files.js';
import type { By } from '../../src/record/life.js';
import type { Apis } from '../../src/sandbox/api.js';
import { LIVES } from '../end-to-end/catalogue-lives.js';
import { type Answered, base64, makeClient } from '../support/client.js';
import { cancellation, disabilityOf, PATIENT } from '../support/conclusions.js';
import { launchRecorder, readFiles, seeingThrough } from '../support/recorder.js';
import { NOON } from '../support/sandbox.js';
import { makeWalker, orMishap } from '../support/walk.js';

let contract: Contract;

beforeAll(async () => {
  contract = await loadContract('spec/compositions/openapi.yaml', ['', '/api']);
});

type Client = ReturnType<typeof makeClient>;

/** Asks for the operation that a scenario is for, of a conclusion that is there. */
function ask(session: SessionControl, client: Client, operation: string): Promise<Answered> {
  if (operation === 'createComposition') return client.create(disabilityOf(PATIENT));
  const status = operation === 'signComposition' ? 'PRELIMINARY' : 'FINAL';
  const { id, document } = session.seed({ ...disabilityOf(PATIENT), status });
  const data = base64(operation === 'signComposition' ? document : cancellation(id));
  const verb = operation === 'signComposition' ? 'sign' : 'cancel';
  return client.api('PATCH', `/patients/composition/${id}/${verb}`, { data });
}

/** Lives through a job, asking at the given moments after its start; a line for each answer. */
async function live(
  session: SessionControl,
  client: Client,
  operation: string,
  moments: readonly number[],
  releaseAt?: number,
) {
  const walker = makeWalker(contract, session, client);
  const first = await orMishap(ask(session, client, operation));
  const start = session.clock.now().getTime();
  const lines = [walker.begin(operation, first)];
  const job = typeof first === 'string' ? undefined : first.json?.data?.id;
  if (job === undefined) return lines;
  for (const [i, moment] of moments.entries()) {
    if (i === releaseAt) {
      session.clock.advance('500ms');
      session.release(job);
    }
    const ahead = start + moment - session.clock.now().getTime();
    if (ahead > 0) session.clock.advance(ahead);
    lines.push((await walker.poll(job)).line);
  }
  return lines;
}

const SECOND = 1000;
/** Ways to ask: as often as the clock ticks, at odd moments, and twice at a time. */
export const HABITS = {
  'each second': [0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => n * SECOND),
  'at odd moments': [350, 2999, 3000, 3001, 5250, 8333, 12_001, 15_000, 700_000],
  'twice at a time': [0, 0, 1500, 1500, 3000, 3000, 6000, 6000, 6001],
};

interface Recorded {
  /** What the client has seen while it was recorded. */
  seen: string[];
  /** The file that was written. */
  text: string;
}

/**
 * Records the lives of scenarios by way of real HTTP, each by a recorder of its own, and serves the recordings by a
 * third sandbox; all of a `describe`, since starting a sandbox takes longer than to record a life.
 * @returns what plays the recording of one of them
 */
export function recordAll(names: readonly string[], moments: readonly number[], by: By) {
  const recorded = new Map<string, Recorded | Error>();
  const folder = mkdtempSync(join(tmpdir(), 'recordings-'));
  const clock = { mode: 'manual' as const, now: Date.parse(NOON) };
  let player: RunningSandbox;

  beforeAll(async () => {
    const apis = await loadApis({});
    const upstream = await startSandbox({ clock });
    for (const name of names) {
      const session = upstream.session(name);
      const own = await mkdtemp(join(tmpdir(), 'recorded-'));
      try {
        const one = await recordOne(session, name, own, { apis, moments, by });
        recorded.set(name, one);
        const renamed = one.text.replace(/^scenario: .*$/m, `scenario: of-${name}`);
        await writeFile(join(folder, `${name}.yaml`), renamed);
      } catch (error) {
        recorded.set(name, error as Error);
      }
      await rm(own, { recursive: true });
      session.reset();
    }
    await upstream.close();
    const { catalogues, problems } = await loadScenarios(apis, [folder]);
    expect(problems).toEqual([]);
    expect(catalogues.get(apis[0])?.size).toBe(names.length);
    player = await startSandbox({ clock, scenarios: folder });
  }, 300_000);
  afterAll(async () => {
    await player?.close();
    await rm(folder, { recursive: true });
  });

  return async (name: string) => {
    const one = recorded.get(name);
    if (one === undefined || one instanceof Error)
      throw one ?? new Error(`no recording of ${name}`);
    const session = player.session(name);
    session.next(`of-${name}`);
    const played = await live(session, makeClient(session.url), operationOf(name), moments);
    return { ...one, played };
  };
}

/** Lets a client live through a scenario behind a recorder. */
async function recordOne(
  session: SessionControl,
  name: string,
  folder: string,
  { apis, moments, by }: { apis: Apis; moments: readonly number[]; by: By },
): Promise<Recorded> {
  const now = () => session.clock.now().getTime();
  const { url, close, notices } = await launchRecorder(session.url, folder, { apis, now, by });
  try {
    const released = name === 'held-until-released' ? 4 : undefined;
    session.next(name);
    const client = seeingThrough(makeClient(url));
    const seen = await live(session, client, operationOf(name), moments, released);
    await close();
    expect(notices).toEqual([]);
    const written = Object.entries(await readFiles(folder)).filter(([file]) =>
      file.endsWith('.yaml'),
    );
    expect(written).toHaveLength(1);
    return { seen, text: String(written[0]?.[1]) };
  } finally {
    await close();
  }
}

const OPERATION_OF: Record<string, string> = {
  'failed-1000': 'signComposition',
  'failed-1003': 'cancelComposition',
  'failed-1004': 'cancelComposition',
  'failed-1005': 'cancelComposition',
  'failed-1006': 'cancelComposition',
  'failed-1136': 'cancelComposition',
  'failed-1137': 'cancelComposition',
  'signed-then-erln-error': 'signComposition',
  'signed-then-erln-pending': 'signComposition',
};
const operationOf = (name: string) => OPERATION_OF[name] ?? 'createComposition';

/**
 * What befell these answers on their way is written as a delay, a reset or an answer that cannot be read,
 * and neither Date nor the zone of an eta is kept: their jobs live the same life, their bytes differ.
 */
export const ON_THE_WAY = [
  'truncated-body', 'chunked-cut-off', 'short-content-length', 'broken-gzip', 'reset-after-headers',
  'slow-headers', 'slow-body', 'huge-body', 'clock-ahead', 'clock-behind', 'eta-in-local-time',
]; // biome-ignore format: reads as one list

export const NAMES = Object.keys(LIVES).filter((name) => !ON_THE_WAY.includes(name));
/** The codes of errors differ, their lives do not. */
export const DIFFERENT = NAMES.filter((name) => !/^failed-\d/.test(name));

/** What of a line is the same when a life is played by polls: when it was done is not. */
export const withoutEnd = (line: string) => line.replace(/, doneAt [+-][\w.]+/, '');
