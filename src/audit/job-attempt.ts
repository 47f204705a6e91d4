import type { Scenario } from '../scenario/scenario.js';
import type { Call } from './call.js';

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
  /** The same request, sent again: its answer told the same job. */
  resubmissions: Call[];
  /** In the order in which they came. */
  polls: Call[];
  /** The first poll that was told that the job is done or failed. */
  finalPoll: Call | undefined;
  /** Polls up to that end. */
  pollsBeforeFinal: Call[];
  /** Polls that were sent when the end was known. */
  pollsAfterFinal: Call[];
  /** Of a request without a job: polls of ids that nobody has handed out, up to the next request. */
  unmatchedPolls: Call[];
  /** It is one request with another one, and that one was followed: it has the same idempotency key, or got the same job. */
  repeated: boolean;
  /** The life never comes to an end. */
  endless: boolean;
}
