import { realpath } from 'node:fs/promises';
import { UsageError } from '../../sandbox-error.js';
import { Database } from './database.js';
import { FileStore } from './file-store.js';
import { refusal, storeFolder } from './folder.js';
import { LIFE } from './keys.js';
import { loadEngine } from './load-engine.js';
import { reasonOf } from './unavailable.js';

export interface OpenFileStore {
  folder: string;
  /**
   * Whether what is answered is on the disk, and so outlives a power cut. Else the kernel has it: it outlives the
   * process, and a power cut takes the last moments.
   */
  strict: boolean;
  /** Milliseconds since 1970. */
  now: number;
  /** Facts and records that may wait in memory to be written behind; 10,000 when left out. */
  waiting?: number;
}

/**
 * Folders that this process has open. LevelDB's own lock is lost when its process so much as tries to open the folder
 * a second time: locks of POSIX end as soon as any descriptor of their file is closed (fcntl(2)).
 */
const OPEN = new Set<string>();

/** More make for fewer keys and less work, and for more memory and longer batches. */
const WAITING = 10_000;

/**
 * Opens the store of a folder; makes it where there is none. Nobody else can have it open at the same time.
 *
 * @throws UsageError where it cannot be; the store is as it was then
 */
export async function openFileStore(options: OpenFileStore): Promise<FileStore> {
  const { folder, strict, now, waiting = WAITING } = options;
  const engine = await loadEngine();
  const { data, renew } = await storeFolder(folder);
  const real = await realpath(folder);
  if (OPEN.has(real)) throw locked(folder, 'this process');
  OPEN.add(real);
  const ended = () => OPEN.delete(real);
  const database = await Database.open(data, engine).catch((error) => {
    ended();
    throw refused(folder, error as Error);
  });
  try {
    const text = database.getNow(LIFE);
    const { since, opened } = text ? JSON.parse(text) : { since: now, opened: 0 };
    const life: FileStore['life'] = { since, opened: opened + 1 };
    await database.put(LIFE, JSON.stringify(life), true);
    return await FileStore.open(database, { life, strict, waiting, folder: real, renew, ended });
  } catch (error) {
    await database.close();
    ended();
    throw refusal(folder, error);
  }
}

function refused(folder: string, error: Error): UsageError {
  const { code } = (error.cause ?? error) as NodeJS.ErrnoException;
  if (code === 'LEVEL_LOCKED') return locked(folder, 'another process');
  return refusal(folder, new Error(reasonOf(error), { cause: error }));
}

function locked(folder: string, who: string): UsageError {
  return new UsageError(
    'STORE_LOCKED',
    `${who} has the store in ${folder} open`,
    'stop what has it open, or name another folder',
  );
}
