import { constants } from 'node:fs';
import { access, mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../../sandbox-error.js';
import { hasNoRoom } from './unavailable.js';

/** The version of what a store holds. A newer one is left alone; an older one is read, and is one of this then. */
const VERSION = 2;
const MARK = 'store.json';
/** What a folder may hold and be empty all the same: roots of file systems, leftovers of desktops. */
const NOTHING = /^(lost[+]found|[.].*|System Volume Information|desktop[.]ini|Thumbs[.]db)$/;

/**
 * Makes the folder of a store, or looks whether it is one that can be opened; changes nothing in any other.
 *
 * @returns the folder of its database, and what makes it a store of this version
 * @throws UsageError
 */
export async function storeFolder(
  folder: string,
): Promise<{ data: string; renew(): Promise<void> }> {
  await make(folder);
  const version = await readVersion(folder);
  if (version !== undefined && version > VERSION)
    throw new UsageError(
      'STORE_NEWER',
      `the store in ${folder} was written by a newer version (its form is ${version}, this one reads up to ${VERSION})`,
      'open it with that version, or name another folder',
    );
  await writable(folder);
  if (version === undefined) await mark(folder);
  const isOlder = version !== undefined && version < VERSION;
  return {
    data: join(folder, 'data'),
    renew: async () => {
      if (isOlder) await mark(folder);
    },
  };
}

async function make(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    // Node says so, too, of what cannot be made where nothing can be written (EROFS).
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') await writable(await nearest(folder));
    throw refusal(folder, error);
  }
  if (!(await stat(folder)).isDirectory()) throw refusal(folder, { code: 'ENOTDIR' });
}

/** The folder itself, or the nearest above it that there is. */
async function nearest(folder: string): Promise<string> {
  for (let at = resolve(folder); ; at = dirname(at))
    if (
      await access(at).then(
        () => true,
        () => at === dirname(at),
      )
    )
      return at;
}

async function readVersion(folder: string): Promise<number | undefined> {
  try {
    const text = await readFile(join(folder, MARK), 'utf8');
    const { store, version } = JSON.parse(text) as { store?: unknown; version?: unknown };
    if (store === 'esoz-sandbox' && typeof version === 'number') return version;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && !(error instanceof SyntaxError)) throw refusal(folder, error);
  }
  const names = (await readdir(folder)).filter((name) => !NOTHING.test(name));
  if (names.length === 0) return undefined;
  throw new UsageError(
    'STORE_FOREIGN',
    `${folder} holds something else than a store (${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''})`,
    'name an empty folder, or one that is not there yet',
  );
}

async function writable(folder: string): Promise<void> {
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw refusal(folder, error);
  }
}

/** Written under another name first: a store is either marked or not. */
async function mark(folder: string): Promise<void> {
  const beside = join(folder, `.${MARK}.${process.pid}`);
  try {
    const text = `${JSON.stringify({ store: 'esoz-sandbox', version: VERSION })}\n`;
    await writeFile(beside, text, { flush: true });
    await rename(beside, join(folder, MARK));
  } catch (error) {
    throw refusal(folder, error);
  }
}

/** What the system says about a folder, as a person is told. */
export function refusal(folder: string, error: unknown): UsageError {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return new UsageError(
      'STORE_NOT_A_FOLDER',
      `${folder} is no folder`,
      'name a folder for the store; one that is not there is made',
    );
  if (['EROFS', 'EACCES', 'EPERM'].includes(code))
    return new UsageError(
      'STORE_READ_ONLY',
      `the store in ${folder} cannot be written to (${code})`,
      'let the user that the sandbox runs as write there, or name another folder',
    );
  if (code === 'ENOSPC' || hasNoRoom(error))
    return new UsageError(
      'STORE_FULL',
      `the store in ${folder} cannot be opened: its disk has no room`,
      'free some megabytes, and start again; it has lost nothing',
    );
  return new UsageError(
    'STORE_DAMAGED',
    `the store in ${folder} cannot be opened: ${message}`,
    'look after its disk, or name another folder',
  );
}
