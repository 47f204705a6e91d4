import { FileError } from '../problem.js';
import { type Api, type Apis, apisFrom, qualified } from '../sandbox/api.js';
import type { Suite } from '../scenario/suite.js';
import { apiFilesOf, type ServedFiles, suiteFolders } from './pack-description.js';
import { allSuites, loadSuite } from './suite-files.js';

/** A suite, and what it is a suite of. */
export interface OwnSuite {
  /** Kinds of jobs of one binding that it is for. */
  apis: readonly Api[];
  suite: Suite;
}

/**
 * The suites of a name or in a file; a file is of each API whose scenarios it names.
 * @throws UsageError where there is none, FileError for one with mistakes
 */
export async function suitesNamed(
  apis: Apis,
  served: ServedFiles,
  wanted: string,
): Promise<[OwnSuite, ...OwnSuite[]]> {
  const isFile = /\.ya?ml$/.test(wanted);
  const failed: unknown[] = [];
  const found: OwnSuite[] = [];
  for (const [i, files] of apiFilesOf(served).entries()) {
    const kinds = apisFrom(apis, i);
    const [{ binding, home }] = kinds;
    const one = isFile ? undefined : kinds.find((api) => wanted.startsWith(qualified(api, '')));
    const prefix = one ? qualified(one, '') : `${home}/`;
    const name = !isFile && wanted.startsWith(prefix) ? wanted.slice(prefix.length) : wanted;
    try {
      const folders = suiteFolders(files, binding.name);
      const suite = await loadSuite(kinds, name, folders);
      found.push({ apis: one ? [one] : kinds, suite });
    } catch (error) {
      if (error instanceof FileError && !isFile) throw error;
      failed.push(error);
    }
  }
  const [first, ...others] = found;
  if (first) return [first, ...others];
  throw failed[0];
}

/** A suite with the name that no other one has here: `orders/slow-days` where several APIs are served. */
export interface ListedSuite extends OwnSuite {
  name: string;
}

/** Every suite of what is served. @throws FileError for one with mistakes */
export async function listSuitesOf(apis: Apis, served: ServedFiles): Promise<ListedSuite[]> {
  const all = apiFilesOf(served).map(async (files, i) => {
    const kinds = apisFrom(apis, i);
    const [{ binding, home }] = kinds;
    const suites = await allSuites(kinds, suiteFolders(files, binding.name));
    return suites.map((suite) => ({
      name: apis.length > kinds.length ? `${home}/${suite.name}` : suite.name,
      apis: kinds,
      suite,
    }));
  });
  return (await Promise.all(all)).flat();
}
