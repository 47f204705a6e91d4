import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { TOLERANCES } from '../audit/rules/index.js';
import { FileError, hindrances, type Problem } from '../problem.js';
import type { Api, Catalogue } from '../sandbox/api.js';
import { bindingFaults } from '../sandbox/binding-faults/binding-faults.js';
import { vocabularyOf } from '../sandbox/binding-words.js';
import { checkAnswersAgainstContract } from '../sandbox/check-answers.js';
import { sameConditions } from '../scenario/same-conditions.js';
import type { Scenario } from '../scenario/scenario.js';
import { type Prepared, preparedKey, readPrepared } from './catalogue-cache.js';
import { foreignFolders } from './pack-description.js';

/** Name of the folders, among scenarios, that hold suites. */
const SUITES = 'suites';

export interface Loaded {
  catalogue: Catalogue;
  problems: Problem[];
  /** Some of them tell a state whose answer the binding itself has wrong: it is told of the binding, once. */
  byBinding: boolean;
}

/**
 * Reads every scenario file of some folders; a later folder's scenario takes the place of an earlier
 * one's of the same name. A file with mistakes is left out and its mistakes are told.
 */
export async function loadScenarios(
  api: Api,
  folders: readonly string[],
  prepared?: Prepared,
): Promise<Loaded> {
  const files = (
    await Promise.all(folders.map((folder) => listFiles(folder, api.binding.name)))
  ).flat();
  const loaded = await readScenarios(api, files, folders, prepared);
  return { ...loaded, catalogue: new Map([...(await guessedScenarios(api)), ...loaded.catalogue]) };
}

/** Those that go with a guessed binding; what its contract has something against is not for the person to mend. */
async function guessedScenarios(api: Api): Promise<[string, Scenario][]> {
  const texts = api.binding.guessed?.scenarios ?? [];
  const read = await Promise.all(
    texts.map(({ name, text }) => readScenarioText(api, `${name} (guessed)`, text)),
  );
  return read.flatMap(({ scenario }) => (scenario ? [[scenario.name, scenario] as const] : []));
}

/** @param folders those that the files were found in; a file outside of them belongs to its own one */
export async function readScenarios(
  api: Api,
  files: readonly string[],
  folders: readonly string[] = [],
  known?: Prepared,
): Promise<Loaded> {
  const prepared = known ?? (await readPrepared());
  const read = await Promise.all(files.map((file) => readScenarioFile(api, file, prepared)));
  const catalogue = new Map<string, Scenario>();
  const folderOfFile = new Map<string, string>();
  const problems: Problem[] = [];
  let byBinding = false;
  read.forEach(({ scenario, problems: found }, i) => {
    const own = found.filter((problem) => !isOfBinding(problem));
    problems.push(...own);
    byBinding ||= own.length < found.length;
    const file = files[i] ?? '';
    folderOfFile.set(shown(file), folderOf(file, folders));
    if (!scenario) return;
    problems.push(...clash(catalogue, scenario, file, files, folders));
    catalogue.set(scenario.name, scenario);
  });
  const ordered = ownFirst(catalogue, (file) => folderOfFile.get(file) ?? '', folders);
  problems.push(...sameConditions([...ordered.values()], (file) => folderOfFile.get(file) ?? ''));
  return { catalogue: ordered, problems, byBinding };
}

function isOfBinding({ code }: Problem): boolean {
  return code === 'BINDING_BREAKS_CONTRACT';
}

/** A request that suits two scenarios gets the one of the later folder: a person's own before the catalogue's. */
function ownFirst(
  catalogue: Catalogue,
  folderOfFile: (file: string) => string,
  folders: readonly string[],
): Catalogue {
  const rank = ({ file }: Scenario) => {
    const place = folders.indexOf(folderOfFile(file));
    return place === -1 ? -folders.length : -place;
  };
  return new Map([...catalogue].sort(([, a], [, b]) => rank(a) - rank(b)));
}

/** One file: its scenario when it is good, its mistakes when it is not. */
export async function readScenarioFile(
  api: Api,
  file: string,
  prepared: Prepared,
): Promise<{ text: string; scenario?: Scenario; problems: Problem[] }> {
  const text = await readText(file);
  const known = prepared.scenarios[preparedKey(api, text)];
  if (known) return { text, scenario: { ...known, file: shown(file) }, problems: [] };
  return { text, ...(await readScenarioText(api, file, text)) };
}

async function readScenarioText(
  api: Api,
  file: string,
  text: string,
): Promise<{ scenario?: Scenario; problems: Problem[] }> {
  try {
    const words = vocabularyOf(api.binding, api.contract, TOLERANCES);
    // YAML and the library of the declarations are loaded when a file has to be read, not at each start.
    const { readScenario } = await import('../formats/scenario/parse.js');
    const { scenario, problems: found } = readScenario(shown(file), text, words);
    const ofBinding = (key: string) =>
      api.binding.origin !== 'guessed' && bindingFaults(api).breaches.has(key);
    const problems = [...found, ...checkAnswersAgainstContract(api, scenario, ofBinding)];
    return hindrances(problems).length > 0 ? { problems } : { scenario, problems };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { problems: [...error.problems] };
  }
}

/**
 * Every `.yaml` and `.yml` below a folder, sorted. Suites are no scenarios, and what lies in it of another
 * pack's catalogue is not in this binding's words.
 */
export async function listFiles(folder: string, binding: string): Promise<string[]> {
  const foreign = foreignFolders(binding).filter((other) => isWithin(other, folder));
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((e) => (e.isFile() || e.isSymbolicLink()) && /\.ya?ml$/.test(e.name))
      .filter((e) => !relative(folder, e.parentPath).split(sep).some(isSetAside))
      .map((e) => ({ path: join(e.parentPath, e.name), linked: !e.isFile() }))
      .filter(({ path }) => !foreign.some((other) => isWithin(path, other)));
    const home = await realpath(folder);
    const kept = await Promise.all(
      files.map(async ({ path, linked }) =>
        !linked || (await leadsWithin(path, home)) ? [path] : [],
      ),
    );
    return kept.flat().sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = `the scenario folder cannot be read (${code})`;
    throw new FileError([
      {
        code: 'FILE_UNREADABLE',
        file: folder,
        line: 0,
        column: 0,
        message,
        hint: 'name an existing folder with --scenarios',
      },
    ]);
  }
}

/** Suites are no scenarios; behind `..data` Kubernetes keeps what its links lead to, twice while it changes. */
function isSetAside(folder: string): boolean {
  return folder === SUITES || folder.startsWith('..');
}

/**
 * Does a link lead to a file of the same folder? Those of a mounted ConfigMap do. An editor's lock leads
 * nowhere, and what lies elsewhere is not what a person has named.
 */
async function leadsWithin(path: string, home: string): Promise<boolean> {
  const target = await realpath(path).catch(() => undefined);
  if (target === undefined || !isWithin(target, home)) return false;
  return (await stat(target)).isFile();
}

/** Does a path lie below a folder? A folder does not lie in itself. */
function isWithin(path: string, folder: string): boolean {
  return resolve(path).startsWith(join(resolve(folder), sep));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = `cannot be read (${code})`;
    const hint = 'check the path';
    throw new FileError([{ code: 'FILE_UNREADABLE', file, line: 0, column: 0, message, hint }]);
  }
}

/** Two files of one folder must not give the same name; a folder of one's own may override. */
function clash(
  catalogue: Catalogue,
  scenario: Scenario,
  file: string,
  files: readonly string[],
  folders: readonly string[],
): Problem[] {
  const before = catalogue.get(scenario.name);
  if (!before || before.file === scenario.file) return [];
  const other = files.find((f) => shown(f) === before.file);
  if (!other || folderOf(other, folders) !== folderOf(file, folders)) return [];
  const message = `the name "${scenario.name}" is taken by ${before.file}`;
  return [
    {
      code: 'SCENARIO_NAME_TAKEN',
      file: scenario.file,
      line: 1,
      column: 1,
      message,
      hint: 'give each scenario a name of its own',
    },
  ];
}

function folderOf(file: string, folders: readonly string[]): string {
  return folders.find((folder) => file.startsWith(join(folder, sep))) ?? dirname(file);
}

/** Paths below the working folder read better without it. */
export function shown(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith('..') ? file : path;
}
