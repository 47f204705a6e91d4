import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { hindrances, type Problem } from '../../problem.js';
import type { Api, Apis } from '../../sandbox/api.js';
import { ControlProblem } from '../../sandbox-error.js';
import { apiFilesOf, isPackaged, type ServedFiles } from '../pack-description.js';
import { shown } from '../scenario-files.js';
import { type LintedText, lintText } from './lint-text.js';
import { ownFolder } from './own-folder.js';

/** Where a scenario would be written, and what is there now; or why it cannot be. */
export type Target = { file: string; hash: string | null } | { refused: ControlProblem };

/** Names a text: who saves says which one is to be replaced. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/**
 * The file in a folder of the person's own that a scenario of an API is saved to: the one that it was read from, else
 * `NAME.yaml`.
 */
export async function targetOf(api: Api, served: ServedFiles, name: string): Promise<Target> {
  const files = apiFilesOf(served)[api.from] ?? {};
  const folder = ownFolder(files, api.binding.name);
  if (folder === undefined) return { refused: noFolder() };
  if (isPackaged(join(folder, `${name}.yaml`))) return { refused: packaged(folder) };
  const known = api.catalogue.get(name)?.file;
  const file =
    known && isBelow(resolve(known), folder) ? known : shown(join(resolve(folder), `${name}.yaml`));
  if (!(await isWritable(folder))) return { refused: readOnly(folder) };
  if (!(await staysWithin(file, folder))) return { refused: outside(file, folder) };
  const before = await readFile(file, 'utf8').catch(() => undefined);
  if (before !== undefined && !(await isWritable(file))) return { refused: readOnly(file) };
  return { file, hash: before === undefined ? null : hashOf(before) };
}

/**
 * Writes a scenario into the person's own folder, and serves it from then on.
 * @param over hash of the text that it takes the place of; null: there is none
 * @throws ControlProblem, and nothing has changed then
 */
export async function saveScenario(
  apis: Apis,
  served: ServedFiles,
  name: string,
  { yaml, api: said, over }: { yaml: string; api?: string | undefined; over: string | null },
): Promise<{ file: string; hash: string; created: boolean; problems: readonly Problem[] }> {
  const first = await lintText(apis, served, { yaml, api: said });
  checkName(name, first);
  const target = await targetOf(first.api, served, name);
  if ('refused' in target) throw target.refused;
  const { file, hash } = target;
  const linted = await lintText(apis, served, { yaml, api: said, file });
  checkGood(linted);
  if (hash !== over) throw changed(file, hash, over);
  await write(file, yaml);
  for (const [api, catalogue] of linted.catalogues) api.catalogue = catalogue;
  return { file, hash: hashOf(yaml), created: hash === null, problems: linted.problems };
}

function checkName(name: string, { scenario, problems }: LintedText): void {
  if (!scenario || scenario.name === name || hindrances(problems).length > 0) return;
  const what = `the text is of the scenario "${scenario.name}", and is to be saved as "${name}"`;
  const hint = 'give both the same name';
  throw new ControlProblem(422, 'SCENARIO_NAME_DIFFERS', what, hint);
}

/** A file with a mistake would keep the sandbox from starting. */
function checkGood({ scenario, problems }: LintedText): void {
  const [first, ...more] = hindrances(problems);
  if (scenario && !first) return;
  const others = more.length > 0 ? ` (and ${more.length} more)` : '';
  const what = first
    ? `line ${first.line}: ${first.message}${others}`
    : 'it is in the words of another API';
  throw new ControlProblem(
    422,
    'SCENARIO_NOT_SAVED',
    what,
    'mend it first; POST /lint lists it all',
  );
}

/** The new text stands there whole, or the old one does. */
async function write(file: string, text: string): Promise<void> {
  const beside = join(dirname(file), `.${randomBytes(6).toString('hex')}.saving`);
  try {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(beside, 'wx', 0o644);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {});
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ControlProblem(
      403,
      'SCENARIO_FOLDER_READ_ONLY',
      `${file} cannot be written (${code ?? message})`,
      'let the sandbox write there, or download the file',
    );
  }
}

async function isWritable(path: string): Promise<boolean> {
  for (let at = resolve(path); ; at = dirname(at)) {
    const there = await stat(at).catch(() => undefined);
    if (there) {
      return access(at, constants.W_OK).then(
        () => true,
        () => false,
      );
    }
    if (dirname(at) === at) return false;
  }
}

/** A link within the folder may lead out of it. */
async function staysWithin(file: string, folder: string): Promise<boolean> {
  const home = await realpath(folder).catch(() => resolve(folder));
  const at = await realpath(file).catch(async () => {
    const parent = await realpath(dirname(file)).catch(() => resolve(dirname(file)));
    return join(parent, 'NEW.yaml');
  });
  return isBelow(at, home);
}

function isBelow(path: string, folder: string): boolean {
  return resolve(path).startsWith(resolve(folder) + sep);
}

function noFolder(): ControlProblem {
  const what = 'there is no folder to save scenarios in';
  const hint = 'start the sandbox with --scenarios FOLDER, or download the file';
  return new ControlProblem(409, 'SCENARIO_NO_FOLDER', what, hint);
}

function packaged(folder: string): ControlProblem {
  const what = `${folder} comes with the package, and nothing is written there`;
  const hint = 'name a folder of your own with --scenarios';
  return new ControlProblem(403, 'SCENARIO_FOLDER_PACKAGED', what, hint);
}

function readOnly(path: string): ControlProblem {
  const what = `${path} cannot be written`;
  const hint = 'let the sandbox write there, or download the file';
  return new ControlProblem(403, 'SCENARIO_FOLDER_READ_ONLY', what, hint);
}

function outside(file: string, folder: string): ControlProblem {
  const what = `${file} leads out of ${folder}`;
  const hint = 'replace the link by a file';
  return new ControlProblem(403, 'SCENARIO_OUTSIDE_FOLDER', what, hint);
}

function changed(file: string, hash: string | null, over: string | null): ControlProblem {
  if (over === null) {
    const what = `${file} is there already`;
    const hint = 'take another name, or read it first and send its hash as "over"';
    return new ControlProblem(409, 'SCENARIO_FILE_EXISTS', what, hint);
  }
  const what =
    hash === null ? `${file} is not there any more` : `${file} has changed since it was read`;
  const hint = 'read it again, or save under another name';
  return new ControlProblem(409, 'SCENARIO_FILE_CHANGED', what, hint);
}
