import type { Run } from './audit/evidence.js';
import type { Finding, RuleVerdict, Tolerances, Verdict } from './audit/verdict.js';
import type { ClockMode } from './sandbox/clock.js';
import type { JournalFilter } from './sandbox/journal.js';
import type { Rules, SettingChanges, SettingValue } from './sandbox/settings.js';
import { formatDuration, type Millis } from './scenario/duration.js';
import type { ChaosOptions } from './server/chaos.js';
import { makeHandlers } from './server/control/handlers.js';
import type {
  ClockView,
  ExchangeView,
  JobState,
  ResourceView,
  ScenarioSummary,
  SessionView,
} from './server/control/views.js';
import type { ServerOptions } from './server/options.js';
import { startServer } from './server/server.js';

export { FileError, type Problem } from './problem.js';
export { ControlProblem } from './server/control/control-problem.js';
export { UsageError } from './server/load.js';
export type {
  ChaosOptions,
  ClockMode,
  ClockView,
  ExchangeView,
  Finding,
  JobState,
  JournalFilter,
  ResourceView,
  RuleVerdict,
  ScenarioSummary,
  Rules,
  ServerOptions as SandboxOptions,
  SessionView,
  SettingChanges,
  SettingValue,
  Tolerances,
  Verdict,
};

/** What `PUT /__sandbox/sessions/{session}` takes. Moments are RFC 3339 date-times. */
export interface SessionSettings {
  /** null goes back to the server's choice. */
  scenario?: string | null;
  clock?: { mode: ClockMode; pace?: number; now?: string };
  envelope?: string;
  /** Faults by chance; null ends them. */
  chaos?: ChaosOptions | null;
  /** `off`: no business rule is applied, only scenarios play. */
  rules?: Rules;
  /** Settings of the pack by name; null goes back to what the server began with. */
  settings?: SettingChanges;
}

/** How a verdict is to be made. */
export interface VerdictOptions {
  /** How the client's run stands. Default: it is over, so what it has left undone counts. */
  run?: Run;
  /** By rule, milliseconds or a number; `off` leaves the rule out. Takes the place of what scenarios say. */
  tolerances?: Tolerances;
}

/** One session, steered from a test. Methods throw {@link ControlProblem} that says what to do next. */
export interface SessionControl {
  readonly name: string;
  /** Base URL for the client under test: `http://127.0.0.1:4010/~worker-3`. */
  readonly url: string;
  readonly clock: {
    now(): Date;
    /** Moves a manual clock on; a text (`'3s'`) or milliseconds. */
    advance(by: string | Millis): void;
    set(setting: NonNullable<SessionSettings['clock']>): void;
  };
  /** Sets scenario, clock, envelope, chaos, rules or settings; what is left out stays. */
  set(settings: SessionSettings): SessionView;
  /** Chooses the scenario of the next job, or of the next `times` jobs, of one operation or of any. */
  next(scenario: string, choice?: { operation?: string; times?: number }): void;
  jobs(): JobState[];
  job(id: string): JobState;
  /** Moves a job on from a step that lasts until released. */
  release(id: string): JobState;
  journal(filter?: JournalFilter): ExchangeView[];
  resources(): ResourceView[];
  /** Puts a document of the API into the session by hand. */
  seed(document: Record<string, unknown>): ResourceView;
  /** What the sandbox says of its client's polling until now. */
  verdict(options?: VerdictOptions): Verdict;
  /** Forgets everything that the session holds. */
  reset(): void;
}

/** A running sandbox; it is its own default session. */
export interface RunningSandbox extends SessionControl {
  readonly scenarios: readonly ScenarioSummary[];
  /** A session of its own, begun when it is first named. */
  session(name: string): SessionControl;
  /** Sends what is held back, cuts what hangs, finishes the other open requests, then resolves. */
  close(): Promise<void>;
}

/**
 * Starts a sandbox in this process, on a free port of 127.0.0.1 unless the options say otherwise.
 *
 * @example
 * const sandbox = await startSandbox({ clock: { mode: 'manual' } });
 * sandbox.next('failed-1172');
 * await myClient(sandbox.url).create(conclusion);
 * sandbox.clock.advance('3s');
 * await sandbox.close();
 *
 * @throws FileError for a file that cannot be used, UsageError for options that cannot be
 */
export async function startSandbox(options: ServerOptions = {}): Promise<RunningSandbox> {
  const server = await startServer({ port: 0, ...options });
  const handlers = makeHandlers(server.sandbox, server.url, 'begins');
  const session = (name: string) => controlOf(handlers, name, server.url);
  return {
    ...session('default'),
    session,
    get scenarios() {
      return call<{ scenarios: ScenarioSummary[] }>(handlers, 'listScenarios', {}).scenarios;
    },
    close: server.close,
  };
}

type Handlers = ReturnType<typeof makeHandlers>;

function controlOf(handlers: Handlers, name: string, base: string): SessionControl {
  const ask = <T>(id: string, body?: unknown, more: Record<string, string> = {}, query = {}) =>
    call<T>(handlers, id, { params: { session: name, ...more }, body, query });
  const listAll = { limit: Number.MAX_SAFE_INTEGER };
  return {
    name,
    url: name === 'default' ? base : `${base}/~${name}`,
    clock: {
      now: () => new Date(ask<ClockView>('getClock').now),
      advance: (by) => {
        ask('advanceClock', { by: typeof by === 'number' ? formatDuration(by) : by });
      },
      set: (clock) => {
        ask('putSession', { clock });
      },
    },
    set: (settings) => ask('putSession', settings),
    next: (scenario, choice = {}) => {
      ask('queueScenario', { scenario, ...choice });
    },
    jobs: () => ask<{ jobs: JobState[] }>('listJobs', undefined, {}, listAll).jobs,
    job: (id) => ask('getJob', undefined, { job: id }),
    release: (id) => ask('releaseJob', undefined, { job: id }),
    journal: (filter = {}) =>
      ask<{ exchanges: ExchangeView[] }>('readJournal', undefined, {}, filter).exchanges,
    resources: () => ask<{ resources: ResourceView[] }>('listResources').resources,
    seed: (document) => ask('seedResource', { document }),
    verdict: ({ run, tolerances = {} } = {}) =>
      ask('getVerdict', undefined, {}, { run, tolerance: tolerances }),
    reset: () => {
      ask('deleteSession');
    },
  };
}

function call<T>(
  handlers: Handlers,
  id: string,
  {
    params = {},
    query = {},
    body,
  }: { params?: Record<string, string>; query?: object; body?: unknown },
): T {
  const handle = handlers[id];
  if (!handle) throw new Error(`no handler for ${id}`);
  return handle({ params, query: { ...query }, body }).body as T;
}
