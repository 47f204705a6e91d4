import type { Done } from './call-text.js';
import { readHead } from './head.js';
import { StoredSession, type Taken } from './session.js';

/** Sessions in memory beyond which those that nothing is to be written of are forgotten, and half as many then. */
const MOST = 20_000;

/** What there is to be written behind, of one moment. */
export interface Batch {
  ended: readonly StoredSession[];
  sessions: readonly (readonly [StoredSession, Taken])[];
  /** The number of the next session. */
  ids: number;
}

/** The sessions that are in memory, and what is to be written of them. */
export class StoredSessions {
  readonly #byName = new Map<string, StoredSession>();
  #dirty = new Set<StoredSession>();
  #ended: StoredSession[] = [];
  /** Names that the database may still have for a session that has ended. */
  #gone = new Set<string>();

  /**
   * @param head reads what the database has of a name
   * @param ids the number of the next session
   */
  constructor(
    private readonly head: (name: string) => string | undefined,
    private ids: number,
  ) {}

  /** Of how many there is something to be written. */
  get changes(): number {
    return this.#dirty.size + this.#ended.length;
  }

  /** A session that there is. */
  find(name: string): StoredSession | undefined {
    const session = this.#look(name);
    return session && session.position > 0 ? session : undefined;
  }

  /** A session that there is, or one whose first facts may be under way. */
  get(name: string): StoredSession {
    return this.#look(name) ?? this.#begin(name, (this.ids++).toString(36));
  }

  /** Notes that there is something to be written of a session. */
  changed(session: StoredSession): void {
    if (session.dirty && !session.ended) this.#dirty.add(session);
  }

  end(name: string): void {
    const session = this.#look(name);
    if (!session) return;
    session.ended = true;
    this.#byName.delete(name);
    this.#dirty.delete(session);
    this.#ended.push(session);
    this.#gone.add(name);
  }

  /** Does again what was done before the store was opened. */
  replay({ id, name, position, facts }: Done): void {
    this.ids = Math.max(this.ids, Number.parseInt(id, 36) + 1);
    const session = this.#look(name) ?? this.#begin(name, id);
    if (session.id !== id || session.position !== position)
      throw new Error(
        `facts of ${id} behind ${position}, where ${session.id} has ${session.position}`,
      );
    if (!facts) {
      this.end(name);
      return;
    }
    session.next += facts.count;
    session.keep(facts);
    this.changed(session);
  }

  /** Names of sessions that the database may not have yet. */
  unwritten(): string[] {
    const sessions = [...this.#byName.values()];
    return sessions.filter(({ known, position }) => !known && position > 0).map(({ name }) => name);
  }

  /** Names that the database may still have for a session that has ended, as of now. */
  gone(): ReadonlySet<string> {
    return new Set(this.#gone);
  }

  take(): Batch {
    const sessions = [...this.#dirty].map((session) => [session, session.take()] as const);
    const ended = this.#ended;
    this.#dirty = new Set();
    this.#ended = [];
    return { ended, sessions, ids: this.ids };
  }

  /** What was taken is written. */
  taken({ sessions }: Batch): void {
    for (const [session, taken] of sessions) session.taken(taken);
    this.#gone = new Set(this.#ended.map(({ name }) => name));
    if (this.#byName.size > MOST) this.#forget();
  }

  /** What was taken may not be written. */
  giveBack({ ended, sessions }: Batch): void {
    this.#ended.unshift(...ended);
    for (const [session, taken] of sessions) {
      session.giveBack(taken);
      this.changed(session);
    }
  }

  #look(name: string): StoredSession | undefined {
    const found = this.#byName.get(name);
    if (found || this.#gone.has(name)) return found;
    const text = this.head(name);
    if (text === undefined) return undefined;
    const session = new StoredSession(name, readHead(text), true);
    this.#byName.set(name, session);
    return session;
  }

  #begin(name: string, id: string): StoredSession {
    const head = { id, position: 0, recorded: 0, trimmed: 0 };
    const session = new StoredSession(name, head, false);
    this.#byName.set(name, session);
    return session;
  }

  #forget(): void {
    for (const [name, session] of this.#byName) {
      if (this.#byName.size <= MOST / 2) return;
      if (session.idle) this.#byName.delete(name);
    }
  }
}
