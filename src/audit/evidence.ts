import type { IdempotencyKey } from '../contract/idempotency.js';
import type { JobRole } from '../contract/job-operations.js';
import type { SecurityScheme } from '../contract/operation.js';
import type { PollHint } from '../contract/poll-hint.js';
import type { TokenBinding } from '../contract/token-binding.js';
import type { Outcome } from '../outcome.js';
import type { Run } from '../run.js';
import type { ClockMode } from '../sandbox/clock.js';
import type { Exchange } from '../sandbox/journal.js';
import type { Masking } from '../sandbox/masking.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Duration, Moment } from '../time/moments.js';
import type { ProcessFacts } from './process/facts.js';

export { RUNS, type Run } from '../run.js';

/** What binding and contract say that a judge must know. */
export interface ApiFacts {
  /** Kinds of jobs of one document have the same: what their clients read besides jobs is read for any of them. */
  home?: string;
  /** The operation that reports a job. */
  report: string;
  /**
   * Operations that read what jobs make, and are polled until it is there: nobody has to ask, and who reads it later
   * polls no job. Undefined: jobs are asked for by themselves.
   */
  appears?: ReadonlySet<string>;
  /** Operations that schedule, and whether they make something new or change what is there. */
  schedules: ReadonlyMap<string, { createsResource: boolean }>;
  /** What other operations do about jobs: by operation. */
  roles?: ReadonlyMap<string, JobRole>;
  /** The states that a job can report, with their outcomes. */
  states: ReadonlyMap<string, Outcome>;
  /** `hint`: the platform does not keep its etas, so nobody is judged by them. */
  eta: 'promise' | 'hint';
  /** Where the result of a job is; undefined: in a resource found by its id. */
  result: 'inline' | 'link' | 'resource' | undefined;
  /** What may stand in front of the contract's paths. */
  prefixes?: readonly string[];
  /** What the platform knows a repeated request by; undefined: it knows none. */
  idempotency?: IdempotencyKey | undefined;
  /** Keys of the body that lead to the id by which a client calls its job; undefined: it chooses none there. */
  ownId?: readonly string[] | undefined;
  /** The API's own word for "come back then". */
  pollHint?: PollHint | undefined;
  /** States after which polls stand so much further apart; undefined: there are none. */
  slower?: ReadonlyMap<string, Duration> | undefined;
  /** Headers that carry credentials, in small letters; empty when the API wants none. */
  credentials: readonly string[];
  /**
   * What each operation wants: alternatives, of which a request brings every scheme of one. Left out: all of
   * `credentials`, always.
   */
  security?: ReadonlyMap<string, readonly (readonly SecurityScheme[])[]>;
  /** How it hands out tokens; undefined: it does not. */
  tokens?: TokenBinding | undefined;
}

/** Does an operation report a job, or what a job makes as long as it is not there? */
export function isReport({ report, appears }: ApiFacts, operation: string | undefined): boolean {
  return operation === report || (operation !== undefined && appears?.has(operation) === true);
}

/** Everything that a verdict is made from. */
export interface Evidence {
  session: string;
  clock: { mode: ClockMode; pace: number; rate?: number };
  /** By the session's clock. */
  now: Moment;
  run: Run;
  /** As the journal holds them. */
  exchanges: readonly Exchange[];
  /** Webhooks that were sent, as the journal holds them; undefined: no API here sends any. */
  deliveries?: readonly Exchange[];
  /** Exchanges that the journal has let go. */
  dropped: number;
  /** The API that the exchanges are of; of several, the first. */
  api: ApiFacts;
  /** Where there are several: each by its name, as exchanges name it. */
  apis?: ReadonlyMap<string, ApiFacts>;
  /** The request's body as the journal has kept it; empty when none came. */
  bodyOf(exchange: Exchange): string;
  /** Hides what the contract calls credentials; left out: the usual headers. */
  masking?: Masking;
  /** The process that the client is held to; undefined: none. */
  process?: ProcessFacts;
  /** The script that a job has lived. @param api its name, where there are several */
  scenarioOf(job: string | undefined, name: string, api?: string): Scenario | undefined;
}
