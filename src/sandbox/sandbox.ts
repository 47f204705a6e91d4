import { nearest } from '../problem.js';
import { ControlProblem } from '../sandbox-error.js';
import type { Fact } from './facts/fact.js';
import { goOn } from './facts/go-on.js';
import { History } from './history.js';
import { Session, type SessionEvent } from './session.js';
import { beginParts } from './session-parts.js';
import type { Setup } from './setup.js';

/** Letters, digits, dot, dash, underscore: it stands in a URL and in file names. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The session of those who name none. */
export const DEFAULT_SESSION = 'default';

/** Told of the session once it has begun; undefined: it was deleted before, or the sandbox has closed. */
type Waiting = (session: Session | undefined) => void;

/** All sessions of one server. A session begins when it is first named. */
export class Sandbox {
  readonly #sessions = new Map<string, Session>();
  /** The same ones, those first that have not been used for the longest. */
  readonly #byUse = new Set<Session>();
  #latest: Session | undefined;
  readonly #waiting = new Map<string, Set<Waiting>>();
  #closed = false;

  /** @param log told of everything that happens in any session */
  constructor(
    readonly setup: Setup,
    private readonly log: (session: Session, event: SessionEvent) => void = () => {},
  ) {}

  /** The session of a name, which begins if it has not yet. @throws ControlProblem */
  session(name = DEFAULT_SESSION): Session {
    const known = this.#use(name);
    if (known) return known;
    checkName(name);
    if (this.#makeRoom()) return this.#begin(name);
    throw tooMany(this.setup.limits.sessions);
  }

  /** The session if it has begun. */
  find(name: string): Session | undefined {
    return this.#sessions.get(name);
  }

  /** The session, which has begun; the one of those who name none is always there. @throws ControlProblem */
  existing(name: string): Session {
    const known = this.#use(name);
    if (known) return known;
    if (name === DEFAULT_SESSION) {
      this.#makeRoom();
      return this.#begin(DEFAULT_SESSION);
    }
    const names = [...new Set([DEFAULT_SESSION, ...this.#sessions.keys()])];
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
    const session = this.#sessions.get(name);
    if (!session) return false;
    this.#byUse.delete(session);
    session.close();
    return this.#sessions.delete(name);
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
   * @throws ControlProblem, UnservedApi, WrongFacts; nothing has changed then
   */
  async goOn(name: string, facts: readonly Fact[]): Promise<Session> {
    checkName(name);
    const parts = beginParts(name, this.setup);
    const keeper = await goOn(facts, parts, ({ state }, dropped) => new History(state, dropped));
    this.end(name);
    if (!this.#makeRoom()) throw tooMany(this.setup.limits.sessions);
    return this.#take(new Session(name, this.setup, this.log, parts, keeper));
  }

  /** Shows a session that is made already, such as one that only stands here. */
  show(session: Session): void {
    this.end(session.name);
    this.#take(session);
  }

  sessions(): IterableIterator<Session> {
    return this.#sessions.values();
  }

  #use(name: string): Session | undefined {
    const session = this.#sessions.get(name);
    if (!session || session === this.#latest) return session;
    this.#latest = session;
    this.#byUse.delete(session);
    this.#byUse.add(session);
    return session;
  }

  #begin(name: string): Session {
    return this.#take(new Session(name, this.setup, this.log));
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
      this.end(session.name);
      this.log(session, { kind: 'evicted' });
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
