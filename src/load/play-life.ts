import { exampleBody } from '../contract/example.js';
import { tellId } from '../contract/id-form.js';
import type { Json } from '../contract/json.js';
import { toldValue } from '../contract/message.js';
import type { Operation } from '../contract/operation.js';
import { sampleParts } from '../contract/request-sample.js';
import { fillRequired } from '../contract/sample.js';
import type { ErrorCode } from '../error-codes.js';
import type { Problem } from '../problem.js';
import type { Answer } from '../sandbox/answer.js';
import type { Api } from '../sandbox/api.js';
import { bindingFaults } from '../sandbox/binding-faults/binding-faults.js';
import { refusalBreachKey } from '../sandbox/binding-faults/judge-refusal.js';
import { breachKey } from '../sandbox/check-answers.js';
import { handlePoll } from '../sandbox/handle-poll.js';
import { handleRead } from '../sandbox/handle-read.js';
import { handleSchedule } from '../sandbox/handle-schedule.js';
import type { Handled, Handler, HandlerRequest } from '../sandbox/handled.js';
import type { Job } from '../sandbox/job.js';
import { SAMPLE_REQUESTER } from '../sandbox/sample-requester.js';
import { Session } from '../sandbox/session.js';
import { endOfStep, stepAt } from '../scenario/play.js';
import type { Scenario, Step } from '../scenario/scenario.js';
import type { Duration, Moment } from '../time/moments.js';
import { makeSetup } from './load-setup.js';
import { paramsOf, partsNaming } from './sample-params.js';
import { placeOf } from './stack-place.js';

const START: Moment = Date.parse('2026-01-01T12:00:00.000Z');
const SECOND: Duration = 1000;
/** More polls than any suite asks for; a step that lasts longer is not played to its end. */
const MAX_POLLS = 10_000;
/** After so many polls of one step the clock goes to its end, however near the etas are. */
const PATIENCE = 100;

/**
 * Plays a scenario poll by poll to its end, once for each operation that it is for, and holds every answer
 * against the contract. Nothing is sent: the clock is moved by hand, each life has a session of its own.
 * @param read ends after which the pack has been asked for everything: it is asked once for each way to end
 */
export async function playScenario(
  api: Api,
  scenario: Scenario,
  read: Set<string> = new Set(),
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const clock = { mode: 'manual' as const, now: START };
  const setup = makeSetup([api], { clock, seed: 1 });
  for (const id of scenario.operations ?? api.binding.schedules.keys()) {
    const operation = api.contract.operations.get(id);
    if (!operation) continue;
    await api.pack?.prepare?.(id);
    problems.push(...new Life(new Session('check', setup), scenario, operation, { read }).play());
  }
  return problems;
}

/** One answer of a life. */
export interface Told {
  operation: Operation;
  answer: Answer;
  /** Which step answered; undefined: it is that to the request which schedules. */
  step: number | undefined;
  /** How long after the scheduling. */
  after: Duration;
}

/**
 * What the first poll of each step is told, before it what the request is told that schedules. A step that lasts many
 * polls is asked few times, one that lasts a time once: what they say is the same.
 * @param most so many steps are played
 */
export async function tellLife(
  api: Api,
  scenario: Scenario,
  operation: Operation,
  most: number,
): Promise<Told[]> {
  const clock = { mode: 'manual' as const, now: START };
  const life = scenario.life.slice(0, most).map(shortened);
  const played = { ...scenario, life };
  const settled = { ...api, catalogue: new Map([[scenario.name, played]]) };
  await api.pack?.prepare?.(operation.id);
  const session = new Session('check', makeSetup([settled], { clock, seed: 1 }));
  const told: Told[] = [];
  const hear = (said: Told) => {
    if (!told.some(({ step }) => step === said.step)) told.push(said);
  };
  new Life(session, played, operation, { hear, patience: 1, polls: (FEW + 1) * most }).play();
  return told;
}

/** Polls of a step that are asked, however many it lasts: it says the same to each. */
const FEW = 3;

function shortened(step: Step): Step {
  const { duration } = step;
  if (duration.kind !== 'polls' || duration.polls <= FEW) return step;
  return { ...step, duration: { ...duration, polls: FEW } };
}

/** Nothing that is played here is left to the contract. */
const sample: Handler = () => {
  throw new Error('no operation of a life is answered by the contract alone');
};

interface Listening {
  /** Ends after which the pack has been asked for everything; undefined: it is not asked. */
  read?: Set<string>;
  hear?: (told: Told) => void;
  /** After so many polls of one step the clock goes to its end. */
  patience?: number;
  /** So many polls are asked. */
  polls?: number;
}

/** The life of one job, and what is wrong with what is said of it. */
class Life {
  readonly #session: Session;
  readonly #problems: Problem[] = [];
  readonly #api: Api;

  constructor(
    session: Session,
    private readonly scenario: Scenario,
    private readonly operation: Operation,
    private readonly listening: Listening,
  ) {
    this.#session = session;
    this.#api = session.setup.apis[0];
  }

  play(): Problem[] {
    try {
      this.#live();
    } catch (error) {
      if (!this.#api.pack) throw error;
      const { name, message } = error as Error;
      const what = `the pack ${this.#api.pack.name} threw ${name}: ${message}`;
      const place = placeOf(error as Error) ?? this.#atStep(1);
      this.#say(
        'PACK_BEHAVIOUR_FAILED',
        place,
        `${what}, ${this.#when()}`,
        'return a refusal or an error instead',
      );
    }
    return this.#problems;
  }

  #live(): void {
    const { scenario, operation } = this;
    const scheduled = this.#schedule();
    const id = scheduled.journal.job;
    this.#hear(operation, scheduled, undefined);
    this.#hold(operation, scheduled, id === undefined ? 1 : 0);
    if (id === undefined) return;
    const { life } = scenario;
    const { report } = this.#api.binding;
    const reporting = this.#api.contract.operations.get(report.operation);
    const { polls: most = MAX_POLLS } = this.listening;
    for (let polls = 0; reporting && polls < most; polls += 1) {
      const known = this.#session.jobs.get(id);
      const polled = this.#ask(handlePoll, {
        operation: reporting,
        ...partsNaming(reporting, report.job, tellId(report.ids, id), known?.params),
      });
      const job = this.#session.jobs.get(id);
      if (!job) return;
      const { step } = job.cursor;
      this.#hear(reporting, polled, step);
      this.#hold(reporting, polled, stepAt(life, job.cursor).line);
      if (job.cursor.step === life.length - 1) {
        this.#read(job);
        return;
      }
      this.#wait(job, polled.journal.eta);
    }
  }

  /** What the pack refuses by its own judgement, because nothing is there yet, is scheduled without it. */
  #schedule(): Handled {
    const { operation, scenario } = this;
    const { query, headers } = sampleParts(this.#api.contract, [operation]);
    const request = {
      operation,
      params: paramsOf(operation),
      query,
      body: this.#body(),
      headers: { ...headers, 'x-sandbox-scenario': scenario.name },
    };
    const scheduled = this.#ask(handleSchedule, request);
    if (scheduled.journal.job !== undefined || scenario.refuse) return scheduled;
    this.#session.choose({ rules: 'off' });
    return this.#ask(handleSchedule, request);
  }

  #body(): unknown {
    const { document } = this.#api.contract;
    const [schema] = Object.values(this.operation.body?.content ?? {});
    return (
      exampleBody(document, this.operation) ?? (schema && fillRequired(document, schema, {}, 1))
    );
  }

  /** Lets a handler decide, and keeps what it has decided. */
  #ask(
    handler: (...args: Parameters<Handler>) => Handled,
    request: Pick<HandlerRequest, 'operation' | 'params'> & Partial<HandlerRequest>,
  ): Handled {
    const draft = this.#session.draft();
    const { body } = request;
    const { compressor } = this.#session.setup;
    const keptBody = () => (body === undefined ? undefined : compressor.keep(JSON.stringify(body)));
    const usual = {
      query: {},
      body: undefined,
      headers: {},
      keptBody,
      requester: SAMPLE_REQUESTER,
      sample,
    };
    const handled = handler(draft, { ...usual, ...request });
    this.#session.keep(draft);
    return handled;
  }

  /** Waits as the answer says, and releases what waits to be released. */
  #wait(job: Job, eta: Moment | undefined): void {
    const { life } = this.scenario;
    const now = this.#session.clock.now();
    if (stepAt(life, job.cursor).duration.kind === 'released') {
      this.#session.release(job);
      return;
    }
    const ends = endOfStep(life, job.cursor, 1);
    const { patience = PATIENCE } = this.listening;
    const told = eta !== undefined && eta > now && job.cursor.polls < patience ? eta : undefined;
    // No later than the end of the step, so that none goes by without a poll.
    const next = Math.min(told ?? ends ?? now + SECOND, ends ?? Number.POSITIVE_INFINITY);
    this.#session.advance(Math.max(1, next - now));
  }

  /** Asks every operation that the pack answers for what the job has made or changed. */
  #read(job: Job): void {
    const { read } = this.listening;
    if (!read) return;
    const { contract, pack } = this.#api;
    const { failed, done, cancelled } = job.cursor;
    const ended = [failed, done, cancelled].map((moment) => moment !== undefined);
    const end = JSON.stringify([job.operation, ended, job.failure?.text, this.scenario.result]);
    if (read.has(end)) return;
    read.add(end);
    for (const id of Object.keys(pack?.reads ?? {})) {
      const operation = contract.operations.get(id);
      // What changes something as well asks for a body that suits it.
      if (operation?.method !== 'GET') continue;
      const params = paramsOf(operation, job.params, job.resource);
      const query: Json = {};
      contract.validator.parameters(operation, 'query', query); // fills in the contract's defaults
      this.#hold(operation, this.#ask(handleRead, { operation, params, query }), 0);
    }
  }

  #hear(operation: Operation, { outcome }: Handled, step: number | undefined): void {
    const { hear } = this.listening;
    if (!hear || outcome.kind !== 'answer') return;
    const after = this.#session.clock.now() - START;
    hear({ operation, answer: outcome.answer, step, after });
  }

  /** @param line of the step that the answer comes from; 0: it comes from the binding or the pack */
  #hold(operation: Operation, { outcome }: Handled, line: number): void {
    if (outcome.kind === 'answer' && outcome.checkedBy)
      this.#check(operation, outcome.answer, line);
  }

  #check(operation: Operation, answer: Answer, line: number): void {
    const { status, mediaType } = answer;
    if (status === 0) return;
    const { contract, binding } = this.#api;
    const ofBinding = binding.origin === 'guessed' ? undefined : bindingFaults(this.#api);
    const place = line > 0 ? this.#atStep(line) : { file: binding.file, line: 0, column: 0 };
    for (const { at, description } of contract.validator.answer(
      operation,
      status,
      mediaType,
      toldValue(answer),
    )) {
      if (ofBinding?.breaches.has(breachKey(operation.id, status, at, description))) continue;
      const refusal = refusalBreachKey(operation.id, at, description);
      if (status >= 400 && ofBinding?.refusals.has(refusal)) continue;
      const what = `an answer of ${operation.id} (${status}) breaks the contract at ${at}: ${description}`;
      const hint = 'mend the binding, the scenario or the pack, whichever made it';
      this.#say('PACK_ANSWER_OFF_CONTRACT', place, `${what}, ${this.#when()}`, hint);
    }
  }

  #when(): string {
    return `while ${this.scenario.name} was played for ${this.operation.id}`;
  }

  #atStep(line: number) {
    const { file } = this.scenario;
    return { file: file || this.#api.binding.file, line: file ? line : 0, column: file ? 1 : 0 };
  }

  #say(
    code: ErrorCode,
    place: Pick<Problem, 'file' | 'line' | 'column'>,
    message: string,
    hint: string,
  ): void {
    this.#problems.push({ code, ...place, message, hint });
  }
}
