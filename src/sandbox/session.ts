import { ControlProblem } from '../sandbox-error.js';
import type { Process } from '../scenario/process.js';
import type { TokenEvent } from '../scenario/scenario.js';
import type { SuitePart } from '../scenario/suite.js';
import type { Duration, Moment, SessionTime, WallMoment } from '../time/moments.js';
import type { Api } from './api.js';
import type { Change, Chosen } from './change.js';
import type { ChaosSetting } from './chaos.js';
import {
  type Clock,
  type ClockSetting,
  isManual,
  isOwnTime,
  LAST_MOMENT,
  makeClock,
} from './clock.js';
import { Draft } from './draft.js';
import type { Fact } from './facts/fact.js';
import { stateFacts } from './facts/state-facts.js';
import { History } from './history.js';
import type { Job } from './job.js';
import { type JobView, viewJob } from './job-view.js';
import type { Jobs } from './jobs.js';
import {
  type Ending,
  type Exchange,
  endExchange,
  type Journal,
  LaterExchange,
  type NewExchange,
} from './journal.js';
import type { Keeper } from './keeper.js';
import { MovedOn } from './moved-on.js';
import type { Beginnings } from './pack.js';
import { queueFor } from './play-process.js';
import type { Queued } from './select-scenario.js';
import { beginParts, type SessionParts } from './session-parts.js';
import type { SessionResources } from './session-resources.js';
import type { Setup } from './setup.js';
import { apply, type SessionState } from './state.js';
import { nothingWanted, type Wants } from './wants.js';
import type { Deliveries } from './webhooks/deliveries.js';
import type { Delivery } from './webhooks/delivery.js';

/** What a session keeps a limited number of. */
export type Droppable = 'exchange' | 'job' | 'resource';

/** What a session tells those who watch it. */
export type SessionEvent =
  /** `elsewhere`: another server has made it. */
  | { kind: 'exchange'; exchange: Exchange; elsewhere?: true }
  | { kind: 'dropped'; what: Droppable; id: string }
  /** The clock was set or moved by hand, or the session ends: who waits for the clock looks again. */
  | { kind: 'clock'; elsewhere?: true }
  /**
   * Webhooks are to be sent, or will be without anybody asking: their sender looks again.
   * `elsewhere`: another server has brought them about, and looks first.
   */
  | { kind: 'news'; elsewhere?: true }
  /** It was not used for the longest, and has given way to a new one. */
  | { kind: 'evicted' }
  | { kind: 'end' };

/** What a session plays of a suite. */
export interface Playing {
  /** Undefined: the suite has no steps. */
  process?: Process | undefined;
  /** Lived by jobs of a process that the played scenario is not for. */
  otherwise?: string | undefined;
  part?: SuitePart | undefined;
  /** What lets jobs live the scenario where there is no process. */
  lives?: readonly Queued[];
}

/** Steps that one draft makes: what it has put lies over what is there, and is looked through for each. */
const STEPS_AT_ONCE = 200;

/** A change that may bring webhooks, now or when time goes on. */
function isNews({ kind }: Change): boolean {
  return kind === 'delivery' || kind === 'subscribed';
}

const DUE: Wants = { ...nothingWanted(), due: true };

/** Whoever looks at the exchange has it read. */
class ToldLater {
  readonly kind = 'exchange';
  readonly elsewhere = true;

  constructor(private readonly later: LaterExchange) {}

  get exchange(): Exchange {
    return this.later.exchange;
  }
}

/** An isolated world: clock, jobs, resources, journal, chosen scenarios. */
export class Session {
  #journal!: Journal;
  #state!: SessionState;
  #time!: () => WallMoment;
  #keeper!: Keeper;
  /** Number of the newest exchange that was told. */
  #told = 0;
  #ended = false;
  #settling = false;
  #settledAt: Moment | undefined;
  #open = 0;
  readonly #watchers = new Set<(event: SessionEvent) => void>();
  #onJob: ((job: string) => void) | undefined;
  readonly #onceRenewed: (() => void)[] = [];

  constructor(
    readonly name: string,
    readonly setup: Setup,
    private readonly log: (session: Session, event: SessionEvent) => void = () => {},
    parts: SessionParts = beginParts(name, setup),
    keeper?: Keeper,
  ) {
    this.#take(parts, keeper ?? new History(parts.state));
    this.#told = this.#journal.dropped + this.#journal.size;
  }

  #take(parts: SessionParts, keeper: Keeper): void {
    this.#journal = parts.journal;
    this.#time = parts.time;
    this.#state = parts.state;
    parts.onDrop = (what, id) => this.#tell({ kind: 'dropped', what, id });
    parts.onHeard = (gained) => this.#hear(gained);
    parts.pinned = () => this.#onJob !== undefined;
    this.#keeper = keeper;
  }

  get journal(): Journal {
    return this.#journal;
  }

  /** What it holds is not what is kept: it has to be read again. */
  get stale(): boolean {
    return this.#keeper.stale === true;
  }

  /** Goes on from what is kept, and tells those who watch what has come to it meanwhile. */
  renew(parts: SessionParts, keeper: Keeper): void {
    // What was decided before cannot be kept any more, and who goes by the count of changes looks again.
    parts.state.position = Math.max(parts.state.position, this.#state.position) + 1;
    this.#take(parts, keeper);
    for (const exchange of this.journal.read({ after: this.#told })) {
      this.#tellOf(exchange, true);
    }
    for (const again of this.#onceRenewed.splice(0)) again();
    this.#tell({ kind: 'clock', elsewhere: true });
    if (this.nextNews() !== undefined) this.#tell({ kind: 'news', elsewhere: true });
  }

  /** How it has come about: all that it has gained, in slices. */
  facts(): AsyncIterable<readonly Fact[]> {
    return this.#keeper.facts();
  }

  /** What it holds besides its journal, as facts. */
  standing(): Iterable<Fact> {
    const { journal, setup } = this;
    const exchanges = journal.dropped + journal.size;
    return stateFacts(this.#state, exchanges, setup.compressor, new Set());
  }

  /** Other servers may change it at the same time. */
  get shared(): boolean {
    return this.#keeper.shared === true;
  }

  /** It never has to wait until something is kept. */
  get keepsAtOnce(): boolean {
    return this.#keeper.atOnce;
  }

  /** Brings what lies in the store alone, and makes what is due by then. */
  async fetch(wants: Wants): Promise<void> {
    const { fetch } = this.#keeper;
    if (!fetch) return;
    await fetch.call(this.#keeper, wants);
    const { cold } = this.jobs;
    while (wants.due && cold && cold.until <= this.clock.now() && !this.#ended) {
      await fetch.call(this.#keeper, DUE);
      this.#settleHere();
    }
  }

  /** Makes what is due of jobs that lie in the store, for those who could not wait for it. */
  #settleThere(): void {
    if (this.#settling) return;
    this.#settling = true;
    this.fetch(DUE).then(
      () => {
        this.#settling = false;
        this.#tell({ kind: 'clock' });
        this.#tell({ kind: 'news' });
      },
      () => {
        // Whoever asks next is told why.
        this.#settling = false;
      },
    );
  }

  /** Calls back once all that it has gained is kept: at once where nothing has to be waited for. */
  saved(then: (error?: Error) => void): void {
    this.#keeper.saved(then);
  }

  get clock(): Clock {
    return this.#state.clock;
  }

  get jobs(): Jobs {
    return this.#state.jobs;
  }

  get resources(): SessionResources {
    return this.#state.resources;
  }

  /** What a new user needs to begin with, of the worlds that have begun. */
  get beginnings(): Beginnings {
    return Object.assign({}, ...[...this.#state.begun.values()].map((one) => one.beginnings));
  }

  /** Lets the worlds of its platforms begin, as a first look at them does. */
  beginWorlds(): void {
    for (const api of this.setup.apis) {
      if (api.platform === undefined || this.#state.begun.has(api.world)) continue;
      const draft = this.draft(api);
      void draft.resources;
      this.keep(draft);
    }
  }

  get queue(): readonly Queued[] {
    return this.#state.queue;
  }

  /** Faults by chance; undefined: none. */
  get chaos(): ChaosSetting | undefined {
    return this.#state.chaos;
  }

  /** What a person has set. */
  get chosen(): Chosen {
    return this.#state.chosen;
  }

  /** How many changes have been made: whoever has seen as many has seen what it holds, but for its journal. */
  get changes(): number {
    return this.#state.position;
  }

  /** Credentials that are let in no more. */
  get endedTokens(): ReadonlyMap<string, TokenEvent> {
    return this.#state.endedTokens;
  }

  /** The session as it would be after one request for an API; what concerns none may leave it out. */
  draft(api: Api = this.setup.apis[0]): Draft {
    return new Draft(this.#state, api);
  }

  /** Makes what a draft has decided; false, and nothing has changed, when the session has gone on meanwhile. */
  keep({ changes, position, announces }: Draft): boolean {
    if (position !== this.#state.position) return false;
    for (const change of changes) apply(this.#state, change);
    this.#keeper.changed(changes);
    if (announces) this.#tell({ kind: 'news' });
    if (this.#onJob) this.#tellJobs(changes, this.#onJob);
    return true;
  }

  /** What is yet to be sent of its jobs' news. */
  get deliveries(): Deliveries {
    return this.#state.deliveries;
  }

  /** When there is something to send next, as far as time alone brings it; undefined: nobody knows. */
  nextNews(): Moment | undefined {
    const { deliveries, jobs } = this.#state;
    const moments = [deliveries.soonest(), deliveries.follows ? jobs.soonestHere() : undefined];
    const known = moments.filter((moment) => moment !== undefined);
    return known.length > 0 ? Math.min(...known) : undefined;
  }

  /** Notes how far a delivery has come. @param next undefined: there is nothing more to send of it */
  deliver(id: string, next: Delivery | undefined): void {
    this.#apply(next ? { kind: 'delivery', delivery: next } : { kind: 'delivered', id });
  }

  /** Tells of each job that has changed, while somebody waits for one; undefined: nobody does any more. */
  watchJobs(onJob: ((job: string) => void) | undefined): void {
    this.#onJob = onJob;
  }

  /** The session's time, with every change that is due by now made; those of jobs in the store follow. */
  settle(): Moment {
    const now = this.#settleHere();
    this.#settledAt = now;
    const { cold } = this.jobs;
    if (cold && cold.until <= now && !this.#ended) this.#settleThere();
    return now;
  }

  /** The moment up to which all was made that was due: what is shown together is shown as it stood then. */
  get settledAt(): Moment {
    return this.#settledAt ?? this.clock.now();
  }

  #settleHere(): Moment {
    for (;;) {
      const draft = this.draft();
      const isWhole = draft.settle(STEPS_AT_ONCE);
      this.keep(draft);
      if (isWhole) return draft.now;
    }
  }

  /** The same before a request is answered: there may be thousands of them. */
  settleAhead(): void {
    const first = this.jobs.soonest();
    if (first !== undefined && first <= this.clock.now()) this.settle();
  }

  /** The next jobs get this scenario. */
  enqueue(queued: Queued): void {
    this.#apply({ kind: 'queue', queue: [...this.queue, queued] });
  }

  /** Nothing waits for the next jobs but what a suite plays. */
  clearQueue(): void {
    this.#apply({ kind: 'queue', queue: this.queue.filter(({ suite }) => suite !== undefined) });
  }

  /** Plays a suite from now on, in place of the one before: a process, or one of its scenarios; neither: none any more. */
  play({ process, otherwise, part, lives = [] }: Playing = {}): void {
    const queue = this.queue.filter(({ suite }) => suite === undefined);
    const own = process ? queueFor(process, otherwise) : lives;
    this.#apply({ kind: 'chosen', values: { process, part } });
    this.#apply({ kind: 'queue', queue: [...own, ...queue] });
  }

  /** Sets what a person chooses; what is left out stays. */
  choose(values: Partial<Chosen>): void {
    this.#apply({ kind: 'chosen', values });
  }

  /** Faults by chance from now on, from the beginning of their seed; undefined: no more. */
  setChaos(setting: ChaosSetting | undefined): void {
    this.#apply({ kind: 'chaos', setting });
  }

  /** Time goes back only in an unused session. @throws ControlProblem */
  setClock(setting: ClockSetting): void {
    const before = this.settle();
    const clock = makeClock(
      isOwnTime(setting.mode) && setting.now === undefined ? { ...setting, now: before } : setting,
      this.#time,
    );
    const begun = [...this.#state.begun];
    const seeds = begun.reduce((sum, [, { size }]) => sum + size, 0);
    const used = this.jobs.size > 0 || this.resources.size > seeds || this.journal.size > 0;
    if (clock.now() < before && used) {
      const from = new Date(before).toISOString();
      const what = `the clock would go back from ${from}, and this session is in use`;
      throw new ControlProblem(409, 'CLOCK_WOULD_GO_BACK', what, 'DELETE the session first');
    }
    if (clock.now() < before) for (const [world] of begun) this.#apply({ kind: 'unbegun', world });
    this.#apply({ kind: 'clock', clock });
    this.#tell({ kind: 'clock' });
  }

  /** Moves a manual clock on. @throws ControlProblem */
  advance(by: Duration): void {
    const { clock } = this;
    if (clock.now() + by > LAST_MOMENT) {
      const hint = 'DELETE the session to start anew';
      throw new ControlProblem(422, 'CLOCK_TOO_LATE', 'the clock would pass the year 9000', hint);
    }
    if (!isManual(clock)) {
      const what = `the clock is ${clock.mode} and moves by itself`;
      const hint = 'PUT the session with {"clock": {"mode": "manual"}} first';
      throw new ControlProblem(409, 'CLOCK_MOVES_BY_ITSELF', what, hint);
    }
    this.#apply({ kind: 'clock', clock: clock.advanced(by) });
    this.settle();
    this.#tell({ kind: 'clock' });
  }

  /** Gives a job another life in the place of its own, by a person's hand. */
  lead(job: Job, led: (time: SessionTime) => Job): Job {
    const draft = this.draft(job.api);
    const next = led(draft);
    if (next !== job) draft.leave(job, next);
    this.keep(draft);
    return this.jobs.at(job.key) ?? next;
  }

  /** Moves a job on from a step that lasts until released; undefined when it does not wait for that. */
  release(job: Job): Job | undefined {
    const draft = this.draft();
    const released = draft.release(job);
    if (released) this.keep(draft);
    return released && this.jobs.at(job.key);
  }

  /** @returns what the journal holds now; that of an open request is completed when it ends */
  write(exchange: NewExchange): Exchange {
    const { entry, dropped } = this.journal.add(exchange, this.chosen.process !== undefined);
    this.#keeper.wrote(entry);
    // Nobody is told of what a crash could take back.
    if (this.#keeper.atOnce) this.#tellOf(entry);
    else this.#keeper.saved((error) => error || this.#tellOf(entry));
    if (dropped) {
      this.#tell({ kind: 'dropped', what: 'exchange', id: String(entry.seq - this.journal.limit) });
    }
    return entry;
  }

  /** Nobody is told of an exchange twice, whoever has made it. */
  #tellOf(exchange: Exchange | LaterExchange, isElsewhere = false): void {
    if (exchange.seq <= this.#told) return;
    this.#told = exchange.seq;
    if (exchange instanceof LaterExchange) this.#tell(new ToldLater(exchange));
    else this.#tell({ kind: 'exchange', exchange, ...(isElsewhere ? { elsewhere: true } : {}) });
  }

  /** Something has come to it elsewhere. */
  #hear(gained: Change | Exchange | LaterExchange): void {
    if (!('kind' in gained)) this.#tellOf(gained, true);
    else {
      if (gained.kind === 'clock') this.#tell({ kind: 'clock', elsewhere: true });
      if (isNews(gained)) this.#tell({ kind: 'news', elsewhere: true });
      if (this.#onJob) this.#tellJobs([gained], this.#onJob);
    }
  }

  /** Completes an exchange that was written down while it was open. */
  complete(exchange: Exchange, end: Ending): void {
    endExchange(exchange, end);
    this.#keeper.ended(exchange, end);
    if (!this.#keeper.shared) return;
    const [now] = this.journal.read({ after: exchange.seq - 1, limit: 1 });
    // The session has been read again since.
    if (now && now !== exchange && now.seq === exchange.seq) endExchange(now, end);
    // The exchange itself is kept: its end goes with whatever others have made of the session.
    this.#keeper.saved((error) => {
      if (!(error instanceof MovedOn)) return;
      this.#onceRenewed.push(() => {
        const [same] = this.journal.read({ after: exchange.seq - 1, limit: 1 });
        if (same) this.complete(same, end);
      });
    });
  }

  /** @returns a function that ends the watch */
  watch(watcher: (event: SessionEvent) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Notes that a request is open. @returns a function that notes its end */
  open(): () => void {
    this.#open += 1;
    return () => {
      this.#open -= 1;
    };
  }

  /** A request has no answer yet. */
  get answering(): boolean {
    return this.#open > 0;
  }

  /** Somebody waits for what happens here: a request that is open or held back, or a watcher. */
  get busy(): boolean {
    return this.#open > 0 || this.#watchers.size > 0;
  }

  /** An ended session holds nothing back. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Sends what is held back, then tells those who watch that nothing more will come. */
  close(): void {
    this.#ended = true;
    this.#tell({ kind: 'clock' });
    for (const watcher of this.#watchers) watcher({ kind: 'end' });
    this.#watchers.clear();
  }

  /** @param now of jobs that are shown together: they are shown as they stand at one moment */
  viewJob(job: Job, now = this.clock.now()): JobView {
    const time = { now, pace: this.clock.pace };
    return viewJob(job, time, this.setup.apis.length > 1);
  }

  #tellJobs(changes: readonly Change[], tell: (job: string) => void): void {
    for (const change of changes) {
      if ('job' in change) tell(typeof change.job === 'string' ? change.job : change.job.key);
    }
  }

  #apply(change: Change): void {
    apply(this.#state, change);
    this.#keeper.changed([change]);
  }

  #tell(event: SessionEvent): void {
    this.log(this, event);
    for (const watcher of this.#watchers) watcher(event);
  }
}
