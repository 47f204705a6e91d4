import TinyQueue from 'tinyqueue';
import type { Fault } from '../faults/index.js';
import {
  type Cursor,
  divert,
  elapse,
  endedAt,
  type Life,
  poll,
  release,
} from '../scenario/play.js';
import { progressAt } from '../scenario/progress.js';
import type { Moment, SessionTime } from '../time/moments.js';
import type { Api } from './api.js';
import { beginningsIn } from './begin-world.js';
import type { Change } from './change.js';
import { chaosConcerns, chaosSeed, drawFault } from './chaos.js';
import { completeJob, failJob } from './complete-job.js';
import { DraftResources } from './draft-resources.js';
import { type Ids, idsOf, RANDOM_IDS } from './ids.js';
import { currentState, type Job, lifeOf, movedTo } from './job.js';
import { jobKey } from './job-key.js';
import { type Due, dueOf, soonest } from './jobs.js';
import type { World } from './pack.js';
import { letGo } from './play-by-hand.js';
import { beginStream, type RandomStream } from './random.js';
import type { ResourceView } from './resources.js';
import { CHAOS_STREAM, type SessionState } from './state.js';
import { tellsBody } from './tells-body.js';
import { nothingWanted, type Wants } from './wants.js';
import type { JobWebhooks } from './webhooks/delivery.js';
import { DraftDeliveries } from './webhooks/draft-deliveries.js';
import { makeWorld } from './world.js';

/**
 * A session as it would be after one request. Whoever decides works on a draft, which only collects
 * changes: it can be thrown away and made again, and the session knows nothing of it until it is kept.
 */
export class Draft implements SessionTime {
  readonly changes: Change[] = [];
  /** The session's position when the draft was opened: it holds only as long as that has not changed. */
  readonly position: number;
  readonly now: Moment;
  /** Those of the API that it is for; others are seldom asked for. */
  #resources: ResourceView | undefined;
  #otherResources: Map<string, ResourceView> | undefined;
  /** The first job that it has changed, as it is now; nearly always the only one, which needs no map. */
  #job: Job | undefined;
  #otherJobs: Map<string, Job> | undefined;
  #streams: Map<string, RandomStream> | undefined;
  /** Something is to be sent, or will be without anybody asking. */
  announces = false;
  /** What it lacks to decide well; undefined: nothing. */
  wants: Wants | undefined;
  #deliveries: DraftDeliveries | undefined;
  #ids: Ids | undefined;
  #requestIds: Ids | undefined;

  /** @param api the one that the request is for */
  constructor(
    readonly state: SessionState,
    readonly api: Api,
  ) {
    this.position = state.position;
    this.now = state.clock.now();
  }

  /** Those of the API that it is for. */
  get resources(): ResourceView {
    if (this.#resources === undefined) {
      this.#resources = this.#openResources(this.api.world);
      if (this.api.platform !== undefined) this.#begin(this.api);
    }
    return this.#resources;
  }

  /** Form of good answers. */
  get envelope(): string {
    return this.state.chosen.envelope ?? this.api.envelope;
  }

  get setup() {
    return this.state.setup;
  }

  get pace(): number {
    return this.state.clock.pace;
  }

  get ids(): Ids {
    this.#ids ??= this.#idsOf(this.state.name);
    return this.#ids;
  }

  /** Request ids have a stream of their own, so that a poll more changes no other id. */
  get requestIds(): Ids {
    this.#requestIds ??= this.#idsOf(`${this.state.name} requests`);
    return this.#requestIds;
  }

  /**
   * Makes the changes of every job whose end has come, in the order of their ends.
   * @param most so many steps at the most
   * @returns whether all of them have been made
   */
  settle(most = Number.POSITIVE_INFINITY): boolean {
    const { jobs } = this.state;
    const first = jobs.soonest();
    if (first === undefined || first > this.now) return true;
    const { until = Number.POSITIVE_INFINITY } = jobs.cold ?? {};
    if (until > this.now) return this.#settle(jobs.dueBy(this.now), most);
    // What lies in the store comes to its end before others do that are due later.
    this.#want().due = true;
    const before = ({ at }: Due) => at < until;
    return this.#settle(jobs.dueBy(this.now).filter(before), most, before);
  }

  /** The job of the API that has this id, as it is now. */
  job(id: string): Job | undefined {
    const job = this.#at(jobKey(this.api, id));
    return job?.api === this.api ? job : undefined;
  }

  #at(key: string): Job | undefined {
    const there = this.state.jobs.at(key);
    if (!there && this.state.jobs.misses(key)) this.#want().jobs.add(key);
    const own = there ? there.key : key;
    const job = this.#job && this.#job.key === own ? this.#job : undefined;
    return job ?? this.#otherJobs?.get(own) ?? there;
  }

  schedule(job: Job): Job {
    this.#put(job);
    this.changes.push({ kind: 'scheduled', job });
    return this.#settleAtEnd(job);
  }

  /** Notes where the news of a job goes that has just been scheduled, and what there is to send of it. */
  subscribe(job: Job, webhooks: JobWebhooks): void {
    const subscribed = { ...job, webhooks };
    this.#put(subscribed);
    this.changes.push({ kind: 'subscribed', job: job.key, webhooks });
    this.#announce(subscribed, undefined);
  }

  /** Counts a poll of a job, as it is once all that is due has been made. */
  poll(job: Job): Job {
    const cursor = poll(lifeOf(job), job.cursor, this);
    return this.#move(job, cursor, job.polls + 1);
  }

  /** Moves a job on to its next step, which the poll that was just counted is answered by. */
  passOver(job: Job): Job {
    return this.#move(job, poll(lifeOf(job), job.cursor, this), job.polls);
  }

  /** The next number that no job of the API has. */
  count(first: number): number {
    const { name } = this.api;
    let next = this.state.counters.get(name) ?? first;
    while (this.job(String(next))) next += 1;
    this.changes.push({ kind: 'counted', api: name, next: next + 1 });
    return next;
  }

  /** The next number of a series that is no job's: ids of resources of one kind. */
  countIn(series: string, first: number): number {
    const next = this.state.counters.get(series) ?? first;
    this.changes.push({ kind: 'counted', api: series, next: next + 1 });
    return next;
  }

  /** Moves a job on, or gives it its own life again; undefined when it does not wait to be released. */
  release(job: Job): Job | undefined {
    const own = letGo(job, this);
    if (own) return this.leave(job, own);
    const cursor = release(lifeOf(job), job.cursor, this);
    return cursor && this.#move(job, cursor, job.polls);
  }

  /** Lets a job leave its life: it lives these steps from now on, and what it would have made is not made. */
  divert(job: Job, steps: Life): Job {
    const { life, cursor } = divert(lifeOf(job), job.cursor, steps, this.now);
    const reached = job.reached ?? progressAt(lifeOf(job), job.cursor, this);
    return this.leave(job, { ...job, diverted: life, cursor, reached });
  }

  /** Lets a job live on as `left`, which has other steps before it. */
  leave(job: Job, left: Job): Job {
    this.#put(left);
    this.changes.push({ kind: 'moved', job: left });
    const settled = this.#settleAtEnd(left);
    if (settled.webhooks) this.#announce(settled, job.cursor);
    return settled;
  }

  /** Lets the session forget a job. @param tell that there was one, to who asks for it later */
  forget({ key, api }: Job, tell: boolean): void {
    this.changes.push({ kind: 'forgotten', job: key, tell, api: api.name });
  }

  /**
   * Those of some APIs, as they are now, in the order in which they were scheduled.
   * @param of left out: the one that it is for
   */
  jobs(of: readonly Api[] = [this.api]): Job[] {
    this.settle();
    const { cold } = this.state.jobs;
    if (cold && cold.count > 0 && !cold.shown) this.#want().all = true;
    const found: Job[] = [];
    for (const job of this.state.jobs.all()) {
      if (of.includes(job.api))
        found.push(this.#job === undefined ? job : (this.#at(job.key) ?? job));
    }
    return found;
  }

  /** By chance, the fault that an answer of this operation meets. */
  drawFault(operation: string): Fault | undefined {
    const { chaos } = this.state;
    if (!chaos || !chaosConcerns(chaos, operation)) return undefined;
    return drawFault(chaos, this.#stream(CHAOS_STREAM + operation, chaosSeed(chaos, operation)));
  }

  /** @param note gets what the pack wants to tell the reader of the journal */
  world(
    note: (text: string) => void = () => {},
    now: Moment = this.now,
    api: Api = this.api,
  ): World {
    return makeWorld({
      get contract() {
        return api.contract;
      },
      platform: api.platform,
      resources: this.#resourcesOf(api),
      ids: this.ids,
      now,
      pace: this.pace,
      settings: this.state.chosen.settings[api.name] ?? api.settings,
      note: (text) => note(oneLine(text)),
    });
  }

  #resourcesOf(owner: Api): ResourceView {
    const { world } = owner;
    if (world === this.api.world) return this.resources;
    this.#otherResources ??= new Map();
    const known = this.#otherResources.get(world);
    if (known) return known;
    const opened = this.#openResources(world);
    this.#otherResources.set(world, opened);
    if (owner.platform !== undefined) this.#begin(owner);
    return opened;
  }

  /** What the packs of a platform begin with is made when somebody first looks at their world. */
  #begin({ world }: Api): void {
    if (this.state.begun.has(world)) return;
    const found = beginningsIn(this.setup.apis, world).map(({ api, begin }) =>
      begin(this.world(undefined, this.now, api)),
    );
    this.changes.push({ kind: 'begun', world, beginnings: Object.assign({}, ...found) });
  }

  #openResources(api: string): ResourceView {
    return new DraftResources(this.state.resources.of(api), (step) =>
      this.changes.push(
        'put' in step
          ? { kind: 'resource', api, resource: step.put }
          : { kind: 'removed', api, key: step.removed },
      ),
    );
  }

  #move(job: Job, cursor: Cursor, polls: number): Job {
    const moved = movedTo(job, cursor, polls);
    this.#put(moved);
    if (cursor.step === job.cursor.step && !job.scenario.playsTokens) {
      this.changes.push({ kind: 'polled', job: job.key, polls, here: cursor.polls });
      return moved;
    }
    this.changes.push({ kind: 'moved', job: moved });
    if (cursor.step === job.cursor.step) return moved;
    const settled = this.#settleAtEnd(moved);
    if (settled.webhooks) this.#announce(settled, job.cursor);
    return settled;
  }

  /** @param before where the job stood; undefined: it has just been scheduled */
  #announce(job: Job, before: Cursor | undefined): void {
    this.announces = true;
    this.#deliveries ??= new DraftDeliveries(
      this.state.deliveries,
      this.pace,
      this.#idsOf(`${this.state.name} webhooks`).uuid,
    );
    for (const delivery of this.#deliveries.of(job, before)) {
      this.changes.push({ kind: 'delivery', delivery });
    }
  }

  #want(): Wants {
    this.wants ??= nothingWanted();
    return this.wants;
  }

  #put(job: Job): void {
    const { key } = job;
    if (this.#job === undefined || this.#job.key === key) {
      this.#job = job;
      return;
    }
    this.#otherJobs ??= new Map();
    this.#otherJobs.set(key, job);
  }

  #settle(dues: Due[], most: number, before: (due: Due) => boolean = () => true): boolean {
    const queue = new TinyQueue(dues, soonest);
    let order = 0;
    for (let due = queue.pop(); due; due = queue.pop()) {
      if (order >= most) return false;
      const job = this.#at(due.job);
      if (job?.cursor.step !== due.step) continue;
      const cursor = elapse(lifeOf(job), job.cursor, { now: due.at, pace: this.pace });
      const moved = this.#move(job, cursor, job.polls);
      order += 1;
      // Behind all that were there before, as the session itself will note it.
      const next = dueOf(moved, this.pace, BEHIND_ALL + order);
      if (next && next.at <= this.now && before(next)) queue.push(next);
    }
    return true;
  }

  /** Once a job has come to its end, what it changes is made. */
  #settleAtEnd(job: Job): Job {
    const { done, failed, cancelled } = job.cursor;
    if (job.settled || endedAt(job.cursor) === undefined) return job;
    const notes: string[] = [];
    const note = (text: string) => notes.push(text);
    const completed =
      done !== undefined && failed === undefined && cancelled === undefined
        ? completeJob(
            job,
            this.state.chosen.rules,
            this.setup.compressor,
            this.world(note, done, job.api),
          )
        : undefined;
    if (!completed && job.api.pack?.fail) this.#fail(job, note);
    const failure = completed?.failure;
    const made = completed?.made ? { made: completed.made } : undefined;
    // Else the body has done its work; the journal keeps what was asked.
    const body = tellsBody(job.api.binding, job.scenario) ? job.body : undefined;
    const settled: Job = {
      ...job,
      settled: true,
      failure,
      notes: notes.length > 0 ? notes : undefined,
      body,
      ...made,
    };
    this.#put(settled);
    const { key, notes: told } = settled;
    this.changes.push({ kind: 'settled', job: key, failure, notes: told, body, ...made });
    return settled;
  }

  #fail(job: Job, note: (text: string) => void): void {
    const at = endedAt(job.cursor) ?? this.now;
    failJob(job, currentState(job), this.setup.compressor, this.world(note, at, job.api));
  }

  #idsOf(name: string): Ids {
    const { seed } = this.setup;
    return seed === undefined ? RANDOM_IDS : idsOf(() => this.#stream(name, `${seed}/${name}`));
  }

  /** A copy of the session's stream: drawing from it changes nothing there. */
  #stream(name: string, seed: string): RandomStream {
    const own = this.#streams?.get(name);
    if (own) return own;
    this.#streams ??= new Map();
    const stream = this.state.streams.get(name)?.clone() ?? beginStream(seed);
    this.#streams.set(name, stream);
    this.changes.push({ kind: 'stream', name, stream });
    return stream;
  }
}

/** Greater than any order that a session notes; whole numbers above it are told apart. */
const BEHIND_ALL = 2 ** 52;

const MAX_NOTE = 500;

/** Notes stand in logs and terminals, and may quote what a client has sent. */
function oneLine(text: string): string {
  return text.slice(0, MAX_NOTE).replace(/\p{Cc}+/gu, ' ');
}
