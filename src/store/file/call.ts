import type { StoredSession } from './session.js';

/** What a call appends to one session: behind a position, in the lines behind the one at an index. */
interface Part {
  session: StoredSession;
  position: number;
  at: number;
  count: number;
}

/** A call in the making. Until it is written, its facts count for the call itself alone. */
export class Call {
  readonly #lines: string[] = [];
  readonly #parts: Part[] = [];

  get count(): number {
    return this.#lines.length - this.#parts.length;
  }

  add(session: StoredSession, facts: readonly string[]): void {
    let part = this.#parts.at(-1);
    if (part?.session !== session) {
      part = { session, position: session.next, at: this.#lines.length, count: 0 };
      this.#parts.push(part);
      this.#lines.push('');
    }
    for (const fact of facts) this.#lines.push(fact);
    part.count += facts.length;
    session.next += facts.length;
  }

  /** Facts that the call appends to a session. */
  of(session: StoredSession): string[] {
    const parts = this.#parts.filter((part) => part.session === session);
    return parts.flatMap((part) => this.#facts(part));
  }

  text(): string {
    for (const { session, position, at, count } of this.#parts)
      this.#lines[at] = session.line(position, count);
    return this.#lines.join('\n');
  }

  /** It is written. */
  *kept(): Iterable<StoredSession> {
    for (const part of this.#parts) {
      part.session.keep(this.#facts(part));
      yield part.session;
    }
  }

  /** It is not. */
  dropped(): void {
    for (const { session } of this.#parts) session.drop();
  }

  #facts({ at, count }: Part): string[] {
    return this.#lines.slice(at + 1, at + 1 + count);
  }
}
