import type { Binding } from '../contract/binding.js';
import { type Contract, loadContract } from '../contract/contract.js';
import { checkBinding, loadBinding } from '../contract/load-binding.js';
import { loadPack, PACKS } from '../packs/index.js';
import { FileError, nearest } from '../problem.js';
import { unknownScenario } from '../sandbox/choose.js';
import { LIMITS, type Setup } from '../sandbox/setup.js';
import { envelopesOf, plainScenario } from '../sandbox/words.js';
import { bindingOf, foldersOf, type ServerOptions, specOf } from './options.js';
import { loadScenarios } from './scenario-files.js';

/** Everything that a sandbox needs, read and checked. @throws FileError, UsageError */
export async function loadSetup(options: ServerOptions): Promise<Setup> {
  const { setup, problems } = await loadLenient(options);
  if (problems.length > 0) throw new FileError(problems);
  const { scenario } = options;
  if (scenario !== undefined && !setup.catalogue.has(scenario)) {
    throw new UsageError(unknownScenario(setup.catalogue, scenario));
  }
  return setup;
}

/** The same, with the mistakes of scenario files beside it: for `lint`, and for reading again. */
export async function loadLenient(options: ServerOptions) {
  const setup = await loadBare(options);
  const { catalogue, problems } = await loadScenarios(
    setup,
    foldersOf(options, setup.binding.name),
  );
  setup.catalogue = catalogue;
  return { setup, problems };
}

/** Contract, binding and pack, without any scenario. */
export async function loadBare(options: ServerOptions): Promise<Setup> {
  const binding = await loadBinding(bindingOf(options));
  const [contract, pack] = await Promise.all([
    loadContract(specOf(options), binding.prefixes),
    binding.pack === undefined ? undefined : loadPack(binding.pack),
  ]);
  check(options, binding, contract, pack !== undefined);
  const envelope = options.envelope ?? (binding.envelopes.keys().next().value as string);
  const fallback = plainScenario(binding);
  return {
    contract,
    binding,
    pack,
    catalogue: new Map(),
    scenario: options.scenario ?? binding.scenario ?? fallback.name,
    fallback,
    clock: options.clock ?? { mode: 'real' },
    envelope,
    seed: options.seed,
    limits: { ...LIMITS, ...options.limits },
    wall: Date.now,
  };
}

function check(
  options: ServerOptions,
  binding: Binding,
  contract: Contract,
  packFound: boolean,
): void {
  const problems = checkBinding(binding, contract);
  if (binding.pack !== undefined && !packFound) {
    const message = `unknown pack "${binding.pack}"`;
    problems.push({
      file: binding.file,
      line: 0,
      column: 0,
      message,
      hint: nearest(binding.pack, PACKS),
    });
  }
  if (problems.length > 0) throw new FileError(problems);
  const envelopes = envelopesOf(binding);
  if (options.envelope !== undefined && !envelopes.includes(options.envelope)) {
    const hint = nearest(options.envelope, envelopes);
    throw new UsageError(`unknown envelope "${options.envelope}"; ${hint}`);
  }
}

/** A way to start the sandbox that cannot be. */
export class UsageError extends Error {
  override name = 'UsageError';
}
