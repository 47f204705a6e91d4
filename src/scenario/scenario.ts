import type { Fault } from '../faults/index.js';
import type { Outcome } from '../outcome.js';
import type { Duration } from '../time/moments.js';

/** The groups of a catalogue, in the order in which people read of them; a group of one's own comes last. */
export const GROUPS: readonly string[] = [
  'happy',
  'slow',
  'failed',
  'lost',
  'refused',
  'throttled',
  'broken',
  'odd',
];

/** A scenario file, read and checked: the life that a job will live. */
export interface Scenario {
  name: string;
  title: string;
  /** What it teaches, in one sentence; may be empty. */
  about: string;
  group: string;
  file: string;
  /** Operations it can be played for; undefined: every operation that schedules. */
  operations: readonly string[] | undefined;
  /** Alternatives; a request that satisfies one of them chooses the scenario. */
  when: readonly When[];
  /** Where each of them stands in the file; none for a scenario that no file brings. */
  whenAt?: readonly { line: number; column: number }[];
  /** Answer of the scheduling operation itself, in place of a job. */
  refuse: Answer | undefined;
  /** Form of the scheduling answer; undefined: the binding's first. */
  scheduled?: string | undefined;
  /** Form of the answer to who cancels the job; undefined: the binding's usual one. */
  cancelled?: string | undefined;
  /** At least one step, unless the scheduling operation is refused. */
  life: readonly Step[];
  /** Passed to the pack when the job is done. */
  result: Readonly<Record<string, unknown>>;
  /** Indices of the steps that a good client meets. */
  meets: readonly number[];
  /** What the auditor holds the client to. */
  expect: Readonly<Expect>;
  /** How far the auditor's rules give way, by their names. */
  tolerances: Readonly<Record<string, Tolerance>>;
  /** Answers may breach the contract. */
  offContract: boolean;
  /** Some step says what happens to a token. */
  playsTokens?: boolean;
  /** What happens to the webhooks of its jobs; undefined: nothing, they are sent at once and once. */
  webhooks?: ScenarioWebhooks;
}

/** What happens to the webhooks of a job on their way. */
export interface ScenarioWebhooks {
  /** So much later than the job has changed they are sent. */
  late?: Duration;
  /** So many times each is sent, once it has been taken. Undefined: once. */
  copies?: number;
  /** All of them are sent when the last one is due, the last one first. */
  order?: 'reversed';
  /** What is to be sent when the job is scheduled is sent before the answer that tells of the job. */
  before_answer?: boolean;
  /** None is sent. */
  lost?: boolean;
  /** One with a wrong signature goes before each. */
  forged?: boolean;
}

/** Conditions on the scheduling request; all of them must hold. Keys are dotted paths or names. */
export interface When {
  body: Record<string, unknown>;
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  headers: Record<string, unknown>;
  /** The resource, as it stands, that the request wants to change. */
  resource: Record<string, unknown>;
}

/**
 * `expires`, `revoked`: the token that the job was last asked for with ends, in the second case with what could renew
 * it; the step is over for who comes with another one. `lacks-scope`: it may not do this, and none like it.
 */
export const TOKEN_EVENTS = ['expires', 'revoked', 'lacks-scope'] as const;
export type TokenEvent = (typeof TOKEN_EVENTS)[number];

/** Does a step let a token end? */
export function endsToken({ token }: Pick<Step, 'token'>): boolean {
  return token === 'expires' || token === 'revoked';
}

/** One phase of a life: a state or an answer, and how long it lasts. */
export interface Step {
  response: State | { answer: Answer };
  duration: StepDuration;
  eta: Eta | undefined;
  /** How much later than it could be each answer is sent; 0: at once. */
  delay: Duration;
  /** What happens to the token of the request that comes to it; undefined: nothing. */
  token?: TokenEvent;
  offContract: boolean;
  /** Line of the file, from 1. */
  line: number;
}

export interface State {
  state: string;
  outcome: Outcome;
  /** Form of the body; undefined: the binding's first. */
  shape: string | undefined;
  envelope: string | undefined;
  error: ErrorText | undefined;
  /** What its answers say beside the binding's own headers. */
  headers?: Readonly<Record<string, string>>;
  retryAfter?: RetryAfter | undefined;
}

export interface ErrorText {
  code: string;
  name: string;
  message: string;
  /** `CODE: message`, as a client reads it. */
  text: string;
  /** Whatever else its answers tell. */
  details?: unknown;
  /** The form in which a failed state tells it; undefined: the usual one. */
  shape?: string;
}

/** An answer in place of a state. */
export interface Answer {
  /** What happens to the answer on its way. */
  fault: Fault | undefined;
  /** 0: what the fault makes up itself, or what the state would say that the job is in. */
  http: number;
  retryAfter: RetryAfter | undefined;
  headers: Record<string, string>;
  /** A string is sent as it is, anything else as JSON; undefined: the platform's error envelope, or nothing. */
  body: unknown;
}

/** `Retry-After`: how long from the answer, below zero for a moment that is past, and how that is written. */
export interface RetryAfter {
  /** Durations of a paced session are divided before they are told. */
  after: Duration;
  /** RFC 9110 §10.2.3 knows seconds and a date; servers are met that send a moment as a number. */
  as: 'seconds' | 'date' | 'epoch seconds' | 'epoch milliseconds';
}

export type StepDuration =
  | { kind: 'time'; time: Duration }
  | { kind: 'polls'; polls: number }
  | { kind: 'released' }
  | { kind: 'ever' };

/** What the client is told: so long after each answer, or so long after the job's start. */
export interface Eta {
  from: 'answer' | 'start';
  after: Duration;
}

/** Kept for the auditor; a key that is absent expects nothing. */
export interface Expect {
  result_read?: boolean;
  reaches_end?: boolean;
  gives_up?: boolean;
  /** After a 401 it goes on with other credentials. */
  renews_credentials?: boolean;
  polls?: { at_least?: number; at_most?: number };
  within?: Duration;
  /** Requests that schedule, in the whole run. */
  submissions?: { at_most?: number };
  /** How the client's own command ends. */
  exit?: 0 | 'nonzero';
  /** A text that the client's own command prints. */
  output?: string;
}

/**
 * How far a rule of the auditor gives way: in milliseconds or as a number, as the rule counts; `off`:
 * it is not looked at.
 */
export type Tolerance = number | 'off';
