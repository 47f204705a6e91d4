import { basename } from 'node:path';
import type { Binding } from '../contract/binding.js';
import { type Contract, loadContract } from '../contract/contract.js';
import { makeRouter } from '../contract/router.js';
import { loadBinding } from '../formats/binding/load.js';
import { type ApiFiles, bindingOf, packagedBindings, specOf } from './pack-description.js';

/** What plays, and what it is held to. */
export interface Chosen {
  binding: Binding;
  contract: Contract;
}

/**
 * The contract of an API and the binding that plays it: the one that was named, that of the pack or the one beside the
 * document; else one that comes with the package, if its operations are those of the document; else a guess.
 * @throws FileError
 */
export async function chooseBinding(files: ApiFiles): Promise<Chosen> {
  const file = bindingOf(files);
  if (file !== undefined) {
    const binding = await loadBinding(file);
    const ofPack = files.pack !== undefined || files.spec === undefined;
    const origin = files.binding ? 'named' : ofPack ? 'pack' : 'beside';
    const contract = await loadContract(specOf(files), binding.prefixes);
    return { binding: { ...binding, origin }, contract };
  }
  const contract = await loadContract(specOf(files));
  const binding = (await packagedFor(contract)) ?? (await guess(contract));
  return { binding, contract: behind(contract, binding.prefixes) };
}

/** A binding of the package whose operations this document has, so that an official one needs none. */
async function packagedFor(contract: Contract): Promise<Binding | undefined> {
  for (const file of packagedBindings()) {
    const binding = await loadBinding(file);
    const { report, schedules } = binding;
    const names = contract.operations.get(report.operation)?.parameters ?? [];
    const reports = names.some((each) => each.in === 'path' && each.name === report.job);
    if (reports && [...schedules.keys()].some((id) => contract.operations.has(id)))
      return { ...binding, origin: 'shipped' };
  }
  return undefined;
}

/** Reading a document costs enough to do it once: what may stand in front of its paths is known only now. */
function behind(contract: Contract, prefixes: readonly string[]): Contract {
  return {
    ...contract,
    route: makeRouter([
      { operations: [...contract.operations.values()], prefixes, fits: contract.fits },
    ]),
  };
}

async function guess(contract: Contract): Promise<Binding> {
  const [{ guessBinding }, { parseBinding }] = await Promise.all([
    import('../guess/guess-binding.js'),
    import('../formats/binding/parse.js'),
  ]);
  const { text, guessed } = guessBinding(contract, basename(contract.file));
  const binding = parseBinding(`${contract.file} (guessed binding)`, text);
  return { ...binding, origin: 'guessed', guessed };
}
