import { stat } from 'node:fs/promises';
import { FileError, formatProblem, type Problem } from '../problem.js';
import { loadBare } from '../server/load.js';
import { foldersOf, type ServerOptions } from '../server/options.js';
import { listFiles, readScenarios } from '../server/scenario-files.js';

type Options = Pick<ServerOptions, 'spec' | 'binding' | 'scenarios'>;

/** Checks scenario files; true when all of them are good. */
export async function lint(paths: readonly string[], options: Options): Promise<boolean> {
  const setup = await loadBare(options);
  const wanted = paths.length > 0 ? paths : foldersOf(options, setup.binding.name);
  const files = (await Promise.all(wanted.map(filesAt))).flat();
  const problems: Problem[] = [];
  if (files.length === 0) {
    const message = 'there is no .yaml or .yml file here';
    problems.push({ file: wanted.join(', '), line: 0, column: 0, message });
  }
  const read = await readScenarios(setup, files);
  problems.push(...read.problems);
  for (const problem of problems) process.stdout.write(`${formatProblem(problem)}\n`);
  const faulty = new Set(problems.map((p) => p.file)).size;
  const counted = `${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  const found = problems.length === 1 ? '1 mistake' : `${problems.length} mistakes`;
  process.stdout.write(
    problems.length === 0 ? `${counted}, no mistake\n` : `${counted}, ${found} in ${faulty}\n`,
  );
  return problems.length === 0;
}

async function filesAt(path: string): Promise<string[]> {
  try {
    return (await stat(path)).isDirectory() ? await listFiles(path) : [path];
  } catch (error) {
    if (error instanceof FileError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const hint = 'name a scenario file or a folder of them';
    throw new FileError([
      { file: path, line: 0, column: 0, message: `cannot be read (${code})`, hint },
    ]);
  }
}
