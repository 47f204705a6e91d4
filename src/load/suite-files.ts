import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TOLERANCES } from '../audit/rules/index.js';
import { FileError, nearest } from '../problem.js';
import type { Api } from '../sandbox/api.js';
import { UsageError } from '../sandbox-error.js';
import type { Suite } from '../scenario/suite.js';
import { type PreparedSuites, readPreparedSuites, suiteKey } from './catalogue-cache.js';
import { suiteFile } from './pack-description.js';
import { shown } from './scenario-files.js';

/** Whose scenarios a suite may name. */
type Playing = Pick<Api, 'catalogue'>;

/**
 * Reads a suite by its name, or by the path of its file.
 * @throws UsageError when there is none of that name, FileError for one with mistakes
 */
export async function loadSuite(
  api: Playing,
  nameOrFile: string,
  folders: readonly string[],
): Promise<Suite> {
  if (/\.ya?ml$/.test(nameOrFile)) return readSuite(api, suiteFile(nameOrFile));
  const files = await listSuites(folders);
  const file = files.get(nameOrFile);
  if (file) return readSuite(api, file);
  if (files.size === 0) {
    const next = 'name scenarios with --scenario, or a file of your own with --suite FILE.yaml';
    throw new UsageError('USAGE_UNKNOWN_SUITE', 'no suite comes with this API', next);
  }
  const hint = nearest(nameOrFile, [...files.keys()]);
  throw new UsageError('USAGE_UNKNOWN_SUITE', `unknown suite "${nameOrFile}"`, hint);
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
export async function readSuite(api: Playing, file: string): Promise<Suite> {
  return (await readSuiteFile(api, file, await readPreparedSuites())).suite;
}

/** @throws FileError */
export async function readSuiteFile(
  { catalogue }: Playing,
  file: string,
  prepared: PreparedSuites,
): Promise<{ text: string; suite: Suite }> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = `the suite cannot be read (${code})`;
    const hint = 'check the path';
    throw new FileError([{ code: 'FILE_UNREADABLE', file, line: 0, column: 0, message, hint }]);
  }
  const known = prepared[suiteKey(text)];
  if (known?.scenarios.every((name) => catalogue.has(name))) {
    return { text, suite: { ...known, file: shown(file) } };
  }
  const { parseSuite } = await import('../formats/suite/parse.js');
  const words = { tolerances: TOLERANCES };
  return { text, suite: parseSuite(shown(file), text, [...catalogue.keys()], words) };
}
