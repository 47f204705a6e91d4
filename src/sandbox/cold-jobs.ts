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
  readonly gone = new Map<string, Filed | undefined>();
  /** Keys that were looked for and are none of theirs. */
  readonly #absent = new Set<string>();
  #numbered: number;

  constructor({ count = 0, until = Number.POSITIVE_INFINITY, numbered = 0 } = {}) {
    this.count = count;
    this.until = until;
    this.#numbered = numbered;
  }

  /** So many jobs were there ever. */
  get numbered(): number {
    return this.#numbered;
  }

  /** May one of this key be among them? */
  mayHave(key: string): boolean {
    return this.count > 0 && !this.#absent.has(key);
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
    this.gone.delete(key);
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
    this.gone.set(key, this.filed.get(key));
    this.filed.delete(key);
  }
}

/** So many keys are remembered that no job has. */
const MOST_ABSENT = 10_000;
