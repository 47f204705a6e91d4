import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readFileText } from '../file-text.js';
import { FileError, nearest } from '../problem.js';
import { type Api, qualified, scenariosOfAll } from '../sandbox/api.js';
import { derivedOf } from '../sandbox/derived.js';
import { UsageError } from '../sandbox-error.js';
import type { Suite } from '../scenario/suite.js';
import { type PreparedSuites, readPreparedSuites, suiteKey } from './catalogue-cache.js';
import { suiteFile } from './pack-description.js';
import { shown } from './scenario-files.js';

/**
 * Reads a suite by its name, or by the path of its file; one that no file has may follow from the binding.
 * @param apis one, or the kinds of jobs of one binding: a suite may name scenarios of each
 * @throws UsageError when there is none of that name, FileError for one with mistakes
 */
export async function loadSuite(
  apis: readonly Api[],
  nameOrFile: string,
  folders: readonly string[],
): Promise<Suite> {
  if (/\.ya?ml$/.test(nameOrFile)) return readSuite(apis, suiteFile(nameOrFile));
  const files = await listSuites(folders);
  const file = files.get(nameOrFile);
  if (file) return readSuite(apis, file);
  const suites = derivedSuites(apis);
  const derived = suites.get(nameOrFile);
  if (derived) return derived;
  if (files.size === 0 && suites.size === 0) {
    const next = 'name scenarios with --scenario, or a file of your own with --suite FILE.yaml';
    throw new UsageError('USAGE_UNKNOWN_SUITE', 'no suite comes with this API', next);
  }
  const hint = nearest(nameOrFile, [...new Set([...files.keys(), ...suites.keys()])]);
  throw new UsageError('USAGE_UNKNOWN_SUITE', `unknown suite "${nameOrFile}"`, hint);
}

/** Every suite of an API: those of files, and those that follow from its binding where no file has their name. */
export async function allSuites(
  apis: readonly Api[],
  folders: readonly string[],
): Promise<Suite[]> {
  const files = await listSuites(folders);
  const read = await Promise.all([...files.values()].map((file) => readSuite(apis, file)));
  const derived = [...derivedSuites(apis).values()].filter(({ name }) => !files.has(name));
  return [...read, ...derived];
}

/** Those that follow from a binding; of several kinds of jobs, with the scenarios of each. */
function derivedSuites(apis: readonly Api[]): Map<string, Suite> {
  const suites = new Map<string, Suite>();
  for (const suite of apis.flatMap((api) => [...derivedOf(api).suites.values()])) {
    const before = suites.get(suite.name);
    const scenarios = [...new Set([...(before?.scenarios ?? []), ...suite.scenarios])];
    const leftOut = [...(before?.leftOut ?? []), ...(suite.leftOut ?? [])];
    const nowhere = leftOut.filter(({ name }) => !scenarios.includes(name));
    suites.set(suite.name, { ...suite, scenarios, leftOut: nowhere });
  }
  return suites;
}

/** Files of suites by their names; one in an earlier folder wins. */
export async function listSuites(folders: readonly string[]): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((n) => /\.ya?ml$/.test(n)).sort()) {
      const suite = name.replace(/\.ya?ml$/, '');
      if (!files.has(suite)) files.set(suite, join(folder, name));
    }
  }
  return files;
}

/** @throws FileError */
export async function readSuite(apis: readonly Api[], file: string): Promise<Suite> {
  return (await readSuiteFile(apis, file, await readPreparedSuites())).suite;
}

/** @throws FileError */
export async function readSuiteFile(
  apis: readonly Api[],
  file: string,
  prepared: PreparedSuites,
): Promise<{ text: string; suite: Suite }> {
  let text: string;
  try {
    text = await readFileText(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = `the suite cannot be read (${code})`;
    const hint = 'check the path';
    throw new FileError([{ code: 'FILE_UNREADABLE', file, line: 0, column: 0, message, hint }]);
  }
  const known = prepared[suiteKey(text)];
  const catalogue = scenariosOfAll(apis);
  if (known?.scenarios.every((name) => catalogue.has(name)) && namesOperations(known, apis)) {
    return { text, suite: { ...known, file: shown(file) } };
  }
  const { TOLERANCES } = await import('../audit/rules/index.js');
  const { parseSuite } = await import('../formats/suite/parse.js');
  const words = { tolerances: TOLERANCES };
  const { processWords } = await import('./process-words.js');
  const names = new Set([...catalogue.keys(), ...apis.flatMap(derivedNames)]);
  const leftOut = apis.flatMap((api) => api.leftOut ?? []).filter((name) => !catalogue.has(name));
  const suite = parseSuite(
    shown(file),
    text,
    [...names, ...leftOut],
    words,
    processWords(apis, file),
  );
  return { text, suite: without(suite, leftOut) };
}

/** Another document in the place of the package's may lack an operation that a step names. */
function namesOperations({ steps = [] }: Suite, apis: readonly Api[]): boolean {
  const names = steps.flatMap(({ operations }) => operations);
  return names.every((name) => apis.some(({ contract }) => contract.operations.has(name)));
}

/** A suite of the package names what the package has; a person's own binding may lack the words for some of it. */
function without(suite: Suite, names: readonly string[]): Suite {
  const gone = suite.scenarios.filter((name) => names.includes(name));
  if (gone.length === 0) return suite;
  const why = 'its answers are not in the words of the binding, or not in the contract';
  return {
    ...suite,
    scenarios: suite.scenarios.filter((name) => !names.includes(name)),
    leftOut: [...(suite.leftOut ?? []), ...gone.map((name) => ({ name, why }))],
  };
}

/** Those that name the API are for suites of several kinds of jobs. */
function derivedNames(api: Api): string[] {
  return [...derivedOf(api).scenarios.keys()].flatMap((name) => [name, qualified(api, name)]);
}
