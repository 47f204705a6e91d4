import type { Database } from './database.js';
import { type FactBytes, textsOf } from './fact-bytes.js';
import { factsBetween, factsPosition } from './keys.js';
import type { StoredSession } from './session.js';

/** Keys with facts that are fetched at a time. */
const KEYS = 1_000;
/** Facts of memory in one slice, at least. */
const SLICE = 1_000;

/** Facts behind a position: those of the database, then those that are not there for sure. */
export async function* readFacts(
  database: Database,
  session: StoredSession,
  after: number,
): AsyncIterable<readonly string[]> {
  const { id, behind, facts, position, trimmed } = session;
  let read = Math.max(after, trimmed);
  if (read < behind) {
    // A key may reach beyond `behind`, and keys may overlap, where it is not known whether a batch was written.
    const entries = database.entries(factsBetween(id, read, Number.MAX_SAFE_INTEGER / 10), KEYS);
    for await (const slice of entries) {
      const found: string[] = [];
      for (const [key, text] of slice) {
        const last = factsPosition(key);
        const all = text.split('\n');
        const from = last - all.length;
        if (from > read)
          throw new Error(`facts ${read + 1} to ${from} of ${session.name} are gone`);
        const wanted = all.slice(read - from, behind - from);
        found.push(...wanted);
        read += wanted.length;
      }
      if (found.length > 0) yield found;
      if (read >= behind) break;
    }
  }
  yield* ofMemory(facts, behind, read, position);
}

/** Facts behind a position, up to another, of parts that begin behind `at`. */
function* ofMemory(
  parts: readonly FactBytes[],
  at: number,
  after: number,
  upTo: number,
): Iterable<string[]> {
  let found: string[] = [];
  let end = at;
  for (const part of parts) {
    if (end >= upTo) break;
    end += part.count;
    if (end <= after) continue;
    const known = Math.max(0, after - (end - part.count));
    for (const text of textsOf(part).slice(known)) found.push(text);
    if (found.length < SLICE) continue;
    yield found;
    found = [];
  }
  if (found.length > 0) yield found;
}
