import type { Kept, StoredRecord } from '../store.js';
import { callLine } from './call-text.js';
import type { FactBytes } from './fact-bytes.js';
import type { Head } from './head.js';

export type Records = Map<string, string | undefined>;

/** What is taken of a session to be written behind. */
export interface Taken {
  head: Head;
  /** The last of them makes the head's position. */
  facts: readonly FactBytes[];
  records: Records;
}

/** A session as far as it is in memory: what the database does not have of it yet. */
export class StoredSession {
  /** Facts that are kept. */
  position: number;
  /** With those that the call under way appends. */
  next: number;
  recorded: number;
  trimmed: number;
  /** Facts up to here are in the database under keys of their own. */
  behind: number;
  /** Kept facts from there on. An array is only ever added to. */
  facts: FactBytes[] = [];
  /** Whether something is to be written behind. */
  dirty = false;
  ended = false;
  readonly id: string;
  #records: Records = new Map();
  #written: Records | undefined;

  constructor(
    readonly name: string,
    { id, position, recorded, trimmed }: Head,
    /** Whether the database has its name. */
    public known: boolean,
  ) {
    this.id = id;
    this.behind = this.next = this.position = position;
    this.recorded = recorded;
    this.trimmed = trimmed;
  }

  /** Whether it can be forgotten and read again. */
  get idle(): boolean {
    const { dirty, next, position } = this;
    return !dirty && next === position && !this.#written;
  }

  get kept(): Kept {
    const { position, recorded, trimmed } = this;
    return { position, recorded, trimmed };
  }

  /** The line of a call. */
  line(position: number, count: number | '-'): string {
    return callLine(this.id, position, count, this.name);
  }

  /** Facts that have been written ahead. */
  keep(facts: FactBytes): void {
    this.facts.push(facts);
    this.position += facts.count;
    this.dirty = true;
  }

  /** What the facts up to a position come to. */
  record(position: number, records: readonly StoredRecord[]): void {
    if (position > this.position)
      throw new Error(
        `records of ${position} facts of ${this.name}, of which ${this.position} are kept`,
      );
    for (const { key, value } of records) this.#records.set(key, value);
    this.recorded = Math.max(this.recorded, position);
    this.dirty = true;
  }

  /** Facts of the call under way are not kept. */
  drop(): void {
    this.next = this.position;
  }

  /** Only what records have can be trimmed. */
  trim(position: number): void {
    const trimmed = Math.min(position, this.recorded);
    if (trimmed <= this.trimmed) return;
    this.trimmed = trimmed;
    this.dirty = true;
  }

  /** Records that are not in the database for sure, newest first. */
  layers(): Records[] {
    const layers = [this.#records];
    if (this.#written) layers.push(this.#written);
    return layers.filter(({ size }) => size > 0);
  }

  take(): Taken {
    const { id, position, recorded, trimmed } = this;
    this.#written = this.#records;
    this.#records = new Map();
    this.dirty = false;
    return {
      head: { id, position, recorded, trimmed },
      facts: this.facts.slice(),
      records: this.#written,
    };
  }

  /** What was taken is in the database. */
  taken({ head, facts }: Taken): void {
    this.facts = this.facts.slice(facts.length);
    this.behind = head.position;
    this.#written = undefined;
    this.known = true;
  }

  /** What was taken may be in the database or not: it is to be written again. */
  giveBack({ records }: Taken): void {
    for (const [key, value] of this.#records) records.set(key, value);
    this.#records = records;
    this.#written = undefined;
    this.dirty = true;
  }
}
