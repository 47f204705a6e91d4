import { Session, type SessionEvent } from './session.js';
import type { Setup } from './setup.js';

/** Letters, digits, dot, dash, underscore: it stands in a URL and in file names. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export type SessionProblem = { problem: string; status: 400 | 429 };

/** All sessions of one server. A session begins when it is first named. */
export class Sandbox {
  readonly #sessions = new Map<string, Session>();
  #closed = false;

  /** @param log told of everything that happens in any session */
  constructor(
    readonly setup: Setup,
    private readonly log: (session: Session, event: SessionEvent) => void = () => {},
  ) {}

  session(name = 'default'): Session | SessionProblem {
    const known = this.#sessions.get(name);
    if (known) return known;
    if (!NAME.test(name)) {
      const rule = 'a session name has 1 to 64 letters, digits, dots, dashes or underscores';
      return { status: 400, problem: `${rule}; this one is ${JSON.stringify(name.slice(0, 80))}` };
    }
    const { sessions } = this.setup.limits;
    if (this.#sessions.size >= sessions) {
      const next =
        'DELETE /__sandbox/sessions/{session} ends one, --keep-sessions raises the limit';
      return { status: 429, problem: `${sessions} sessions are open already; ${next}` };
    }
    const session = new Session(name, this.setup, this.log);
    this.#sessions.set(name, session);
    if (this.#closed) session.close();
    return session;
  }

  /** The session if it has begun. */
  find(name: string): Session | undefined {
    return this.#sessions.get(name);
  }

  /** Forgets a session and all it holds; false when there was none. */
  end(name: string): boolean {
    this.#sessions.get(name)?.close();
    return this.#sessions.delete(name);
  }

  /** Ends every session; one that is first named from now on has ended already. */
  close(): void {
    this.#closed = true;
    for (const session of this.#sessions.values()) session.close();
  }

  sessions(): IterableIterator<Session> {
    return this.#sessions.values();
  }
}

export function isProblem(found: Session | SessionProblem): found is SessionProblem {
  return 'problem' in found;
}
