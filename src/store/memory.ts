import type { Append, Appended, Store } from './store.js';

/** Facts of one session; those up to `trimmed` are gone. */
interface Facts<F> {
  trimmed: number;
  kept: F[];
}

/** How many facts a reader gets at once. */
const SLICE = 1_000;

/** Keeps facts as they are, for as long as the process lives. Nothing has to be waited for. */
export class MemoryStore<F> implements Store<F> {
  readonly immediate = true;
  readonly #sessions = new Map<string, Facts<F>>();

  append(appends: readonly Append<F>[]): Appended<F>[] {
    return appends.map((append) => this.#add(append));
  }

  async *read(session: string, after: number): AsyncIterable<readonly F[]> {
    const { trimmed, kept } = this.#sessions.get(session) ?? { trimmed: 0, kept: [] };
    const found = kept.slice(Math.max(0, after - trimmed));
    for (let i = 0; i < found.length; i += SLICE) yield found.slice(i, i + SLICE);
  }

  end(session: string): void {
    this.#sessions.delete(session);
  }

  async *sessions(): AsyncIterable<readonly string[]> {
    const names = [...this.#sessions.keys()];
    for (let i = 0; i < names.length; i += SLICE) yield names.slice(i, i + SLICE);
  }

  /** Forgets facts up to a position. */
  trim(session: string, position: number): void {
    const facts = this.#sessions.get(session);
    if (!facts || position <= facts.trimmed) return;
    const gone = Math.min(position - facts.trimmed, facts.kept.length);
    facts.kept = facts.kept.slice(gone);
    facts.trimmed += gone;
  }

  async close(): Promise<void> {
    this.#sessions.clear();
  }

  #add({ session, expected, facts }: Append<F>): Appended<F> {
    const found = this.#sessions.get(session);
    const position = found ? found.trimmed + found.kept.length : 0;
    if (position !== expected)
      return { missed: found?.kept.slice(Math.max(0, expected - found.trimmed)) ?? [] };
    if (facts.length === 0) return { position };
    if (found) for (const fact of facts) found.kept.push(fact);
    else this.#sessions.set(session, { trimmed: 0, kept: [...facts] });
    return { position: position + facts.length };
  }
}
