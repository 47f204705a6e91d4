import type { Scenario } from '../scenario/scenario.js';
import type { Call } from './call.js';

/** What a client read of a result: good answers and others. `unseen`: it may have read it at another server. */
export interface ResultReads {
  good: readonly Call[];
  bad: readonly Call[];
  unseen: boolean;
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
  /** In the order in which they came. */
  polls: Call[];
  /** The first poll that was told that the job is done or failed. */
  finalPoll: Call | undefined;
  /** Polls up to that end. */
  pollsBeforeFinal: readonly Call[];
  /** Polls that were sent when the end was known. */
  pollsAfterFinal: readonly Call[];
  /** Of a request without a job: polls of ids that nobody has handed out, up to the next request. */
  unmatchedPolls: Call[];
  /** It is sent with the idempotency key of another one, and that one was followed: both are one request. */
  repeated: boolean;
  /** The life never comes to an end. */
  endless: boolean;
  /** Found when a rule first asks for it. */
  resultReads: ResultReads | undefined;
}
