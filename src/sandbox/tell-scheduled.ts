import type { AnswerTemplate, Scheduling } from '../contract/binding.js';
import { isChosen } from '../contract/id-form.js';
import type { Operation } from '../contract/operation.js';
import { etaAt, stateAt, stepAt } from '../scenario/play.js';
import type { State } from '../scenario/scenario.js';
import type { Moment } from '../time/moments.js';
import type { Answer } from './answer.js';
import { type AnswerForm, isOfOneForm } from './answer-form.js';
import { jobEnvelope, openState } from './binding-words.js';
import type { Draft } from './draft.js';
import type { Handled, HandlerRequest, JournalFields } from './handled.js';
import { currentState, type Job, lifeOf, ownStep, reportedOutcome } from './job.js';
import { JobScope } from './job-scope.js';
import { templateOf, wayOf } from './render.js';
import { rendererFor } from './renderer-for.js';
import { etaForms, shownEta } from './shown-eta.js';

/** The form of the answer that the job's scenario names, else the usual one. */
function scheduledShape({ shapes, acceptedAnswer }: Scheduling, name: string | undefined) {
  return (name === undefined ? undefined : shapes.get(name)) ?? acceptedAnswer;
}

/** The answer of the operation that schedules: that there is a job. */
export function tellScheduled(draft: Draft, request: HandlerRequest, job: Job): Handled {
  const { binding } = draft.api;
  const eta = etaAt(lifeOf(job), job.cursor, draft);
  const state = knownState(job) ?? openState(binding);
  const scope = new JobScope(draft, job, state, eta, request.requester);
  const shape = fillableShape(draft, job, scope);
  const envelope = jobEnvelope(binding, draft.envelope);
  const form = formOf(draft, request, shape);
  const renderer = rendererFor(draft, request);
  const answer = named(renderer.template(shape, scope, envelope, wayOf(form)), job);
  const outcome = { kind: 'answer' as const, answer, checkedBy: request.operation, form };
  const told = shownEta(answer, eta, () => etaForms(shape));
  return { outcome, journal: fieldsOf(request, job, told) };
}

/**
 * What the job has come to, as an answer of the operation that has scheduled it. A status that the contract does not
 * have there gives way to that of the usual answer: Replicate answers 201 whether or not the job is done.
 */
export function tellPresent(draft: Draft, request: HandlerRequest, job: Job): Handled {
  const { binding } = draft.api;
  const life = lifeOf(job);
  const state = stateAt(life, job.cursor) ?? openState(binding);
  const eta = etaAt(life, job.cursor, draft);
  const scope = new JobScope(draft, job, state, eta, request.requester);
  const said = rendererFor(draft, request).state(state, job.failure, scope, draft);
  const status = isDocumented(request.operation, said.status)
    ? said.status
    : shapeOf(draft, job).http;
  const answer = named({ ...said, status }, job);
  const told = shownEta(said, eta, () => etaForms(templateOf(binding, state, job.failure)));
  const checkedBy = stepAt(life, job.cursor).offContract ? undefined : request.operation;
  return {
    outcome: { kind: 'answer', answer, checkedBy },
    journal: {
      ...fieldsOf(request, job, told),
      step: ownStep(job),
      state: currentState(job),
      reportedOutcome: reportedOutcome(binding, job, state),
      resultPlace: templateOf(binding, state, job.failure).result,
    },
  };
}

/** The state that a job is in, unless it is one that its contract need not know. */
function knownState(job: Job): State | undefined {
  const state = stateAt(lifeOf(job), job.cursor);
  return state && job.api.binding.states.has(state.state) ? state : undefined;
}

function named(answer: Answer, { scenario }: Job): Answer {
  answer.headers['X-Sandbox-Scenario'] = scenario.name;
  return answer;
}

function fieldsOf(
  { operation }: HandlerRequest,
  { id, scenario, resource }: Job,
  eta: Moment | undefined,
): JournalFields {
  return { operation: operation.id, scenario: scenario.name, job: id, resource, eta };
}

function shapeOf({ api }: Draft, { operation, scenario }: Job): AnswerTemplate {
  return scheduledShape(api.binding.schedules.get(operation) as Scheduling, scenario.scheduled);
}

/** Who would be told what a job has made is told that there is a job, while it has made nothing. */
function fillableShape(draft: Draft, job: Job, scope: JobScope): AnswerTemplate {
  const shape = shapeOf(draft, job);
  const { acceptedAnswer } = draft.api.binding.schedules.get(job.operation) as Scheduling;
  if (shape === acceptedAnswer || !shape.data) return shape;
  return shape.data(scope) === undefined ? acceptedAnswer : shape;
}

/** Answers that schedule are alike, unless the envelope shows a query that a client has made up. */
function formOf(
  { api: { binding }, envelope }: Draft,
  { query }: HandlerRequest,
  of: AnswerTemplate,
): AnswerForm | undefined {
  if (isChosen(binding.report.ids)) return undefined;
  if (Object.keys(query).length > 0 || !isOfOneForm(of)) return undefined;
  return { of, envelope: jobEnvelope(binding, envelope) };
}

function isDocumented({ answers }: Operation, status: number): boolean {
  return [String(status), `${Math.floor(status / 100)}XX`, 'default'].some((key) =>
    Object.hasOwn(answers, key),
  );
}
