import type { ClassicLevel } from 'classic-level';
import type { StoreUnavailable } from '../store.js';
import type { Between } from './keys.js';
import type { Engine } from './load-engine.js';
import { arePacked, isPacked, pack, unpack } from './packed.js';
import { Turns } from './turns.js';
import { unavailable } from './unavailable.js';

export type Operation = { key: string; value: Buffer | string | undefined };

interface Iterator<V> {
  nextv(most: number): Promise<[string, V][]>;
  close(): Promise<void>;
}

const AS_BYTES = { valueEncoding: 'buffer' } as const;

/** Operations that are built in one go, and bytes that are as good as one more; between two, the event loop has its turn. */
const SLICE = 500;
const BYTES = 1024;
/**
 * Bytes that LevelDB sorts in memory before it writes them as a file: two batches, where it has 4 MiB else. The fewer
 * files, the less its thread merges, and takes from others: with one core the longest pauses were 52 ms so, and 83.
 */
const BUFFER = 8 * 1024 * 1024;
/** Bytes that an iterator fetches at a time. */
const FETCHED = 256 * 1024;
/** Milliseconds between two tries to open the database again. */
const BETWEEN_TRIES = 250;

/**
 * LevelDB, held to two rules. One write at a time; and behind a write that failed none before the database has been
 * closed and opened again: its log may be torn there, and what it would write behind the tear it could not read.
 */
export class Database {
  #db: ClassicLevel | undefined;
  #failure: StoreUnavailable | undefined;
  #opening: Promise<ClassicLevel> | undefined;
  #closing: Promise<void> | undefined;
  #triedAt = 0;
  readonly #turns = new Turns();

  private constructor(
    readonly folder: string,
    private readonly engine: Engine,
  ) {}

  /** @throws Error of classic-level */
  static async open(folder: string, engine: Engine): Promise<Database> {
    const database = new Database(folder, engine);
    database.#db = await database.#open();
    return database;
  }

  /**
   * Writes one value.
   * @param sync whether it is on the disk before this resolves; else the kernel has it
   * @throws StoreUnavailable
   */
  put(key: string, value: string, sync: boolean): Promise<void> {
    return this.#turns.take(() => this.#put(key, value, sync));
  }

  /** Writes operations as one. */
  async write(operations: Iterable<Operation>, sync: boolean): Promise<void> {
    const db = this.#db ?? (await this.#again());
    const batch = db.batch();
    let built = 0;
    try {
      for (const { key, value } of operations) {
        built += 1 + (value?.length ?? 0) / BYTES;
        if (value === undefined) batch.del(key);
        else if (isPacked(key)) {
          // Waited for only where it has to be: that alone would cost a turn of the event loop for each session.
          const packed = pack(value);
          const bytes = packed instanceof Promise ? await packed : packed;
          batch.put<string, Buffer>(key, bytes, AS_BYTES);
        } else batch.put(key, value as string);
        if (built < SLICE) continue;
        built = 0;
        await new Promise(setImmediate);
      }
    } catch (error) {
      throw this.#failure ?? unavailable(error);
    }
    await this.#turns.take(() => this.#written(db, () => batch.write({ sync })));
  }

  /** @throws StoreUnavailable */
  getNow(key: string): string | undefined {
    if (!this.#db) {
      void this.#again().catch(() => {});
      throw this.#failure;
    }
    return this.#db.getSync(key);
  }

  async getMany(keys: string[]): Promise<(string | undefined)[]> {
    const db = this.#db ?? (await this.#again());
    return await told(() => db.getMany(keys));
  }

  /**
   * Entries in the order of their keys, as they are now, in slices.
   * @param most entries of a slice
   */
  entries(between: Between, most: number): AsyncIterable<[string, string][]> {
    if (!this.#db) {
      void this.#again().catch(() => {});
      throw this.#failure;
    }
    const range = { ...between, highWaterMarkBytes: FETCHED };
    if (!arePacked(between)) return slices(this.#db.iterator(range), most);
    return unpacked(slices(this.#db.iterator<string, Buffer>({ ...range, ...AS_BYTES }), most));
  }

  /** Keys alone. */
  async keys(between: Between, limit: number): Promise<string[]> {
    const db = this.#db ?? (await this.#again());
    return await told(() => db.keys({ ...between, limit, highWaterMarkBytes: FETCHED }).all());
  }

  async close(): Promise<void> {
    await this.#turns.take(async () => {});
    await this.#opening?.catch(() => {});
    await this.#db?.close();
  }

  async #put(key: string, value: string, sync: boolean): Promise<void> {
    const db = this.#db ?? (await this.#again());
    await this.#written(db, () => db.put(key, value, { sync }));
  }

  async #written(db: ClassicLevel, write: () => Promise<void>): Promise<void> {
    // It failed while this waited for its turn.
    if (db !== this.#db) throw this.#failure ?? unavailable(new Error('it was opened again'));
    try {
      await write();
    } catch (error) {
      this.#failure = unavailable(error);
      this.#db = undefined;
      this.#closing = db.close().catch(() => {});
      throw this.#failure;
    }
  }

  /** Opens the database that has failed; not more often than every now and then. */
  async #again(): Promise<ClassicLevel> {
    const now = performance.now();
    if (!this.#opening && now - this.#triedAt < BETWEEN_TRIES) throw this.#failure;
    this.#opening ??= this.#open();
    this.#triedAt = now;
    try {
      this.#db = await this.#opening;
      this.#failure = undefined;
      return this.#db;
    } catch (error) {
      this.#failure = unavailable(error);
      throw this.#failure;
    } finally {
      this.#opening = undefined;
    }
  }

  async #open(): Promise<ClassicLevel> {
    await this.#closing;
    const db = new this.engine(this.folder);
    await db.open({ writeBufferSize: BUFFER });
    return db;
  }
}

/** A database that was closed for what failed elsewhere is one that cannot be reached. */
async function told<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw unavailable(error);
  }
}

async function* unpacked(
  found: AsyncIterable<[string, Buffer][]>,
): AsyncIterable<[string, string][]> {
  for await (const entries of found) {
    yield entries.map(([key, value]): [string, string] => [key, unpack(value)]);
  }
}

async function* slices<V>(iterator: Iterator<V>, most: number): AsyncIterable<[string, V][]> {
  try {
    for (;;) {
      const entries = (await told(() => iterator.nextv(most))) as [string, V][];
      if (entries.length === 0) return;
      yield entries;
    }
  } finally {
    await iterator.close();
  }
}
