import type { Cursor } from '../../scenario/play.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Api } from '../api.js';
import type { Compressor } from '../compressed-text.js';
import type { Job } from '../job.js';
import type { CursorFact, JobFact, MovedFact } from './fact.js';
import { writeScenario } from './scenario-book.js';

/** What reading a job needs of where it is read. */
export interface JobReading {
  apiOf(name: string): Api;
  scenarioOf(hash: string): Scenario;
  compressor: Compressor;
}

export function writeCursor(cursor: Cursor): CursorFact {
  const { step, start, since, left, polls, begun, done, failed, cancelled } = cursor;
  const ends = begun ?? done ?? failed ?? cancelled;
  if (ends === undefined) return [step, start, since, left, polls];
  return [step, start, since, left, polls, begun, done, failed, cancelled];
}

export function readCursor(fact: CursorFact): Cursor {
  const [step, start, since, left, polls, begun, done, failed, cancelled] = fact;
  return {
    step,
    start,
    since,
    left,
    polls,
    begun: begun ?? undefined,
    done: done ?? undefined,
    failed: failed ?? undefined,
    cancelled: cancelled ?? undefined,
  };
}

export function writeJob(job: Job, compressor: Compressor): JobFact {
  return { ...writeBodiless(job), body: job.body && compressor.read(job.body) };
}

/** All but the body of its request, which takes more time to read than all the rest to write. */
export function writeBodiless(job: Job): JobFact {
  const { api, scenario, cursor, body: _, polls, settled, ...same } = job;
  return {
    ...same,
    api: api.name,
    scenario: writeScenario(scenario).hash,
    cursor: writeCursor(cursor),
    polls: polls || undefined,
    settled: settled || undefined,
  };
}

/** Field by field and in the order of `movedTo`: jobs that are read back are no other kind of object to V8. */
export function readJob(fact: JobFact, { apiOf, scenarioOf, compressor }: JobReading): Job {
  const job: { [Field in keyof Required<Job>]: Job[Field] } = {
    id: fact.id,
    key: fact.key,
    api: apiOf(fact.api),
    operation: fact.operation,
    scenario: scenarioOf(fact.scenario),
    diverted: fact.diverted,
    byHand: fact.byHand,
    reached: fact.reached,
    cursor: readCursor(fact.cursor),
    params: fact.params,
    body: fact.body === undefined ? undefined : compressor.keep(fact.body),
    told: fact.told,
    resource: fact.resource,
    polls: fact.polls ?? 0,
    settled: fact.settled ?? false,
    failure: fact.failure,
    notes: fact.notes,
    made: fact.made,
    caller: fact.caller,
    askedWith: fact.askedWith,
    webhooks: fact.webhooks,
  };
  return job;
}

export function writeMoved(job: Job): MovedFact {
  const { key, cursor, polls, askedWith, diverted, byHand, reached } = job;
  return { job: key, cursor: writeCursor(cursor), polls, askedWith, diverted, byHand, reached };
}

/** A job as it stands now. @param before as it stood */
export function readMoved(fact: MovedFact, before: Job): Job {
  const { cursor, polls, askedWith, diverted, byHand, reached } = fact;
  return { ...before, cursor: readCursor(cursor), polls, askedWith, diverted, byHand, reached };
}
