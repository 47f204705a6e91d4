import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';
import { FileError, formatProblem, hindrances, nearest } from '../problem.js';
import { type Api, type Apis, apisFrom } from '../sandbox/api.js';
import { maskingFor } from '../sandbox/masking.js';
import { routesOf } from '../sandbox/routes.js';
import type { Setup } from '../sandbox/setup.js';
import type { Scenario } from '../scenario/scenario.js';
import { filesOfDocument, signatureOfFiles, signatureOfFolders } from './file-signature.js';
import { loadApi, missingScenarios } from './load-setup.js';
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
  /** The how manieth of what is served these files are: its APIs come from them, one for each kind of jobs. */
  from: number;
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
  const { files, before, notice, onContract } = watching;
  const name = () => ownApis(watching)[0].binding.name;
  let ended = false;
  const tell = (text: string) => {
    if (!ended) notice(text);
  };
  const { look, end } = lookAgain({
    before,
    read: () => readSignatures(files, name()),
    differ,
    changed: async (now, former) => {
      if (now.contract === former.contract) await readCatalogue(watching, tell);
      else if (await readContract(watching, tell)) onContract();
    },
    failed: ({ message }) => tell(message),
  });
  const own = [ownScenarios(files, name()) ?? []].flat();
  const hints = [specOf(files), ...bindingFiles(files)].map((file) => dirname(file));
  const watchers = [...new Set([...hints, ...own])].map((folder) => hint(folder, look));
  return () => {
    ended = true;
    end();
    for (const watcher of watchers) watcher?.close();
  };
}

function ownApis({ setup, from }: Pick<Watching, 'setup' | 'from'>): Apis {
  return apisFrom(setup.apis, from);
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
async function readContract(watching: Watching, notice: (text: string) => void): Promise<boolean> {
  const { setup, files } = watching;
  let fresh: Awaited<ReturnType<typeof loadApi>>;
  try {
    fresh = await loadApi(files);
  } catch (error) {
    tellMistakes(error, notice);
    notice('contract and binding stay as they were until this is mended');
    return false;
  }
  const [{ contract }] = fresh.apis;
  const taken = takeOver(watching, fresh.apis, notice);
  setup.routes = routesOf(setup.apis);
  setup.masking = maskingFor(setup.apis);
  notice(
    `contract read again: ${contract.title} ${contract.version}, ${contract.operations.size} operations`,
  );
  const own = fresh.apis.flatMap(({ binding }) => binding.problems);
  const problems = [...own, ...missingScenarios(fresh.apis), ...fresh.problems];
  const catalogues = new Map(taken.map((api, i) => [api, fresh.apis[i]?.catalogue ?? new Map()]));
  takeCatalogues(taken, { catalogues, problems }, notice);
  return true;
}

/** Puts what was read into the APIs that there are. Kinds of jobs may have come and gone. @returns them in its order */
function takeOver(watching: Watching, fresh: Apis, notice: (text: string) => void): readonly Api[] {
  const { setup, from } = watching;
  const before = ownApis(watching);
  const others = setup.apis.filter((api) => api.from !== from);
  const isTaken = (name: string) => others.some((api) => api.name === name);
  const after = fresh.map((api) => {
    const known = before.find(({ binding }) => binding.kind === api.binding.kind);
    if (known) return update(known, api);
    let { name } = api;
    for (let number = 2; isTaken(name); number += 1) name = `${api.name}-${number}`;
    const { home, platform, world } = before[0];
    return { ...api, name, home, platform, world, from };
  });
  if (before.length !== after.length || before.some((api) => !after.includes(api))) {
    const [first, ...more] = [...others, ...after].sort((a, b) => a.from - b.from);
    setup.apis = [first as Api, ...more];
    notice(`kinds of jobs: ${after.map(({ name }) => name).join(', ')}`);
  }
  return after;
}

function update(api: Api, fresh: Api): Api {
  const { contract, binding, pack, fallback } = fresh;
  // A scenario that a person has named stays the one.
  const usual = api.binding.scenario ?? api.fallback.name;
  const scenario = api.scenario === usual ? fresh.scenario : api.scenario;
  // What sessions have begun with stays: their jobs and journals were packed and set up by it.
  return Object.assign(api, { contract, binding, pack, fallback, scenario });
}

async function readCatalogue(watching: Watching, notice: (text: string) => void): Promise<void> {
  try {
    const apis = ownApis(watching);
    const folders = foldersOf(watching.files, apis[0].binding.name);
    takeCatalogues(apis, await loadScenarios(apis, folders), notice);
  } catch (error) {
    tellMistakes(error, notice);
    notice('the scenarios stay as they were until this is mended');
  }
}

function takeCatalogues(
  apis: readonly Api[],
  { catalogues, problems }: Pick<Loaded, 'catalogues' | 'problems'>,
  notice: (text: string) => void,
): void {
  const faulty = new Set(hindrances(problems).map((p) => p.file));
  const served = apis.filter((api) => api.catalogue.has(api.scenario));
  for (const api of apis) {
    const kept = [...api.catalogue.values()].filter((s) => faulty.has(s.file));
    const fresh = catalogues.get(api) ?? [];
    api.catalogue = new Map([...fresh, ...kept.map((s) => [s.name, s] as const)]);
  }
  for (const problem of problems) notice(formatProblem(problem));
  const state = faulty.size > 0 ? '; files with mistakes keep their former text' : '';
  const files = new Set(apis.flatMap((api) => [...api.catalogue.values()].map(keyOf)));
  notice(`scenarios read again: ${files.size}${state}`);
  for (const { catalogue, scenario, fallback } of served) {
    if (catalogue.has(scenario)) continue;
    const next = nearest(scenario, [...catalogue.keys()]);
    notice(
      `scenario "${scenario}", which new jobs live by, is in no file any more; until it is back they live by "${fallback.name}" (${next})`,
    );
  }
}

/** A file may hold a scenario of several kinds of jobs. */
function keyOf({ file, name }: Scenario): string {
  return `${file}\n${name}`;
}

/** @throws what is no mistake in a file or an option */
function tellMistakes(error: unknown, notice: (text: string) => void): void {
  if (error instanceof FileError)
    for (const problem of error.problems) notice(formatProblem(problem));
  else notice((error as Error).message);
}
