import type { Cancelling } from '../contract/job-operations.js';
import { endedAt, etaAt, type Life, stateAt } from '../scenario/play.js';
import type { Step } from '../scenario/scenario.js';
import type { Api } from './api.js';
import { openState, stateNamed } from './binding-words.js';
import type { Draft } from './draft.js';
import { askedJob, placeOfJob } from './find-job.js';
import type { Handled, Handler, HandlerRequest, JournalFields } from './handled.js';
import { currentState, type Job, lifeOf, reportedOutcome } from './job.js';
import { hasContent, refuseAs, reportTemplate, scopeOf, statusOf, tellOwn } from './own-answer.js';
import { etaForms, shownEta } from './shown-eta.js';

/**
 * Answers a request that cancels a job. The job leaves its life: for as long as that takes it is in the state of the
 * meanwhile, then it is cancelled, whether or not anybody asks.
 */
export function cancelHandler({ binding }: Api, cancel: Cancelling): Handler {
  return (draft, request) => {
    const place = placeOfJob(request.operation, cancel.job, binding.report.job);
    const asked = askedJob(draft, request, place);
    if (asked.answer) return asked.answer;
    const { job } = asked;
    if (endedAt(job.cursor) !== undefined) return refuseEnded(draft, request, cancel, job);
    // Asked for again, it goes on as it does.
    const left = job.reached === undefined ? draft.divert(job, stepsOf(job, cancel)) : job;
    return tellCancelled(draft, request, cancel, left);
  };
}

/** What a job lives from the request on. */
function stepsOf(job: Job, { after, state, meanwhile }: Cancelling): Life {
  const { binding } = job.api;
  const end = stepOf({ response: stateNamed(binding, 'cancelled', state) });
  if (after === 0) return [end];
  const now = stateAt(lifeOf(job), job.cursor) ?? openState(binding);
  const response = meanwhile === undefined ? now : stateNamed(binding, 'open', meanwhile);
  return [stepOf({ response, duration: { kind: 'time', time: after } }), end];
}

function stepOf(own: Pick<Step, 'response'> & Partial<Step>): Step {
  return {
    duration: { kind: 'ever' },
    eta: undefined,
    delay: 0,
    offContract: false,
    line: 0,
    ...own,
  };
}

function refuseEnded(
  draft: Draft,
  request: HandlerRequest,
  { refused }: Cancelling,
  job: Job,
): Handled {
  const message = `Job ${job.id} cannot be cancelled: it is ${currentState(job)}`;
  const scope = scopeOf(draft, job, request.requester);
  return {
    outcome: refuseAs(draft, request, refused, scope, { code: 'REQUEST_JOB_ENDED', message }),
    journal: journalOf(request, job),
  };
}

/** Where the binding leaves its words open, and the answer has a body, it is what the report says now. */
function tellCancelled(
  draft: Draft,
  request: HandlerRequest,
  cancel: Cancelling,
  job: Job,
): Handled {
  const { operation, requester } = request;
  const own = cancel.shapes?.get(job.scenario.cancelled ?? '') ?? cancel;
  const http = statusOf(own, operation);
  const reported = !own.data && hasContent(operation, http);
  const { data, bare } = reported ? reportTemplate(job) : own;
  const template = { http, headers: own.headers, data, bare };
  const answer = tellOwn(draft, request, template, scopeOf(draft, job, requester));
  const life = lifeOf(job);
  const state = stateAt(life, job.cursor);
  const told = state && (reported || answer.body.includes(state.state));
  return {
    outcome: { kind: 'answer', answer, checkedBy: operation },
    journal: {
      ...journalOf(request, job),
      reportedOutcome: told ? reportedOutcome(job.api.binding, job, state) : undefined,
      eta: shownEta(answer, etaAt(life, job.cursor, draft), () => etaForms(template)),
    },
  };
}

function journalOf({ operation }: HandlerRequest, job: Job): JournalFields {
  const { id, scenario } = job;
  return { operation: operation.id, job: id, scenario: scenario.name, state: currentState(job) };
}
