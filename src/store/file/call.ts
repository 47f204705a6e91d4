import type { FactBytes } from './fact-bytes.js';
import type { StoredSession } from './session.js';

/** What a call appends to one session: behind a position, in the lines behind the one at an index. */
interface Part {
  session: StoredSession;
  position: number;
  at: number;
  count: number;
  /** Where its facts stand once it is written. */
  facts: FactBytes | undefined;
}

/** A call in the making. Until it is written, its facts count for the call itself alone. */
export class Call {
  readonly #lines: string[] = [];
  /** Bytes of each line. */
  readonly #sizes: number[] = [];
  readonly #parts: Part[] = [];

  get count(): number {
    return this.#lines.length - this.#parts.length;
  }

  add(session: StoredSession, facts: readonly string[]): void {
    const part = this.#partOf(session);
    for (const fact of facts) this.#lines.push(fact);
    part.count += facts.length;
    session.next += facts.length;
  }

  /** The session ends. */
  end(session: StoredSession): void {
    this.#lines.push(session.line(session.position, '-'));
  }

  /** Facts that the call appends to a session. */
  of(session: StoredSession): string[] {
    const parts = this.#parts.filter((part) => part.session === session);
    return parts.flatMap(({ at, count }) => this.#lines.slice(at + 1, at + 1 + count));
  }

  /** How many bytes it has; nothing is added to it any more. */
  measure(): number {
    for (const { session, position, at, count } of this.#parts)
      this.#lines[at] = session.line(position, count);
    let size = this.#lines.length - 1;
    for (const line of this.#lines) {
      const bytes = Buffer.byteLength(line);
      this.#sizes.push(bytes);
      size += bytes;
    }
    return size;
  }

  /** Writes it where there is room. */
  write(to: Buffer, at: number): void {
    const ends: number[] = [];
    let next = at;
    for (const [i, line] of this.#lines.entries()) {
      if (i > 0) to[next++] = LINE_END;
      const size = this.#sizes[i] as number;
      // As long in bytes as in characters: of ASCII alone, which takes a third of the time so.
      to.write(line, next, size === line.length ? 'latin1' : 'utf8');
      next += size;
      ends.push(next);
    }
    for (const part of this.#parts) {
      const { at, count } = part;
      const from = (ends[at] as number) + 1;
      part.facts = { bytes: to, from, to: ends[at + count] as number, count };
    }
  }

  /** It is written. */
  *kept(): Iterable<StoredSession> {
    for (const { session, facts } of this.#parts) {
      session.keep(facts as FactBytes);
      yield session;
    }
  }

  /** It is not. */
  dropped(): void {
    for (const { session } of this.#parts) session.drop();
  }

  #partOf(session: StoredSession): Part {
    const last = this.#parts.at(-1);
    if (last?.session === session) return last;
    const position = session.next;
    const part = { session, position, at: this.#lines.length, count: 0, facts: undefined };
    this.#parts.push(part);
    this.#lines.push('');
    return part;
  }
}

const LINE_END = 10;
