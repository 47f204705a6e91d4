import type { Binding } from '../contract/binding.js';
import { readAsText } from '../contract/exact-json.js';
import { tellId } from '../contract/id-form.js';
import { isObject, type Json } from '../contract/json.js';
import { endedAt, startedAt } from '../scenario/play.js';
import { percent, progressAt } from '../scenario/progress.js';
import type { ErrorText, State } from '../scenario/scenario.js';
import { formatMoment } from '../time/format-moment.js';
import type { Moment } from '../time/moments.js';
import type { Draft } from './draft.js';
import { expiresAt } from './expiry.js';
import { type Job, lifeOf, shownState } from './job.js';
import type { Made } from './pack.js';
import { type Requester, secondsOf } from './render.js';
import { shownResource } from './resources/of-job.js';

/** The names that templates may use, see the binding; what a template does not ask for costs nothing. */
export class JobScope {
  [name: string]: unknown;
  readonly #draft: Draft;
  readonly #job: Job;
  readonly #eta: Moment;
  readonly #requester: Requester;
  #body: { value: unknown } | undefined;
  readonly job: string | number;
  readonly state: string | undefined;

  /** @param state the one that the answer tells; undefined when it tells none */
  constructor(draft: Draft, job: Job, state: State | undefined, eta: Moment, requester: Requester) {
    this.#draft = draft;
    this.#requester = requester;
    this.#job = job;
    this.#eta = eta;
    // Where several kinds are listed, the draft is of another one.
    const { binding } = job.api;
    this.job = job.told?.id ?? tellId(binding.report.ids, job.id);
    this.state = state && shownState(binding, job, state);
    this.error = job.failure ?? state?.error ?? defaultError(binding);
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

  /** When it was scheduled. */
  get createdAt(): string {
    return formatMoment(this.#job.cursor.start);
  }

  /** When it left the first of several open states; undefined before. */
  get startedAt(): string | undefined {
    return spell(startedAt(lifeOf(this.#job), this.#job.cursor));
  }

  get endedAt(): string | undefined {
    return spell(endedAt(this.#job.cursor));
  }

  /** When the API forgets it, as far as that is known. */
  get expiresAt(): string | undefined {
    return spell(expiresAt(this.#job, this.#draft.pace));
  }

  get doneAt(): string | undefined {
    return this.endedAt;
  }

  /** From 0 to 100, in whole numbers; 100 when the job is done and never before. */
  get progress(): number {
    return percent(this.#progress);
  }

  /** From 0 to 1, `{progress.fraction}`. */
  get progressFraction(): number {
    return Math.floor(this.#progress * 10_000) / 10_000;
  }

  get #progress(): number {
    const { byHand, cursor, failure, reached } = this.#job;
    if (reached !== undefined) return reached;
    const here = failure ? { ...cursor, done: undefined } : cursor;
    const progress = progressAt(lifeOf(this.#job), here, this.#draft);
    return byHand ? Math.max(byHand.progress, progress) : progress;
  }

  /** How many polls have been answered, this one among them. */
  get polls(): number {
    return this.#job.polls;
  }

  get resource(): Json {
    const { api, resource: id, operation } = this.#job;
    return shownResource(api, this.#draft.resources, operation, id);
  }

  /** What its scenario says of what it makes. */
  get result(): Json {
    return this.#job.scenario.result;
  }

  /** Parameters in the path of the request that scheduled the job. */
  get path(): Readonly<Record<string, string>> {
    return this.#job.params;
  }

  /** The query of that request, in the types of the contract. */
  get query(): Readonly<Record<string, unknown>> | undefined {
    return this.#job.told?.query;
  }

  /** Those of its headers that templates tell, by their names in small letters. */
  get header(): Readonly<Record<string, string>> | undefined {
    return this.#job.told?.headers;
  }

  /** The body of that request: its JSON, the fields of its form, or its text. */
  get body(): unknown {
    const { body } = this.#job;
    this.#body ??= { value: body && readAsText(this.#draft.setup.compressor.read(body)) };
    return this.#body.value;
  }

  get link(): unknown {
    const { api, operation } = this.#job;
    return api.binding.schedules.get(operation)?.link?.(this);
  }

  /** Where all that it has made is read, as `{ entity, href }`: what the pack has told, else the binding's link. */
  get links(): unknown[] {
    return linksOf(this.#job.made, this.link, this.api);
  }

  /** The same with the address of the server in front, `{links.absolute}`. */
  get 'links.absolute'(): unknown[] {
    return linksOf(this.#job.made, this.link, this.api, this.origin);
  }

  /** What the pack has told for the answer itself. */
  get data(): unknown {
    return this.#job.made?.data;
  }

  get origin(): string {
    return this.#requester.where().origin;
  }

  get api(): string {
    return this.#requester.where().api;
  }
}

/** @param link the binding's own, in any form; one of `entity` and `path` is told as the others are */
export function linksOf(
  made: Made | undefined,
  link: unknown,
  api: string,
  origin = '',
): unknown[] {
  const told = made?.links;
  if (told) return told.map(({ entity, path }) => ({ entity, href: origin + api + path }));
  if (!isObject(link) || typeof link.path !== 'string') return link === undefined ? [] : [link];
  return [{ entity: link.entity, href: origin + link.path }];
}

function spell(moment: Moment | undefined): string | undefined {
  return moment === undefined ? undefined : formatMoment(moment);
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
