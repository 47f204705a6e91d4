import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServedFiles } from '../../load/pack-description.js';
import { commandFailed, isKnown, isRed, isUnplayed } from '../../report/describe.js';
import type { Chapter } from '../../report/report.js';
import type { Session } from '../../sandbox/session.js';
import { UsageError } from '../../sandbox-error.js';
import { FILE_ENDING } from '../../server/carried/session-file.js';

/** Which sessions are kept as files, and where. */
export interface Keeping {
  folder: string;
  /** Those of green scenarios too. */
  all: boolean;
  served: ServedFiles;
}

/** Finds out before the work begins whether files can be written after it. @throws UsageError */
export async function prepareKeeping(
  folder: string | undefined,
  all: boolean,
  served: ServedFiles,
): Promise<Keeping | undefined> {
  if (folder === undefined) {
    if (!all) return undefined;
    const hint = 'say where the files go: --keep FOLDER';
    throw new UsageError('USAGE_OPTION_CONFLICT', '--keep-all goes with --keep', hint);
  }
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    const what = `--keep ${folder}: cannot be written (${error.code})`;
    throw new UsageError('USAGE_WRONG_OPTION', what, 'name a folder that you may write to');
  });
  return { folder, all, served };
}

/** Writes the session of a chapter that is red, or of any. @returns the file; undefined: none is kept */
export async function keepSession(
  keeping: Keeping | undefined,
  session: Session,
  chapter: Chapter,
): Promise<string | undefined> {
  if (!keeping) return undefined;
  const red =
    !isKnown(chapter) && (isRed(chapter) || isUnplayed(chapter) || commandFailed(chapter.command));
  if (!red && !keeping.all) return undefined;
  const { fileOf } = await import('../../server/carried/file-of.js');
  const { writeSessionFile } = await import('../../server/carried/write-session-file.js');
  const { tapeOf } = await import('../../sandbox/facts/tape.js');
  const tape = await tapeOf(session.facts());
  const { verdict } = chapter;
  const bytes = await writeSessionFile(await fileOf(session, tape, keeping.served, false, verdict));
  const file = join(keeping.folder, `${fileName(chapter.name)}${FILE_ENDING}`);
  await writeFile(file, bytes);
  return file;
}

/** Names that Windows keeps for devices, whatever follows behind a dot ("Naming Files, Paths, and Namespaces"). */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(?=$|\.)/i;

/** A name that every system takes for a file. */
export function fileName(scenario: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no system takes them
  const signs = scenario.replace(/[<>:"/\\|?*\x00-\x1f]/g, '-').replace(/[. ]+$/, '-');
  return signs.replace(DEVICES, '_$1').slice(0, 200);
}
