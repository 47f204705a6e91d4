import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, parse, resolve, sep } from 'node:path';
import { asset } from '../assets.js';
import { loadPack } from '../packs/index.js';
import { PLATFORM_NAMES, packsOf } from '../packs/platforms.js';
import { FileError, nearest, type Problem } from '../problem.js';
import type { Pack } from '../sandbox/pack.js';
import { UsageError } from '../sandbox-error.js';
import { loadBehaviour } from './load-behaviour.js';

/** Where the parts of one API lie: the same for one that comes with the package and for a folder of one's own. */
export interface PackDescription {
  /** The pack's name, or the folder as it was named. */
  name: string;
  /** The OpenAPI document. */
  spec: string;
  /** The binding. */
  binding: string;
  /** Folders of scenarios that exist. */
  scenarios: readonly string[];
  /** Folders of suites, whether they exist or not. */
  suites: readonly string[];
  /** Reads the domain behaviour; resolves to undefined when the pack has none. @throws FileError */
  loadBehaviour(): Promise<Pack | undefined>;
}

/** Where one API comes from. */
export interface ApiFiles {
  /**
   * Contract, binding, scenarios and behaviour in one: an API that comes with the package, by its name, or the
   * folder of another one, such as `./my-api`. Default: one of ours.
   */
  pack?: string | undefined;
  /** OpenAPI 3.0 or 3.1 document. Default: the pack's. */
  spec?: string | undefined;
  /** Default: that of a pack that is named, else `binding.yaml` beside the document, else the usual pack's. */
  binding?: string | undefined;
  /** A folder of scenarios of one's own, read after the catalogue that comes with the package. */
  scenarios?: string | undefined;
  /** A folder that holds one of scenarios for each of several APIs, by the name of its binding. */
  scenarioRoot?: string | undefined;
  /** What it is served as a part of: the packs of a platform share one world of resources. */
  platform?: string | undefined;
}

/** Options that name what is served: one API, or several at one address. */
export interface ServedFiles extends Omit<ApiFiles, 'pack' | 'spec' | 'scenarioRoot' | 'platform'> {
  /** That of {@link ApiFiles}, or the name of a platform; a list serves several APIs at one address. */
  pack?: string | readonly string[] | undefined;
  /** That of {@link ApiFiles}; a list serves several APIs at one address. */
  spec?: string | readonly string[] | undefined;
  /** Several APIs, each with files of its own, in place of the options of the same names. */
  apis?: readonly ApiFiles[] | undefined;
}

/** Served when no pack and no document is named. */
const DEFAULT_PACK = 'compositions';

export function usualPack(): string {
  return DEFAULT_PACK;
}

/** Forms that an OpenAPI document may have, the first that is there counts. */
const SPECS = ['openapi.yaml', 'openapi.yml', 'openapi.json'];
const BINDINGS = ['binding.yaml', 'binding.yml'];
const BEHAVIOURS = ['behaviour.js', 'behaviour.mjs'];

/** Names of the packs that come with the package. */
export function packNames(): string[] {
  const folders = readdirSync(asset('spec')).sort();
  return folders.filter((name) => existsSync(asset('spec', name, 'binding.yaml')));
}

/** Names that stand for several packs at one address. */
export function platformNames(): readonly string[] {
  return PLATFORM_NAMES;
}

/** What `--pack` takes by name. */
export function servedNames(): string[] {
  return [...platformNames(), ...packNames()];
}

/** The packs of a platform that are there; any other name stands for itself. */
function membersOf(files: ApiFiles): ApiFiles[] {
  const { pack: platform, spec } = files;
  const packs = platform === undefined || spec !== undefined ? undefined : packsOf(platform);
  if (platform === undefined || packs === undefined) return [files];
  const known = packNames();
  return packs.flatMap((pack) => (known.includes(pack) ? [{ ...files, pack, platform }] : []));
}

/**
 * Does `--pack` name a folder? A name has no separator and begins with no dot.
 * @param separator the system's: a backslash on Windows, where a slash separates too
 */
export function isPackFolder(pack: string, separator: string = sep): boolean {
  return pack.startsWith('.') || pack.includes('/') || pack.includes(separator);
}

/**
 * The APIs that are asked for, in their order. One `pack` and one `spec` are one API, the pack with that
 * document in its place; where either is a list of more, each is an API of its own.
 * @throws UsageError for options that do not go together
 */
export function apiFilesOf({ apis, ...options }: ServedFiles): readonly ApiFiles[] {
  const { binding, scenarios } = options;
  const [given = [], documents = []] = [options.pack, options.spec].map((names) =>
    names === undefined ? [] : [names].flat(),
  );
  const members = given.flatMap((pack) => membersOf({ pack }));
  const { packs, specs } = withDocuments(members, documents);
  const single = packs.length <= 1 && specs.length <= 1;
  if (!apis || apis.length === 0) {
    if (single) {
      const [first] = packs;
      return [{ ...first, pack: first?.pack, spec: specs[0] ?? first?.spec, binding, scenarios }];
    }
    if (binding !== undefined && specs.length !== 1) {
      const hint = 'put each document into a folder with its binding.yaml beside it';
      const what = 'one binding cannot be for several APIs';
      throw new UsageError('USAGE_OPTION_CONFLICT', what, hint);
    }
    const files = [...packs, ...specs.map((spec) => ({ spec, binding }))];
    return withOwnScenarios(files, scenarios);
  }
  if (packs.length + specs.length > 0 || binding !== undefined) {
    const hint = 'name all of them there';
    throw new UsageError('USAGE_OPTION_CONFLICT', '`apis` stands alone', hint);
  }
  return withOwnScenarios(apis.flatMap(membersOf), scenarios);
}

/**
 * `orders=official.yaml` names the document of one of several packs; the others are APIs of their own.
 * @throws UsageError where no pack has that name
 */
function withDocuments(packs: readonly ApiFiles[], documents: readonly string[]) {
  const own = new Map<string, string>();
  const specs: string[] = [];
  for (const document of documents) {
    const [, pack, spec] = /^([\w-]+)=(.+)$/.exec(document) ?? [];
    if (pack === undefined || spec === undefined) specs.push(document);
    else if (packs.some((one) => one.pack === pack)) own.set(pack, spec);
    else {
      const names = packs.flatMap((one) => one.pack ?? []);
      const hint = `name its pack as well: --pack ${pack}; ${nearest(pack, names)}`;
      throw new UsageError('USAGE_UNKNOWN_PACK', `${document} is for no pack here`, hint);
    }
  }
  return {
    packs: packs.map((files) => {
      const spec = own.get(files.pack ?? '');
      return spec === undefined ? files : { ...files, spec };
    }),
    specs,
  };
}

/** A person's own scenarios of several APIs lie in a folder for each: `my-scenarios/orders`. */
function withOwnScenarios(
  apis: readonly ApiFiles[],
  scenarios: string | undefined,
): readonly ApiFiles[] {
  if (scenarios === undefined) return apis;
  return apis.map((files) =>
    apis.length === 1 ? { scenarios, ...files } : { scenarioRoot: scenarios, ...files },
  );
}

/**
 * The folder of a person's own scenarios for an API, if there is one: where one folder is named for several
 * APIs, the one in it that bears the name of the binding, of the pack or of the document.
 */
export function ownScenarios(files: ApiFiles, binding: string): string | undefined {
  const { scenarios, scenarioRoot } = files;
  if (scenarios !== undefined || scenarioRoot === undefined) return scenarios;
  const names = [binding, shortName(files)].filter((name) => name !== '');
  return names.map((name) => join(scenarioRoot, name)).find(isFolder);
}

/** @throws UsageError where a folder is named for several APIs and holds nothing for any of them */
export function checkScenarioRoot(apis: readonly { files: ApiFiles; binding: string }[]): void {
  const [first] = apis;
  const root = first?.files.scenarioRoot;
  if (root === undefined) return;
  if (apis.some(({ files, binding }) => ownScenarios(files, binding) !== undefined)) return;
  const what = `${root} holds no folder for any of the APIs`;
  const folders = apis.map(({ binding }) => join(root, binding)).join(', ');
  throw new UsageError('USAGE_NO_SCENARIOS', what, `put scenarios of each API into ${folders}`);
}

/** `orders`; `my-api` of `./my-api`; `orders` of `apis/orders.yaml`. */
function shortName({ pack, spec }: ApiFiles): string {
  return spec === undefined || pack !== undefined
    ? basename(resolve(pack ?? DEFAULT_PACK))
    : basename(spec, extname(spec));
}

/** @throws UsageError when there is no such pack */
export function checkPackName({ pack }: ApiFiles): void {
  if (pack === undefined) return;
  if (isPackFolder(pack)) {
    if (isFolder(pack)) return;
    const hint = 'name one that holds openapi.yaml and binding.yaml';
    throw new UsageError('USAGE_UNKNOWN_PACK', `there is no folder ${pack}`, hint);
  }
  if (packNames().includes(pack)) return;
  const own = isFolder(pack) ? `; a folder of your own is named ./${pack}` : '';
  const hint = nearest(pack, servedNames()) + own;
  throw new UsageError('USAGE_UNKNOWN_PACK', `unknown pack "${pack}"`, hint);
}

/** The parts of a pack, by its name or its folder. @throws FileError when a folder lacks one that it needs */
export function describePack(pack: string): PackDescription {
  return isPackFolder(pack) ? describeFolder(pack) : describeOwn(pack);
}

/** One that comes with the package: `spec/NAME`, `scenarios/NAME`, `src/packs/NAME`. */
function describeOwn(name: string): PackDescription {
  const folder = asset('scenarios', name);
  return {
    name,
    spec: asset('spec', name, 'openapi.yaml'),
    binding: asset('spec', name, 'binding.yaml'),
    scenarios: existing([folder]),
    suites: [join(folder, 'suites')],
    loadBehaviour: () => loadPack(name),
  };
}

/** One from outside: a single folder with the same parts. */
function describeFolder(folder: string): PackDescription {
  const spec = partOf(folder, SPECS);
  const binding = partOf(folder, BINDINGS);
  const problems = [
    ...(spec ? [] : [missing(folder, SPECS[0] as string, 'it is the OpenAPI document of the API')]),
    ...(binding
      ? []
      : [missing(folder, BINDINGS[0] as string, 'it says which operations schedule jobs')]),
  ];
  if (!spec || !binding) throw new FileError(problems);
  const scenarios = join(folder, 'scenarios');
  const behaviour = partOf(folder, BEHAVIOURS);
  return {
    name: folder,
    spec,
    binding,
    scenarios: existing([scenarios]),
    suites: [join(folder, 'suites')],
    loadBehaviour: async () => (behaviour === undefined ? undefined : loadBehaviour(behaviour)),
  };
}

export function specOf({ spec, pack = DEFAULT_PACK }: ApiFiles): string {
  return spec ?? describePack(pack).spec;
}

/** The OpenAPI document in the folder of a binding, if there is one. */
export function specBeside(binding: string): string | undefined {
  return partOf(dirname(binding), SPECS);
}

/**
 * The binding file that was named, that of the pack, or the one beside the document. Undefined: a document alone;
 * which binding plays depends on what it says.
 */
export function bindingOf(files: ApiFiles): string | undefined {
  const { binding, spec, pack } = files;
  if (binding) return binding;
  if (pack === undefined && spec) return bindingsBeside(spec).find((file) => existsSync(file));
  return describePack(pack ?? DEFAULT_PACK).binding;
}

/** Where a binding of a document may lie: `binding.yaml`, or `NAME.binding.yaml` beside `NAME.json`. */
export function bindingsBeside(spec: string): string[] {
  const { dir, name } = parse(spec);
  const own = BINDINGS.map((file) => join(dir, `${name}.${file}`));
  // The one that bears the document's name is meant for it alone.
  return [...own, ...BINDINGS.map((file) => join(dir, file))];
}

/** Does a scenario, a binding or a document come with the package? What lies beside it may be a person's own. */
export function isPackaged(file: string): boolean {
  const path = resolve(file);
  return ['scenarios', 'spec'].some((folder) => path.startsWith(asset(folder) + sep));
}

/** Bindings that come with the package. */
export function packagedBindings(): string[] {
  return packNames().map((name) => asset('spec', name, 'binding.yaml'));
}

/**
 * The description that a binding is played with: the folder that was named, else the pack of ours that
 * bears the binding's name. Undefined: neither; the API is a document and a binding alone.
 */
function descriptionFor({ pack }: ApiFiles, binding: string): PackDescription | undefined {
  if (pack !== undefined && isPackFolder(pack)) return describePack(pack);
  return packNames().includes(binding) ? describePack(binding) : undefined;
}

/** The catalogue of the binding, if there is one, then the person's own folder. */
export function foldersOf(files: ApiFiles, binding: string): string[] {
  const catalogue = descriptionFor(files, binding)?.scenarios ?? [];
  const own = ownScenarios(files, binding);
  return [...catalogue, ...(own ? [own] : [])];
}

/** Where suites are looked for: a folder of one's own first, then those of the binding's pack. */
export function suiteFolders(files: ApiFiles, binding: string): string[] {
  const scenarios = ownScenarios(files, binding);
  const own = scenarios ? [join(scenarios, 'suites')] : [];
  return [...own, ...(descriptionFor(files, binding)?.suites ?? [])];
}

/** Folders of scenarios and suites of other packs: they may lie in a folder that a person names. */
export function foreignFolders(binding: string): string[] {
  const others = packNames().filter((name) => name !== binding);
  return others.map(describePack).flatMap(({ scenarios, suites }) => [...scenarios, ...suites]);
}

/**
 * The behaviour that goes with a binding: that of the folder that was named, else the one of ours that
 * the binding's `pack` names. @throws FileError
 */
export async function behaviourFor(
  { pack }: ApiFiles,
  binding: { file: string; pack: string | undefined },
): Promise<Pack | undefined> {
  const folder = pack !== undefined && isPackFolder(pack) ? describePack(pack) : undefined;
  const own = await folder?.loadBehaviour();
  if (own && binding.pack !== undefined && binding.pack !== own.name) {
    const message = `\`pack: ${binding.pack}\` is not the name of the behaviour beside it, "${own.name}"`;
    const hint = 'leave `pack` out: behaviour.js is found by itself';
    const code = 'PACK_NAME_DIFFERS';
    throw new FileError([{ code, file: binding.file, line: 0, column: 0, message, hint }]);
  }
  if (own || binding.pack === undefined) return own;
  return loadPack(binding.pack);
}

/**
 * Up to 0.3.0 the suites of the usual pack lay in `scenarios/suites`; who names one there by its path
 * gets it where it lies now.
 */
export function suiteFile(file: string): string {
  const before = asset('scenarios', 'suites') + sep;
  const path = resolve(file);
  if (!path.startsWith(before) || existsSync(path)) return file;
  return join(describePack(DEFAULT_PACK).suites[0] as string, path.slice(before.length));
}

function partOf(folder: string, names: readonly string[]): string | undefined {
  return names.map((name) => join(folder, name)).find((file) => existsSync(file));
}

function missing(folder: string, part: string, why: string): Problem {
  const message = `the pack folder has no ${part}`;
  return {
    code: 'PACK_PART_MISSING', file: folder, line: 0, column: 0, message, hint: `${why}; add it`,
  }; // biome-ignore format: one thing
}

function existing(folders: readonly string[]): string[] {
  return folders.filter(isFolder);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
