import type { RuleName, ScenarioName } from './esoz-names.d.mts';

export type { RuleName, ScenarioName };

/** A name that the catalogue does not have: a scenario of your own. */
type Own = string & {};
type Json = Record<string, unknown>;

/** The sandbox has refused a call: what is wrong, and what to do. */
export class SandboxError extends Error {
  /** Such as USAGE_UNKNOWN_SCENARIO. */
  readonly code: string;
}

/** A sandbox that runs, here or elsewhere. */
export class Sandbox {
  readonly url: string;
  /** The one at ESOZ_SANDBOX_URL, else one of its own; arguments are those of `serve`. */
  static start(...args: string[]): Promise<Sandbox>;
  /** A session of its own. @param setup as `PUT /__sandbox/sessions/NAME` takes it */
  session(name?: string, setup?: Json): Promise<Session>;
  /** Calls the control API. Rejects with a SandboxError where it refuses. */
  call(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Ends it, where it was started here. */
  close(): Promise<void>;
}

/** Jobs, clock and journal that no other test sees. The client's base URL is `url`; the API lies below it. */
export class Session {
  readonly sandbox: Sandbox;
  readonly name: string;
  readonly url: string;
  /** What has happened in it, to be seen in a browser. */
  readonly page: string;
  /** `set({ scenario: 'done-after-eta' })`, `set({ clock: { mode: 'manual' } })`, `set({ chaos: null })`. */
  set(setup: Json): Promise<void>;
  /** Every job lives this scenario. */
  choose(scenario: ScenarioName | Own): Promise<void>;
  /** The next jobs live this scenario. */
  next(scenario: ScenarioName | Own, times?: number): Promise<void>;
  /** Time stands still until it is advanced; `now` is a moment as in 2026-01-31T08:00:00Z. */
  manualClock(now?: string): Promise<void>;
  /** Moves a manual clock on: `3s`, `5m`. */
  advance(by: string): Promise<void>;
  /** An example body of an operation, such as createComposition. */
  example(operation: string): Promise<unknown>;
  jobs(): Promise<Json[]>;
  journal(): Promise<Json[]>;
  /** What is wrong with the client's polling: held, causes, rules, jobs. */
  verdict(): Promise<Json>;
  /** Rejects with the causes where a rule is broken, and where no request has come. */
  assertPolledWell(): Promise<void>;
  /** Rejects where this rule was broken, or where nothing put the client to its test. */
  assertFollowed(rule: RuleName): Promise<void>;
  /** Forgets all that it holds. */
  end(): Promise<void>;
}
