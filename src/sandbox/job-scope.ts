import type { Binding } from '../contract/binding.js';
import { readAsText } from '../contract/exact-json.js';
import { tellId } from '../contract/id-form.js';
import type { Json } from '../contract/json.js';
import { endedAt } from '../scenario/play.js';
import type { ErrorText, State } from '../scenario/scenario.js';
import { formatMoment } from '../time/format-moment.js';
import type { Moment } from '../time/moments.js';
import type { Draft } from './draft.js';
import { type Job, shownState } from './job.js';
import { type Requester, secondsOf } from './render.js';

/** The names that templates may use, see the binding; what a template does not ask for costs nothing. */
export class JobScope {
  [name: string]: unknown;
  readonly #draft: Draft;
  readonly #job: Job;
  readonly #eta: Moment;
  readonly #requester: Requester;
  readonly job: string | number;
  readonly state: string | undefined;

  /** @param state the one that the answer tells; undefined when it tells none */
  constructor(draft: Draft, job: Job, state: State | undefined, eta: Moment, requester: Requester) {
    this.#draft = draft;
    this.#requester = requester;
    this.#job = job;
    this.#eta = eta;
    this.job = tellId(draft.api.binding.report.ids, job.id);
    this.state = state && shownState(draft.api.binding, job, state);
    this.error = job.failure ?? state?.error ?? defaultError(draft.api.binding);
  }

  readonly error: ErrorText;

  get eta(): string {
    return formatMoment(this.#eta);
  }

  get now(): string {
    return formatMoment(this.#draft.now);
  }

  get retryAfter(): number {
    return secondsOf(this['retryAfter.ms']);
  }

  /** The same in milliseconds. */
  get 'retryAfter.ms'(): number {
    return Math.max(0, this.#eta - this.#draft.now);
  }

  get doneAt(): string | undefined {
    const finished = endedAt(this.#job.cursor);
    return finished === undefined ? undefined : formatMoment(finished);
  }

  get resource(): Json {
    const { resource: id } = this.#job;
    return { ...this.#draft.resources.get(id)?.document, id };
  }

  /** What its scenario says of what it makes. */
  get result(): Json {
    return this.#job.scenario.result;
  }

  /** Parameters in the path of the request that scheduled the job. */
  get path(): Readonly<Record<string, string>> {
    return this.#job.params;
  }

  /** The body of that request: its JSON, the fields of its form, or its text. */
  get body(): unknown {
    const { body } = this.#job;
    return body && readAsText(this.#draft.setup.compressor.read(body));
  }

  get link(): unknown {
    return this.#draft.api.binding.schedules.get(this.#job.operation)?.link?.(this);
  }

  get origin(): string {
    return this.#requester.where().origin;
  }

  get api(): string {
    return this.#requester.where().api;
  }
}

/** What a failed state says when its scenario names no error. */
export function defaultError({ errors, failure }: Binding): ErrorText {
  return (failure === undefined ? undefined : errors.get(failure)) ?? UNSAID;
}

const UNSAID: ErrorText = {
  code: '',
  name: '',
  message: 'The job has failed',
  text: 'The job has failed',
};
