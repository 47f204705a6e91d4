import TinyQueue from 'tinyqueue';
import type { Moment } from '../../time/moments.js';
import { type Job, lifeOf } from '../job.js';
import type { Delivery } from './delivery.js';

interface Due {
  at: Moment;
  order: number;
  id: string;
}

function soonest(a: Due, b: Due): number {
  return a.at - b.at || a.order - b.order;
}

/**
 * What a session has yet to send. No timer runs for any of it: the soonest due moment is found at the top of a
 * heap, and one sender looks there.
 */
export class Deliveries {
  #byId = new Map<string, Delivery>();
  #due = new TinyQueue<Due>([], soonest);
  #order = 0;
  /** Jobs whose news goes somewhere, and that may yet change by themselves. */
  #followed = new Set<string>();

  /** @param most so many wait; for one more, the oldest goes */
  constructor(private readonly most: number) {}

  copy(): Deliveries {
    const copy = new Deliveries(this.most);
    copy.#byId = new Map(this.#byId);
    copy.#due = new TinyQueue(this.#due.data.slice(), soonest);
    copy.#order = this.#order;
    copy.#followed = new Set(this.#followed);
    return copy;
  }

  get(id: string): Delivery | undefined {
    return this.#byId.get(id);
  }

  /** Oldest first. */
  all(): IterableIterator<Delivery> {
    return this.#byId.values();
  }

  get size(): number {
    return this.#byId.size;
  }

  /** The number of the next one. */
  get nextOrder(): number {
    return this.#order + 1;
  }

  /** Notes that a job has news to come, or that it has come to its last step. */
  follow(job: Job): void {
    if (job.cursor.step < lifeOf(job).length - 1) this.#followed.add(job.key);
    else this.#followed.delete(job.key);
  }

  /** A job is no more. */
  forget(job: string): void {
    this.#followed.delete(job);
  }

  /** Jobs may change by themselves, and somebody wants to hear of it. */
  get follows(): boolean {
    return this.#followed.size > 0;
  }

  put(delivery: Delivery): void {
    const { id, due, order } = delivery;
    this.#order = Math.max(this.#order, order);
    this.#byId.set(id, delivery);
    if (due !== undefined) this.#due.push({ at: due, order, id });
    const [oldest] = this.#byId.keys();
    if (this.#byId.size > this.most && oldest !== undefined) this.#byId.delete(oldest);
  }

  /** One that was taken out is due again, if it is still to be sent. */
  again(id: string): void {
    const known = this.#byId.get(id);
    if (known?.due !== undefined) this.#due.push({ at: known.due, order: known.order, id });
  }

  end(id: string): void {
    this.#byId.delete(id);
  }

  /** Those of a job that wait for its last news. */
  held(job: string): Delivery[] {
    return [...this.#byId.values()].filter((one) => one.job === job && one.due === undefined);
  }

  /** The moment at which the next one is due; undefined: none is. */
  soonest(): Moment | undefined {
    return this.#peek()?.at;
  }

  /** Takes those that are due out of the queue, in their order; each is put again once it has been sent. */
  takeDue(now: Moment): Delivery[] {
    const found: Delivery[] = [];
    for (let next = this.#peek(); next && next.at <= now; next = this.#peek()) {
      this.#due.pop();
      const delivery = this.#byId.get(next.id);
      if (delivery) found.push(delivery);
    }
    return found;
  }

  #peek(): Due | undefined {
    for (let next = this.#due.peek(); next; next = this.#due.peek()) {
      const known = this.#byId.get(next.id);
      if (known && known.due === next.at && known.order === next.order) return next;
      this.#due.pop();
    }
    return undefined;
  }
}
