import type { Moment } from '../time/moments.js';

/** What is known of a job beside the job itself, where jobs may lie in a store. */
export interface Filed {
  /** The how manieth of its session it is. */
  number: number;
  /** When time alone ends its present step; undefined: it does not. */
  due: { at: Moment; order: number } | undefined;
  /** The same as the store has it. */
  storedDue?: Filed['due'];
  /** The store has it. */
  stored?: boolean;
  /** The store has its request's body. */
  storedBody?: boolean;
}

/**
 * The jobs of a session that lie in its store alone: there may be a million of them. Of them it is known how many they
 * are, and that time alone ends no step of theirs before a moment.
 */
export class ColdJobs {
  /** How many there are. */
  count: number;
  /** Time alone ends no step of theirs before it. */
  until: Moment;
  /** How many have been put away ever. */
  putAwayEver = 0;
  /** As many as anybody is shown are in memory. */
  shown = false;
  /** Of those that are in memory. */
  readonly filed = new Map<string, Filed>();
  /** Jobs that are no more, and that the store may still have; what is known of one that was in memory. */
  readonly #gone = new Map<string, Filed | undefined>();
  /** Those of them that the store is being told of. */
  readonly #leaving = new Set<string>();
  /** Keys that were looked for and are none of theirs. */
  readonly #absent = new Set<string>();
  #numbered: number;
  #outdated: number;

  /** @param outdated see {@link outdated} */
  constructor({ count = 0, numbered = 0, outdated = 0 } = {}) {
    this.count = count;
    this.until = Number.POSITIVE_INFINITY;
    this.#numbered = numbered;
    this.#outdated = outdated;
  }

  /** Moments noted up to this one are of another pace, for jobs whose records still tell them; 0: none are. */
  get outdated(): number {
    return this.#outdated;
  }

  isOutdated({ order }: { order: number }): boolean {
    return order <= this.#outdated;
  }

  /** Durations have another length from now on. @param order of the moment noted last */
  outdate(order: number): void {
    if (order === 0) return;
    this.#outdated = order;
    // Nobody knows when the first step ends until all records have been looked at.
    this.until = Number.NEGATIVE_INFINITY;
  }

  /** All records tell moments of the present pace. */
  bringUpToDate(): void {
    this.#outdated = 0;
  }

  /** So many jobs were there ever. */
  get numbered(): number {
    return this.#numbered;
  }

  /** May one of this key be among them? */
  mayHave(key: string): boolean {
    return this.count > 0 && !this.#absent.has(key) && !this.isGone(key);
  }

  /** There is no such job any more, whatever the store still has. */
  isGone(key: string): boolean {
    return this.#gone.has(key) || this.#leaving.has(key);
  }

  /** Jobs that the store may still have, with what is known of them: it is told that they are no more. */
  takeGone(): [key: string, filed: Filed | undefined][] {
    const gone = [...this.#gone];
    for (const [key] of gone) this.#leaving.add(key);
    this.#gone.clear();
    return gone;
  }

  /** The store has been told. */
  haveLeft(): void {
    this.#leaving.clear();
  }

  /** Notes that none of them has this key. */
  lacks(key: string): void {
    if (this.#absent.size >= MOST_ABSENT) this.#absent.clear();
    this.#absent.add(key);
  }

  /** Notes a job that has just been scheduled. */
  begins(key: string): void {
    this.#numbered += 1;
    this.filed.set(key, { number: this.#numbered, due: undefined });
    this.#absent.delete(key);
    this.#gone.delete(key);
    this.#leaving.delete(key);
  }

  waits(key: string, due: Filed['due']): void {
    const filed = this.filed.get(key);
    if (filed) filed.due = due;
  }

  /** Notes that a job has come back into memory. */
  takeOut(key: string, filed: Filed): void {
    this.count -= 1;
    this.filed.set(key, filed);
  }

  /** Notes that a job has gone out of memory. */
  putAway(key: string): void {
    this.count += 1;
    this.putAwayEver += 1;
    this.shown = false;
    const due = this.filed.get(key)?.due;
    if (due && due.at < this.until) this.until = due.at;
    this.filed.delete(key);
  }

  /**
   * Notes that there is no such job any more.
   * @param here it was in memory
   */
  forget(key: string, here: boolean): void {
    if (!here) this.count -= 1;
    this.#gone.set(key, this.filed.get(key));
    this.filed.delete(key);
  }
}

/** So many keys are remembered that no job has. */
const MOST_ABSENT = 10_000;
