import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { filesNamed } from '../load/files-named.js';
import { isPackFolder, type ServedFiles } from '../load/pack-description.js';
import { UsageError } from '../sandbox-error.js';
import { BOARD } from '../server/board/is-for-board.js';
import { checkFile } from '../server/carried/check-file.js';
import { differencesOf } from '../server/carried/differences.js';
import { readSessionFile } from '../server/carried/read-session-file.js';
import type { SessionFile } from '../server/carried/session-file.js';
import { startServer } from '../server/server.js';
import { t } from '../texts/spoken.js';
import { say } from './output.js';
import { readSessionBytes } from './session.js';
import { stopOnSignal } from './stop-on-signal.js';

export interface OpenOptions extends ServedFiles {
  port: number;
}

/** Lets people look at the file of a session until SIGTERM or SIGINT. @throws UsageError, ControlProblem, FileError */
export async function openFile(
  path: string,
  files: readonly string[],
  options: OpenOptions,
): Promise<void> {
  const name = basename(path);
  const file = await readSessionFile(await readSessionBytes(path), name);
  const given = filesNamed(files, options);
  const isGiven = Object.values(given).some((value) => value !== undefined);
  const served = isGiven ? given : servedBy(file, name);
  const starting = startServer({ ...defined(served), port: options.port, readOnly: name });
  stopOnSignal(say, async () => (await starting).close());
  const server = await starting;
  try {
    const { session, exchanges, made, program } = file.header;
    for (const line of await differencesOf(file, server.sandbox.setup.apis, served)) {
      process.stderr.write(`${t('warning')}: ${t(line)}\n`);
    }
    server.sandbox.show(await checkFile(file, session, server.sandbox.setup, name));
    say(
      t`${name}: session ${session}, exchanges ${exchanges.first} to ${exchanges.last}, made ${made} by esoz-sandbox ${program}`,
    );
    say(`${server.url}${BOARD}`);
    say(t('It can be looked at, and not changed; Ctrl-C stops.'));
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** What the file was made with, as far as that is here. */
function servedBy({ header }: SessionFile, name: string): ServedFiles {
  const { served, apis } = header;
  const packs = [served.pack ?? []].flat().filter((pack) => isPackFolder(pack));
  const missing = [...packs, ...[served.spec ?? []].flat()].find((one) => !existsSync(one));
  if (missing === undefined) return served;
  const titles = apis.map(({ contract }) => contract.title).join(', ');
  const what = `${name} was made with ${missing} (${titles}), which is not here`;
  const hint = 'say where it is: --pack FOLDER, or --spec FILE --binding FILE';
  throw new UsageError('SESSION_FILE_UNSERVED', what, hint);
}

function defined(served: ServedFiles): ServedFiles {
  const entries = Object.entries(served).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
}
