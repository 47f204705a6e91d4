import type { Binding } from '../contract/binding.js';
import { checkBinding, placeIn } from '../contract/check-binding.js';
import { type Contract, loadContract } from '../contract/contract.js';
import { exampleBody } from '../contract/example.js';
import { loadBinding } from '../formats/binding/load.js';
import {
  behaviourFor,
  bindingOf,
  foldersOf,
  packNames,
  packProblem,
  specOf,
} from '../load/pack-description.js';
import { FileError, hindrances, nearest, type Problem } from '../problem.js';
import type { ChaosSetting } from '../sandbox/chaos.js';
import { clockProblem } from '../sandbox/clock.js';
import type { Pack } from '../sandbox/pack.js';
import { makePacker } from '../sandbox/packed.js';
import { unknownScenario } from '../sandbox/select-scenario.js';
import { changeSettings, defaultsOf, type Settings } from '../sandbox/settings.js';
import { LIMITS, type Setup } from '../sandbox/setup.js';
import { envelopesOf, plainScenario } from '../sandbox/words.js';
import { type ChaosOptions, readChaos } from './chaos.js';
import { rulesProblem, type ServerOptions } from './options.js';
import { loadScenarios } from './scenario-files.js';

/** Everything that a sandbox needs, read and checked. @throws FileError, UsageError */
export async function loadSetup(options: ServerOptions): Promise<Setup> {
  const { setup, problems } = await loadLenient(options);
  if (hindrances(problems).length > 0) throw new FileError(problems);
  setup.problems = problems;
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
  // A file with a mistake in it may be the one.
  const missing = hindrances(problems).length > 0 ? [] : missingScenario(setup);
  return { setup, problems: [...setup.binding.problems, ...missing, ...problems] };
}

/** A binding that names a scenario which no file has: its jobs live the built-in life, without a word. */
export function missingScenario({ binding, catalogue, fallback }: Setup): Problem[] {
  const { scenario, file } = binding;
  if (scenario === undefined || scenario === fallback.name || catalogue.has(scenario)) return [];
  const message = `unknown scenario "${scenario}"`;
  const hint = nearest(scenario, [...catalogue.keys()]);
  const place = placeIn(binding, 'scenario');
  return [{ code: 'BINDING_UNKNOWN_SCENARIO', file, ...place, message, hint, usable: true }];
}

/** Contract, binding and pack, without any scenario. */
export async function loadBare(options: ServerOptions): Promise<Setup> {
  const unknown = packProblem(options);
  if (unknown) throw new UsageError(unknown);
  const binding = await loadBinding(bindingOf(options));
  const [contract, pack] = await Promise.all([
    loadContract(specOf(options), binding.prefixes),
    behaviourFor(options, binding),
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
    chaos: options.chaos && readChaosOption(options.chaos, contract),
    rules: options.rules ?? 'on',
    settings: settingsOf(options, pack),
    seed: options.seed,
    limits: { ...LIMITS, ...options.limits },
    packer: makePacker(likelyBodies(contract, binding)),
    wall: Date.now,
    steady: performance.now.bind(performance),
    problems: [],
  };
}

/** A way to start the sandbox that cannot be. */
export class UsageError extends Error {
  override name = 'UsageError';
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
      code: 'BINDING_UNKNOWN_PACK',
      file: binding.file,
      ...placeIn(binding, 'pack'),
      message,
      hint: nearest(binding.pack, packNames()),
    });
  }
  if (hindrances(problems).length > 0) throw new FileError(problems);
  binding.problems = [...binding.problems, ...problems];
  const envelopes = envelopesOf(binding);
  if (options.envelope !== undefined && !envelopes.includes(options.envelope)) {
    const hint = nearest(options.envelope, envelopes);
    throw new UsageError(`unknown envelope "${options.envelope}"; ${hint}`);
  }
  const wrong = options.clock && clockProblem(options.clock);
  if (wrong) throw new UsageError(wrong);
  const wrongRules = options.rules === undefined ? undefined : rulesProblem(options.rules);
  if (wrongRules) throw new UsageError(wrongRules);
  const { port = 0 } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(
      `port ${port} is none; give a number from 1 to 65535, or 0 for a free one`,
    );
  }
}

function readChaosOption(options: ChaosOptions, contract: Contract): ChaosSetting {
  const setting = readChaos(options, contract);
  if (typeof setting === 'string') throw new UsageError(`chaos: ${setting}`);
  return setting;
}

/** @throws UsageError */
function settingsOf({ settings = {} }: ServerOptions, pack: Pack | undefined): Settings {
  const declared = pack?.settings ?? [];
  const defaults = defaultsOf(declared);
  const set = changeSettings(declared, defaults, settings, defaults);
  if (typeof set === 'string') throw new UsageError(set);
  return set;
}

/** The contract's own examples of what will be asked to be scheduled; the likeliest comes last. */
function likelyBodies(contract: Contract, binding: Binding): string {
  return [...binding.schedules.keys()]
    .flatMap((id) => contract.operations.get(id) ?? [])
    .map((operation) => JSON.stringify(exampleBody(contract.document, operation)) ?? '')
    .reverse()
    .join('');
}
