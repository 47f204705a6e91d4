import type { FaultName } from '../../faults/index.js';
import { formatMoment } from '../../time/format-moment.js';
import type { Chosen } from '../change.js';
import type { ClockMode } from '../clock.js';
import type { JobView, LivedStep } from '../job-view.js';
import type { Exchange, ReportedOutcome } from '../journal.js';
import type { Quota } from '../quota.js';
import type { Resource } from '../resources.js';
import type { Session } from '../session.js';
import type { SessionStore, StoreView } from '../session-store.js';
import type { Settings } from '../settings.js';
import type { Setup } from '../setup.js';
import { type Trace, traceIn } from '../trace.js';

export interface ClockView {
  mode: ClockMode;
  pace: number;
  /** Of a fast clock. */
  rate?: number;
  now: string;
}

/** @param now the moment that the session is shown at */
export function showClock({ clock }: Session, now = clock.now()): ClockView {
  const { mode, pace, rate } = clock;
  return { mode, pace, ...(mode === 'fast' ? { rate } : {}), now: formatMoment(now) };
}

/** Where a client finds the session. */
export function sessionUrl(base: string, name: string): string {
  return name === 'default' ? base : `${base}/~${name}`;
}

export type SessionView = ReturnType<typeof showSession>;

/** @param now the moment that it is shown at */
export function showSession(session: Session, base: string, now = session.clock.now()) {
  const { jobs, resources, journal, chosen, setup } = session;
  return {
    name: session.name,
    url: sessionUrl(base, session.name),
    scenario: chosen.scenario ?? null,
    envelope: chosen.envelope ?? setup.apis[0].envelope,
    chaos: showChaos(session),
    rules: chosen.rules,
    ...(chosen.auth === 'open' ? {} : { auth: chosen.auth }),
    ...(chosen.quota ? { quota: showQuota(chosen.quota) } : {}),
    ...(chosen.hold ? { hold: chosen.hold } : {}),
    ...(session.endedTokens.size > 0 ? { refused_tokens: session.endedTokens.size } : {}),
    ...showSuite(chosen),
    ...(chosen.run === undefined ? {} : { run: chosen.run }),
    ...(chosen.seen ? { seen: true as const } : {}),
    settings: Object.assign({}, ...Object.values(chosen.settings)) as Settings,
    clock: showClock(session, now),
    queue: session.queue.flatMap(({ scenario, operation, times, suite }) =>
      // What a suite plays is no entry that runs out.
      suite === undefined
        ? [{ scenario, ...(operation === undefined ? {} : { operation }), times }]
        : [],
    ),
    holds: { jobs: jobs.size, resources: resources.size, exchanges: journal.size },
    dropped: {
      jobs: jobs.droppedCount,
      resources: resources.dropped,
      exchanges: journal.dropped,
    },
  };
}

function showSuite({ part, process }: Chosen): { suite?: string; course?: string } {
  if (part) return { suite: part.suite, course: part.course };
  if (!process) return {};
  const { suite, course } = process;
  return course === undefined ? { suite } : { suite, course };
}

function showQuota({ perMinute, operations }: Quota) {
  return { ...(perMinute === undefined ? {} : { per_minute: perMinute }), operations };
}

function showChaos({ chaos }: Session) {
  if (!chaos) return null;
  const { rate, seed, faults, operations } = chaos;
  return {
    rate,
    seed,
    faults: [...faults],
    ...(operations ? { operations: [...operations] } : {}),
  };
}

/** A job as people see it: moments are RFC 3339 date-times. */
export interface JobState
  extends Omit<
    JobView,
    'api' | 'start' | 'eta' | 'finished' | 'error' | 'notes' | 'life' | 'by_hand'
  > {
  /** Name of its API, where several are served. */
  api?: string;
  start: string;
  eta: string;
  finished?: string;
  error?: string;
  /** What the pack has noted at the job's end. */
  notes?: readonly string[];
  /** A person holds it, or has played it. */
  by_hand?: 'held' | 'played';
  /** The steps that it has lived, up to the present one: the truth, whatever its client has asked and been told. */
  life?: readonly LivedStep<string>[];
}

export function showJob(view: JobView): JobState {
  const { id, api, start, eta, finished, error, notes, life, by_hand, ...rest } = view;
  return {
    id,
    ...(api === undefined ? {} : { api }),
    ...rest,
    start: formatMoment(start),
    eta: formatMoment(eta),
    ...(finished === undefined ? {} : { finished: formatMoment(finished) }),
    ...(error === undefined ? {} : { error }),
    ...(notes === undefined ? {} : { notes }),
    ...(by_hand === undefined ? {} : { by_hand }),
    life: life.map(({ step, from, until, ...says }) => ({
      step,
      from: formatMoment(from),
      ...(until === undefined ? {} : { until: formatMoment(until) }),
      ...says,
    })),
  };
}

/** Where sessions are kept. */
export function showStore(store: SessionStore | undefined) {
  const { since, ...view }: StoreView = store?.describe() ?? { kind: 'memory' };
  return { ...view, ...(since === undefined ? {} : { since: formatMoment(Number(since)) }) };
}

export type ResourceView = ReturnType<typeof showResource>;

/** The document is a copy: what a caller in the same process does to it changes nothing here. */
export function showResource({ id, kind, created, document }: Resource) {
  return { id, kind, created: formatMoment(created), document: structuredClone(document) };
}

/** What stands in a world: enough to take an id from it. */
export interface WorldView {
  /** What its packs are served as parts of; null: each by itself. */
  platform: string | null;
  /** What a new user needs to begin with, by names such as `patient_id`. */
  begin: Record<string, string>;
  /** By kind, oldest first. */
  resources: Record<string, { id: string; title: string }[]>;
}

export function showWorld({ setup, resources, beginnings }: Session): WorldView {
  const kinds: WorldView['resources'] = {};
  for (const resource of resources.all()) {
    const { kind, id } = resource;
    kinds[kind] ??= [];
    kinds[kind].push({ id, title: titleOf(resource) });
  }
  const platform = setup.apis.find((api) => api.platform !== undefined)?.platform;
  return { platform: platform ?? null, begin: { ...beginnings }, resources: kinds };
}

/** Where documents have what a person knows them by. */
const TITLES = ['title', 'name', 'display', 'status'] as const;

function titleOf({ title, document }: Resource): string {
  const said = TITLES.map((key) => document[key]).find((value) => typeof value === 'string');
  return title ?? String(said ?? '');
}

/** One request and its answer as people see them; `took` is in milliseconds, absent while it is open. */
export interface ExchangeView {
  seq: number;
  at: string;
  wall: string;
  until?: string;
  took?: number;
  method: string;
  path: string;
  /** Name of its API, where several are served. */
  api?: string;
  /** Who has answered what no contract knows; no rule judges it. */
  answered_by?: 'stub' | 'upstream';
  /** It is a webhook: `path` is the URL that the sandbox has sent the request to. */
  webhook?: {
    id: string;
    event: string;
    attempt: number;
    copy: number;
    signed: boolean;
    /** What the scenario does to it: it has a wrong signature, or is not sent. */
    made?: 'forged' | 'lost';
    /** Why no answer came. */
    failed?: 'unreachable' | 'silent' | 'refused';
  };
  operation?: string;
  job?: string;
  scenario?: string;
  step?: number;
  state?: string;
  told?: ReportedOutcome;
  /** Jobs that a list told, each with its state. */
  listed?: { job: string; state: string }[];
  /** Why a job that there was could not be told of any more. */
  forgotten?: 'deleted' | 'expired';
  resource?: string;
  eta?: string;
  /** 0: no answer was sent. */
  status: number;
  fault?: FaultName;
  /** Its fault came by the session's chaos. */
  chance?: true;
  left?: true;
  /** What its client's trace calls it. */
  trace?: Trace;
  request: { headers: Record<string, string>; body?: string };
  response: { headers: Record<string, string>; body: string };
  note?: string;
}

/** What is told of an exchange without its headers and bodies. */
export type LightExchange = Omit<ExchangeView, 'request' | 'response'>;

/** Without headers and bodies. */
export function showLightly(exchange: Exchange, setup: Pick<Setup, 'compressor' | 'masking'>) {
  const bare = {
    ...exchange,
    requestHeaders: '',
    requestBody: undefined,
    responseHeaders: {},
    responseBody: '',
  };
  const { request: _, response: __, ...light } = showExchange(bare, setup);
  return light as LightExchange;
}

/** Secrets are shown by their first characters only; equal ones stay recognisable. */
export function showExchange(
  exchange: Exchange,
  { compressor, masking }: Pick<Setup, 'compressor' | 'masking'>,
): ExchangeView {
  const { at, wall, endedAt: until, durationMs: took, eta, aborted: left } = exchange;
  const { requestHeaders, requestBody, responseHeaders, responseBody } = exchange;
  const {
    seq,
    method,
    path,
    api,
    answeredBy: answered_by,
    delivery: webhook,
    operation,
    job,
    scenario,
    step,
    state,
    reportedOutcome: told,
    listed,
    forgotten,
    resource,
  } = exchange;
  const { status, fault, chance, note } = exchange;
  return withoutUndefined({
    seq,
    at: formatMoment(at),
    wall: formatMoment(wall),
    until: until === undefined ? undefined : formatMoment(until),
    took: took === undefined ? undefined : Math.round(took * 1000) / 1000,
    method,
    path: masking.text(path),
    api,
    answered_by,
    webhook,
    operation,
    job,
    scenario,
    step,
    state,
    told,
    listed: listed?.map(({ job: id, state: shown }) => ({ job: id, state: shown })),
    forgotten,
    resource,
    eta: eta === undefined ? undefined : formatMoment(eta),
    status,
    fault,
    chance: chance || undefined,
    left: left || undefined,
    trace: traceIn(requestHeaders),
    request: withoutUndefined({
      headers: masking.headers(requestHeaders),
      body: requestBody === undefined ? undefined : compressor.read(requestBody),
    }),
    response: { headers: masking.answer(responseHeaders), body: masking.text(responseBody) },
    note: note && masking.text(note),
  }) as unknown as ExchangeView;
}

function withoutUndefined<T extends object>(value: T) {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined));
}
