import { basename } from 'node:path';
import { adoptNames, lacksNames, placesAmong } from '../contract/adopt-names.js';
import { joinNames, nameOf } from '../contract/aliases.js';
import type { Binding } from '../contract/binding.js';
import { type Contract, loadContract } from '../contract/contract.js';
import { type OpenApiDocument, readDocument } from '../contract/document.js';
import type { Operation } from '../contract/operation.js';
import { listOperations } from '../contract/operations.js';
import { makeRouter } from '../contract/router.js';
import type { Bindings } from '../formats/binding/build.js';
import { loadBindings } from '../formats/binding/load.js';
import {
  type ApiFiles,
  bindingOf,
  packagedBindings,
  specBeside,
  specOf,
} from './pack-description.js';

/** What plays, a binding for each kind of jobs, and what it is held to. */
export interface Chosen {
  bindings: Bindings;
  contract: Contract;
}

/**
 * The contract of an API and the binding that plays it: the one that was named, that of the pack or the one beside the
 * document; else one that comes with the package, if its operations are those of the document; else a guess.
 * @throws FileError
 */
export async function chooseBinding(files: ApiFiles): Promise<Chosen> {
  const { bindings, contract } = await choose(files);
  const { contract: named, bindings: all } = namesJoined(files, contract, bindings);
  const [first, ...others] = all;
  return { bindings: [first as Binding, ...others], contract: named };
}

async function choose(files: ApiFiles): Promise<Chosen> {
  const file = bindingOf(files);
  if (file !== undefined) {
    const bindings = await loadBindings(file);
    const ofPack = files.pack !== undefined || files.spec === undefined;
    const origin = files.binding ? 'named' : ofPack ? 'pack' : 'beside';
    const prefixes = prefixesOf(bindings);
    const adopt = files.spec === undefined ? undefined : adoptFrom(file, bindings, prefixes);
    const contract = await loadContract(specOf(files), prefixes, adopt);
    return { bindings: each(bindings, (binding) => ({ ...binding, origin })), contract };
  }
  const contract = await loadContract(specOf(files));
  const named = await packagedFor(contract);
  const placed = named ? undefined : await packagedByPlace(contract);
  if (placed) return placed;
  const bindings = named ?? (await guess(contract));
  return { bindings, contract: behind(contract, prefixesOf(bindings)) };
}

/** A pack's own contract and binding have the same names: other ones are heeded once somebody reads the contract. */
function namesJoined(files: ApiFiles, contract: Contract, bindings: Bindings) {
  const { onceRead } = contract;
  if (files.binding !== undefined || files.spec !== undefined || !onceRead) {
    return joinNames(contract, bindings);
  }
  onceRead((whole) => joinNames(whole, bindings).contract);
  return { contract, bindings };
}

/**
 * An official document is swapped in for the one beside a binding, and calls operations as it likes: those that lack the
 * binding's names get them by method and path.
 */
function adoptFrom(file: string, bindings: Bindings, prefixes: readonly string[]) {
  const names = bindings.flatMap(({ report, schedules }) =>
    [report.operation, ...schedules.keys()].filter((name) => name !== ''),
  );
  return async (document: OpenApiDocument): Promise<OpenApiDocument> => {
    const beside = lacksNames(document, names) ? specBeside(file) : undefined;
    if (beside === undefined) return document;
    const own = await readDocument(beside);
    return adoptNames(document, listOperations(own.document), prefixes);
  };
}

function each(bindings: Bindings, change: (binding: Binding) => Binding): Bindings {
  const [first, ...others] = bindings;
  return [change(first), ...others.map(change)];
}

/** What may stand in front of the paths of any of them. */
function prefixesOf(bindings: Bindings): string[] {
  return [...new Set(bindings.flatMap(({ prefixes }) => prefixes))];
}

/** A binding of the package whose operations this document has, so that an official one needs none. */
async function packagedFor(contract: Contract): Promise<Bindings | undefined> {
  for (const file of packagedBindings()) {
    const bindings = await loadBindings(file);
    const [{ report, schedules, aliases }] = bindings;
    const known = new Map(
      [...contract.operations].map(([id, each]) => [aliases.get(id) ?? id, each]),
    );
    const names = known.get(nameOf(contract, report.operation))?.parameters ?? [];
    const { job } = report;
    const reports = names.some((one) => one.in === job.in && one.name === job.name);
    if (reports && [...schedules.keys()].some((id) => known.has(id)))
      return each(bindings, (binding) => ({ ...binding, origin: 'shipped' }));
  }
  return undefined;
}

/**
 * The same of a document that calls them otherwise: the operation that reports is where it is in ours, and so are those
 * that schedule. It is read again, with our names.
 */
async function packagedByPlace(contract: Contract): Promise<Chosen | undefined> {
  for (const file of packagedBindings()) {
    const bindings = await loadBindings(file);
    const [{ report, schedules }] = bindings;
    const spec = specBeside(file);
    if (schedules.size === 0 || spec === undefined) continue;
    const prefixes = prefixesOf(bindings);
    const { routes } = await loadContract(spec, prefixes);
    const scheduling = routes.filter(({ id }) => schedules.has(id));
    const reporting = routes.filter(({ id }) => id === report.operation);
    const has = (wanted: typeof routes) => placesAmong(contract.routes, wanted, prefixes);
    if (has(reporting) === 0 || has(scheduling) * 2 < scheduling.length) continue;
    const adopt = adoptFrom(file, bindings, prefixes);
    const adopted = await loadContract(contract.file, prefixes, adopt);
    if (!adopted.adopted) continue;
    return {
      bindings: each(bindings, (one) => ({ ...one, origin: 'shipped' })),
      contract: adopted,
    };
  }
  return undefined;
}

/** Reading a document costs enough to do it once: what may stand in front of its paths is known only now. */
function behind(contract: Contract, prefixes: readonly string[]): Contract {
  return {
    ...contract,
    route: makeRouter([
      {
        operations: contract.routes,
        whole: (id) => contract.operations.get(id) as Operation,
        prefixes,
        fits: contract.fits,
      },
    ]),
  };
}

async function guess(contract: Contract): Promise<Bindings> {
  const [{ guessBinding }, { parseBindings }] = await Promise.all([
    import('../guess/guess-binding.js'),
    import('../formats/binding/parse.js'),
  ]);
  const { text, guessed } = guessBinding(contract, basename(contract.file));
  const bindings = parseBindings(`${contract.file} (guessed binding)`, text);
  return each(bindings, (binding) => ({
    ...binding,
    origin: 'guessed',
    guessed: guessed.get(binding.kind) ?? NOTHING_GUESSED,
  }));
}

const NOTHING_GUESSED = { questions: [], others: [], scenarios: [] };
