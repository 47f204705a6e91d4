import type { JsonCause } from '../report/json-causes.js';
import type { JsonVerdict } from '../report/json-verdict.js';

/** What may go with a request to the control API. */
interface Asked {
  query?: Record<string, string | undefined>;
  json?: unknown;
}

/** A JSON report of `exec`, as far as it is read here. */
export interface RunReport {
  title: string;
  held: boolean;
  causes: readonly JsonCause[];
  chapters: readonly { name: string; verdict: JsonVerdict; command?: { output?: string } }[];
}

/** What is to be played against the client's command. */
export interface RunAsked {
  suite?: string | undefined;
  scenarios?: readonly string[] | undefined;
  pace?: number | undefined;
}

/** A run of a suite: its report, unless it came to none, and the last that was said. */
export interface Ran {
  exitCode: number;
  report?: RunReport;
  output: string;
}

/** What tools get at: a running sandbox by its control API, and the client's own command if one was given. */
export interface Access {
  /** Base URL of the sandbox. */
  url: string;
  /** Asks the control API. @returns its JSON @throws ControlProblem, what it refuses */
  ask(method: string, path: string, asked?: Asked): Promise<unknown>;
  /** The client's command, which was named when this was started; nobody who calls a tool can name another. */
  command: readonly string[];
  /** Plays scenarios against it. */
  play(asked: RunAsked, signal: AbortSignal): Promise<Ran>;
}
