import type { Database } from './database.js';
import { recordKey } from './keys.js';
import type { StoredSession } from './session.js';

/** Values of records: what is noted and not in the database for sure, else what the database has. */
export async function readRecords(
  database: Database,
  session: StoredSession,
  keys: readonly string[],
): Promise<(string | undefined)[]> {
  const layers = session.layers();
  const values: (string | undefined)[] = [];
  const unknown: number[] = [];
  for (const [i, key] of keys.entries()) {
    const layer = layers.find((records) => records.has(key));
    values.push(layer?.get(key));
    if (!layer) unknown.push(i);
  }
  if (unknown.length === 0) return values;
  const wanted = unknown.map((i) => recordKey(session.id, keys[i] as string));
  const found = await database.getMany(wanted);
  for (const [n, i] of unknown.entries()) values[i] = found[n];
  return values;
}
