import type { Binding } from '../contract/binding.js';
import { checkBinding, placeIn } from '../contract/check-binding.js';
import { type Contract, loadContract } from '../contract/contract.js';
import { exampleBody } from '../contract/example.js';
import { loadBinding } from '../formats/binding/load.js';
import { FileError, hindrances, nearest, type Problem } from '../problem.js';
import { checkEnvelope, plainScenario } from '../sandbox/binding-words.js';
import { checkClock } from '../sandbox/clock.js';
import { makeCompressor } from '../sandbox/compressed-text.js';
import { readChaos } from '../sandbox/control/chaos-options.js';
import { makeMasking } from '../sandbox/masking.js';
import type { Pack } from '../sandbox/pack.js';
import { scenarioNamed } from '../sandbox/select-scenario.js';
import { changeSettings, checkRules, defaultsOf, type Settings } from '../sandbox/settings.js';
import { LIMITS, type Setup } from '../sandbox/setup.js';
import { UsageError, usageError } from '../sandbox-error.js';
import {
  behaviourFor,
  bindingOf,
  checkPackName,
  foldersOf,
  packNames,
  specOf,
} from './pack-description.js';
import { loadScenarios } from './scenario-files.js';
import type { ServerOptions } from './server-options.js';

/** Everything that a sandbox needs, read and checked. @throws FileError, UsageError */
export async function loadSetup(options: ServerOptions): Promise<Setup> {
  const { setup, problems } = await loadLenient(options);
  if (hindrances(problems).length > 0) throw new FileError(problems);
  setup.problems = problems;
  const { scenario } = options;
  if (scenario !== undefined) scenarioNamed(setup.catalogue, scenario, usageError);
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
  // Without any scenario the built-in life plays, and the banner says so.
  if (scenario === undefined || catalogue.size === 0) return [];
  if (scenario === fallback.name || catalogue.has(scenario)) return [];
  const message = `unknown scenario "${scenario}"`;
  const hint = nearest(scenario, [...catalogue.keys()]);
  const place = placeIn(binding, 'scenario');
  return [{ code: 'BINDING_UNKNOWN_SCENARIO', file, ...place, message, hint, usable: true }];
}

/** Contract, binding and pack, without any scenario. */
export async function loadBare(options: ServerOptions): Promise<Setup> {
  checkPackName(options);
  const binding = await loadBinding(bindingOf(options));
  const [contract, pack] = await Promise.all([
    loadContract(specOf(options), binding.prefixes),
    behaviourFor(options, binding),
  ]);
  binding.prefixes = [...new Set([...binding.prefixes, ...contract.bases])];
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
    chaos: options.chaos && readChaos(options.chaos, contract, usageError),
    rules: options.rules ?? 'on',
    settings: settingsOf(options, pack),
    seed: options.seed,
    limits: { ...LIMITS, ...options.limits },
    compressor: makeCompressor(likelyBodies(contract, binding)),
    masking: makeMasking(contract.secrets),
    wall: Date.now,
    steady: performance.now.bind(performance),
    problems: [],
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
      code: 'BINDING_UNKNOWN_PACK',
      file: binding.file,
      ...placeIn(binding, 'pack'),
      message,
      hint: nearest(binding.pack, packNames()),
    });
  }
  if (hindrances(problems).length > 0) throw new FileError(problems);
  binding.problems = [...binding.problems, ...problems];
  if (options.envelope !== undefined) checkEnvelope(binding, options.envelope, usageError);
  if (options.clock) checkClock(options.clock, usageError);
  if (options.rules !== undefined) checkRules(options.rules, usageError);
  const { port = 0 } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    const hint = 'give a number from 1 to 65535, or 0 for a free one';
    throw new UsageError('USAGE_WRONG_PORT', `port ${port} is none`, hint);
  }
}

/** @throws UsageError */
function settingsOf({ settings = {} }: ServerOptions, pack: Pack | undefined): Settings {
  const declared = pack?.settings ?? [];
  const defaults = defaultsOf(declared);
  return changeSettings(declared, defaults, settings, defaults, usageError);
}

/** The contract's own examples of what will be asked to be scheduled; the likeliest comes last. */
function likelyBodies(contract: Contract, binding: Binding): string {
  return [...binding.schedules.keys()]
    .flatMap((id) => contract.operations.get(id) ?? [])
    .map((operation) => JSON.stringify(exampleBody(contract.document, operation)) ?? '')
    .reverse()
    .join('');
}
