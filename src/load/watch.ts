import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';
import { FileError, formatProblem, hindrances, nearest } from '../problem.js';
import type { Api } from '../sandbox/api.js';
import { maskingFor } from '../sandbox/masking.js';
import { routesOf } from '../sandbox/routes.js';
import type { Setup } from '../sandbox/setup.js';
import { filesOfDocument, signatureOfFiles, signatureOfFolders } from './file-signature.js';
import { loadApi, missingScenario } from './load-setup.js';
import { lookAgain } from './look-again.js';
import {
  type ApiFiles,
  bindingOf,
  bindingsBeside,
  foldersOf,
  ownScenarios,
  specOf,
} from './pack-description.js';
import { type Loaded, loadScenarios } from './scenario-files.js';

/** How the files are, each kind as one text; undefined: not looked at yet. */
export interface Signatures {
  /** Contract and binding. */
  contract: string;
  /** The person's own scenarios. */
  own: string | undefined;
  /** Those that come with the package. */
  catalogue: string | undefined;
}

interface Watching {
  setup: Setup;
  /** The one whose files are watched. */
  api: Api;
  files: ApiFiles;
  /** How the files were before they were read. */
  before: Signatures;
  /** Told what was read, and every mistake. */
  notice: (text: string) => void;
  /** Contract and binding are other ones now. */
  onContract: () => void;
}

/** How the files are now. @param binding name of the one in use, if there is one yet */
export async function readSignatures(options: ApiFiles, binding?: string): Promise<Signatures> {
  const named = ownScenarios(options, binding ?? '');
  const own = named === undefined ? [] : [named];
  const packed = foldersOf(options, binding ?? '').filter((folder) => !own.includes(folder));
  const files = [...(await filesOfDocument(specOf(options))), ...bindingFiles(options)];
  const [contract, mine, catalogue] = await Promise.all([
    signatureOfFiles(files),
    // Which folder it is may depend on the name of the binding.
    binding === undefined && options.scenarioRoot ? undefined : signatureOfFolders(own),
    binding === undefined ? undefined : signatureOfFolders(packed),
  ]);
  return { contract, own: mine, catalogue };
}

/**
 * Reads contract, binding and scenarios again when their files change; what has mistakes stays as it
 * was. It looks at the files themselves, again and again: a folder that was removed and made anew, a
 * link that leads elsewhere, a mounted folder of another system tell nobody. What the operating system
 * does tell only makes it look sooner.
 * @returns a function that ends the watch
 */
export function watchFiles(watching: Watching): () => void {
  const { api, files, before, notice, onContract } = watching;
  let ended = false;
  const tell = (text: string) => {
    if (!ended) notice(text);
  };
  const { look, end } = lookAgain({
    before,
    read: () => readSignatures(files, api.binding.name),
    differ,
    changed: async (now, former) => {
      if (now.contract === former.contract) await readCatalogue(api, files, tell);
      else if (await readContract(watching, tell)) onContract();
    },
    failed: ({ message }) => tell(message),
  });
  const own = [ownScenarios(files, api.binding.name) ?? []].flat();
  const hints = [specOf(files), ...bindingFiles(files)].map((file) => dirname(file));
  const watchers = [...new Set([...hints, ...own])].map((folder) => hint(folder, look));
  return () => {
    ended = true;
    end();
    for (const watcher of watchers) watcher?.close();
  };
}

/** The binding's file; for a document alone those that may come to lie beside it. */
function bindingFiles(files: ApiFiles): string[] {
  const file = bindingOf(files);
  return file === undefined ? bindingsBeside(files.spec ?? '') : [file];
}

function differ(a: Signatures, b: Signatures): boolean {
  const catalogue = a.catalogue !== undefined && a.catalogue !== b.catalogue;
  const own = a.own !== undefined && a.own !== b.own;
  return a.contract !== b.contract || own || catalogue;
}

/** Calls when something in a folder changes; where that cannot be had, nothing is lost but a second. */
function hint(folder: string, changed: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, changed);
    return watcher.on('error', () => watcher.close());
  } catch {
    return undefined;
  }
}

/** @returns whether what was read is used from now on */
async function readContract(
  { setup, api, files }: Watching,
  notice: (text: string) => void,
): Promise<boolean> {
  let fresh: Awaited<ReturnType<typeof loadApi>>;
  try {
    fresh = await loadApi(files);
  } catch (error) {
    tellMistakes(error, notice);
    notice('contract and binding stay as they were until this is mended');
    return false;
  }
  const { contract, binding, pack, fallback, catalogue } = fresh.api;
  // A scenario that a person has named stays the one.
  const usual = api.binding.scenario ?? api.fallback.name;
  const scenario = api.scenario === usual ? fresh.api.scenario : api.scenario;
  // What sessions have begun with stays: their jobs and journals were packed and set up by it.
  Object.assign(api, { contract, binding, pack, fallback, scenario });
  setup.routes = routesOf(setup.apis);
  setup.masking = maskingFor(setup.apis);
  notice(
    `contract read again: ${contract.title} ${contract.version}, ${contract.operations.size} operations`,
  );
  const problems = [...binding.problems, ...missingScenario(fresh.api), ...fresh.problems];
  takeCatalogue(api, { catalogue, problems }, notice);
  return true;
}

async function readCatalogue(
  api: Api,
  files: ApiFiles,
  notice: (text: string) => void,
): Promise<void> {
  try {
    const folders = foldersOf(files, api.binding.name);
    takeCatalogue(api, await loadScenarios(api, folders), notice);
  } catch (error) {
    tellMistakes(error, notice);
    notice('the scenarios stay as they were until this is mended');
  }
}

function takeCatalogue(
  api: Api,
  { catalogue, problems }: Loaded,
  notice: (text: string) => void,
): void {
  const served = api.catalogue.has(api.scenario);
  const faulty = new Set(hindrances(problems).map((p) => p.file));
  const kept = [...api.catalogue.values()].filter((s) => faulty.has(s.file));
  api.catalogue = new Map([...catalogue, ...kept.map((s) => [s.name, s] as const)]);
  for (const problem of problems) notice(formatProblem(problem));
  const state = faulty.size > 0 ? '; files with mistakes keep their former text' : '';
  notice(`scenarios read again: ${api.catalogue.size}${state}`);
  if (served && !api.catalogue.has(api.scenario)) {
    const next = nearest(api.scenario, [...api.catalogue.keys()]);
    notice(
      `scenario "${api.scenario}", which new jobs live by, is in no file any more; until it is back they live by "${api.fallback.name}" (${next})`,
    );
  }
}

/** @throws what is no mistake in a file or an option */
function tellMistakes(error: unknown, notice: (text: string) => void): void {
  if (error instanceof FileError)
    for (const problem of error.problems) notice(formatProblem(problem));
  else notice((error as Error).message);
}
