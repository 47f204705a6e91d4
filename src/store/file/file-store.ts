import type { Append, Appended, Kept, KeyRange, RecordStore, StoredRecord } from '../store.js';
import { AheadLog } from './ahead-log.js';
import { Call } from './call.js';
import { readCall } from './call-text.js';
import type { Database } from './database.js';
import { callsInside } from './first-version.js';
import { CALLS, sessionKey, under } from './keys.js';
import { readFacts } from './read-facts.js';
import { readRange } from './read-range.js';
import { readRecords } from './read-records.js';
import { StoredSessions } from './sessions.js';
import { Sweeper } from './sweeper.js';
import { Turns } from './turns.js';
import { operations, type Progress } from './write-behind.js';

/** How a store is kept. */
export interface FileStoreOptions {
  /** Since when there is this store, and how many times it was opened. */
  life: { since: number; opened: number };
  /** Whether what is answered is on the disk; else the kernel has it. */
  strict: boolean;
  /** Facts and records that may wait in memory to be written behind. */
  waiting: number;
  /** Where calls are written ahead. */
  folder: string;
  /** Makes the store one of this version; called before it holds what older ones do not know. */
  renew(): Promise<void>;
  /** Is told once it is closed. */
  ended(): void;
}

/** Milliseconds after which they are written, however few they are. */
const LATER = 1_000;
/**
 * Bytes of facts and records that are as good as many of them. LevelDB keeps a batch in one piece, which it copies as it
 * grows: at more than 8 MiB the event loop stood still for 20 to 40 ms.
 */
const MOST_BYTES = 4 * 1024 * 1024;
/** Sessions that are as good: what each has is taken in one go, and of two thousand that took 13 ms. */
const MOST_SESSIONS = 1_000;
/** So many times what may wait is too much: calls wait, too. */
const TOO_MUCH = 10;

/**
 * Keeps facts and records in LevelDB. What a call appends is written ahead into a file; behind it, every now and
 * then, the facts of each session under keys of their own, together with records and with how far that goes: so a
 * store that is opened reads a few calls, however much it holds.
 */
export class FileStore implements RecordStore {
  readonly immediate = false;
  /** What is written at once costs a sync of the disk. */
  readonly costly: boolean;
  readonly life: FileStoreOptions['life'];
  readonly #most: number;
  readonly #ended: () => void;
  readonly #database: Database;
  readonly #log: AheadLog;
  readonly #sessions: StoredSessions;
  readonly #sweeper: Sweeper;
  readonly #calls = new Turns();
  /** The first call that was written ahead and is not elsewhere. */
  #from: number;
  /** The next call. */
  #call: number;
  #waiting = 0;
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  /** Why nothing could be written behind the last time. */
  #failure: Error | undefined;
  #closed = false;

  private constructor(
    database: Database,
    log: AheadLog,
    options: FileStoreOptions,
    progress: Progress,
  ) {
    this.life = options.life;
    this.costly = options.strict;
    this.#log = log;
    this.#most = options.waiting;
    this.#ended = options.ended;
    this.#database = database;
    this.#sessions = new StoredSessions((name) => database.getNow(sessionKey(name)), progress.ids);
    this.#sweeper = new Sweeper(database);
    this.#from = this.#call = progress.call;
  }

  /** Reads what was written ahead and is not elsewhere. */
  static async open(database: Database, options: FileStoreOptions): Promise<FileStore> {
    const { folder, strict, renew } = options;
    const text = database.getNow(CALLS);
    const progress: Progress = text ? JSON.parse(text) : { call: 1, ids: 1 };
    const inside = await callsInside(database, progress.call);
    const from = progress.call + inside.calls.length;
    const { log, calls } = await AheadLog.open(folder, strict, from);
    const store = new FileStore(database, log, options, progress);
    try {
      for (const { bytes, from, to } of [...inside.calls, ...calls]) {
        for (const done of readCall(bytes, from, to)) store.#sessions.replay(done);
        store.#call++;
      }
      if (store.#call > store.#from || inside.keys.length > 0)
        await store.#writeBehind(inside.keys);
      await renew();
      await store.#sweeper.begin();
    } catch (error) {
      await log.close(false);
      throw error;
    }
    return store;
  }

  append(appends: readonly Append<string>[]): Promise<Appended<string>[]> {
    return this.#calls.take(() => this.#append(appends));
  }

  async *read(name: string, after: number): AsyncIterable<readonly string[]> {
    const session = this.#sessions.find(name);
    if (session) yield* readFacts(this.#database, session, after);
  }

  end(name: string): Promise<void> {
    return this.#calls.take(() => this.#end(name));
  }

  async *sessions(): AsyncIterable<readonly string[]> {
    const unwritten = this.#sessions.unwritten();
    const known = new Set(unwritten);
    const gone = this.#sessions.gone();
    const written = this.#database.entries(under(sessionKey('')), 1_000);
    if (unwritten.length > 0) yield unwritten;
    for await (const entries of written) {
      const names = entries.map(([key]) => key.slice(sessionKey('').length));
      const there = names.filter((name) => !known.has(name) && !gone.has(name));
      if (there.length > 0) yield there;
    }
  }

  async find(name: string): Promise<Kept | undefined> {
    return this.#sessions.find(name)?.kept;
  }

  async record(name: string, position: number, records: readonly StoredRecord[]): Promise<void> {
    const session = this.#sessions.find(name);
    if (!session) return;
    session.record(position, records);
    this.#sessions.changed(session);
    for (const { key, value = '' } of records) this.#bytes += key.length + value.length;
    this.#wait(records.length);
    // Nothing waits for it, unless more comes than is written.
    if (this.#isTooMuch) await this.#writing;
  }

  async get(name: string, keys: readonly string[]): Promise<(string | undefined)[]> {
    const session = this.#sessions.find(name);
    if (!session) return keys.map(() => undefined);
    return await readRecords(this.#database, session, keys);
  }

  async range(name: string, range: KeyRange): Promise<{ key: string; value: string }[]> {
    const session = this.#sessions.find(name);
    return session ? await readRange(this.#database, session, range) : [];
  }

  async trim(name: string, position: number): Promise<void> {
    const session = this.#sessions.find(name);
    if (!session) return;
    session.trim(position);
    this.#sessions.changed(session);
    this.#later();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#calls.take(async () => {});
    await this.#writing;
    // What cannot be written behind is written ahead.
    const isBehind = await this.#writeBehind().then(
      () => true,
      () => false,
    );
    await this.#sweeper.stop();
    await this.#log.close(isBehind);
    await this.#database.close().finally(this.#ended);
  }

  async #append(appends: readonly Append<string>[]): Promise<Appended<string>[]> {
    if (this.#isTooMuch) await this.#writing;
    if (this.#isTooMuch && this.#failure) throw this.#failure;
    const call = new Call();
    const appended: Appended<string>[] = [];
    try {
      for (const append of appends)
        appended.push(this.#add(call, append) ?? (await this.#missed(call, append)));
      if (call.count > 0)
        await this.#writeAhead(call, () => {
          for (const session of call.kept()) this.#sessions.changed(session);
        });
    } catch (error) {
      call.dropped();
      throw error;
    }
    this.#wait(call.count);
    return appended;
  }

  get #isMuch(): boolean {
    const { changes } = this.#sessions;
    return this.#waiting >= this.#most || this.#bytes >= MOST_BYTES || changes >= MOST_SESSIONS;
  }

  get #isTooMuch(): boolean {
    return this.#waiting >= TOO_MUCH * this.#most || this.#bytes >= TOO_MUCH * MOST_BYTES;
  }

  #add(
    call: Call,
    { session: name, expected, facts }: Append<string>,
  ): Appended<string> | undefined {
    const session = this.#sessions.get(name);
    if (session.next !== expected) return undefined;
    if (facts.length > 0) call.add(session, facts);
    return { position: session.next };
  }

  /** Facts that whoever appends has not known of, also those of the call itself. */
  async #missed(
    call: Call,
    { session: name, expected }: Append<string>,
  ): Promise<Appended<string>> {
    const session = this.#sessions.get(name);
    const missed: string[] = [];
    for await (const facts of this.read(name, expected)) missed.push(...facts);
    missed.push(...call.of(session).slice(Math.max(0, expected - session.position)));
    return { missed };
  }

  async #end(name: string): Promise<void> {
    const session = this.#sessions.find(name);
    if (!session) return;
    const call = new Call();
    call.end(session);
    await this.#writeAhead(call, () => this.#sessions.end(name));
    this.#wait(1);
  }

  /** @param kept notes what it has changed: at once, for it counts as written ahead, and may be written behind, from then on */
  async #writeAhead(call: Call, kept: () => void): Promise<void> {
    const size = await this.#log.write(this.#call, this.#from, call);
    this.#bytes += size;
    this.#call++;
    kept();
  }

  #wait(count: number): void {
    this.#waiting += count;
    if (this.#waiting === 0) return;
    if (this.#isMuch) this.#write();
    else this.#later();
  }

  #later(): void {
    if (this.#timer || this.#closed) return;
    this.#timer = setTimeout(() => this.#write(), LATER).unref();
  }

  /** Writes behind, once at a time. */
  #write(): void {
    if (this.#writing || this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const ended = (go: () => void) => {
      this.#writing = undefined;
      go();
    };
    this.#writing = this.#writeBehind().then(
      () => ended(() => this.#wait(0)),
      () => ended(() => this.#later()),
    );
  }

  /** @param stale keys of calls, where a store has them from its first version */
  async #writeBehind(stale: readonly string[] = []): Promise<void> {
    const before = this.#call;
    const batch = this.#sessions.take();
    const [waiting, bytes] = [this.#waiting, this.#bytes];
    this.#waiting = this.#bytes = 0;
    try {
      await this.#database.write(operations(batch, before, stale), true);
    } catch (error) {
      this.#failure = error as Error;
      this.#sessions.giveBack(batch);
      this.#waiting += waiting;
      this.#bytes += bytes;
      throw error;
    }
    this.#failure = undefined;
    this.#from = before;
    this.#sessions.taken(batch);
    this.#sweeper.sweep(batch);
  }
}
