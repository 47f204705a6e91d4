import type { Sandbox } from '../../sandbox/sandbox.js';
import type { Session } from '../../sandbox/session.js';
import type { Duration, MachineMs } from '../../time/moments.js';

/** Sessions are looked through this often within the time that they may be idle. */
const LOOKS = 4;

/** And not more often than this, nor more rarely. */
const SHORTEST: Duration = 50;
const LONGEST: Duration = 60_000;

/** Deletes sessions that nobody has used for long. */
export class Idleness {
  readonly #usedAt = new WeakMap<Session, MachineMs>();
  #timer: NodeJS.Timeout | undefined;
  #looking = false;

  /** @param expired told of each session that is deleted */
  constructor(
    private readonly sandbox: Sandbox,
    private readonly idle: Duration,
    private readonly expired: (session: string) => void,
  ) {
    sandbox.onUse = (session) => this.note(session);
  }

  /** It is used now. */
  note(session: Session): void {
    this.#usedAt.set(session, performance.now());
  }

  begin(): void {
    const every = Math.min(Math.max(this.idle / LOOKS, SHORTEST), LONGEST);
    this.#timer = setInterval(() => void this.#look(), every).unref();
  }

  end(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      for (const session of [...this.sandbox.sessions()]) {
        if (this.#isIdle(session)) await this.#expire(session);
      }
    } finally {
      this.#looking = false;
    }
  }

  #isIdle(session: Session): boolean {
    if (session.busy || !this.#usedAt.has(session)) this.note(session);
    const usedAt = this.#usedAt.get(session) ?? 0;
    return performance.now() - usedAt > this.idle;
  }

  async #expire(session: Session): Promise<void> {
    const { name } = session;
    try {
      // Another server may have it in use.
      await this.sandbox.caughtUp(name);
    } catch {
      return;
    }
    if (this.sandbox.find(name) !== session || !this.#isIdle(session)) return;
    this.sandbox.end(name);
    this.expired(name);
  }
}
