import type { AnswerTemplate, Binding } from '../contract/binding.js';
import type { Json } from '../contract/json.js';
import type { Millis } from '../scenario/duration.js';
import { kindOf } from '../scenario/fault.js';
import { etaAt, stateAt, stepAt } from '../scenario/play.js';
import type { ErrorText, State, Step } from '../scenario/scenario.js';
import { type Answer, type Asker, renderScript, renderTemplate, secondsOf } from './answer.js';
import { type Job, shownState } from './job.js';
import type { Session } from './session.js';
import type { Setup } from './setup.js';
import { breaksOf, spoil, tellsEta, tellsState } from './spoil.js';
import { jobEnvelope, openState, stateFor } from './words.js';

/** What a poll is answered, and what the journal wants to know of it. */
export interface Polled {
  answer: Answer;
  job: Job;
  step: Step;
  /** The state that the answer tells; undefined when it tells none. */
  state: State | undefined;
  /** The one that the answer tells; undefined when it tells none. */
  eta: Millis | undefined;
}

/** Answers a poll of a job; undefined when the session knows no such job. */
export function pollJob(session: Session, id: string, asker: Asker): Polled | undefined {
  const { clock, setup } = session;
  const now = clock.now();
  const job = session.jobs.poll(id, now, clock.pace);
  if (!job) return undefined;
  const { life } = job.scenario;
  const step = stepAt(life, job.cursor);
  const eta = etaAt(life, job.cursor, now, clock.pace);
  const { says } = step;
  const state = saidState(setup, job, says);
  const scope = new JobScope(session, job, state, eta, now, asker);
  const said = state
    ? renderState(setup, session, job, state, scope, asker)
    : renderScript(setup.binding, (says as Spoken).answer, scope, asker, clock.pace);
  const fault = 'answer' in says ? says.answer.fault : undefined;
  if (!fault) return { answer: said, job, step, state, eta: toldIn(said, eta) };
  const name = state && shownState(setup.binding, job, state);
  const breaks = breaksOf(setup.contract, setup.binding.report.operation);
  const answer = spoil(said, fault, { url: asker.url, now, eta, state: name, breaks });
  return {
    answer,
    job,
    step,
    state: name !== undefined && tellsState(answer, name) ? state : undefined,
    eta: tellsEta(answer, eta) ? eta : undefined,
  };
}

type Spoken = Exclude<Step['says'], State>;

/** The state that an answer is to tell: a fault without words of its own damages that of the job. */
function saidState({ binding }: Setup, job: Job, says: Step['says']): State | undefined {
  if ('state' in says) return says;
  const { fault, http } = says.answer;
  if (!fault || http !== 0 || kindOf(fault).answer !== 'damaged') return undefined;
  return stateAt(job.scenario.life, job.cursor) ?? openState(binding);
}

function renderState(
  setup: Setup,
  session: Session,
  job: Job,
  state: State,
  scope: JobScope,
  asker: Asker,
): Answer {
  const envelope = state.envelope ?? jobEnvelope(setup.binding, session.envelope);
  const template = templateOf(setup, state, job.failure);
  return renderTemplate(setup.binding, envelope, template, scope, asker);
}

/** The eta if the answer spells it: a binding need not tell any, and no more need a scenario. */
export function toldIn({ body }: Answer, eta: Millis): Millis | undefined {
  return body.includes(iso(eta)) ? eta : undefined;
}

/** The names that templates may use, see the binding; what a template does not ask for costs nothing. */
export class JobScope {
  [name: string]: unknown;
  readonly #session: Session;
  readonly #job: Job;
  readonly #eta: Millis;
  readonly #now: Millis;
  readonly #asker: Asker;
  readonly job: string;
  readonly state: string | undefined;
  readonly error: ErrorText;

  constructor(
    session: Session,
    job: Job,
    state: State | undefined,
    eta: Millis,
    now: Millis,
    asker: Asker,
  ) {
    this.#session = session;
    this.#asker = asker;
    this.#job = job;
    this.#eta = eta;
    this.#now = now;
    this.job = job.id;
    this.state = state && shownState(session.setup.binding, job, state);
    this.error = job.failure ?? state?.error ?? unsaid(session.setup.binding);
  }

  get eta(): string {
    return iso(this.#eta);
  }

  get now(): string {
    return iso(this.#now);
  }

  get retryAfter(): number {
    return secondsOf(Math.max(0, this.#eta - this.#now));
  }

  get doneAt(): string | undefined {
    const finished = this.#job.cursor.done ?? this.#job.cursor.failed;
    return finished === undefined ? undefined : iso(finished);
  }

  get resource(): Json {
    const { resource: id } = this.#job;
    return { ...this.#session.resources.get(id)?.document, id };
  }

  /** Parameters in the path of the request that scheduled the job. */
  get path(): Readonly<Record<string, string>> {
    return this.#job.params;
  }

  get link(): unknown {
    return this.#session.setup.binding.schedules.get(this.#job.operation)?.link?.(this);
  }

  get origin(): string {
    return this.#asker.where().origin;
  }

  get api(): string {
    return this.#asker.where().api;
  }
}

/** The binding's template of a state; a state that it does not know looks like an open one. */
export function templateOf(
  setup: Setup,
  state: State,
  failure: ErrorText | undefined,
): AnswerTemplate {
  const { binding } = setup;
  const name = failure && state.outcome === 'done' ? stateFor(binding, 'failed') : state.state;
  const known = binding.states.get(name) ?? binding.states.get(stateFor(binding, 'open'));
  const shape = state.shape === undefined ? undefined : known?.shapes.get(state.shape);
  return shape ?? (known?.shapes.values().next().value as AnswerTemplate);
}

/** What a failed state says when its scenario names no error. */
export function unsaid({ errors, failure }: Binding): ErrorText {
  return (failure === undefined ? undefined : errors.get(failure)) ?? UNSAID;
}

const UNSAID: ErrorText = {
  code: '',
  name: '',
  message: 'The job has failed',
  text: 'The job has failed',
};

function iso(moment: Millis): string {
  return new Date(moment).toISOString();
}
