import type { AnswerTemplate, Binding } from '../contract/binding.js';
import type { Json } from '../contract/json.js';
import type { Millis } from '../scenario/duration.js';
import { kindOf } from '../scenario/fault.js';
import { type Cursor, etaAt, type Life, stateAt, stepAt } from '../scenario/play.js';
import type { ErrorText, State, Step } from '../scenario/scenario.js';
import { type Answer, type Asker, renderScript, renderTemplate, secondsOf } from './answer.js';
import { currentState, type Job, shownState } from './job.js';
import type { Session } from './session.js';
import type { Setup } from './setup.js';
import { spoil, tellsState, toldIn } from './spoil.js';
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
  const state = saidState(setup.binding, life, job.cursor);
  const scope = new JobScope(session, job, state, eta, now, asker);
  const said = state
    ? renderState(setup, session.envelope, state, job.failure, scope, asker)
    : renderScript(setup.binding, (says as Spoken).answer, scope, asker, clock.pace);
  const fault = 'answer' in says ? says.answer.fault : undefined;
  if (!fault) return { answer: said, job, step, state, eta: toldIn(said, eta) };
  const name = state && shownState(setup.binding, job, state);
  const { contract, binding } = setup;
  const about = { contract, operation: binding.report.operation, url: asker.url, now };
  const answer = spoil(said, fault, { ...about, eta, state: name });
  return {
    answer,
    job,
    step,
    state: name !== undefined && tellsState(answer, name) ? state : undefined,
    eta: toldIn(answer, eta),
  };
}

type Spoken = Exclude<Step['says'], State>;

/**
 * The state that a step's answer is to tell: a fault without words of its own damages that of the job.
 * Undefined when the step brings an answer of its own.
 */
export function saidState(
  binding: Binding,
  life: Life,
  cursor: Pick<Cursor, 'step'>,
): State | undefined {
  const { says } = life[cursor.step] as Step;
  if ('state' in says) return says;
  const { fault, http } = says.answer;
  if (!fault || http !== 0 || kindOf(fault).answer !== 'damaged') return undefined;
  return stateAt(life, cursor) ?? openState(binding);
}

/**
 * An answer that tells a state, as its binding has it.
 * @param usual the envelope where the state names none
 * @param failure why the job has failed although its life says that it is done
 */
export function renderState(
  setup: Setup,
  usual: string,
  state: State,
  failure: ErrorText | undefined,
  scope: Json,
  asker: Asker,
): Answer {
  const envelope = state.envelope ?? jobEnvelope(setup.binding, usual);
  return renderTemplate(setup.binding, envelope, templateOf(setup, state, failure), scope, asker);
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
    // An answer that the scenario writes itself may tell the state that the job is in.
    const told = state ?? stateAt(job.scenario.life, job.cursor);
    this.state = told
      ? shownState(session.setup.binding, job, told)
      : currentState(session.setup.binding, job);
    this.error = job.failure ?? told?.error ?? unsaid(session.setup.binding);
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
function templateOf(setup: Setup, state: State, failure: ErrorText | undefined): AnswerTemplate {
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
