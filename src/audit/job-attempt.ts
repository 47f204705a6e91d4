import type { Outcome } from '../outcome.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Moment } from '../time/moments.js';
import type { Call } from './call.js';
import type { Sent } from './sent.js';

/** Something other than a poll by which a client was told of its job. */
export interface Look {
  call: Call;
  outcome: Outcome | 'unknown';
  eta: Moment | undefined;
}

/** What a client did about a job besides scheduling and polling it. */
interface Asides {
  /** In the order in which they came. */
  readonly looks: readonly Look[];
  /** Requests that have cancelled or deleted it: whoever sends one waits for nothing more. */
  readonly dismissals: readonly Call[];
  /** Requests for a result that was not there yet, because the job was open. */
  readonly early: readonly Call[];
}

/** Of most jobs: there are thousands, and they share it. */
export const NO_ASIDES: Asides = { looks: [], dismissals: [], early: [] };

/** The end of a job as its client was told it first, by whatever answer. */
export interface KnownEnd {
  call: Call;
  reply: Exclude<Outcome, 'open'>;
}

/** What a client read of a result: good answers and others. `unseen`: it may have read it at another server. */
export interface ResultReads {
  good: readonly Call[];
  bad: readonly Call[];
  unseen: boolean;
}

/** The webhook that told a client of the end of its job. */
export interface News {
  sent: Sent;
  /**
   * The same as a poll would have been told it, in force from when it was sent: a receiver may read the result before
   * it answers. Its body is empty where it carries no more than ids, states and moments.
   */
  answer: Call;
}

/** One request that schedules, and all that its client did about the job. */
export interface JobAttempt {
  submission: Call;
  operation: string;
  /** Undefined when the request was refused or lost, so that there is none. */
  job: string | undefined;
  scenario: Scenario | undefined;
  scenarioName: string | undefined;
  /** What the job makes or changes. */
  resource: string | undefined;
  /** The resource was not there before. */
  createsResource: boolean;
  /** The same request, sent again: its answer told the same job; undefined: it was not. */
  resubmissions: Call[] | undefined;
  /** In the order in which they came. */
  polls: Call[];
  /** The first poll that was told that the job is done, failed or cancelled. */
  finalPoll: Call | undefined;
  /** Polls up to that end. */
  pollsBeforeFinal: readonly Call[];
  /** Polls that were sent when the end was known. */
  pollsAfterFinal: readonly Call[];
  /** Whatever else was done about the job; {@link NO_ASIDES} where nothing was. */
  asides: Asides;
  /** Undefined while the client has not been told of any. */
  end: KnownEnd | undefined;
  /** Of a request without a job: polls of ids that nobody has handed out, up to the next request; undefined: none. */
  unmatchedPolls: Call[] | undefined;
  /** It is one request with another one, and that one was followed: it has the same idempotency key, or got the same job. */
  repeated: boolean;
  /** Webhooks about it; undefined: none was sent. */
  deliveries?: readonly Sent[] | undefined;
  /** The one of them that told the end first. */
  news?: News | undefined;
  /** The one that it repeats, where that is a fault; found by the rule that asks. */
  repeats?: JobAttempt | undefined;
  /** The life never comes to an end. */
  endless: boolean;
  /** Found when a rule first asks for it. */
  resultReads: ResultReads | undefined;
  /** The same, of {@link firstAndLast}. */
  ends: readonly Call[] | undefined;
}

/** The request that scheduled it and the last poll, if there is one; of one job, rules that ask share them. */
export function firstAndLast(one: JobAttempt): readonly Call[] {
  one.ends ??= endsOf(one);
  return one.ends;
}

function endsOf({ submission, polls }: JobAttempt): readonly Call[] {
  const last = polls.at(-1);
  return last ? [submission, last] : [submission];
}
