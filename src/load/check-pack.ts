import { parse } from 'node:path';
import { FileError, nearest, type Problem } from '../problem.js';
import type { Api } from '../sandbox/api.js';
import { derivedOf } from '../sandbox/derived.js';
import { loadLenient } from './load-setup.js';
import { type ApiFiles, foldersOf, suiteFolders } from './pack-description.js';
import { playScenario } from './play-life.js';
import { listFiles } from './scenario-files.js';
import { listSuites, readSuite } from './suite-files.js';

/** What was looked at, and everything that is wrong with it. */
export interface PackCheck {
  /** Files of scenarios and of suites. */
  files: readonly string[];
  problems: readonly Problem[];
}

/**
 * The check that every pack has to pass, ours and those from outside: contract, binding and behaviour can be
 * read and suit one another, scenarios and suites are without mistakes, and every scenario, played poll by
 * poll to its end, gives answers that the contract allows.
 *
 * @param pack the folder of a pack, or the name of one that comes with the package
 * @throws FileError for a contract, a binding or a behaviour that cannot be used; UsageError: no such pack
 */
export async function checkPack(pack: string | ApiFiles): Promise<PackCheck> {
  const options = typeof pack === 'string' ? { pack } : pack;
  const loadable = Object.fromEntries(Object.entries(options).filter(([, file]) => file));
  const { setup, problems } = await loadLenient(loadable);
  const { apis } = setup;
  const { name } = apis[0].binding;
  const scenarios = await Promise.all(
    foldersOf(options, name).map((folder) => listFiles(folder, name)),
  );
  const suites = [...(await listSuites(suiteFolders(options, name))).values()];
  const ofSuites = await Promise.all(suites.map((file) => suiteProblems(apis, file)));
  return {
    files: [...scenarios.flat(), ...suites],
    problems: [...problems, ...ofSuites.flat(), ...(await playPacks(apis, suites.map(nameOfFile)))],
  };
}

/**
 * Plays every kind of jobs of one contract: everything that its catalogue holds, and what follows from its binding for
 * suites that no file has; without either, the life that is built in.
 * @param suites names of those that files have
 */
export async function playPacks(
  apis: readonly Api[],
  suites: readonly string[],
): Promise<Problem[]> {
  const played = await Promise.all(apis.map((api) => playPack(api, suites)));
  return withoutRepeats(played.flat());
}

/** What the binding itself has wrong is told of the binding. */
async function playPack(api: Api, suites: readonly string[]): Promise<Problem[]> {
  const problems = unknownReads(api);
  const { catalogue, fallback } = api;
  const derived = derivedOf(api);
  const wanted = [...derived.suites.values()].filter(({ name }) => !suites.includes(name));
  const names = new Set(wanted.flatMap((suite) => suite.scenarios));
  const added = [...derived.scenarios.values()].filter(({ name }) => names.has(name));
  const all = [...added.map((scenario) => [scenario.name, scenario] as const), ...catalogue];
  const played = new Map(all.length > 0 ? all : [[fallback.name, fallback]]);
  const settled = { ...api, catalogue: played };
  const read = new Set<string>();
  for (const scenario of played.values()) {
    problems.push(...(await playScenario(settled, scenario, read)));
  }
  return withoutRepeats(problems);
}

function nameOfFile(file: string): string {
  return parse(file).name;
}

function unknownReads({ contract, binding, pack }: Api): Problem[] {
  const known = [...contract.operations.keys()];
  return Object.keys(pack?.reads ?? {})
    .filter((id) => !contract.operations.has(id))
    .map((id) => ({
      code: 'PACK_UNKNOWN_OPERATION',
      file: binding.file,
      line: 0,
      column: 0,
      message: `the pack ${pack?.name} answers "${id}", which is no operation of ${contract.file}`,
      hint: nearest(id, known),
    }));
}

async function suiteProblems(apis: readonly Api[], file: string): Promise<readonly Problem[]> {
  try {
    await readSuite(apis, file);
    return [];
  } catch (error) {
    if (error instanceof FileError) return error.problems;
    throw error;
  }
}

/** One mistake of a binding shows in every life: it is told of the first one. */
function withoutRepeats(problems: readonly Problem[]): Problem[] {
  const byPlace = new Map<string, Problem>();
  for (const problem of problems) {
    const { file, line, column, message } = problem;
    const key = JSON.stringify([file, line, column, message.replace(/, while .*$/, '')]);
    if (!byPlace.has(key)) byPlace.set(key, problem);
  }
  return [...byPlace.values()];
}
