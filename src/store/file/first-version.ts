import type { FoundCall } from './ahead-log.js';
import type { Database } from './database.js';
import { CALL_PREFIX, callKey, callNumber, under } from './keys.js';

/**
 * Calls that a store of the first version has written ahead into its database. They are written behind as it is
 * opened, and there are none any more then.
 * @param from the first that is nowhere else
 * @returns with their keys, also of those behind one that is missing
 */
export async function callsInside(
  database: Database,
  from: number,
): Promise<{ calls: FoundCall[]; keys: string[] }> {
  const calls: FoundCall[] = [];
  const keys: string[] = [];
  const ahead = { ...under(CALL_PREFIX), gte: callKey(from) };
  for await (const entries of database.entries(ahead, 100))
    for (const [key, text] of entries) {
      keys.push(key);
      const number = callNumber(key);
      // In a power cut that the store was not to outlive, calls before this one were lost.
      if (number !== from + calls.length) continue;
      const bytes = Buffer.from(text);
      calls.push({ number, bytes, from: 0, to: bytes.length });
    }
  return { calls, keys };
}
