import { SandboxError } from '../sandbox-error.js';

/**
 * What a session gains by one request: its facts are kept all together or not at all.
 *
 * @template F a fact, whatever whoever keeps it makes of one: the store does not look into it
 */
export interface Append<F> {
  session: string;
  /**
   * Which session of this name is meant, where others may delete it and begin it anew; left out: whichever there is. One
   * that begins is born by this name.
   */
  birth?: string | undefined;
  /** How many facts the session has had, as far as whoever appends knows. */
  expected: number;
  facts: readonly F[];
}

/**
 * The session's position, which counts its facts; or those that were not known of: nothing was kept then. Of another
 * session than the one that was meant, those are all it has.
 */
export type Appended<F> = { position: number } | { missed: readonly F[] };

/** Keeps the facts of sessions. */
export interface Store<F> {
  /** Whether `append` never has to be waited for. */
  readonly immediate: boolean;
  /** Whether a call costs much whatever it keeps, so that it is better to gather more for it. */
  readonly costly?: boolean;
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
  /** Where others may delete it and begin one of its name anew: which one it is. */
  birth?: string;
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

/** What another process has done to a session. */
export type Elsewhere =
  | { kind: 'appended'; session: string; birth: string; after: number; facts: readonly string[] }
  | { kind: 'ended'; session: string }
  /** The store may have forgotten the last of what it was told. */
  | { kind: 'restarted' }
  /** One of the servers has something to say to all of them. */
  | { kind: 'said'; text: string }
  /** What has been told since, nobody knows: all that is known may be of before. */
  | { kind: 'gap' };

/** A store that several processes append to at the same time. */
export interface SharedStore extends RecordStore {
  /** Of this process: no other one has it. */
  readonly name: string;
  /** For a session that begins now. */
  newBirth(): string;
  /** Milliseconds since 1970, by the one clock of all of them, and parts of them. */
  now(): number;
  /** Tells what the others do, and may tell of what was done here. @returns a function that ends it */
  watch(watcher: (done: Elsewhere) => void): () => void;
  /** Says something to all who share it, this process too. @throws StoreUnavailable */
  say(text: string): Promise<void>;
  /**
   * Tells of this process, which is forgotten unless it does so again every now and then.
   * @returns what others tell who are there, by their names
   * @throws StoreUnavailable
   */
  hello(text: string): Promise<Map<string, string>>;
  /** @throws StoreUnavailable when it does not answer in a moment */
  answers(): Promise<void>;
}
