import type { FaultName } from '../faults/index.js';
import type { Outcome } from '../outcome.js';
import type { Tolerance } from '../scenario/scenario.js';
import type { Duration, Moment } from '../time/moments.js';
import type { Run } from './evidence.js';
import type { Reply } from './reply.js';
import type { Severity } from './rule.js';

/** Allowances by rule, in milliseconds or as numbers; `off` takes the rule out. */
export type Tolerances = Readonly<Record<string, Tolerance>>;

/** What a rule has come to. */
export type RuleOutcome = 'passed' | 'failed' | 'not exercised' | 'off';

/** A request and its answer as they were sent; credentials are masked as in the journal, long bodies cut. */
export interface ShownExchange {
  /** `GET /api/job/1`, headers a line each, an empty line, the body. */
  request: string;
  /** `200`, headers a line each, an empty line, the body. */
  response: string;
}

/**
 * One exchange that shows a finding. `At` is how moments of the session's clock are kept: as such here,
 * as RFC 3339 date-times in the form that programs get.
 */
export interface Proof<At = Moment> {
  /** Its number in the journal. */
  seq: number;
  at: At;
  text: string;
  /** Of the first proofs of the first findings that ask for one change, and of others while there is room. */
  exchange?: ShownExchange;
}

/** Something that a client did wrong. */
export interface Finding<At = Moment> {
  rule: string;
  severity: Severity;
  message: string;
  advice: string;
  job?: string;
  operation?: string;
  scenario?: string;
  evidence: Proof<At>[];
  /** Exchanges that show it, beyond those in `evidence`. */
  more: number;
}

export interface RuleVerdict<At = Moment> {
  rule: string;
  title: string;
  severity: Severity;
  outcome: RuleOutcome;
  /** Why it is not exercised. */
  reason?: string;
  /** How often the client could have broken it. */
  tested: number;
  sources: { text: string; url?: string }[];
  /** Where the package's docs tell of it, with wrong and right code: `docs/rules.md#eta-respected`. */
  help: string;
  /** The gravest first where there are too many to hold. */
  findings: Finding<At>[];
  /** So many more there are, which {@link Verdict.counts} counts. */
  omitted?: number;
}

/** One poll or request of a timeline. */
export interface Mark<At = Moment> {
  seq: number;
  at: At;
  /** When its answer had come. */
  until?: At;
  reply: Reply;
  /** HTTP status; 0: no answer. */
  status: number;
  /** The job's state, as told. */
  state?: string;
  eta?: At;
  /** What happened to the answer, or in its place. */
  fault?: FaultName;
  /** Rules that this exchange shows to be broken. */
  breaks: readonly string[];
  /** Of the first marks of a session. */
  exchange?: ShownExchange;
}

/** A request about a job that is no poll of it: it was cancelled, deleted, listed, or its result read. */
export interface OtherRequest<At = Moment> {
  seq: number;
  at: At;
  operation: string;
  /** HTTP status; 0: no answer. */
  status: number;
  /** What the client was told of the job. */
  told?: Outcome | 'unknown';
}

/** A webhook about a job, on its timeline. */
export interface WebhookMark<At = Moment> {
  seq: number;
  /** When it was sent, or would have been. */
  at: At;
  /** When the receiver had answered. */
  until?: At;
  /** What has happened, by the word of the API. */
  event: string;
  /** The job's state, as it told it, and what that means. */
  state: string;
  told: Outcome | 'unknown';
  /** What the receiver answered; 0: nothing. */
  status: number;
  /** Which attempt it was of its copy, and which copy, from 1. */
  attempt: number;
  copy: number;
  /** It had a wrong signature, or was not sent at all, as its scenario says. */
  made?: 'forged' | 'lost';
  /** Rules that it shows to be broken. */
  breaks: readonly string[];
}

/** What a client did about one job. */
export interface JobVerdict<At = Moment> {
  operation: string;
  /** Name of its API, where several are served. */
  api?: string;
  /** Absent: the request was refused or lost. */
  job?: string;
  scenario?: string;
  title?: string;
  outcome: Outcome | 'no job';
  submission: Mark<At>;
  polls: Mark<At>[];
  /** Absent where there were none. */
  others?: OtherRequest<At>[];
  /** In the order in which they were sent; absent where none was. */
  webhooks?: WebhookMark<At>[];
}

/**
 * What has become of a step: `done`, gone through; `wrong`, what was done is not what it asks; `out of order`, before
 * its turn; `left out`, a later one came; `not reached`; `unproven`, what it is held to was not gone through;
 * `unseen`, a person has to look; `skipped`, it may be left out, or is not in this course.
 */
export type StepOutcome =
  | 'done'
  | 'wrong'
  | 'out of order'
  | 'left out'
  | 'not reached'
  | 'unproven'
  | 'unseen'
  | 'skipped';

/** One step of a process, and whether the client has gone through it. */
export interface StepVerdict<At = Moment> {
  step: string;
  title: string;
  outcome: StepOutcome;
  /** What was wrong, or why nothing can be said. */
  told?: string;
  optional?: true;
  /** How long after the first step its request came, in milliseconds of the API's own time. */
  after?: Duration;
  /** The exchanges that show it. */
  evidence: Proof<At>[];
}

/** How far a client has come in a process. */
export interface ProcessVerdict<At = Moment> {
  suite: string;
  title: string;
  /** The scenario of the suite that was played. */
  course?: string;
  /** `passed`: all of its steps were gone through; `failed`: one of them wrongly; `incomplete`: not all of them. */
  outcome: 'passed' | 'failed' | 'incomplete';
  steps: StepVerdict<At>[];
}

/** Everything that the sandbox has to say about a client's polling in one session. */
export interface Verdict<At = Moment> {
  session: string;
  run: Run;
  /** `rate`: how many times as fast as the machine's a fast clock ran. */
  clock: { mode: string; pace: number; rate?: number };
  /** No rule of severity error is broken. */
  held: boolean;
  /** How many findings there are of each severity. */
  counts: Record<Severity, number>;
  exchanges: number;
  /** Exchanges that the journal has let go. */
  dropped: number;
  /** Where the session is held to a suite by process. */
  process?: ProcessVerdict<At>;
  rules: RuleVerdict<At>[];
  jobs: JobVerdict<At>[];
}
