import type { KeyRange } from '../store.js';
import type { Database } from './database.js';
import { recordKey } from './keys.js';
import type { Records, StoredSession } from './session.js';

type Found = { key: string; value: string };

/** Records of a range: those of the database, with what is noted and not there for sure laid over them. */
export async function readRange(
  database: Database,
  session: StoredSession,
  { from, before, limit }: KeyRange,
): Promise<Found[]> {
  const noted = notedIn(session.layers(), from, before);
  const keys = [...noted.keys()].sort(byCodePoint);
  const prefix = recordKey(session.id, '');
  const between = { gte: prefix + from, lt: prefix + before };
  const found: Found[] = [];
  let i = 0;
  const takeBefore = (key: string | undefined): void => {
    for (; i < keys.length && found.length < limit; i++) {
      const next = keys[i] as string;
      if (key !== undefined && byCodePoint(next, key) >= 0) return;
      const value = noted.get(next);
      if (value !== undefined) found.push({ key: next, value });
    }
  };
  if (byCodePoint(from, before) >= 0 || limit <= 0) return found;
  for await (const slice of database.entries(between, Math.min(limit + keys.length, 1_000))) {
    for (const [whole, value] of slice) {
      const key = whole.slice(prefix.length);
      takeBefore(key);
      if (found.length >= limit) return found;
      if (!noted.has(key)) found.push({ key, value });
    }
    if (found.length >= limit) return found;
  }
  takeBefore(undefined);
  return found;
}

/** What layers have of a range; the newest comes first among them. */
function notedIn(layers: readonly Records[], from: string, before: string): Records {
  const noted: Records = new Map();
  for (const layer of layers)
    for (const [key, value] of layer)
      if (byCodePoint(key, from) >= 0 && byCodePoint(key, before) < 0 && !noted.has(key))
        noted.set(key, value);
  return noted;
}

/** As LevelDB compares the bytes of UTF-8; `<` compares the units of UTF-16, where surrogates come before U+E000. */
function byCodePoint(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

const rank = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);
