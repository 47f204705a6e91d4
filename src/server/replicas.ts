import type { SessionStore, StoreView } from '../sandbox/session-store.js';

/** What people are told when the store may have forgotten something. */
export const RESTARTED =
  'Redis was started again, or another one has taken its place: sessions are read again, and what it had not kept is gone';

/** What outlives the end of Redis, where that is not all. */
const KEEPS: Readonly<Partial<Record<NonNullable<StoreView['durability']>, string>>> = {
  fast: 'Redis writes to its disk every second (appendfsync everysec): a power cut takes the last moments with it; appendfsync always keeps all',
  none: 'Redis writes nothing to its disk (appendonly no): all sessions are gone once it ends; set appendonly yes and appendfsync always',
  unknown:
    'Redis does not say whether it writes to its disk (CONFIG is forbidden): what outlives its end is not known',
};

/** What people are to know of a shared store at the start. */
export function noticesOf(store: SessionStore | undefined): string[] {
  if (!store?.others) return [];
  const { durability } = store.describe();
  const said = durability && KEEPS[durability];
  return said === undefined ? [] : [said];
}

/** Whether a fact, as it is kept, brings webhooks. */
export function isNews(fact: string): boolean {
  return fact.startsWith('{"k":"delivery"') || fact.startsWith('{"k":"subscribed"');
}
