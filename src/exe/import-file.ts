import { pathToFileURL } from 'node:url';
import { constants, Script } from 'node:vm';

/** The executable's own program imports nothing: it may be kept as compiled code so. */
const load = new Script('(url) => import(url)', {
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}).runInThisContext() as (url: string) => Promise<Record<string, unknown>>;

/** Imports an ES module of a person's own. */
export async function importFile(file: string): Promise<Record<string, unknown>> {
  return load(pathToFileURL(file).href);
}
