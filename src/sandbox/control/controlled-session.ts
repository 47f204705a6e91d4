import type { Json } from '../../contract/json.js';
import { nearest } from '../../problem.js';
import { ControlProblem, unprocessable } from '../../sandbox-error.js';
import type { Suite } from '../../scenario/suite.js';
import { DURATION_HINT, formatDuration, parseDuration } from '../../time/duration.js';
import type { Duration } from '../../time/moments.js';
import { type Api, operationNamed } from '../api.js';
import type { Draft } from '../draft.js';
import type { Job } from '../job.js';
import type { JournalFilter } from '../journal.js';
import { held, played } from '../play-by-hand.js';
import { seedKinds, seedResource } from '../resources/seed.js';
import type { Sandbox } from '../sandbox.js';
import { type OwnScenario, type Queued, scenariosNamed, suits } from '../select-scenario.js';
import type { Session } from '../session.js';
import { newestJobs, newestOf } from './newest.js';
import { playingOf, playSuite } from './play-suite.js';
import { type By, playedScenario } from './played-scenario.js';
import { readSteps } from './read-steps.js';
import {
  applySettings,
  checkSettings,
  notFound,
  type SessionSettings,
} from './session-settings.js';
import { type EndedToken, endTokenOf, handOut, restoreTokens, type TokenView } from './tokens.js';
import {
  type ClockView,
  type ExchangeView,
  type JobState,
  type ResourceView,
  type SessionView,
  sessionUrl,
  showClock,
  showExchange,
  showJob,
  showLightly,
  showResource,
  showSession,
  showWorld,
  type WorldView,
} from './views.js';

/**
 * Whether a session that is only read begins by that: over HTTP it does not, so that a slip in its name is
 * seen; a session that a program holds in its hand does.
 */
export type Reading = 'finds' | 'begins';

/** A suite that a session is to play; null: none any more. */
export interface PlayedSuite {
  suite?: { suite: Suite; apis: readonly Api[] } | null | undefined;
  /** A scenario of it. */
  course?: string | undefined;
}

/** For which jobs a scenario is queued. */
interface QueueChoice {
  operation?: string | undefined;
  times?: number | undefined;
}

/** Some of what a session keeps, and how much of its kind it has let go. */
type Listed<K extends string, T> = Record<K, T[]> & { dropped: number };

/**
 * One session as people and tests steer it: both the control API and the Node API call this, and every
 * check of what they may ask for is made here. Methods throw a ControlProblem, and nothing has changed then.
 */
export class ControlledSession {
  /** Base URL for the client under test. */
  readonly url: string;

  /**
   * @param base the sandbox's own URL, without a slash at its end
   * @param standing how it stood at some moment, where that is asked for; it can only be read then
   */
  constructor(
    private readonly sandbox: Sandbox,
    readonly name: string,
    private readonly base: string,
    private readonly reading: Reading,
    private readonly standing?: Session,
  ) {
    this.url = sessionUrl(base, name);
  }

  /** The session with everything that is due by now done: what a verdict is made from. */
  read(): Session {
    if (this.standing) return settled(this.standing);
    if (this.reading === 'begins') return this.#begun();
    return settled(this.sandbox.existing(this.name));
  }

  /** The same, as it stood. */
  as(standing: Session): ControlledSession {
    return new ControlledSession(this.sandbox, this.name, this.base, this.reading, standing);
  }

  show(): SessionView {
    const session = this.read();
    return showSession(session, this.base, session.settledAt);
  }

  /** What is left out stays. */
  set(settings: SessionSettings, { suite, course }: PlayedSuite = {}): SessionView {
    const checked = checkSettings(this.sandbox.setup, settings);
    const { apis } = this.sandbox.setup;
    if (suite) playingOf(apis, suite.suite, suite.apis, course, unprocessable);
    else if (course !== undefined) {
      const hint = 'give {"suite": NAME} beside it';
      throw unprocessable('USAGE_OPTION_CONFLICT', `"course": "${course}" goes with a suite`, hint);
    }
    const session = this.#begun();
    applySettings(session, checked);
    if (suite) playSuite(session, suite.suite, suite.apis, course, unprocessable);
    else if (suite === null) session.play();
    return showSession(settled(session), this.base);
  }

  /** Forgets everything that the session holds. */
  reset(): void {
    this.sandbox.end(this.name);
  }

  /** A token that requests are let in with, whether tokens are looked at or not. @param scopes left out: all there are */
  token(scopes?: readonly string[]): TokenView {
    return handOut(this.#begun(), scopes);
  }

  /** Lets the token of a client end: that which came last, unless another one is named. */
  endToken(ended: EndedToken = {}): ReturnType<typeof endTokenOf> {
    return endTokenOf(this.#begun(), ended);
  }

  /** Lets all tokens in again that were let end. */
  restoreTokens(): SessionView {
    const session = this.read();
    restoreTokens(session);
    return showSession(session, this.base);
  }

  clock(): ClockView {
    const session = this.read();
    return showClock(session, session.settledAt);
  }

  /** Moves a manual clock on; a text (`'3s'`) or milliseconds. */
  advance(by: string | Duration): ClockView {
    const text = typeof by === 'number' ? formatDuration(by) : by;
    const length = parseDuration(text);
    if (length === undefined || length < 0) {
      const what = `"by" is ${JSON.stringify(text)}, which is no length of time`;
      throw unprocessable('CLOCK_WRONG_LENGTH', what, DURATION_HINT);
    }
    const session = this.#begun();
    session.advance(length);
    return showClock(session);
  }

  /** Chooses the scenario of the next job, or of the next `times` jobs, of one operation or of any. */
  queue(name: string, choice: QueueChoice = {}): SessionView {
    return this.#queue(name, scenariosNamed(this.sandbox.setup.apis, name, notFound), choice);
  }

  /** The same of a scenario that no file has. */
  queueOwn(own: OwnScenario, choice: QueueChoice = {}): SessionView {
    const { api, scenario } = own;
    return this.#queue(scenario.name, [own], choice, { api: api.name, scenario });
  }

  #queue(
    name: string,
    named: readonly OwnScenario[],
    { operation: said, times = 1 }: QueueChoice,
    own?: Queued['own'],
  ): SessionView {
    const { apis } = this.sandbox.setup;
    const operation = said === undefined ? undefined : operationNamed(apis, said);
    if (!Number.isInteger(times) || times < 1) {
      throw unprocessable('QUEUE_WRONG_TIMES', `"times" is ${times}`, 'give a whole number from 1');
    }
    const known = apis.flatMap(({ binding }) => [...binding.schedules.keys(), ...binding.refuses]);
    if (operation !== undefined && !known.includes(operation)) {
      const what = `operation "${operation}" schedules no job`;
      throw unprocessable('QUEUE_WRONG_OPERATION', what, nearest(operation, known));
    }
    if (operation !== undefined && !named.some((each) => isFor(each, operation))) {
      const only = named.flatMap(operationsOf).join(', ');
      const what = `scenario "${name}" is not for ${operation}, only for ${only}`;
      throw unprocessable('QUEUE_WRONG_SCENARIO', what);
    }
    const session = this.#begun();
    session.enqueue({ scenario: name, operation, times, ...(own ? { own } : {}) });
    return showSession(session, this.base);
  }

  /** Forgets the scenarios that wait for the next jobs; those of a suite stay. */
  clearQueue(): SessionView {
    const session = this.read();
    session.clearQueue();
    return showSession(session, this.base);
  }

  /** The newest jobs in the order of their scheduling, at most `limit`. */
  jobs(
    filter: { state?: string | undefined; limit?: number | undefined } = {},
  ): Listed<'jobs', JobState> {
    const session = this.read();
    const { jobs } = session;
    const now = session.settledAt;
    return {
      jobs: newestJobs(jobs, filter).map((job) => showJob(session.viewJob(job, now))),
      dropped: jobs.droppedCount,
    };
  }

  job(id: string): JobState {
    const session = this.read();
    return showJob(session.viewJob(this.#jobOf(session, id), session.settledAt));
  }

  /** Keeps a job in the step that it is in until it is played or released. */
  hold(id: string): JobState {
    const session = this.#begun();
    const job = this.#jobOf(session, id);
    return showJob(session.viewJob(session.lead(job, (time) => held(job, time))));
  }

  /**
   * Lets a job live these steps from now on, spelled as in a scenario file, and then stay as it was until it is
   * played again or released.
   */
  async play(id: string, next: Json | readonly Json[]): Promise<JobState> {
    const steps = await readSteps(this.#jobOf(this.#begun(), id), next);
    const session = this.#begun();
    const job = this.#jobOf(session, id);
    return showJob(session.viewJob(session.lead(job, (time) => played(job, steps, time))));
  }

  /** The text of a scenario that lives again what a job has lived until now. */
  scenarioOf(id: string, { name = 'played-by-hand', by = 'polls' as By } = {}): Promise<string> {
    return playedScenario(this.#jobOf(this.read(), id), name, by);
  }

  /** Moves a job on from a step that lasts until released, or gives it its own life again. */
  release(id: string): JobState {
    const session = this.#begun();
    const waiting = this.#jobOf(session, id);
    const released = session.release(waiting);
    // A release begins a step: the job is shown as it stands then.
    if (released) return showJob(session.viewJob(released, released.cursor.since));
    const { step } = waiting.cursor;
    const where = `it is in step ${step + 1} of scenario "${waiting.scenario.name}"`;
    throw new ControlProblem(409, 'JOB_NOT_WAITING', 'the job does not wait to be released', where);
  }

  /** @param bodies left out, headers and bodies are told too */
  journal({
    bodies = true,
    ...filter
  }: JournalFilter & { bodies?: boolean } = {}): Listed<'exchanges', ExchangeView> {
    const { journal, setup } = this.read();
    const { operation: said } = filter;
    const show = bodies ? showExchange : (showLightly as typeof showExchange);
    const operation = said === undefined ? said : operationNamed(setup.apis, said);
    return {
      exchanges: journal.read({ ...filter, operation }).map((exchange) => show(exchange, setup)),
      dropped: journal.dropped,
    };
  }

  /** The newest ones, oldest first, at most `limit`. */
  resources({ limit }: { limit?: number | undefined } = {}): Listed<'resources', ResourceView> {
    const { resources } = this.#begunWorld();
    return {
      resources: newestOf(resources.all(), limit).map(showResource),
      dropped: resources.dropped,
    };
  }

  /** What stands in its world, by kind, and what a new user needs to begin with. */
  world(): WorldView {
    return showWorld(this.#begunWorld());
  }

  /** Puts a document of the API into the session by hand. */
  seed(document: Record<string, unknown>): ResourceView {
    const session = this.#begun();
    const { apis } = session.setup;
    const keeping = apis.filter((api) => api.pack !== undefined || seedKinds(api).length > 0);
    if (keeping.length === 0) {
      const names = apis.map(({ binding }) => binding.name).join(', ');
      const what = `the binding ${names} has neither a pack nor \`resources\`, so none are kept`;
      throw new ControlProblem(409, 'RESOURCE_NONE_KEPT', what);
    }
    const refusals: string[] = [];
    // Each pack says itself what documents are its own.
    for (const api of keeping) {
      const draft = session.draft(api);
      const made = seedDocument(draft, structuredClone(document));
      if (typeof made === 'object') {
        session.keep(draft);
        return showResource(made);
      }
      if (made !== undefined) refusals.push(keeping.length > 1 ? `${api.name}: ${made}` : made);
    }
    const kinds = keeping.flatMap(seedKinds).join(', ');
    const unknown = refusals.length > 0 ? refusals.join('; ') : `give it a kind, one of: ${kinds}`;
    throw unprocessable('RESOURCE_WRONG_DOCUMENT', unknown);
  }

  #begunWorld(): Session {
    const session = this.read();
    session.beginWorlds();
    return session;
  }

  /** The session, which begins if it has not yet. */
  #begun(): Session {
    return settled(this.sandbox.session(this.name));
  }

  #jobOf(session: Session, id: string): Job {
    const found = session.jobs.get(id);
    if (found) return found;
    const hint = `GET ${this.base}/__sandbox/sessions/${this.name}/jobs lists those there are`;
    throw new ControlProblem(404, 'JOB_UNKNOWN', `job ${id} is not in this session`, hint);
  }
}

/** Kinds of the binding come first: they are named. */
function seedDocument(draft: Draft, document: Record<string, unknown>) {
  return seedResource(draft, document) ?? draft.api.pack?.seed(document, draft.world());
}

/** Operations that a scenario is for. */
function operationsOf({ api, scenario }: OwnScenario): readonly string[] {
  return scenario.operations ?? [...api.binding.schedules.keys()];
}

function isFor({ api, scenario }: OwnScenario, operation: string): boolean {
  const { schedules, refuses } = api.binding;
  if (schedules.has(operation)) return suits(scenario, operation);
  return refuses.includes(operation) && scenario.operations?.includes(operation) === true;
}

function settled(session: Session): Session {
  session.settle();
  return session;
}
