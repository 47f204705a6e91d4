import TinyQueue from 'tinyqueue';
import type { Millis } from '../scenario/duration.js';
import { type Cursor, elapse, endOf, poll, release } from '../scenario/play.js';
import type { ErrorText } from '../scenario/scenario.js';
import { Bounded } from './bounded.js';
import type { Job } from './job.js';

interface Due {
  at: Millis;
  order: number;
  job: Job;
  step: number;
}

/**
 * The jobs of one session. No timer runs for any of them: a job's place in its life is worked out
 * when someone looks. What a finished job changes is made before anything is read, in the order in
 * which the jobs came to their ends; the queue of due moments makes that cost nothing while none has.
 */
export class Jobs {
  readonly #byId = new Map<string, Job>();
  readonly #finished: Bounded<Job>;
  #due = new TinyQueue<Due>([], soonest);
  #order = 0;

  /**
   * @param keep finished jobs that are kept
   * @param complete makes the changes of a job that is done; an error makes it fail
   * @param dropped told of a finished job that had to go
   */
  constructor(
    keep: number,
    private readonly complete: (job: Job) => ErrorText | undefined,
    private readonly dropped: (job: Job) => void,
  ) {
    this.#finished = new Bounded(keep);
  }

  add(job: Job, pace: number): void {
    this.#byId.set(job.id, job);
    this.#wait(job, pace);
    this.#settle(job);
  }

  /** Makes the changes of every job whose end has come by `now`. */
  settle(now: Millis, pace: number): void {
    for (let next = this.#due.peek(); next && next.at <= now; next = this.#due.peek()) {
      this.#due.pop();
      const { job, step, at } = next;
      if (job.cursor.step !== step) continue;
      this.#move(job, elapse(job.scenario.life, job.cursor, at, pace), pace);
    }
  }

  /** Counts a poll of a job; undefined when there is no such job. */
  poll(id: string, now: Millis, pace: number): Job | undefined {
    this.settle(now, pace);
    const job = this.get(id);
    if (!job) return undefined;
    job.polls += 1;
    this.#move(job, poll(job.scenario.life, job.cursor, now, pace), pace);
    return job;
  }

  /** Moves a job on; false when it does not wait to be released. */
  release(job: Job, now: Millis, pace: number): boolean {
    const cursor = release(job.scenario.life, job.cursor, now, pace);
    if (cursor) this.#move(job, cursor, pace);
    return cursor !== undefined;
  }

  /** Durations have another length from now on. */
  repace(pace: number): void {
    this.#due = new TinyQueue<Due>([], soonest);
    for (const job of this.#byId.values()) this.#wait(job, pace);
  }

  /** UUIDs are the same in any case (RFC 9562 §4); other ids are taken as they are. */
  get(id: string): Job | undefined {
    return this.#byId.get(id) ?? this.#byId.get(id.toLowerCase());
  }

  all(): IterableIterator<Job> {
    return this.#byId.values();
  }

  get size(): number {
    return this.#byId.size;
  }

  get droppedCount(): number {
    return this.#finished.dropped;
  }

  #move(job: Job, cursor: Cursor, pace: number): void {
    const moved = cursor.step !== job.cursor.step;
    job.cursor = cursor;
    if (!moved) return;
    this.#wait(job, pace);
    this.#settle(job);
  }

  #wait(job: Job, pace: number): void {
    const at = endOf(job.scenario.life, job.cursor, pace);
    if (at === undefined) return;
    this.#order += 1;
    this.#due.push({ at, order: this.#order, job, step: job.cursor.step });
  }

  #settle(job: Job): void {
    const { done, failed } = job.cursor;
    if (job.settled || (done === undefined && failed === undefined)) return;
    job.settled = true;
    if (done !== undefined && failed === undefined) job.failure = this.complete(job);
    const gone = this.#finished.push(job);
    if (!gone) return;
    this.#byId.delete(gone.id);
    this.dropped(gone);
  }
}

function soonest(a: Due, b: Due): number {
  return a.at - b.at || a.order - b.order;
}
