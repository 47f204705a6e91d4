import { StoreUnavailable } from '../store.js';

/** As the C library puts it: a full disk, a quota that is used up, a file that may not grow. */
const NO_ROOM = /No space left|Disk quota exceeded|File too large/i;
/** What Node says of a system call, between the code of the error and the name of the call. */
const OF_NODE = /^E[A-Z0-9]+: (.*), [a-z]+(?: '.*')?$/;

/** What LevelDB says, without its `IO error:` and paths. */
export function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  const said = cause instanceof Error ? cause.message : message;
  return said
    .replace(OF_NODE, '$1')
    .split(': ')
    .filter((part) => !/error$|^\/|\.(log|ldb|dbtmp)$/i.test(part))
    .join(': ');
}

export function hasNoRoom(error: unknown): boolean {
  const { message, cause } = error as Error;
  if ((error as NodeJS.ErrnoException).code === 'EDQUOT') return true;
  return NO_ROOM.test(message) || (cause instanceof Error && NO_ROOM.test(cause.message));
}

/** @param error of the database */
export function unavailable(error: unknown): StoreUnavailable {
  if (error instanceof StoreUnavailable) return error;
  if (hasNoRoom(error))
    return new StoreUnavailable(
      'STORE_FULL',
      `the store has no room to write (${reasonOf(error)})`,
      'free some megabytes on its disk: it goes on by itself, and has lost nothing',
    );
  return new StoreUnavailable(
    'STORE_UNAVAILABLE',
    `the store cannot be reached (${reasonOf(error)})`,
    'look after its disk: it goes on by itself as soon as it can',
  );
}
