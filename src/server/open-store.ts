import { readStoreOption } from '../load/store-option.js';
import type { SessionStore } from '../sandbox/session-store.js';
import type { Setup } from '../sandbox/setup.js';
import type { Storing } from '../sandbox/stored/store-keeper.js';

/**
 * Opens where sessions are to outlive the process; undefined: nowhere. Nothing of it is loaded unless it is asked for.
 * @param onLoss told when what sessions hold has run ahead of what could be kept
 * @param storing how sessions are spread over memory and store, where otherwise than usual
 * @throws UsageError when it cannot be opened
 */
export async function openStore(
  option: string | undefined,
  setup: Setup,
  onLoss: (error: Error) => void,
  storing?: Partial<Storing>,
): Promise<SessionStore | undefined> {
  const choice = option === undefined ? undefined : readStoreOption(option);
  if (choice === undefined || choice.kind === 'memory') return undefined;
  const { folder, durability } = choice;
  const [{ openFileStore }, { StoredSessions }] = await Promise.all([
    import('../store/file/open-file-store.js'),
    import('../sandbox/stored/stored-sessions.js'),
  ]);
  const strict = durability === 'strict';
  // What was written down by the process before this one came before: its clock began at another moment.
  setup.steady = () => performance.timeOrigin + performance.now();
  const store = await openFileStore({ folder, strict, now: setup.wall() });
  return new StoredSessions(store, setup, { folder, durability }, onLoss, storing);
}
