import { readStoreOption, type StoreChoice } from '../load/store-option.js';
import type { SessionStore } from '../sandbox/session-store.js';
import type { Setup } from '../sandbox/setup.js';
import type { Storing } from '../sandbox/stored/store-keeper.js';

/** Told of what becomes of sessions in their store. */
export interface StoreEvents {
  /** What sessions hold has run ahead of what could be kept. */
  onLoss(error: Error): void;
  /** Others have changed a session. */
  onChange(session: string): void;
  /** Others have kept facts of a session that is not known here. */
  onHeard(session: string, facts: readonly string[]): void;
  /** Nobody knows what others have done meanwhile. */
  onGap(): void;
  /** The store may have forgotten the last of what it was told. */
  onRestart(): void;
  /** A server says something to all that share the store. */
  onSaid(text: string): void;
}

/**
 * Opens where sessions are to outlive the process; undefined: nowhere. Nothing of it is loaded unless it is asked for.
 * @param storing how sessions are spread over memory and store, where otherwise than usual
 * @throws UsageError when it cannot be opened
 */
export async function openStore(
  option: string | undefined,
  setup: Setup,
  events: StoreEvents,
  storing?: Partial<Storing>,
): Promise<SessionStore | undefined> {
  const choice = option === undefined ? undefined : readStoreOption(option);
  if (choice === undefined || choice.kind === 'memory') return undefined;
  return choice.kind === 'file'
    ? openFile(choice, setup, events, storing)
    : openRedis(choice, setup, events, storing);
}

async function openFile(
  choice: Extract<StoreChoice, { kind: 'file' }>,
  setup: Setup,
  { onLoss }: StoreEvents,
  storing?: Partial<Storing>,
): Promise<SessionStore> {
  const [{ openFileStore }, { StoredSessions }] = await Promise.all([
    import('../store/file/open-file-store.js'),
    import('../sandbox/stored/stored-sessions.js'),
  ]);
  const { folder, durability } = choice;
  const strict = durability === 'strict';
  // What was written down by the process before this one came before: its clock began at another moment.
  setup.steady = () => performance.timeOrigin + performance.now();
  const store = await openFileStore({ folder, strict, now: setup.wall() });
  return new StoredSessions(store, setup, choice, onLoss, undefined, storing);
}

async function openRedis(
  { url, prefix }: Extract<StoreChoice, { kind: 'redis' }>,
  setup: Setup,
  { onLoss, onChange, onHeard, onGap, onRestart, onSaid }: StoreEvents,
  storing?: Partial<Storing>,
): Promise<SessionStore> {
  const [{ openRedisStore, withoutPassword }, { StoredSessions }] = await Promise.all([
    import('../store/redis/open-redis-store.js'),
    import('../sandbox/stored/stored-sessions.js'),
  ]);
  const { store, durability } = await openRedisStore({ url, prefix });
  // All who share the store see one time.
  setup.steady = () => store.now();
  setup.wall = () => Math.floor(store.now());
  const view = { kind: 'redis', url: withoutPassword(url), durability } as const;
  const shared = {
    store,
    renew: onChange,
    heard: onHeard,
    gap: onGap,
    restarted: onRestart,
    said: onSaid,
  };
  return new StoredSessions(store, setup, view, onLoss, shared, storing);
}
