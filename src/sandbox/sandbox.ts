import { nearest } from '../problem.js';
import { ControlProblem } from '../sandbox-error.js';
import type { Fact } from './facts/fact.js';
import { goOn } from './facts/go-on.js';
import { History } from './history.js';
import { Session, type SessionEvent } from './session.js';
import { beginParts } from './session-parts.js';
import type { SessionStore } from './session-store.js';
import type { Setup } from './setup.js';

/** Letters, digits, dot, dash, underscore: it stands in a URL and in file names. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The session of those who name none, unless they are led to another one. */
export const DEFAULT_SESSION = 'default';

/** So many names are remembered of which the store has no session. */
const MOST_FRESH = 1000;

/** Told of the session once it has begun; undefined: it was deleted before, or the sandbox has closed. */
type Waiting = (session: Session | undefined) => void;

/** All sessions of one server. A session begins when it is first named. */
export class Sandbox {
  readonly #sessions = new Map<string, Session>();
  /** The same ones, those first that have not been used for the longest. */
  readonly #byUse = new Set<Session>();
  #latest: Session | undefined;
  readonly #waiting = new Map<string, Set<Waiting>>();
  /** Sessions that are being brought back from the store, or forgotten there. */
  readonly #underWay = new Map<string, Promise<void>>();
  /** Names of which the store has no session. */
  readonly #fresh = new Set<string>();
  #closed = false;
  /** It shows what was made elsewhere, and begins none. */
  #shows = false;
  #unnamed = DEFAULT_SESSION;
  /** So many readers want to see every session. */
  readersOfAll = 0;
  /** Told of each session when somebody asks for it. */
  onUse: ((session: Session) => void) | undefined;

  /**
   * @param log told of everything that happens in any session
   * @param store where sessions outlive the process; undefined: nowhere
   */
  constructor(
    readonly setup: Setup,
    private readonly log: (session: Session, event: SessionEvent) => void = () => {},
    readonly store?: SessionStore,
  ) {}

  /** Brings a session back from the store; undefined: nothing has to be waited for. */
  ready(name = DEFAULT_SESSION): Promise<void> | undefined {
    if (!this.store) return undefined;
    const underWay = this.#underWay.get(name);
    if (underWay) return underWay;
    const session = this.#sessions.get(name);
    // All of it at the end, too: whoever is being answered is answered by what is kept.
    if (session?.stale) return this.#note(name, this.#renew(session, this.store));
    if (session || this.#fresh.has(name)) return undefined;
    return this.#note(name, this.#bringBack(name, this.store));
  }

  /** The same, and it has all that others have done to it until now. */
  async caughtUp(name = DEFAULT_SESSION): Promise<void> {
    await this.ready(name);
    const session = this.#sessions.get(name);
    if (!this.store?.others) return;
    if (!session) {
      // Somebody else may have begun it.
      this.#fresh.delete(name);
      await this.ready(name);
    } else if (await this.store.isBehind?.(name)) await this.#readAgain(name);
  }

  /** Has somebody else changed a session since it was read here? */
  async isBehind(name: string): Promise<boolean> {
    return (await this.store?.isBehind?.(name)) === true;
  }

  /** Somebody waits for a session of this name, or wants to see every one. */
  isAwaited(name: string): boolean {
    return this.readersOfAll > 0 || this.#waiting.has(name);
  }

  /** Reads those again that somebody waits for, and that others have changed. */
  renewBusy(): void {
    for (const { name, stale, busy } of this.#sessions.values()) {
      if (stale && (busy || this.readersOfAll > 0)) void this.renew(name).catch(() => {});
    }
  }

  /** Others have changed a session, and here it is not what is kept: it is read again. */
  async renew(name: string): Promise<void> {
    if (!this.#closed) await this.#readAgain(name);
  }

  async #readAgain(name: string): Promise<void> {
    const session = this.#sessions.get(name);
    if (!session || !this.store) return;
    await (this.#underWay.get(name) ?? this.#note(name, this.#renew(session, this.store)));
  }

  async #renew(session: Session, store: SessionStore): Promise<void> {
    const { name } = session;
    const found = await store.find(name);
    if (this.#sessions.get(name) !== session) return;
    if (found) session.renew(found.parts, found.keeper);
    else {
      this.#putAway(session);
      this.#fresh.add(name);
    }
  }

  async #bringBack(name: string, store: SessionStore): Promise<void> {
    const found = NAME.test(name) ? await store.find(name) : undefined;
    if (this.#sessions.has(name)) return;
    if (!found) {
      if (this.#fresh.size > MOST_FRESH) this.#fresh.clear();
      this.#fresh.add(name);
      return;
    }
    if (!this.#makeRoom()) throw tooMany(this.setup.limits.sessions);
    const session = this.#take(new Session(name, this.setup, this.log, found.parts, found.keeper));
    // What was to be sent when the process before this one ended is still to be sent.
    if (session.nextNews() !== undefined) {
      this.log(session, { kind: 'news', ...(session.shared ? { elsewhere: true } : {}) });
    }
  }

  /** Notes what goes on about a session, so that nobody begins one of its name meanwhile. */
  #note(name: string, work: Promise<void>): Promise<void> {
    const noted = work.finally(() => {
      if (this.#underWay.get(name) === noted) this.#underWay.delete(name);
    });
    this.#underWay.set(name, noted);
    return noted;
  }

  /** What sessions hold has run ahead of what could be kept: each is read from the store again. */
  forgetUnkept(): void {
    const all = [...this.#sessions.values()];
    this.#sessions.clear();
    this.#byUse.clear();
    this.#latest = undefined;
    for (const session of all) session.close();
  }

  /** The session of a name, which begins if it has not yet. @throws ControlProblem */
  session(name = this.#unnamed): Session {
    const known = this.#use(name);
    if (known) return known;
    checkName(name);
    if (this.#makeRoom()) return this.#begin(name);
    throw tooMany(this.setup.limits.sessions);
  }

  /** Name of the session of those who name none. */
  get unnamed(): string {
    return this.#unnamed;
  }

  /** Leads those who name no session to this one, which begins if it has not yet. @throws ControlProblem */
  leadUnnamed(name: string): void {
    this.session(name);
    this.#unnamed = name;
  }

  /** The session if it has begun. */
  find(name: string): Session | undefined {
    return this.#sessions.get(name);
  }

  /** The session, which has begun; the one of those who name none is always there. @throws ControlProblem */
  existing(name: string): Session {
    const known = this.#use(name);
    if (known) return known;
    if (name === DEFAULT_SESSION && !this.#shows) {
      this.#makeRoom();
      return this.#begin(DEFAULT_SESSION);
    }
    const always = this.#shows ? [] : [DEFAULT_SESSION];
    const names = [...new Set([...always, ...this.#sessions.keys()])];
    const how = "one begins with a client's first request, or with PUT";
    const what = `there is no session "${name}" (${how})`;
    throw new ControlProblem(404, 'SESSION_UNKNOWN', what, nearest(name, names));
  }

  /**
   * Waits for a session to begin; at once when it has.
   * @returns a function that ends the wait
   */
  whenBegun(name: string, waiting: Waiting): () => void {
    const known = this.#use(name);
    if (known || this.#closed) {
      waiting(known);
      return () => {};
    }
    const others = this.#waiting.get(name) ?? new Set();
    this.#waiting.set(name, others.add(waiting));
    return () => {
      others.delete(waiting);
      if (others.size === 0 && this.#waiting.get(name) === others) this.#waiting.delete(name);
    };
  }

  /** Forgets a session and all it holds, and ends the waits for it; false when there was none. */
  end(name: string): boolean {
    for (const waiting of this.#waiting.get(name) ?? []) waiting(undefined);
    this.#waiting.delete(name);
    if (name === this.#unnamed) this.#unnamed = DEFAULT_SESSION;
    const session = this.#sessions.get(name);
    if (!session) return false;
    this.#putAway(session);
    if (this.store) void this.#note(name, this.store.end(name)).catch(() => {});
    return true;
  }

  /** Brings back as many of the stored sessions as may be open. */
  async bringAll(): Promise<void> {
    if (!this.store) return;
    const gone = new Set(this.#sessions.keys());
    for await (const names of this.store.names()) {
      for (const name of names) {
        const isHere = gone.delete(name);
        if (!isHere && this.#sessions.size >= this.setup.limits.sessions) continue;
        // One that cannot be brought back says so to whoever asks for it.
        await this.caughtUp(name).catch(() => {});
      }
    }
    for (const name of gone) await this.caughtUp(name).catch(() => {});
  }

  /** Waits until what was to be forgotten is. */
  async settled(name: string): Promise<void> {
    await this.#underWay.get(name);
  }

  #putAway(session: Session): void {
    this.#byUse.delete(session);
    if (this.#latest === session) this.#latest = undefined;
    session.close();
    this.#sessions.delete(session.name);
  }

  /** Ends every session; one that is first named from now on has ended already. */
  close(): void {
    this.#closed = true;
    for (const session of this.#sessions.values()) session.close();
    for (const others of this.#waiting.values()) for (const waiting of others) waiting(undefined);
    this.#waiting.clear();
  }

  /**
   * A session of this name goes on from facts, and takes the place of the one there is.
   * @throws ControlProblem, UnservedApi, WrongFacts; where nothing is stored, nothing has changed then
   */
  async goOn(name: string, facts: readonly Fact[]): Promise<Session> {
    checkName(name);
    if (this.store) {
      await this.#underWay.get(name);
      this.#fresh.delete(name);
      await this.#note(name, this.#goOnStored(name, facts, this.store));
      return this.existing(name);
    }
    const parts = beginParts(name, this.setup);
    const keeper = await goOn(facts, parts, ({ state }, dropped) => new History(state, dropped));
    this.end(name);
    if (!this.#makeRoom()) throw tooMany(this.setup.limits.sessions);
    return this.#take(new Session(name, this.setup, this.log, parts, keeper));
  }

  async #goOnStored(name: string, facts: readonly Fact[], store: SessionStore): Promise<void> {
    const before = this.#sessions.get(name);
    if (before) this.#putAway(before);
    else if (!this.#makeRoom()) throw tooMany(this.setup.limits.sessions);
    try {
      await store.end(name);
      const parts = beginParts(name, this.setup);
      const keeper = await goOn(facts, parts, (begun, dropped) =>
        store.begin(name, begun, dropped),
      );
      await new Promise<void>((done, fail) =>
        keeper.saved((error) => (error ? fail(error) : done())),
      );
      this.#take(new Session(name, this.setup, this.log, parts, keeper));
    } catch (error) {
      await store.end(name).catch(() => {});
      throw error;
    }
  }

  /** Shows a session that is made already, such as one that only stands here. */
  show(session: Session): void {
    this.end(session.name);
    this.#take(session);
    this.#shows = true;
  }

  sessions(): IterableIterator<Session> {
    return this.#sessions.values();
  }

  #use(name: string): Session | undefined {
    const session = this.#sessions.get(name);
    if (session) this.onUse?.(session);
    if (!session || session === this.#latest) return session;
    this.#latest = session;
    this.#byUse.delete(session);
    this.#byUse.add(session);
    return session;
  }

  #begin(name: string): Session {
    if (this.store && !this.#fresh.delete(name)) throw notReady(name);
    const parts = beginParts(name, this.setup);
    // At the end, too: what is answered is kept.
    const keeper = this.store?.begin(name, parts);
    return this.#take(new Session(name, this.setup, this.log, parts, keeper));
  }

  #take(session: Session): Session {
    const { name } = session;
    this.#sessions.set(name, session);
    this.#byUse.add(session);
    this.#latest = session;
    if (this.#closed) session.close();
    const others = this.#waiting.get(name) ?? [];
    this.#waiting.delete(name);
    for (const waiting of others) waiting(session);
    return session;
  }

  /** Where there are too many, the one that has not been used for the longest gives way; false: none can. */
  #makeRoom(): boolean {
    if (this.#sessions.size < this.setup.limits.sessions) return true;
    for (const session of this.#byUse) {
      if (session.busy) continue;
      // One that is kept is only put away.
      if (this.store) {
        this.#putAway(session);
        this.store.leave(session.name);
      } else {
        this.end(session.name);
        this.log(session, { kind: 'evicted' });
      }
      return true;
    }
    return false;
  }
}

function checkName(name: string): void {
  if (NAME.test(name)) return;
  const rule = 'a session name has 1 to 64 letters, digits, dots, dashes or underscores';
  const given = `this one is ${JSON.stringify(name.slice(0, 80))}`;
  throw new ControlProblem(400, 'SESSION_WRONG_NAME', rule, given);
}

function tooMany(sessions: number): ControlProblem {
  const what = `${sessions} sessions are open already, and each has an open request or a watcher`;
  const hint = 'DELETE /__sandbox/sessions/{session} ends one, --keep-sessions raises the limit';
  return new ControlProblem(429, 'SESSION_TOO_MANY', what, hint);
}

function notReady(name: string): ControlProblem {
  const what = `session "${name}" lies in the store and has not been read yet`;
  return new ControlProblem(
    409,
    'SESSION_NOT_READY',
    what,
    'open it first, or ask again in a moment',
  );
}
