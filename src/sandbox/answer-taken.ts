import type { Scheduling } from '../contract/binding.js';
import type { Operation } from '../contract/operation.js';
import { etaAt, stateAt } from '../scenario/play.js';
import { jobEnvelope, openState } from './binding-words.js';
import type { Draft } from './draft.js';
import { type Handled, type HandlerRequest, refusal } from './handled.js';
import type { Job } from './job.js';
import { JobScope } from './job-scope.js';
import { Renderer, templateOf } from './render.js';
import { etaForms, shownEta } from './shown-eta.js';

/**
 * Answers a request that has chosen the id of a job which is there: a PUT is about that one (RFC 9110 §9.3.4), others
 * want a new one, unless the binding says otherwise.
 */
export function answerTaken(draft: Draft, request: HandlerRequest, job: Job): Handled {
  const { operation } = request;
  const usual = operation.method === 'PUT' ? 'again' : 'refused';
  const taken = draft.api.binding.report.taken ?? usual;
  if (taken === 'again') return answerAgain(draft, request, job);
  const message = `There is a job ${job.id} already`;
  return refusal({ status: 409, code: 'REQUEST_ID_TAKEN', message }, { operation: operation.id });
}

export function refuseWithoutId({ api }: Draft, { operation }: HandlerRequest): Handled {
  const message = `No id is left for another job of ${api.name}: nearly all that \`ids\` allows are taken`;
  return refusal(
    { status: 503, code: 'REQUEST_IDS_USED_UP', message },
    { operation: operation.id },
  );
}

/**
 * Answers a request that schedules with a job that is there: with its state, where the operation documents the status
 * of that answer, else as if it had just been scheduled. Nothing changes.
 */
function answerAgain(draft: Draft, request: HandlerRequest, job: Job): Handled {
  const { contract, binding } = draft.api;
  const { operation, requester } = request;
  const { life, name } = job.scenario;
  const state = stateAt(life, job.cursor) ?? openState(binding);
  const eta = etaAt(life, job.cursor, draft);
  const scope = new JobScope(draft, job, state, eta, requester);
  const renderer = new Renderer(binding, draft.envelope, requester, { contract, operation });
  const ofState = templateOf(binding, state, job.failure);
  const isTold = documents(operation, ofState.http);
  const { acceptedAnswer } = binding.schedules.get(operation.id) as Scheduling;
  const answer = isTold
    ? renderer.state(state, job.failure, scope, draft)
    : renderer.template(acceptedAnswer, scope, jobEnvelope(binding, draft.envelope));
  answer.headers['X-Sandbox-Scenario'] = name;
  return {
    outcome: { kind: 'answer', answer, checkedBy: operation },
    journal: {
      operation: operation.id,
      job: job.id,
      scenario: name,
      resource: job.resource,
      again: true,
      eta: shownEta(answer, eta, () => etaForms(isTold ? ofState : acceptedAnswer)),
      note: 'the job that the request names is there already: nothing is scheduled',
    },
  };
}

function documents({ answers }: Operation, status: number): boolean {
  return answers[status] !== undefined || answers[`${Math.floor(status / 100)}XX`] !== undefined;
}
