import type { Binding } from '../contract/binding.js';
import type { ByHand } from '../scenario/by-hand.js';
import { type Cursor, type Life, stateAt } from '../scenario/play.js';
import type { ErrorText, Scenario, State } from '../scenario/scenario.js';
import type { Api } from './api.js';
import { stateFor } from './binding-words.js';
import type { WaitingText } from './compressed-text.js';
import type { ReportedOutcome } from './journal.js';
import type { Caller, Made } from './pack.js';
import type { JobWebhooks } from './webhooks/delivery.js';

/** One scheduled run of a scenario: a value, another takes its place when the job moves on. */
export interface Job {
  readonly id: string;
  /** What it is kept by in its session, see `jobKey`. */
  readonly key: string;
  /** The one whose operation has scheduled it. */
  readonly api: Api;
  readonly operation: string;
  readonly scenario: Scenario;
  /** What it lives since it was cancelled, or a person has played it; undefined: its scenario's life. */
  readonly diverted: Life | undefined;
  /** How a person plays it; undefined: nobody has. */
  readonly byHand?: ByHand | undefined;
  /** Its progress when it was cancelled: it goes no further. */
  readonly reached?: number | undefined;
  readonly cursor: Cursor;
  readonly params: Readonly<Record<string, string>>;
  /** The request's body; gone once the job has settled. */
  readonly body: WaitingText | undefined;
  /** What else its answers tell of the request. */
  readonly told: ToldRequest | undefined;
  /** Id of what it makes or changes. */
  readonly resource: string;
  /** Polls answered in all. */
  readonly polls: number;
  /** Its changes have been made, or it has failed or was cancelled. */
  readonly settled: boolean;
  /** Why the pack would not make the changes. */
  readonly failure: ErrorText | undefined;
  /** What the pack has noted at its end; undefined when there is nothing. */
  readonly notes: readonly string[] | undefined;
  /** What its answers tell of what it has made; undefined: what the binding says alone. */
  readonly made?: Made | undefined;
  /** Who has asked for it, where tokens are looked at. */
  readonly caller?: Caller | undefined;
  /** Credentials that it was last asked for with, as `credentialsOf` tells them, where its scenario lets them end. */
  readonly askedWith?: string | undefined;
  /** Where its news goes; undefined: nobody has asked for it. */
  readonly webhooks?: JobWebhooks | undefined;
}

/** What a job keeps of its request because its answers tell it. */
export interface ToldRequest {
  /** Its id, where that is told as a number and another form of ids is not. */
  id?: number | undefined;
  query?: Readonly<Record<string, unknown>> | undefined;
  /** By their names in small letters. */
  headers?: Readonly<Record<string, string>> | undefined;
}

/** The job where it stands now. Field by field: V8 takes ten times as long to spread it, and each poll moves one. */
export function movedTo(job: Job, cursor: Cursor, polls: number): Job {
  const moved: { [Field in keyof Required<Job>]: Job[Field] } = {
    id: job.id,
    key: job.key,
    api: job.api,
    operation: job.operation,
    scenario: job.scenario,
    diverted: job.diverted,
    byHand: job.byHand,
    reached: job.reached,
    cursor,
    params: job.params,
    body: job.body,
    told: job.told,
    resource: job.resource,
    polls,
    settled: job.settled,
    failure: job.failure,
    notes: job.notes,
    made: job.made,
    caller: job.caller,
    askedWith: job.askedWith,
    webhooks: job.webhooks,
  };
  return moved;
}

/** The life that a job lives. */
export function lifeOf({ diverted, scenario }: Job): Life {
  return diverted ?? scenario.life;
}

/** The step of its scenario that a job is in, counted from 0; undefined once it was cancelled or played by hand. */
export function ownStep({ diverted, cursor }: Job): number | undefined {
  return diverted ? undefined : cursor.step;
}

/** The name of a state as the job shows it: done has become failed when the pack refused the changes. */
export function shownState(binding: Binding, job: Job, state: State): string {
  return job.failure && state.outcome === 'done' ? stateFor(binding, 'failed') : state.state;
}

/** The outcome that a client is told with a state of the job. */
export function reportedOutcome(binding: Binding, job: Job, state: State): ReportedOutcome {
  if (!binding.states.has(state.state)) return 'unknown';
  return job.failure && state.outcome === 'done' ? 'failed' : state.outcome;
}

/** The name of the state that a job is in now. */
export function currentState(job: Job): string {
  const { binding } = job.api;
  const state = stateAt(lifeOf(job), job.cursor);
  return state ? shownState(binding, job, state) : stateFor(binding, 'open');
}
