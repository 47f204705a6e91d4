import type { Binding } from '../contract/binding.js';
import { placeIn } from '../contract/check-binding.js';
import { exampleBody } from '../contract/example.js';
import { type JobName, rolesOf } from '../contract/job-operations.js';
import type { JobPlace } from '../contract/job-place.js';
import { toldValue } from '../contract/message.js';
import type { Operation } from '../contract/operation.js';
import { fillRequired } from '../contract/sample.js';
import type { Problem } from '../problem.js';
import type { Api } from '../sandbox/api.js';
import { stateNamed } from '../sandbox/binding-words.js';
import { placeOfJob } from '../sandbox/find-job.js';
import type { Handled, Handler, HandlerRequest } from '../sandbox/handled.js';
import { handlerOf } from '../sandbox/handlers.js';
import type { Job } from '../sandbox/job.js';
import { SAMPLE_REQUESTER } from '../sandbox/sample-requester.js';
import { Session } from '../sandbox/session.js';
import type { Setup } from '../sandbox/setup.js';
import type { Duration, Moment } from '../time/moments.js';
import { paramsOf, partsNaming } from './sample-params.js';

const START: Moment = Date.parse('2026-01-01T12:00:00.000Z');
/** Longer than the built-in life. */
const TO_ITS_END: Duration = 10_000;

/** Does a binding say of jobs more than how they are scheduled and reported? */
export function hasOperations(binding: Binding): boolean {
  return rolesOf(binding).length > 0 || binding.expires !== undefined;
}

/**
 * Asks each operation on jobs that a binding names about jobs that are open, done, cancelled, deleted and expired, and
 * holds its answers against the contract. Nothing is sent: the clock is moved by hand.
 * @param setup of the one API, without a catalogue
 */
export async function playOperations(setup: Setup): Promise<Problem[]> {
  const [api] = setup.apis;
  const { binding } = api;
  const session = new Session('check', { ...setup, seed: 1, validate: 'on' });
  session.setClock({ mode: 'manual', now: START });
  session.choose({ rules: 'off', scenario: api.fallback.name });
  for (const id of binding.schedules.keys()) await api.pack?.prepare?.(id);
  return new Trial(session, api).play();
}

const BY_ID: JobName = { before: '', of: 'job', after: '' };

/** A session in which operations are tried, and what is wrong with what they say. */
class Trial {
  readonly #problems = new Map<string, Problem>();

  constructor(
    private readonly session: Session,
    private readonly api: Api,
  ) {}

  play(): Problem[] {
    const { cancel, delete: deletes, list, results, expires, report } = this.api.binding;
    const open = this.#schedule();
    if (!open) return [];
    if (list) this.#ask('list', list.operation, open);
    results.forEach((result, i) => {
      const nameOf = ({ id, resource }: Job) => {
        const { before, of, after } = result.named ?? BY_ID;
        return before + (of === 'job' ? id : resource) + after;
      };
      this.#ask(`results.${i}.before`, result.operation, open, result.job, nameOf(open));
      const there = result.data && this.#jobIn(result.when);
      if (there) this.#ask(`results.${i}`, result.operation, there, result.job, nameOf(there));
    });
    if (cancel) {
      this.#ask('cancel', cancel.operation, open, cancel.job);
      this.session.advance(cancel.after + TO_ITS_END);
      this.#ask('cancel.refused', cancel.operation, open, cancel.job);
    }
    if (list) this.#ask('list', list.operation, open);
    const fresh = deletes && this.#schedule();
    if (deletes?.refused && fresh) {
      this.#ask('delete.refused', deletes.operation, fresh, deletes.job);
      this.session.advance(TO_ITS_END);
    }
    if (deletes && fresh) this.#ask('delete', deletes.operation, fresh, deletes.job);
    const old = expires && this.#schedule();
    if (expires && old) {
      this.session.advance(TO_ITS_END);
      this.session.advance(expires.after);
      this.#ask('expires', report.operation, old, report.job);
    }
    return [...this.#problems.values()];
  }

  /** A job of the first operation that the contract has. */
  #schedule(): Job | undefined {
    const { contract, binding } = this.api;
    for (const id of binding.schedules.keys()) {
      const operation = contract.operations.get(id);
      if (!operation) continue;
      const [schema] = Object.values(operation.body?.content ?? {});
      const { document } = contract;
      const body =
        exampleBody(document, operation) ?? (schema && fillRequired(document, schema, {}, 1));
      const { journal } = this.#decide(operation, { params: paramsOf(operation), body });
      return this.session.jobs.get(journal.job ?? '');
    }
    return undefined;
  }

  /** One that is in the first of these states. */
  #jobIn(when: 'done' | readonly string[]): Job | undefined {
    const { binding } = this.api;
    const job = this.#schedule();
    const name = when === 'done' ? undefined : when[0];
    const outcome = name === undefined ? 'done' : binding.states.get(name)?.outcome;
    if (!job || !outcome) return undefined;
    const draft = this.session.draft(this.api);
    const response = stateNamed(binding, outcome, name);
    const step = { response, eta: undefined, delay: 0, offContract: false, line: 0 };
    draft.divert(job, [{ ...step, duration: { kind: 'ever' } }]);
    this.session.keep(draft);
    return job;
  }

  /** @param said where it names the job @param name what stands there */
  #ask(key: string, id: string, job: Job, said?: JobPlace, name = job.id): void {
    const { contract, binding } = this.api;
    const operation = contract.operations.get(id);
    if (!operation) return;
    const naming = placeOfJob(operation, said, binding.report.job);
    const parts =
      key === 'list'
        ? { params: paramsOf(operation, job.params) }
        : partsNaming(operation, naming, name, job.params);
    const { outcome } = this.#decide(operation, parts);
    if (outcome.kind !== 'answer' || !outcome.checkedBy) return;
    const { status, mediaType } = outcome.answer;
    const value = toldValue(outcome.answer);
    const [first] = contract.validator.answer(operation, status, mediaType, value);
    if (!first) return;
    const message = `${key}: the answer of ${id} (${status}) breaks the contract at ${first.at}: ${first.description}`;
    const hint = 'say with `http`, `data` and `bare` what the contract has there';
    const { file } = binding;
    const place = placeIn(binding, key);
    const code = 'BINDING_ANSWER_OFF_CONTRACT';
    this.#problems.set(key, { code, file, ...place, message, hint, usable: true });
  }

  #decide(
    operation: Operation,
    request: Pick<HandlerRequest, 'params'> & Partial<HandlerRequest>,
  ): Handled {
    const { session, api } = this;
    const draft = session.draft(api);
    const { body } = request;
    const keptBody = () =>
      body === undefined ? undefined : session.setup.compressor.keep(JSON.stringify(body));
    const handler = handlerOf(api, operation.id) ?? UNANSWERED;
    const usual = {
      operation,
      query: {},
      body: undefined,
      headers: {},
      requester: SAMPLE_REQUESTER,
    };
    const handled = handler(draft, { ...usual, keptBody, sample: UNANSWERED, ...request });
    if (handled instanceof Promise) return NOTHING;
    session.keep(draft);
    return handled;
  }
}

/** What the contract alone would answer is held against it elsewhere. */
const NOTHING: Handled = { outcome: { kind: 'refusal', refusal: { status: 404 } }, journal: {} };
const UNANSWERED: Handler = () => NOTHING;
