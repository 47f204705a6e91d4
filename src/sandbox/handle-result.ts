import { idWithin, type ResultBinding } from '../contract/job-operations.js';
import { isObject, parseJson } from '../contract/json.js';
import { endedAt, stateAt } from '../scenario/play.js';
import type { Answer } from './answer.js';
import type { Api } from './api.js';
import { openState } from './binding-words.js';
import type { Draft } from './draft.js';
import { askedJob, placeOfJob } from './find-job.js';
import type { Handled, Handler, JournalFields } from './handled.js';
import { currentState, type Job, lifeOf, reportedOutcome } from './job.js';
import { refuseAs, scopeOf, statusOf, tellOwn } from './own-answer.js';

const EARLY = 'asked for before it was there';

/** Answers a request for what a job has made: nothing before its time, then the binding's words or the contract's. */
export function resultHandler({ binding }: Api, result: ResultBinding): Handler {
  return (draft, request) => {
    const { operation, params, requester } = request;
    const place = placeOfJob(operation, result.job, binding.report.job);
    const asked = askedJob(draft, request, place, (name) => jobNamed(draft, result, name));
    if (asked.answer) return asked.answer;
    const { job } = asked;
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
      const isEarly = endedAt(job.cursor) === undefined;
      return { outcome, journal: isEarly ? { ...journal, note: EARLY } : journal };
    }
    if (!result.data) return sampled(request.sample(draft, request), journal, params);
    const template = { ...result, http: statusOf(result, operation) };
    const answer = tellOwn(draft, request, template, scope);
    return { outcome: { kind: 'answer', answer, checkedBy: operation }, journal };
  };
}

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

/**
 * What the contract shows, with what the path says in fields that are called as its parameters.
 * @param known path parameters
 */
async function sampled(
  made: ReturnType<Handler>,
  journal: JournalFields,
  known: Readonly<Record<string, string>>,
): Promise<Handled> {
  const handled = await made;
  const { outcome } = handled;
  if (outcome.kind === 'answer') outcome.answer = withKnown(outcome.answer, known);
  return { ...handled, journal: { ...handled.journal, ...journal } };
}

function withKnown(answer: Answer, known: Readonly<Record<string, string>>): Answer {
  const value = parseJson(answer.body);
  if (!isObject(value)) return answer;
  const own = Object.entries(known).filter(([name]) => typeof value[name] === 'string');
  if (own.length === 0) return answer;
  return { ...answer, body: JSON.stringify({ ...value, ...Object.fromEntries(own) }) };
}
