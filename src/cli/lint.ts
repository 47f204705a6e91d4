import { readFile, stat } from 'node:fs/promises';
import { join, parse, resolve } from 'node:path';
import { formatCount } from '../audit/format.js';
import { joinNames } from '../contract/aliases.js';
import { checkBinding } from '../contract/check-binding.js';
import { checkKinds, toldOnce } from '../contract/check-kinds.js';
import { loadContract } from '../contract/contract.js';
import { readFileText } from '../file-text.js';
import { loadBindings } from '../formats/binding/load.js';
import { bindingProblems } from '../load/binding-problems.js';
import { NOTHING_PREPARED, readPrepared } from '../load/catalogue-cache.js';
import { playPacks } from '../load/check-pack.js';
import { checkSetting } from '../load/check-setting.js';
import { clashesOf } from '../load/clashes.js';
import { loadApis, loadBare, missingScenarios } from '../load/load-setup.js';
import {
  type ApiFiles,
  apiFilesOf,
  foldersOf,
  foreignFolders,
  type ServedFiles,
  specBeside,
  suiteFolders,
} from '../load/pack-description.js';
import { listFiles, readScenarios, shown } from '../load/scenario-files.js';
import { listSuites, readSuite } from '../load/suite-files.js';
import { FileError, hindrances, type Problem } from '../problem.js';
import { type Api, type Apis, apisFrom } from '../sandbox/api.js';
import { t } from '../texts/spoken.js';
import { sayProblem } from './print-error.js';

type Options = ServedFiles & { json?: boolean };

/** What has been looked at, and what is wrong with it. */
interface Linted {
  files: string[];
  problems: Problem[];
}

/** Checks files of scenarios, suites and bindings, and the binding in use; true when all of them are good. */
export async function lint(paths: readonly string[], options: Options): Promise<boolean> {
  const linted = await check(paths, options).catch((error: unknown): Linted => {
    // A file that cannot be read at all ends a command with its message; machines get their document.
    if (!(error instanceof FileError) || !options.json) throw error;
    return { files: [], problems: [...error.problems] };
  });
  const problems = linted.problems.sort(
    (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column,
  );
  const mistakes = problems.filter(({ severity }) => severity !== 'warning');
  const say = options.json ? sayJson : sayText;
  say(linted.files, problems, mistakes);
  return mistakes.length === 0;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

async function check(paths: readonly string[], options: Options): Promise<Linted> {
  const apis = await loadApis(options);
  const linted: Linted[] = [];
  for (const [i, files] of apiFilesOf(options).entries()) {
    linted.push(await checkApi(apisFrom(apis, i), paths, files));
  }
  const [first = { files: [], problems: [] }] = linted;
  if (linted.length === 1) return first;
  const files = [...new Set(linted.flatMap((one) => one.files))];
  const clashes = await clashesOf(apis);
  if (paths.length === 0) {
    return { files, problems: [...clashes, ...linted.flatMap(({ problems }) => problems)] };
  }
  return { files, problems: [...clashes, ...bestOf(linted)] };
}

/** A file that is named is of the API in whose words it has the fewest mistakes. */
function bestOf(linted: readonly Linted[]): Problem[] {
  const files = new Set(linted.flatMap(({ problems }) => problems.map(({ file }) => file)));
  return [...files].flatMap((file) => {
    const found = linted.map(({ problems }) => problems.filter((one) => one.file === file));
    return found.reduce((best, one) => (one.length < best.length ? one : best));
  });
}

/** @param apis one for each kind of jobs of a binding */
async function checkApi(apis: Apis, paths: readonly string[], options: ApiFiles): Promise<Linted> {
  const [{ binding, contract }] = apis;
  const { name } = binding;
  const catalogue = foldersOf(options, name);
  const wanted = paths.length > 0 ? paths : catalogue;
  const listed = (await Promise.all(wanted.map((path) => filesAt(path, name)))).flat();
  const { bindings, suites, scenarios, baselines, profiles, teams } = await sort(
    listed,
    beside(paths, name) ?? suiteFolders(options, name),
  );
  const prepared = await readPrepared();
  const ofBindings = await bindingProblems(apis, prepared);
  const problems = [...apis.flatMap((api) => api.binding.problems), ...ofBindings];
  // A start looks at those of small documents alone.
  const examples = await contract.exampleProblems();
  problems.push(...examples.filter((problem) => !problems.includes(problem)));
  const files = [...scenarios, ...suites, ...bindings, ...baselines, ...profiles, ...teams];
  // An API without a catalogue is played by its built-in life.
  if (files.length === 0 && wanted.length > 0) {
    const message = 'there is no .yaml or .yml file here';
    const file = wanted.join(', ');
    problems.push({ code: 'FILE_NONE_FOUND', file, line: 0, column: 0, message });
  }
  problems.push(...(await checkScenarios(apis, scenarios, wanted, catalogue)));
  if (problems.every(({ severity }) => severity === 'warning'))
    problems.push(...missingScenarios(apis));
  for (const file of suites) problems.push(...(await problemsOfSuite(apis, file)));
  for (const file of baselines) problems.push(...(await problemsOf(() => lintBaseline(file))));
  for (const file of teams) problems.push(...(await problemsOf(() => lintTeams(file))));
  for (const file of profiles) problems.push(...(await problemsOf(() => lintProfile(file))));
  for (const file of bindings) {
    if (resolve(file) === resolve(binding.file)) continue;
    problems.push(...(await problemsOfBinding(file, options.spec ?? specBeside(file))));
  }
  if (paths.length === 0) problems.push(...(await playPacks(apis, suiteNames(suites))));
  return { files: files.map(shown), problems };
}

/** The scenarios beside the catalogue, which they will be served with: a condition of theirs may be taken. */
async function checkScenarios(
  apis: Apis,
  scenarios: readonly string[],
  wanted: readonly string[],
  catalogue: readonly string[],
): Promise<Problem[]> {
  const { name } = apis[0].binding;
  const lists = await Promise.all(catalogue.map((folder) => listFiles(folder, name)));
  const asked = new Set(scenarios.map((file) => resolve(file)));
  const beside = lists.flat().filter((file) => !asked.has(resolve(file)));
  const read = await readScenarios(apis, [...beside, ...scenarios], [...catalogue, ...wanted]);
  for (const api of apis) {
    api.catalogue = read.catalogues.get(api) ?? new Map();
    api.leftOut = read.leftOut;
  }
  const shownFiles = new Set(scenarios.map(shown));
  return read.problems.filter(({ file }) => shownFiles.has(file));
}

function sayText(files: readonly string[], problems: Problem[], mistakes: Problem[]): void {
  for (const problem of problems) process.stdout.write(`${sayProblem(problem)}\n`);
  const faulty = new Set(mistakes.map((p) => p.file)).size;
  const counted = t(formatCount(files.length, 'file'));
  const found = t(formatCount(mistakes.length, 'mistake'));
  const warned = problems.length - mistakes.length;
  const also = warned === 0 ? '' : `, ${t(formatCount(warned, 'warning'))}`;
  process.stdout.write(
    mistakes.length === 0
      ? `${counted}, ${t('no mistake')}${also}\n`
      : `${t`${counted}, ${found} in ${faulty}`}${also}\n`,
  );
}

/** One document: what was looked at, how much is wrong, and each problem with its code and place. */
function sayJson(files: readonly string[], problems: Problem[], mistakes: Problem[]): void {
  const document = {
    files,
    errors: mistakes.length,
    warnings: problems.length - mistakes.length,
    problems: problems.map(({ code, severity = 'error', file, line, column, message, hint }) => ({
      code,
      severity,
      file,
      line,
      column,
      message,
      ...(hint === undefined ? {} : { hint }),
    })),
  };
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

/** Where suites lie in folders that are named. */
function beside(paths: readonly string[], binding: string): string[] | undefined {
  if (paths.length === 0) return undefined;
  const foreign = foreignFolders(binding);
  return paths.map((path) => join(path, 'suites')).filter((own) => !foreign.includes(resolve(own)));
}

/** Suites, bindings, baselines and profiles are told by their first key; suites that come with the package lie in folders of their own. */
async function sort(files: readonly string[], folders: readonly string[]) {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  const starting = (key: RegExp) => files.filter((_, i) => key.test(texts[i] ?? ''));
  const suites = [...starting(/^suite:/m), ...(await listSuites(folders)).values()];
  const bindings = starting(/^binding:/m);
  const baselines = starting(/^baseline:/m);
  const teams = starting(/^teams:/m);
  const profiles = starting(/^profile:/m);
  const others = [suites, bindings, baselines, profiles, teams].flat();
  const scenarios = files.filter((file) => !others.includes(file));
  return { suites, bindings, baselines, profiles, teams, scenarios };
}

/** A binding is held to its contract, where one lies beside it or is named; else to its shape alone. */
async function problemsOfBinding(
  file: string,
  spec: string | undefined,
): Promise<readonly Problem[]> {
  const { readBinding } = await import('../formats/binding/parse.js');
  const text = await readFileText(file);
  const found: Problem[] = [];
  const thrown = await problemsOf(async () => {
    found.push(...readBinding(shown(file), text).problems);
    if (spec === undefined) return;
    const read = await loadBindings(file);
    const { contract, bindings } = joinNames(await loadContract(spec, read[0].prefixes), read);
    found.push(...toldOnce(bindings.map((binding) => checkBinding(binding, contract))).flat());
    found.push(...checkKinds(bindings));
  });
  if (spec === undefined || thrown.length > 0 || hindrances(found).length > 0)
    return [...thrown, ...found];
  return [...found, ...(await problemsOfAnswers(file, spec))];
}

/** One that needs a pack is looked at with that pack. */
async function problemsOfAnswers(file: string, spec: string): Promise<readonly Problem[]> {
  try {
    const apis = await loadBare({ spec, binding: file });
    const settings = toldOnce(apis.map(({ binding, pack }) => checkSetting(binding, pack))).flat();
    return [...settings, ...(await bindingProblems(apis, NOTHING_PREPARED))];
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}

function suiteNames(files: readonly string[]): string[] {
  return files.map((file) => parse(file).name);
}

/** @throws FileError */
async function lintTeams(file: string): Promise<void> {
  const { parseTeams } = await import('../formats/teams/parse.js');
  parseTeams(shown(file), await readFileText(file));
}

/** @throws FileError */
async function lintBaseline(file: string): Promise<void> {
  const { parseBaseline } = await import('../formats/baseline/parse.js');
  const { knownWords } = await import('./exec/baseline.js');
  const { problems } = parseBaseline(shown(file), await readFileText(file), knownWords());
  if (problems.length > 0) throw new FileError(problems);
}

/** @throws FileError */
async function lintProfile(file: string): Promise<void> {
  const { checkProfile } = await import('../load/profile/read.js');
  const { problems } = await checkProfile(file, await readFileText(file));
  if (problems.length > 0) throw new FileError([...problems]);
}

async function problemsOfSuite(apis: readonly Api[], file: string): Promise<readonly Problem[]> {
  let warnings: readonly Problem[] = [];
  const thrown = await problemsOf(async () => {
    warnings = (await readSuite(apis, file)).problems;
  });
  return [...thrown, ...warnings];
}

async function problemsOf(read: () => Promise<unknown>): Promise<readonly Problem[]> {
  try {
    await read();
    return [];
  } catch (error) {
    if (error instanceof FileError) return error.problems;
    throw error;
  }
}

async function filesAt(path: string, binding: string): Promise<string[]> {
  try {
    return (await stat(path)).isDirectory() ? await listFiles(path, binding) : [path];
  } catch (error) {
    if (error instanceof FileError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const hint = 'name a scenario file or a folder of them';
    const message = `cannot be read (${code})`;
    throw new FileError([
      { code: 'FILE_UNREADABLE', file: path, line: 0, column: 0, message, hint },
    ]);
  }
}
