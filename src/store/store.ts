import { SandboxError } from '../sandbox-error.js';

/**
 * What a session gains by one request: its facts are kept all together or not at all.
 *
 * @template F a fact, whatever whoever keeps it makes of one: the store does not look into it
 */
export interface Append<F> {
  session: string;
  /** How many facts the session has had, as far as whoever appends knows. */
  expected: number;
  facts: readonly F[];
}

/** The session's position, which counts its facts; or those that were not known of: nothing was kept then. */
export type Appended<F> = { position: number } | { missed: readonly F[] };

/** Keeps the facts of sessions. */
export interface Store<F> {
  /** Whether `append` never has to be waited for. */
  readonly immediate: boolean;
  /**
   * Keeps facts; what it answers is kept as it promises. At most one call is under way.
   * @returns for each append how it went; at once where nothing has to be waited for
   * @throws StoreUnavailable when nothing of it may be taken for kept
   */
  append(appends: readonly Append<F>[]): Appended<F>[] | Promise<Appended<F>[]>;
  /** Facts of a session behind a position, oldest first, in slices; none when there is no such session. */
  read(session: string, after: number): AsyncIterable<readonly F[]>;
  /** Forgets a session and all it has: one of its name begins anew, with position 0. */
  end(session: string): void | Promise<void>;
  /** Names of the sessions there are, in slices. */
  sessions(): AsyncIterable<readonly string[]>;
  close(): Promise<void>;
}

/** Something kept under a key of a session; undefined: nothing any more. */
export interface StoredRecord {
  key: string;
  value: string | undefined;
}

/** Keys from one to before another, in the order of their code points. */
export interface KeyRange {
  from: string;
  before: string;
  /** At most so many, from the first on. */
  limit: number;
}

/** How a session is found that was kept. */
export interface Kept {
  /** Facts of the session. */
  position: number;
  /** The facts up to here are in its records. */
  recorded: number;
  /** Facts up to here are not there any more. */
  trimmed: number;
}

/**
 * A store that also keeps, behind the facts, what they come to: so a session is found again without reading all its
 * facts, and what it does not need lies on disk.
 */
export interface RecordStore extends Store<string> {
  /** Since when there is this store, and how many times it was opened. */
  readonly life: { since: number; opened: number };
  find(session: string): Promise<Kept | undefined>;
  /**
   * Notes what the facts up to a position, which are kept, come to, as one: all of them or none. It is not waited for
   * until it is written: whoever asks for a record afterwards is told of it at once.
   */
  record(session: string, position: number, records: readonly StoredRecord[]): Promise<void>;
  /** Values in the order of their keys; undefined where there is none. */
  get(session: string, keys: readonly string[]): Promise<(string | undefined)[]>;
  range(session: string, range: KeyRange): Promise<{ key: string; value: string }[]>;
  /** Forgets facts up to a position, which records have. Nothing waits for it. */
  trim(session: string, position: number): Promise<void>;
}

/** A store that can keep nothing now: full, gone or not to be reached. What it has kept before stays. */
export class StoreUnavailable extends SandboxError {
  override name = 'StoreUnavailable';
}
