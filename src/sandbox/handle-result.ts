import { idWithin, type ResultBinding } from '../contract/job-operations.js';
import { stateAt } from '../scenario/play.js';
import type { Api } from './api.js';
import { openState } from './binding-words.js';
import type { Draft } from './draft.js';
import { findJob, jobParameter, tellLost } from './find-job.js';
import type { Handled, Handler, JournalFields } from './handled.js';
import { currentState, type Job, lifeOf, reportedOutcome } from './job.js';
import { refuseAs, scopeOf, statusOf, tellOwn } from './own-answer.js';

const EARLY = 'asked for before it was there';

/** Answers a request for what a job has made: nothing before its time, then the binding's words or the contract's. */
export function resultHandler({ binding }: Api, result: ResultBinding): Handler {
  return (draft, request) => {
    const { operation, params, requester } = request;
    const named = params[jobParameter(operation, result.job, binding.report.job)] ?? '';
    const id = jobNamed(draft, result, named);
    const found = id === undefined ? UNKNOWN : findJob(draft, id);
    if (found.lost) return tellLost(draft, request, named, found);
    const { job } = found;
    const state = currentState(job);
    const journal: JournalFields = {
      operation: operation.id,
      job: job.id,
      scenario: job.scenario.name,
      state,
    };
    const scope = scopeOf(draft, job, requester);
    if (!isThere(job, result)) {
      const message = `Job ${job.id} is ${state}: ${operation.id} has nothing of it`;
      const why = { code: 'REQUEST_RESULT_NOT_THERE', message };
      const outcome = refuseAs(draft, request, result.before, scope, why);
      return { outcome, journal: { ...journal, note: EARLY } };
    }
    if (!result.data) return sampled(request.sample(draft, request), journal);
    const template = { ...result, http: statusOf(result, operation) };
    const answer = tellOwn(draft, request, template, scope);
    return { outcome: { kind: 'answer', answer, checkedBy: operation }, journal };
  };
}

const UNKNOWN = { lost: 'unknown' } as const;

/** The id of the job that a name means; undefined where it means none. */
function jobNamed(draft: Draft, { named }: ResultBinding, name: string): string | undefined {
  if (!named) return name;
  const id = idWithin(named, name);
  if (id === undefined || named.of === 'job') return id;
  return draft.jobs().find(({ resource }) => resource === id)?.id;
}

/** Is the result of a job there, in the state that it is in now? */
function isThere(job: Job, { when }: ResultBinding): boolean {
  const { binding } = job.api;
  if (when !== 'done') return when.includes(currentState(job));
  const state = stateAt(lifeOf(job), job.cursor) ?? openState(binding);
  return reportedOutcome(binding, job, state) === 'done';
}

async function sampled(made: ReturnType<Handler>, journal: JournalFields): Promise<Handled> {
  const handled = await made;
  return { ...handled, journal: { ...handled.journal, ...journal } };
}
