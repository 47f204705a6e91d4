import { retryMoment } from '../audit/call.js';
import type { SessionVerdict } from '../report/json-verdict.js';
import type { ScenarioSummary } from '../sandbox/control/scenario-views.js';
import type { ExchangeView, JobState, SessionView } from '../sandbox/control/views.js';
import type { VocabularyView } from '../sandbox/control/vocabulary-view.js';
import { UsageError } from '../sandbox-error.js';
import type { Access } from './access.js';
import { cut } from './paging.js';

/** What is to be played. */
interface Wanted {
  chosen: { scenario?: string | undefined; yaml?: string | undefined };
  operation: string | undefined;
  polls: number;
}

/** A request as the control API gives an example of it. */
interface Example {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** One exchange of what was played. */
interface Line {
  /** Since the beginning, by the session's clock. */
  after_ms: number;
  request: string;
  /** 0: no answer came. */
  status: number;
  state?: string;
  eta?: string;
  fault?: string;
  body?: string;
}

/** How long an answer may take, in milliseconds of the machine: the session's clock stands still meanwhile. */
const PATIENCE = 2000;
/** Pauses where nothing is told of the next poll, in milliseconds of the session. */
const USUAL_PAUSE = 3000;
const LEAST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;

/** Plays one job in a session of its own, as a good client would poll it. */
export async function playPolitely(access: Access, wanted: Wanted, signal: AbortSignal) {
  const { ask } = access;
  const operation = wanted.operation ?? (await operationFor(ask, wanted.chosen.scenario));
  const { name, url } = await beginSession(ask);
  const path = `/sessions/${name}`;
  await ask('POST', `${path}/next`, { json: { ...wanted.chosen, operation } });
  const begun = await nowOf(ask, path);
  const lines: Line[] = [];
  const meet = async (of: string, about?: JobState) => {
    const query = { session: name, job: about?.id, api: about?.api };
    const request = (await ask('GET', `/examples/${of}/request`, { query })) as Example;
    const after_ms = (await nowOf(ask, path)) - begun;
    const got = await send(url, request, signal);
    const seen = await lastExchange(ask, path);
    lines.push(lineOf(after_ms, request, got, seen));
    return { got, seen };
  };
  let { got, seen } = await meet(operation);
  const { jobs } = (await ask('GET', `${path}/jobs`)) as { jobs: JobState[] };
  const [job] = jobs;
  const report = job && (await reportFor(ask, job));
  let ended = job === undefined;
  for (let i = 0; job && report && !ended && i < wanted.polls; i += 1) {
    await advance(ask, path, pauseBefore(got, seen, await nowOf(ask, path), i));
    ({ got, seen } = await meet(report, job));
    // What a good client has been told of the end, and not what has become of the job.
    ended = isFinal(seen) || got.status === 404 || got.status === 410;
  }
  const { causes } = (await ask('GET', `${path}/verdict`)) as SessionVerdict;
  // What a job has made is not read here.
  const wrong = causes.flatMap(({ id, rule }) => (rule === 'reads-the-result' ? [] : [id]));
  return { session: name, operation, job: job?.id ?? null, ended, causes: wrong, exchanges: lines };
}

type Ask = Access['ask'];

/** The operation that a scenario is for, else the first that schedules. */
async function operationFor(ask: Ask, scenario: string | undefined): Promise<string> {
  if (scenario !== undefined) {
    const found = (await ask(
      'GET',
      `/scenarios/${encodeURIComponent(scenario)}`,
    )) as ScenarioSummary;
    const [first] = found.operations ?? [];
    if (first !== undefined) return first;
  }
  const { operations } = (await ask('GET', '/health')) as {
    operations: readonly { id: string; answered_by: string }[];
  };
  const first = operations.find(({ answered_by }) => answered_by === 'job');
  if (first) return first.id;
  throw new UsageError('USAGE_UNKNOWN_OPERATION', 'nothing that is served schedules a job');
}

/** The operation that a job is polled by. */
async function reportFor(ask: Ask, { operation }: JobState): Promise<string | undefined> {
  const words = (await ask('GET', '/vocabulary', { query: { operation } })) as VocabularyView;
  return words.apis[0]?.report;
}

/** A session that nobody has used yet. */
async function beginSession(ask: Ask): Promise<SessionView> {
  const { sessions } = (await ask('GET', '/sessions')) as { sessions: { name: string }[] };
  const taken = new Set(sessions.map(({ name }) => name));
  let count = 1;
  while (taken.has(`played-${count}`)) count += 1;
  const json = { clock: { mode: 'manual' }, auth: 'open' };
  return (await ask('PUT', `/sessions/played-${count}`, { json })) as SessionView;
}

async function nowOf(ask: Ask, path: string): Promise<number> {
  const { now } = (await ask('GET', `${path}/clock`)) as { now: string };
  return Date.parse(now);
}

function advance(ask: Ask, path: string, by: number): Promise<unknown> {
  return ask('POST', `${path}/clock/advance`, { json: { by: `${by}ms` } });
}

async function lastExchange(ask: Ask, path: string): Promise<ExchangeView | undefined> {
  const query = { limit: '1', bodies: 'false' };
  const { exchanges } = (await ask('GET', `${path}/journal`, { query })) as {
    exchanges: ExchangeView[];
  };
  return exchanges.at(-1);
}

interface Got {
  status: number;
  body: string;
  retryAfter: string | null;
}

async function send(
  base: string,
  { method, path, headers, body }: Example,
  signal: AbortSignal,
): Promise<Got> {
  try {
    const answer = await fetch(base + path, {
      method,
      headers,
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: text,
      retryAfter: answer.headers.get('Retry-After'),
    };
  } catch (error) {
    if (signal.aborted) throw error;
    const late = (error as Error).name === 'TimeoutError';
    return { status: 0, body: late ? 'no answer came' : 'the connection broke', retryAfter: null };
  }
}

/** Waits as it is told; where nothing is, a little, and longer each time that something is wrong. */
function pauseBefore(
  { status, retryAfter }: Got,
  seen: ExchangeView | undefined,
  now: number,
  polls: number,
): number {
  const told = seen?.eta === undefined ? undefined : Date.parse(seen.eta) - now;
  const good = status >= 200 && status < 300;
  const backOff = good ? USUAL_PAUSE : Math.min(LEAST_PAUSE * 2 ** (polls + 1), LONGEST_PAUSE);
  const again = retryAfter === null ? undefined : retryMoment(retryAfter, now);
  const wanted =
    (again === undefined ? undefined : again - now) ?? (good ? told : undefined) ?? backOff;
  return Math.max(LEAST_PAUSE, Math.ceil(wanted));
}

function isFinal(seen: ExchangeView | undefined): boolean {
  return seen?.told !== undefined && ['done', 'failed', 'cancelled'].includes(seen.told);
}

function lineOf(
  after_ms: number,
  { method, path }: Example,
  got: Got,
  seen: ExchangeView | undefined,
): Line {
  const { state, eta, fault } = seen ?? {};
  return {
    after_ms,
    request: `${method} ${path}`,
    status: got.status,
    ...(state === undefined ? {} : { state }),
    ...(eta === undefined ? {} : { eta }),
    ...(fault === undefined ? {} : { fault }),
    body: cut(got.body, 200),
  };
}
