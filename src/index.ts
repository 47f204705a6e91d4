import type { Run } from './audit/evidence.js';
import { judge } from './audit/judge.js';
import { checkTolerances } from './audit/tolerance.js';
import type { Tolerances } from './audit/verdict.js';
import type { ErrorCode } from './error-codes.js';
import type { ServerOptions } from './load/server-options.js';
import {
  type JsonFinding as Finding,
  type JsonRuleVerdict as RuleVerdict,
  toSessionVerdict,
  type SessionVerdict as Verdict,
} from './report/json-verdict.js';
import type { ClockMode } from './sandbox/clock.js';
import type { ChaosOptions } from './sandbox/control/chaos-options.js';
import type { ControlledSession } from './sandbox/control/controlled-session.js';
import { SandboxControl } from './sandbox/control/sandbox-control.js';
import type { ScenarioSummary } from './sandbox/control/scenario-views.js';
import type { SessionSettings } from './sandbox/control/session-settings.js';
import type {
  ClockView,
  ExchangeView,
  JobState,
  ResourceView,
  SessionView,
  WorldView,
} from './sandbox/control/views.js';
import type { JournalFilter } from './sandbox/journal.js';
import type { Auth, Rules, SettingChanges, SettingValue } from './sandbox/settings.js';
import { unprocessable } from './sandbox-error.js';
import { evidenceOf } from './server/collect-evidence.js';
import { type RunningServer, startServer } from './server/server.js';
import type { Duration } from './time/moments.js';

export { FileError, type Problem } from './problem.js';
export { ControlProblem, SandboxError, UsageError } from './sandbox-error.js';
export type {
  ChaosOptions,
  ClockMode,
  ClockView,
  ErrorCode,
  ExchangeView,
  Finding,
  JobState,
  JournalFilter,
  ResourceView,
  RuleVerdict,
  ScenarioSummary,
  Auth,
  Rules,
  ServerOptions as SandboxOptions,
  SessionSettings,
  SessionView,
  SettingChanges,
  SettingValue,
  Tolerances,
  Verdict,
  WorldView,
};

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
    advance(by: string | Duration): void;
    set(setting: NonNullable<SessionSettings['clock']>): void;
  };
  /** Sets scenario, clock, envelope, chaos, rules or settings; what is left out stays. */
  set(settings: SessionSettings): SessionView;
  /** Chooses the scenario of the next job, or of the next `times` jobs, of one operation or of any. */
  next(scenario: string, choice?: { operation?: string; times?: number }): void;
  jobs(): JobState[];
  job(id: string): JobState;
  /** Moves a job on from a step that lasts until released, or gives it its own life again. */
  release(id: string): JobState;
  /** Keeps a job in the step that it is in, until it is played or released. */
  hold(id: string): JobState;
  /**
   * Lets a job live these steps from now on, spelled as in a scenario file; then it stays as it was until it is played
   * again or released.
   * @example
   * await sandbox.play(id, { answer: { http: 503 } }); // once
   * await sandbox.play(id, { state: 'READY' });
   */
  play(
    id: string,
    next: Record<string, unknown> | readonly Record<string, unknown>[],
  ): Promise<JobState>;
  journal(filter?: JournalFilter): ExchangeView[];
  /**
   * The webhooks of the session, once every one that is due by now has been sent and answered.
   * @example
   * sandbox.clock.advance('3s');
   * const [{ status, webhook }] = await sandbox.webhooks();
   */
  webhooks(): Promise<ExchangeView[]>;
  resources(): ResourceView[];
  /**
   * What stands in the session, by kind, and what a new user needs to begin with.
   * @example
   * const { begin } = sandbox.world();
   * await client.signIn(begin.email, begin.password);
   */
  world(): WorldView;
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
  /** With `tls`: the file of the certificate that clients have to trust. */
  readonly authority?: string;
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
  const control = new SandboxControl(server.sandbox, server.url, 'begins');
  const session = (name: string) => steer(control.session(name), server.webhooksSent);
  return {
    ...session('default'),
    session,
    get scenarios() {
      return control.scenarios();
    },
    ...(server.authority === undefined ? {} : { authority: server.authority }),
    close: server.close,
  };
}

/** Its methods may be taken out of it and passed on. */
function steer(
  session: ControlledSession,
  webhooksSent: RunningServer['webhooksSent'],
): SessionControl {
  return {
    name: session.name,
    url: session.url,
    clock: {
      now: () => new Date(session.clock().now),
      advance: (by) => {
        session.advance(by);
      },
      set: (clock) => {
        session.set({ clock });
      },
    },
    set: (settings) => session.set(settings),
    next: (scenario, choice) => {
      session.queue(scenario, choice);
    },
    jobs: () => session.jobs().jobs,
    job: (id) => session.job(id),
    release: (id) => session.release(id),
    hold: (id) => session.hold(id),
    play: (id, next) => session.play(id, next),
    journal: (filter) => session.journal(filter).exchanges,
    webhooks: async () => {
      await webhooksSent(session.read());
      return session.journal().exchanges.filter(({ webhook }) => webhook !== undefined);
    },
    resources: () => session.resources().resources,
    world: () => session.world(),
    seed: (document) => session.seed(document),
    verdict: ({ run = 'over', tolerances = {} } = {}) => {
      const wanted = checkTolerances(tolerances, unprocessable);
      return toSessionVerdict(judge(evidenceOf(session.read(), run), wanted));
    },
    reset: () => session.reset(),
  };
}
