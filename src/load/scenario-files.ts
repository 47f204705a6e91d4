import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { asset } from '../assets.js';
import { readFileText } from '../file-text.js';
import { FileError, hindrances, type Problem } from '../problem.js';
import type { Api, Apis, Catalogue } from '../sandbox/api.js';
import { bindingFaults } from '../sandbox/binding-faults/binding-faults.js';
import { vocabularyOf } from '../sandbox/binding-words.js';
import { checkAnswersAgainstContract } from '../sandbox/check-answers.js';
import { sameConditions } from '../scenario/same-conditions.js';
import type { Scenario } from '../scenario/scenario.js';
import { NOTHING_PREPARED, type Prepared, preparedKey, readPrepared } from './catalogue-cache.js';
import { foreignFolders, isPackaged } from './pack-description.js';

/** Name of the folders, among scenarios, that hold suites. */
const SUITES = 'suites';

export interface Loaded {
  /** Of each API: kinds of jobs of one binding have one folder, and each the scenarios that are in its words. */
  catalogues: ReadonlyMap<Api, Catalogue>;
  problems: Problem[];
  /** Names of the package's scenarios that no binding here has the words for. */
  leftOut: readonly string[];
  /** Some of them tell a state whose answer the binding itself has wrong: it is told of the binding, once. */
  byBinding: boolean;
}

/**
 * Reads every scenario file of some folders; a later folder's scenario takes the place of an earlier
 * one's of the same name. A file with mistakes is left out and its mistakes are told.
 * @param apis one, or the kinds of jobs of one binding
 */
export async function loadScenarios(
  apis: Apis,
  folders: readonly string[],
  prepared?: Prepared,
): Promise<Loaded> {
  const { name } = apis[0].binding;
  const files = (await Promise.all(folders.map((folder) => listFiles(folder, name)))).flat();
  const { catalogues, ...found } = await readScenarios(apis, files, folders, prepared);
  const guessed = await Promise.all(apis.map(guessedScenarios));
  const all = apis.map((api, i) => {
    const own = catalogues.get(api) ?? new Map<string, Scenario>();
    return [api, new Map([...(guessed[i] ?? []), ...own])] as const;
  });
  return { ...found, catalogues: new Map(all) };
}

/** Those that go with a guessed binding; what its contract has something against is not for the person to mend. */
async function guessedScenarios(api: Api): Promise<[string, Scenario][]> {
  const texts = api.binding.guessed?.scenarios ?? [];
  const read = await Promise.all(
    texts.map(({ name, text }) => readAnew(api, `${name} (guessed)`, text)),
  );
  return read.flatMap(({ scenario }) => (scenario ? [[scenario.name, scenario] as const] : []));
}

/**
 * @param apis one, or the kinds of jobs of one binding: a file is of each in whose words it is
 * @param folders those that the files were found in; a file outside of them belongs to its own one
 */
export async function readScenarios(
  apis: Apis,
  files: readonly string[],
  folders: readonly string[] = [],
  known?: Prepared,
): Promise<Loaded> {
  const prepared = known ?? (await readPrepared());
  const read = await Promise.all(
    files.map(async (file) => readFor(apis, file, await readText(file), folders, prepared)),
  );
  const places = new Map(
    files.map((file, i) => [shown(file), placeOf(file, folders, read[i]?.kind)]),
  );
  const told = read.flatMap((one) => one.problems);
  const problems = told.filter((problem) => !isOfBinding(problem));
  const byBinding = problems.length < told.length;
  const catalogues = apis.map((api) => {
    const scenarios = read.flatMap((one) => one.known.get(api) ?? []);
    const found = catalogueOf(scenarios, places, folders);
    problems.push(...found.problems);
    return [api, found.catalogue] as const;
  });
  const leftOut = read.flatMap((one) => one.leftOut ?? []);
  return {
    catalogues: new Map(catalogues),
    problems: withoutRepeats(problems),
    leftOut,
    byBinding,
  };
}

/**
 * What a file of this name and text would be among the scenarios that are served, and what would be wrong with it: what
 * lint says of it, before it is written.
 * @param apis one, or the kinds of jobs of one binding, with their catalogues
 * @param file whole path, as those of the folders
 */
export async function readScenarioText(
  apis: Apis,
  file: string,
  text: string,
  folders: readonly string[],
): Promise<TextRead> {
  const { known, kind, problems: own } = await readFor(apis, file, text, folders, NOTHING_PREPARED);
  const here = shown(file);
  const problems = own.filter((problem) => !isOfBinding(problem));
  const catalogues = new Map<Api, Catalogue>();
  for (const api of apis) {
    const fresh = known.get(api);
    const others = [...api.catalogue.values()].filter((each) => each.file !== here);
    const all = fresh ? [...others, fresh] : others;
    const placeOfEach = (each: string) => placeOf(each, folders, kindOf(apis, each, folders));
    const places = new Map(all.map((each) => [each.file, placeOfEach(resolve(each.file))]));
    places.set(here, placeOf(file, folders, kind));
    const found = catalogueOf(inOrderOf(folders, all, places), places, folders);
    catalogues.set(api, found.catalogue);
    if (fresh) problems.push(...found.problems.filter((problem) => problem.file === here));
  }
  return { scenarios: known, catalogues, problems: withoutRepeats(problems) };
}

interface TextRead {
  /** Of each API in whose words it is. */
  scenarios: ReadonlyMap<Api, Scenario>;
  /** Of each API, with this text in place of what the file has said before. */
  catalogues: ReadonlyMap<Api, Catalogue>;
  problems: readonly Problem[];
}

/** As files are read: one folder after the other, and the files of each in the order of their names. */
function inOrderOf(folders: readonly string[], scenarios: readonly Scenario[], places: Places) {
  const rank = ({ file }: Scenario) => folders.indexOf(places.get(file)?.folder ?? '');
  return scenarios.toSorted((a, b) => rank(a) - rank(b) || (a.file < b.file ? -1 : 1));
}

function placeOf(file: string, folders: readonly string[], kind?: string) {
  const folder = folderOf(file, folders);
  return { folder, place: kind === undefined ? folder : join(folder, kind) };
}

function isOfBinding({ code }: Problem): boolean {
  return code === 'BINDING_BREAKS_CONTRACT';
}

/** By the name of a file as it is shown: the folder that it was found in, and that of a kind below it, if it is in one. */
type Places = ReadonlyMap<string, { folder: string; place: string }>;

/** Scenarios by name, and what is wrong with them together. */
function catalogueOf(
  scenarios: readonly Scenario[],
  places: Places,
  folders: readonly string[],
): { catalogue: Catalogue; problems: Problem[] } {
  const catalogue = new Map<string, Scenario>();
  const problems: Problem[] = [];
  const placeIn = (file: string) => places.get(file)?.place ?? '';
  const folderOfFile = (file: string) => places.get(file)?.folder ?? '';
  const isNarrow = ({ file }: Scenario) => placeIn(file) !== folderOfFile(file);
  const order = [...new Set(scenarios.map(({ file }) => folderOfFile(file)))];
  const rank = ({ file }: Scenario) => order.indexOf(folderOfFile(file));
  // What lies in the folder of a kind comes after what is for all of them, and takes its place.
  const inOrder = scenarios.some(isNarrow)
    ? scenarios.toSorted((a, b) => rank(a) - rank(b) || +isNarrow(a) - +isNarrow(b))
    : scenarios;
  for (const scenario of inOrder) {
    problems.push(...clash(catalogue, scenario, placeIn));
    catalogue.set(scenario.name, scenario);
  }
  const ordered = ownFirst(catalogue, folderOfFile, folders);
  problems.push(...sameConditions([...ordered.values()], placeIn));
  return { catalogue: ordered, problems };
}

/** What becomes of one file. */
interface ReadFor {
  known: ReadonlyMap<Api, Scenario>;
  problems: readonly Problem[];
  /** The kind whose folder it lies in. */
  kind: string | undefined;
  /** The name of a scenario of the package that nobody has to hear of. */
  leftOut?: string;
}

async function readFor(
  apis: Apis,
  file: string,
  text: string,
  folders: readonly string[],
  prepared: Prepared,
): Promise<ReadFor> {
  const kind = kindOf(apis, file, folders);
  const meant = kind === undefined ? apis : apis.filter(({ binding }) => binding.kind === kind);
  const read = await Promise.all(
    meant.map(async (api) => ({ api, ...(await readOnce(api, file, text, prepared)) })),
  );
  const good = read.filter(({ scenario }) => scenario !== undefined);
  const known = new Map(good.map(({ api, scenario }) => [api, scenario as Scenario]));
  const told = good.length > 0 ? good.flatMap(({ problems }) => problems) : nearestReasons(read);
  if (told.length > 0 && isPackaged(file) && isOutOfPlace(apis[0], told)) {
    return { known: new Map(), problems: [], kind, leftOut: basename(file, extname(file)) };
  }
  return { known, problems: told, kind };
}

/**
 * The package's scenarios are in the words of its own binding, whose newest a binding made before does not have: what
 * does not suit a person's own is not for them to mend. Answers that their binding itself has wrong are.
 */
function isOutOfPlace({ binding, contract }: Api, problems: readonly Problem[]): boolean {
  if (!isPackaged(binding.file)) return !problems.every(isOfBinding);
  return !isPackaged(contract.file) && problems.every(isOfBinding);
}

/** Words of a kind that another one does not know. */
const UNKNOWN = /^SCENARIO_UNKNOWN_(STATE|OPERATION)$/;

/** A scenario that no kind of jobs knows was likeliest meant for the one in whose words it has the fewest mistakes. */
function nearestReasons(
  read: readonly { api: Api; problems: readonly Problem[] }[],
): readonly Problem[] {
  const foreign = ({ problems }: (typeof read)[number]) =>
    problems.filter(({ code }) => UNKNOWN.test(code)).length;
  const [nearest] = read.toSorted(
    (a, b) => foreign(a) - foreign(b) || a.problems.length - b.problems.length,
  );
  if (!nearest || read.length === 1) return nearest?.problems ?? [];
  const everywhere = (problem: Problem) =>
    !UNKNOWN.test(problem.code) &&
    read.every(({ problems }) => problems.some(({ message }) => message === problem.message));
  const { kind } = nearest.api.binding;
  return nearest.problems.map((problem) =>
    everywhere(problem)
      ? problem
      : { ...problem, message: `${problem.message}, if this is a scenario of ${kind}` },
  );
}

/** The kind of jobs whose folder a file lies in. */
function kindOf(apis: Apis, file: string, folders: readonly string[]): string | undefined {
  const [first] = relative(folderOf(file, folders), file).split(sep);
  return apis.map(({ binding }) => binding.kind).find((kind) => kind === first);
}

function withoutRepeats(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
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
  return { text, ...(await readOnce(api, file, text, prepared)) };
}

interface ReadScenario {
  scenario?: Scenario;
  problems: Problem[];
}

async function readOnce(
  api: Api,
  file: string,
  text: string,
  prepared: Prepared,
): Promise<ReadScenario> {
  const known = prepared.scenarios[preparedKey(api, text)];
  if (known) return { scenario: { ...known, file: shown(file) }, problems: [] };
  return readAnew(api, file, text);
}

async function readAnew(api: Api, file: string, text: string): Promise<ReadScenario> {
  try {
    // YAML, the rules and the library of the declarations are loaded when a file has to be read, not at each start.
    const { TOLERANCES } = await import('../audit/rules/index.js');
    const { readScenario } = await import('../formats/scenario/parse.js');
    const words = vocabularyOf(api.binding, api.contract, TOLERANCES);
    const { scenario, problems: found } = readScenario(shown(file), text, words);
    const ofBinding = (key: string) =>
      api.binding.origin !== 'guessed' && bindingFaults(api).breaches.has(key);
    const breaches = checkAnswersAgainstContract(api, scenario, ofBinding);
    if (api.contract.adopted && isWithin(file, asset('scenarios'))) {
      return { scenario: offContract(scenario, breaches), problems: found };
    }
    const problems = [...found, ...breaches];
    return hindrances(problems).length > 0 ? { problems } : { scenario, problems };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { problems: [...error.problems] };
  }
}

/**
 * The catalogue of the package is in the words of its own document: what a document that was swapped in for that one
 * does not know is played all the same.
 */
function offContract(scenario: Scenario, breaches: readonly Problem[]): Scenario {
  const lines = new Set(breaches.map(({ line }) => line));
  const life = scenario.life.map((step) =>
    lines.has(step.line) ? { ...step, offContract: true } : step,
  );
  return { ...scenario, life, offContract: scenario.offContract || lines.has(1) };
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
    return await readFileText(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = `cannot be read (${code})`;
    const hint = 'check the path';
    throw new FileError([{ code: 'FILE_UNREADABLE', file, line: 0, column: 0, message, hint }]);
  }
}

/** Two files of one folder must not give the same name; a folder of one's own may override, and so may that of a kind. */
function clash(
  catalogue: Catalogue,
  scenario: Scenario,
  placeOf: (file: string) => string,
): Problem[] {
  const before = catalogue.get(scenario.name);
  if (!before || before.file === scenario.file) return [];
  if (placeOf(before.file) !== placeOf(scenario.file)) return [];
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
