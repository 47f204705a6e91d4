import type {
  Append,
  Appended,
  Elsewhere,
  Kept,
  KeyRange,
  SharedStore,
  StoredRecord,
} from '../store.js';
import type { Connection } from './connection.js';
import { type Feed, saying } from './feed.js';
import { factOf, marked, type Origins, originOf } from './origin.js';
import type { ServerTime } from './server-time.js';

/** Facts that are read at a time. */
const SLICE = 1_000;

/** Values of records that are told in one call, so that nobody else waits for long. */
const RECORDS = 500;

/** A server that has told nothing of itself for so long is not there any more, in milliseconds. */
const SILENT = 30_000;

/** Whoever only wants to know whether it answers waits no longer, in milliseconds. */
const MOMENT = 1_000;

/** What a store goes by. */
interface Parts {
  connection: Connection;
  feed: Feed;
  time: ServerTime;
  origins: Origins;
}

/** Keeps facts and records in Redis, where several processes may append to the same sessions. */
export class RedisStore implements SharedStore {
  readonly immediate = false;
  readonly costly = true;
  get name(): string {
    return this.#origins.writer;
  }
  readonly #origins: Origins;

  readonly #connection: Connection;
  readonly #feed: Feed;
  readonly #time: ServerTime;

  constructor(
    { connection, feed, time, origins }: Parts,
    readonly life: { since: number; opened: number },
  ) {
    this.#origins = origins;
    this.#connection = connection;
    this.#feed = feed;
    this.#time = time;
  }

  async append(appends: readonly Append<string>[]): Promise<Appended<string>[]> {
    const args: (string | number)[] = [];
    const origins = appends.map(({ session, birth, expected, facts }) => {
      const origin = this.#origins.next();
      args.push(session, ...readBirth(birth), expected, facts.length);
      for (const fact of marked(origin, facts)) args.push(fact);
      return origin;
    });
    const fresh = this.#origins.next();
    // By the time that it is sent again, what is known of the feed may be otherwise.
    const told = await this.#connection.runAnew('APPEND', () => {
      return [fresh, this.#feed.own, this.#feed.tag, ...args];
    });
    const answers = told as (number | string[])[];
    return answers.map((answer, i) =>
      appendedOf(answer, origins[i] as string, appends[i] as Append<string>),
    );
  }

  async *read(session: string, after: number): AsyncIterable<readonly string[]> {
    const kept = await this.find(session);
    if (!kept) return;
    for (let from = Math.max(after, kept.trimmed); from < kept.position; from += SLICE) {
      const to = Math.min(from + SLICE, kept.position);
      const found = (await this.#connection.run('READ', session, from, to)) as string[];
      if (found.length > 0) yield found.map(factOf);
    }
  }

  async end(session: string): Promise<void> {
    await this.#connection.run('END', session);
  }

  async *sessions(): AsyncIterable<readonly string[]> {
    const told = new Set<string>();
    let cursor = '0';
    do {
      const [next, names] = await this.#connection.ask((redis) =>
        redis.sscan(this.#connection.key('names'), cursor, 'COUNT', SLICE),
      );
      cursor = next;
      // It may tell a name twice.
      const others = names.filter((name) => !told.has(name));
      for (const name of others) told.add(name);
      if (others.length > 0) yield others;
    } while (cursor !== '0');
  }

  async find(session: string): Promise<Kept | undefined> {
    // Whether what is found is of this generation or of the next one is not known where it changes meanwhile.
    let generation: string;
    let found: unknown;
    do {
      generation = this.#connection.generation;
      found = await this.#connection.run('FIND', session);
    } while (generation !== this.#connection.generation);
    if (!found) return undefined;
    const [position, recorded, trimmed, birth] = found as [number, number, number, string];
    return { position, recorded, trimmed, birth: `${birth}@${generation}` };
  }

  async record(session: string, position: number, records: readonly StoredRecord[]): Promise<void> {
    const args: (string | number)[] = [];
    for (const { key, value } of records) {
      if (value === undefined) args.push(key, 0);
      else args.push(key, 1, value);
    }
    await this.#connection.run('RECORD', session, position, ...args);
  }

  async get(session: string, keys: readonly string[]): Promise<(string | undefined)[]> {
    if (keys.length === 0) return [];
    const found: (string | undefined)[] = [];
    for (let from = 0; from < keys.length; from += RECORDS) {
      const slice = keys.slice(from, from + RECORDS);
      const values = await this.#connection.ask((redis) =>
        redis.hmget(this.#connection.key(`r:${session}`), ...slice),
      );
      for (const value of values) found.push(value ?? undefined);
    }
    return found;
  }

  async range(
    session: string,
    { from, before, limit }: KeyRange,
  ): Promise<{ key: string; value: string }[]> {
    if (limit === 0) return [];
    const told = (await this.#connection.run('RANGE', session, from, before, limit)) as string[];
    const found: { key: string; value: string }[] = [];
    for (let i = 0; i < told.length; i += 2) {
      found.push({ key: told[i] as string, value: told[i + 1] as string });
    }
    return found;
  }

  async trim(session: string, position: number): Promise<void> {
    await this.#connection.run('TRIM', session, position);
  }

  newBirth(): string {
    return this.#ofNow(this.#origins.next());
  }

  now(): number {
    return this.#time.now();
  }

  watch(watcher: (done: Elsewhere) => void): () => void {
    this.#connection.onNew = () => watcher({ kind: 'restarted' });
    return this.#feed.watch((done) =>
      watcher(done.kind === 'appended' ? { ...done, birth: this.#ofNow(done.birth) } : done),
    );
  }

  async say(text: string): Promise<void> {
    const channel = this.#connection.key('feed');
    await this.#connection.ask((redis) => redis.publish(channel, saying(text)));
  }

  async hello(text: string): Promise<Map<string, string>> {
    const told = (await this.#connection.run('HELLO', this.name, text, SILENT)) as string[];
    const others = new Map<string, string>();
    for (let i = 0; i < told.length; i += 2) {
      if (told[i] !== this.name) others.set(told[i] as string, told[i + 1] as string);
    }
    return others;
  }

  async answers(): Promise<void> {
    await this.#connection.answers(MOMENT);
  }

  #ofNow(birth: string): string {
    return `${birth}@${this.#connection.generation}`;
  }

  async close(): Promise<void> {
    const servers = this.#connection.key('servers');
    await this.#connection.ask((redis) => redis.hdel(servers, this.name), MOMENT).catch(() => {});
    this.#time.end();
    this.#feed.close();
    this.#connection.close();
  }
}

/** `BIRTH@GENERATION`: which session, and of what its server knew when it was read. */
function readBirth(text = '@'): [birth: string, generation: string] {
  const at = text.lastIndexOf('@');
  return [text.slice(0, at), text.slice(at + 1)];
}

function appendedOf(
  answer: number | string[],
  origin: string,
  { expected, facts }: Append<string>,
): Appended<string> {
  if (typeof answer === 'number') return { position: answer };
  // It had been kept, and the answer to that was lost.
  const [, ...missed] = answer;
  const [first] = missed;
  if (first !== undefined && originOf(first) === origin) {
    return { position: expected + facts.length };
  }
  return { missed: missed.map(factOf) };
}
