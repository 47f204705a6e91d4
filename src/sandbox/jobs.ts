import TinyQueue from 'tinyqueue';
import { canonicalId } from '../contract/id-form.js';
import { countedTo, endOfStep } from '../scenario/play.js';
import type { Moment } from '../time/moments.js';
import { Bounded } from './bounded.js';
import type { ColdJobs, Filed } from './cold-jobs.js';
import { type Job, lifeOf, movedTo } from './job.js';
import type { JobWebhooks } from './webhooks/delivery.js';

/** A moment at which time alone ends a step of a job. */
export interface Due {
  at: Moment;
  /** Of two at the same moment the one noted first comes first. */
  order: number;
  /** Its key. */
  job: string;
  step: number;
}

/** When time alone ends the job's present step; undefined when it does not. */
export function dueOf(job: Job, pace: number, order: number): Due | undefined {
  const at = endOfStep(lifeOf(job), job.cursor, pace);
  return at === undefined ? undefined : { at, order, job: job.key, step: job.cursor.step };
}

export function soonest(a: Due, b: Due): number {
  return a.at - b.at || a.order - b.order;
}

/**
 * The jobs of one session. No timer runs for any of them: the queue of due moments makes it cost nothing
 * to find out that none is due, whatever their number. A job is a value: a change puts another in its place.
 */
export class Jobs {
  #byKey = new Map<string, Job>();
  #finished: Bounded<string>;
  /** Keys of deleted jobs, of which it is still told that there were any, with the names of their APIs. */
  #deleted = new Map<string, string | undefined>();
  #tombstones: Bounded<string>;
  /** Keys of finished jobs that were deleted. */
  #left = new Set<string>();
  #due = new TinyQueue<Due>([], soonest);
  #order = 0;
  #droppedCount = 0;
  /** Those that lie in a store; undefined: all are here. */
  #cold: ColdJobs | undefined;

  /**
   * @param keep finished jobs that are kept
   * @param dropped told of a finished job that had to go
   */
  constructor(
    keep: number,
    private readonly dropped: (job: string) => void,
  ) {
    this.#finished = new Bounded(keep);
    this.#tombstones = new Bounded(keep);
  }

  /** The same jobs, of a session that keeps all of them in memory; those of one change nothing in the other. */
  copy(dropped: (job: string) => void): Jobs {
    const copy = new Jobs(this.#finished.limit, dropped);
    copy.#byKey = new Map(this.#byKey);
    copy.#finished = this.#finished.copy();
    copy.#deleted = new Map(this.#deleted);
    copy.#tombstones = this.#tombstones.copy();
    copy.#left = new Set(this.#left);
    copy.#due = new TinyQueue(this.#due.data.slice(), soonest);
    copy.#order = this.#order;
    copy.#droppedCount = this.#droppedCount;
    return copy;
  }

  /** @param key of `jobKey`; UUIDs are the same in any case (RFC 9562 §4), other ids are taken as they are */
  at(key: string): Job | undefined {
    return this.#byKey.get(key) ?? this.#byKey.get(canonicalId(key));
  }

  /** The job that a person names by its id; of several APIs that have one, the oldest. */
  get(id: string): Job | undefined {
    const found = this.at(id);
    if (found) return found;
    const wanted = canonicalId(id);
    for (const job of this.#byKey.values()) if (canonicalId(job.id) === wanted) return job;
    return undefined;
  }

  /** In the order in which they were scheduled. Of a session in a store, those that are in memory. */
  all(): Iterable<Job> {
    const filed = this.#cold?.filed;
    if (!filed) return this.#byKey.values();
    const numberOf = ({ key }: Job) => filed.get(key)?.number ?? 0;
    return [...this.#byKey.values()].sort((a, b) => numberOf(a) - numberOf(b));
  }

  /** Those that lie in a store; undefined: all are in memory. */
  get cold(): ColdJobs | undefined {
    return this.#cold;
  }

  /** From now on jobs may lie in a store. @param order of the moment noted last at which a step ends */
  useStore(cold: ColdJobs, order = this.#order): void {
    this.#cold = cold;
    this.#order = order;
  }

  /** How many moments have been noted at which time alone ends a step. */
  get order(): number {
    return this.#order;
  }

  /** Must the store be asked for this job? */
  misses(key: string): boolean {
    if (!this.#cold || this.at(key) !== undefined) return false;
    return this.#cold.mayHave(key) || this.#cold.mayHave(canonicalId(key));
  }

  /** Takes a job that lay in the store. */
  takeOut(job: Job, filed: Filed, pace: number): void {
    if (!this.#cold || this.#byKey.has(job.key)) return;
    const cold = this.#cold;
    this.#byKey.set(job.key, job);
    cold.takeOut(job.key, filed);
    const { key, cursor } = job;
    if (filed.due && cold.isOutdated(filed.due)) this.#wait(job, pace);
    else if (filed.due) this.#due.push({ ...filed.due, job: key, step: cursor.step });
  }

  /** Leaves a job to the store, which has it as it is. */
  putAway(key: string): void {
    if (this.#byKey.delete(key)) this.#cold?.putAway(key);
  }

  /** Keys of those that have come to their ends, in that order. */
  finished(): string[] {
    const finished = this.#finished;
    const keys = Array.from({ length: finished.size }, (_, i) => finished.at(i) as string);
    return keys.filter((key) => !this.#left.has(key));
  }

  get size(): number {
    return this.#byKey.size + (this.#cold?.count ?? 0);
  }

  get droppedCount(): number {
    return this.#droppedCount;
  }

  /** Steps that end by `now`, in no order; those that were left otherwise are not among them. */
  dueBy(now: Moment): Due[] {
    this.soonestHere();
    const found: Due[] = [];
    // A heap: below an entry that is not due yet nothing is.
    const entries = this.#due.data;
    const look = (index: number) => {
      const entry = entries[index];
      if (!entry || entry.at > now) return;
      if (!this.#isPast(entry)) found.push(entry);
      look(2 * index + 1);
      look(2 * index + 2);
    };
    look(0);
    return found;
  }

  /** When time alone ends a step next; undefined: it ends none. */
  soonest(): Moment | undefined {
    const here = this.soonestHere();
    const there = this.#cold?.until ?? Number.POSITIVE_INFINITY;
    if (here !== undefined && here < there) return here;
    return there === Number.POSITIVE_INFINITY ? undefined : there;
  }

  /** The same of those that are in memory: all whose news goes somewhere are. */
  soonestHere(): Moment | undefined {
    for (let next = this.#due.peek(); next && this.#isPast(next); next = this.#due.peek()) {
      this.#due.pop();
    }
    return this.#due.peek()?.at;
  }

  /** Notes where the news of a job goes. @returns the job; undefined when it is gone */
  subscribe(key: string, webhooks: JobWebhooks): Job | undefined {
    const job = this.#byKey.get(key);
    if (!job) return undefined;
    const subscribed = { ...job, webhooks };
    this.#byKey.set(key, subscribed);
    return subscribed;
  }

  schedule(job: Job, pace: number): void {
    this.#byKey.set(job.key, job);
    this.#cold?.begins(job.key);
    this.#wait(job, pace);
  }

  /** Notes how many polls a job has answered, in all and in its present step. */
  count(key: string, polls: number, here: number): void {
    const job = this.#byKey.get(key);
    if (job) this.#byKey.set(key, movedTo(job, countedTo(job.cursor, here), polls));
  }

  move(moved: Job, pace: number): void {
    const job = this.#byKey.get(moved.key);
    if (!job) return;
    this.#byKey.set(moved.key, moved);
    if (moved.cursor.step !== job.cursor.step) this.#wait(moved, pace);
  }

  settle(key: string, settled: Pick<Job, 'failure' | 'notes' | 'body' | 'made'>): void {
    const job = this.#byKey.get(key);
    if (!job) return;
    const { failure, notes, body, made } = settled;
    const told = made ? { made } : undefined;
    this.#byKey.set(key, { ...job, settled: true, failure, notes, body, ...told });
    this.finish(key);
  }

  /** Notes that a job has come to its end, behind all that have before. */
  finish(key: string): void {
    const gone = this.#finished.push(key);
    // One that was deleted meanwhile has gone already.
    if (gone === undefined || this.#left.delete(gone)) return;
    const old = this.#byKey.get(gone);
    if (!old && !this.#cold) return;
    this.#byKey.delete(gone);
    this.#cold?.forget(gone, old !== undefined);
    this.#droppedCount += 1;
    this.dropped(old?.id ?? gone);
  }

  /**
   * @param tell that there was such a job; of as many as finished ones are kept, the latest
   * @param api the one whose requests are told; undefined: those of any
   */
  forget(key: string, tell: boolean, api?: string): void {
    const job = this.#byKey.get(key);
    if (job) {
      this.#byKey.delete(key);
      this.#cold?.forget(key, true);
      if (job.settled) this.#left.add(key);
    }
    if (!tell) return;
    this.#deleted.set(key, api);
    const gone = this.#tombstones.push(key);
    if (gone !== undefined) this.#deleted.delete(gone);
  }

  /** Keys of deleted jobs, of which it is still told that there were any, with their APIs; the oldest first. */
  get deleted(): Iterable<[key: string, api: string | undefined]> {
    return this.#deleted;
  }

  /** Notes how many had to go before. */
  hasDropped(count: number): void {
    this.#droppedCount = count;
  }

  /** @param api the one whose request asks */
  wasDeleted(key: string, api: string): boolean {
    const known = [key, canonicalId(key)].find((one) => this.#deleted.has(one));
    if (known === undefined) return false;
    const owner = this.#deleted.get(known);
    return owner === undefined || owner === api;
  }

  /** Durations have another length from now on. */
  repace(pace: number): void {
    this.#cold?.outdate(this.#order);
    this.#due = new TinyQueue<Due>([], soonest);
    for (const job of this.#byKey.values()) this.#wait(job, pace);
  }

  #wait(job: Job, pace: number): void {
    this.#order += 1;
    const due = dueOf(job, pace, this.#order);
    if (due) this.#due.push(due);
    this.#cold?.waits(job.key, due);
  }

  #isPast({ job, step }: Due): boolean {
    return this.#byKey.get(job)?.cursor.step !== step;
  }
}
