import { join, resolve } from 'node:path';
import type { Problem } from '../../problem.js';
import { type Api, type Apis, apisFrom, type Catalogue } from '../../sandbox/api.js';
import type { Scenario } from '../../scenario/scenario.js';
import { apiFilesOf, foldersOf, type ServedFiles } from '../pack-description.js';
import { readScenarioText } from '../scenario-files.js';
import { ownFolder } from './own-folder.js';

/** A text that is to be a scenario. */
export interface Draft {
  yaml: string;
  /** Name of the API in whose words it is; left out: the one in whose words it has the fewest mistakes. */
  api?: string | undefined;
  /** Path of the file that it is the new text of; left out: one that is named after it, in a folder of one's own. */
  file?: string | undefined;
}

export interface LintedText {
  /** In whose words it was read. */
  api: Api;
  /** Where it would lie. */
  file: string;
  /** Undefined: it has mistakes, or is in words of another kind of jobs. */
  scenario: Scenario | undefined;
  problems: readonly Problem[];
  /** What would be served with it. */
  catalogues: ReadonlyMap<Api, Catalogue>;
}

/** What `lint` would say of a file with this text among the files that are served. */
export async function lintText(
  apis: Apis,
  served: ServedFiles,
  { yaml, api: wanted, file }: Draft,
): Promise<LintedText> {
  const meant = wanted === undefined ? apis : apis.filter(({ name }) => name === wanted);
  const all = apiFilesOf(served);
  const read = await Promise.all(
    [...new Set(meant.map(({ from }) => from))].map(async (from) => {
      const kinds = apisFrom(apis, from);
      const files = all[from] ?? {};
      const { name } = kinds[0].binding;
      const folders = foldersOf(files, name).map((folder) => resolve(folder));
      const at = file ?? join(ownFolder(files, name) ?? '', `${nameIn(yaml)}.yaml`);
      const found = await readScenarioText(kinds, resolve(at), yaml, folders);
      return { ...found, kinds, file: at };
    }),
  );
  const [best] = read.toSorted((a, b) => mistakes(a.problems) - mistakes(b.problems));
  if (!best) throw new Error(`there is no API ${wanted}`);
  const { scenarios, kinds, problems, catalogues } = best;
  const own = kinds.filter((api) => wanted === undefined || api.name === wanted);
  const api = own.find((each) => scenarios.has(each)) ?? (own[0] as Api);
  return { api, file: best.file, scenario: scenarios.get(api), problems, catalogues };
}

function mistakes(problems: readonly Problem[]): number {
  return problems.filter(({ severity }) => severity !== 'warning').length;
}

/** The name that a text gives, as far as a glance can tell. */
export function nameIn(yaml: string): string {
  return (
    /^scenario:[ \t]*["']?([a-z0-9][a-z0-9._-]{0,63})["']?[ \t]*(#.*)?$/m.exec(yaml)?.[1] ??
    'scenario'
  );
}
