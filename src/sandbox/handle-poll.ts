import type { Binding } from '../contract/binding.js';
import { isChosen } from '../contract/id-form.js';
import { declarationOf } from '../faults/index.js';
import { PLAYED } from '../played.js';
import { type Cursor, etaAt, type Life, stateAt, stepAt } from '../scenario/play.js';
import type { State, Step } from '../scenario/scenario.js';
import { type AnswerForm, isOfOneForm } from './answer-form.js';
import { applyFault, showsState } from './apply-fault.js';
import { openState } from './binding-words.js';
import type { Draft } from './draft.js';
import { askedJob } from './find-job.js';
import type { Handled, HandlerRequest } from './handled.js';
import { currentState, type Job, lifeOf, ownStep, reportedOutcome, shownState } from './job.js';
import { JobScope } from './job-scope.js';
import { isUnchanged, notModified } from './not-modified.js';
import { playToken, refuseToken, withCredentials } from './play-token.js';
import { readInPlace } from './read-in-place.js';
import { templateOf, wayOf } from './render.js';
import { rendererFor } from './renderer-for.js';
import { etaForms, etaFormsIn, shownEta } from './shown-eta.js';
import { holdUntilChange } from './wait-for-job.js';

const UNCHANGED = 'If-None-Match names the ETag of this state: nothing has changed';

/** Answers a poll: what the job's life says now, or once its state has changed. */
export function handlePoll(draft: Draft, request: HandlerRequest): Handled {
  const asked = askedJob(draft, request, draft.api.binding.report.job);
  if (asked.answer) return asked.answer;
  const polled = draft.poll(withCredentials(asked.job, request));
  const { playsTokens } = polled.scenario;
  const job = playsTokens ? playToken(draft, request, asked.job, polled) : polled;
  const tell = playsTokens ? tellWithToken : tellJob;
  return holdUntilChange(draft, request, asked.job, job, tell(draft, request, job), tell);
}

function tellWithToken(draft: Draft, request: HandlerRequest, job: Job): Handled {
  return refuseToken(draft, request, job) ?? tellJob(draft, request, job);
}

function tellJob(draft: Draft, request: HandlerRequest, job: Job): Handled {
  const { api, now } = draft;
  const { binding, contract } = api;
  const { operation, requester } = request;
  const life = lifeOf(job);
  const step = stepAt(life, job.cursor);
  const eta = etaAt(life, job.cursor, draft);
  const state = reportedState(binding, life, job.cursor);
  // Where an answer stands in a state's place, the job is still in the last one of its life, at first an open one.
  const current = state ?? stateAt(life, job.cursor) ?? openState(binding);
  const scope = new JobScope(draft, job, current, eta, requester);
  const renderer = rendererFor(draft, request);
  const inPlace = state && readInPlace(draft, request);
  const fault = faultOf(step);
  const form = fault || inPlace ? undefined : formOf(draft, job, step, state, request);
  const said = state
    ? (inPlace?.answer ?? renderer.state(state, job.failure, scope, draft, wayOf(form)))
    : renderer.script((step.response as Exclude<Step['response'], State>).answer, scope, draft);
  const unchecked = step.offContract || inPlace?.isRefusal;
  const name = state && shownState(binding, job, state);
  const { url } = requester;
  const answer = fault
    ? applyFault(said, fault, { contract, operation: operation.id, url, now, eta, state: name })
    : said;
  const told = name !== undefined && showsState(answer, name) ? state : undefined;
  const unchanged = !fault && isUnchanged(answer, request.headers['if-none-match']);
  return {
    outcome: {
      kind: 'answer',
      answer: unchanged ? notModified(answer) : answer,
      // A 304 stands for the answer that the client has, which was held against the contract.
      checkedBy: unchecked || unchanged ? undefined : operation,
      form: unchanged ? undefined : form,
    },
    journal: {
      operation: operation.id,
      job: job.id,
      scenario: job.scenario.name,
      step: ownStep(job),
      state: currentState(job),
      reportedOutcome: told && reportedOutcome(binding, job, told),
      eta: unchanged
        ? undefined
        : shownEta(answer, eta, () => toldForms(binding, job, step, state)),
      resultPlace: state && templateOf(binding, state, job.failure).result,
      note: noteOf(job, unchanged),
    },
    delay: step.delay,
  };
}

function noteOf({ byHand, notes }: Job, unchanged: boolean): string | undefined {
  if (!unchanged && !byHand) return notes?.join('; ');
  return [...(unchanged ? [UNCHANGED] : []), ...(byHand ? [PLAYED] : []), ...(notes ?? [])].join(
    '; ',
  );
}

function faultOf({ response: says }: Step) {
  return 'answer' in says ? says.answer.fault : undefined;
}

/** The ways in which an answer tells its eta. */
function toldForms(binding: Binding, { failure }: Job, step: Step, state: State | undefined) {
  if (state) return etaForms(templateOf(binding, state, failure));
  return etaFormsIn((step.response as Exclude<Step['response'], State>).answer.body);
}

/** Answers of one step are alike, unless the envelope shows a query that a client has made up. */
function formOf(
  { api, envelope }: Draft,
  { failure }: Job,
  step: Step,
  state: State | undefined,
  { query }: HandlerRequest,
): AnswerForm | undefined {
  if (!state || failure || Object.keys(query).length > 0) return undefined;
  if (isChosen(api.binding.report.ids)) return undefined;
  if (!isOfOneForm(templateOf(api.binding, state, failure))) return undefined;
  return { of: step, envelope: state.envelope ?? envelope };
}

/**
 * The state that a step's answer is to tell: a fault without words of its own damages that of the job.
 * Undefined when the step brings an answer of its own.
 */
export function reportedState(
  binding: Binding,
  life: Life,
  cursor: Pick<Cursor, 'step'>,
): State | undefined {
  const { response: says } = life[cursor.step] as Step;
  if ('state' in says) return says;
  const { fault, http } = says.answer;
  if (!fault || http !== 0 || declarationOf(fault).answer !== 'damaged') return undefined;
  return stateAt(life, cursor) ?? openState(binding);
}
