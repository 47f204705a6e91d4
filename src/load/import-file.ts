import { pathToFileURL } from 'node:url';

/** Imports an ES module of a person's own. */
export async function importFile(file: string): Promise<Record<string, unknown>> {
  return import(pathToFileURL(file).href);
}
