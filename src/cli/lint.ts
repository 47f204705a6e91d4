import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { foldersOf, foreignFolders, suiteFolders } from '../load/pack-description.js';
import { FileError, formatProblem, type Problem } from '../problem.js';
import type { Setup } from '../sandbox/setup.js';
import { playPack } from '../server/check-pack.js';
import { loadBare } from '../server/load.js';
import type { ServerOptions } from '../server/options.js';
import { listFiles, loadScenarios, readScenarios } from '../server/scenario-files.js';
import { listSuites, readSuite } from '../server/suite-files.js';

type Options = Pick<ServerOptions, 'pack' | 'spec' | 'binding' | 'scenarios'>;

/** Checks files of scenarios and of suites; true when all of them are good. */
export async function lint(paths: readonly string[], options: Options): Promise<boolean> {
  const setup = await loadBare(options);
  const catalogue = foldersOf(options, setup.binding.name);
  const wanted = paths.length > 0 ? paths : catalogue;
  const listed = (
    await Promise.all(wanted.map((path) => filesAt(path, setup.binding.name)))
  ).flat();
  const suites = await suitesAmong(
    listed,
    beside(paths, setup.binding.name) ?? suiteFolders(options, setup.binding.name),
  );
  const scenarios = listed.filter((file) => !suites.includes(file));
  const files = [...scenarios, ...suites];
  const problems: Problem[] = [];
  // An API without a catalogue is played by its built-in life.
  if (files.length === 0 && wanted.length > 0) {
    const message = 'there is no .yaml or .yml file here';
    problems.push({ file: wanted.join(', '), line: 0, column: 0, message });
  }
  const read = await readScenarios(setup, scenarios);
  problems.push(...read.problems);
  if (suites.length > 0) {
    // Without paths the catalogue is what has just been read.
    const known = paths.length > 0 ? (await loadScenarios(setup, catalogue)).catalogue : [];
    setup.catalogue = new Map([...known, ...read.catalogue]);
    for (const file of suites) problems.push(...(await problemsOfSuite(setup, file)));
  }
  if (paths.length === 0) {
    setup.catalogue = read.catalogue;
    problems.push(...(await playPack(setup)));
  }
  for (const problem of problems) process.stdout.write(`${formatProblem(problem)}\n`);
  const faulty = new Set(problems.map((p) => p.file)).size;
  const counted = `${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  const found = problems.length === 1 ? '1 mistake' : `${problems.length} mistakes`;
  process.stdout.write(
    problems.length === 0 ? `${counted}, no mistake\n` : `${counted}, ${found} in ${faulty}\n`,
  );
  return problems.length === 0;
}

/** Where suites lie in folders that are named. */
function beside(paths: readonly string[], binding: string): string[] | undefined {
  if (paths.length === 0) return undefined;
  const foreign = foreignFolders(binding);
  return paths.map((path) => join(path, 'suites')).filter((own) => !foreign.includes(resolve(own)));
}

/** A suite is told by its first key; those that come with the package lie in folders of their own. */
async function suitesAmong(
  files: readonly string[],
  folders: readonly string[],
): Promise<string[]> {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  const among = files.filter((_, i) => /^suite:/m.test(texts[i] ?? ''));
  return [...among, ...(await listSuites(folders)).values()];
}

async function problemsOfSuite(setup: Setup, file: string): Promise<readonly Problem[]> {
  try {
    await readSuite(setup, file);
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
    throw new FileError([
      { file: path, line: 0, column: 0, message: `cannot be read (${code})`, hint },
    ]);
  }
}
