import type { FaultName } from '../faults/index.js';
import { isHeld } from '../scenario/by-hand.js';
import { endedAt, endOfStep, etaAt, stateAt, stepAt } from '../scenario/play.js';
import type { ErrorText, State } from '../scenario/scenario.js';
import type { Moment, SessionTime } from '../time/moments.js';
import { currentState, type Job, lifeOf, reportedOutcome, shownState } from './job.js';
import { defaultError } from './job-scope.js';
import type { ReportedOutcome } from './journal.js';

/** What a person may know of a job. Moments are milliseconds since 1970 by the session's clock. */
export interface JobView {
  id: string;
  /** Name of its API, where there are several. */
  api: string | undefined;
  operation: string;
  scenario: string;
  state: string;
  step: number;
  polls: number;
  start: Moment;
  eta: Moment;
  finished: Moment | undefined;
  resource: string;
  error: string | undefined;
  notes: readonly string[] | undefined;
  waits_for_release: boolean;
  /** A person holds it or has played it. */
  by_hand: 'held' | 'played' | undefined;
  /** The steps up to the present one. */
  life: readonly LivedStep[];
}

/** A step of a job that was lived or is being lived: the truth, whatever the client has asked and been told. */
export interface LivedStep<At = Moment> {
  /** Its number in the scenario, from 0; those behind the scenario's steps belong to a job that was cancelled. */
  step: number;
  from: At;
  /** When it was left, or will be by time alone; absent where something else ends it, or nothing. */
  until?: At;
  /** The state that the job is in, as the API calls it, and what that means. */
  state?: string;
  outcome?: ReportedOutcome;
  /** An answer in the state's place: its HTTP status, 0 where the fault decides. */
  answer?: number;
  fault?: FaultName;
}

/** @param several there are jobs of other APIs beside it */
export function viewJob(job: Job, time: SessionTime, several: boolean): JobView {
  const { byHand, cursor, scenario } = job;
  const life = lifeOf(job);
  const state = stateAt(life, cursor);
  const held = isHeld(life, cursor, byHand);
  return {
    id: job.id,
    api: several ? job.api.name : undefined,
    operation: job.operation,
    scenario: scenario.name,
    state: currentState(job),
    step: cursor.step,
    polls: job.polls,
    start: cursor.start,
    eta: etaAt(life, cursor, time),
    finished: endedAt(cursor),
    resource: job.resource,
    error: errorOf(job, state)?.text,
    notes: job.notes,
    waits_for_release: stepAt(life, cursor).duration.kind === 'released' || held,
    by_hand: byHand && (held ? 'held' : 'played'),
    life: livedSteps(job, time.pace),
  };
}

/** What its client is told of why it has failed. */
function errorOf({ failure, api }: Job, state: State | undefined): ErrorText | undefined {
  const isFailed = state?.outcome === 'failed';
  return failure ?? state?.error ?? (isFailed ? defaultError(api.binding) : undefined);
}

/** The steps of a job up to the present one. */
function livedSteps(job: Job, pace: number): LivedStep[] {
  const { cursor } = job;
  const began = [...cursor.left, cursor.since];
  const ends = endOfStep(lifeOf(job), cursor, pace);
  return began.map((from, step) => {
    const until = began[step + 1] ?? ends;
    return { step, from, ...(until === undefined ? {} : { until }), ...saysIn(job, step) };
  });
}

function saysIn(job: Job, step: number): Pick<LivedStep, 'state' | 'outcome' | 'answer' | 'fault'> {
  const { binding } = job.api;
  const says = lifeOf(job)[step]?.response;
  if (says === undefined) return {};
  if ('state' in says) {
    return { state: shownState(binding, job, says), outcome: reportedOutcome(binding, job, says) };
  }
  const { http, fault } = says.answer;
  return { answer: http, ...(fault ? { fault: fault.name } : {}) };
}
