import type { Binding } from '../contract/binding.js';
import { checkBinding, placeIn } from '../contract/check-binding.js';
import type { Contract } from '../contract/contract.js';
import { exampleBody } from '../contract/example.js';
import { FileError, hindrances, nearest, type Problem } from '../problem.js';
import { type Api, type Apis, scenarioOf } from '../sandbox/api.js';
import { checkEnvelopes, hasEnvelope, plainScenario } from '../sandbox/binding-words.js';
import { changeSettings } from '../sandbox/change-settings.js';
import { checkClock } from '../sandbox/clock.js';
import { makeCompressor } from '../sandbox/compressed-text.js';
import { readChaos } from '../sandbox/control/chaos-options.js';
import { maskingFor } from '../sandbox/masking.js';
import { routesOf } from '../sandbox/routes.js';
import { scenariosNamed } from '../sandbox/select-scenario.js';
import { checkRules, defaultsOf } from '../sandbox/settings.js';
import { LIMITS, MAX_BODY, type Setup, VALIDATE } from '../sandbox/setup.js';
import { UsageError, usageError } from '../sandbox-error.js';
import { chooseBinding } from './choose-binding.js';
import { clashesOf } from './clashes.js';
import {
  type ApiFiles,
  apiFilesOf,
  behaviourFor,
  checkPackName,
  checkScenarioRoot,
  foldersOf,
  packNames,
  type ServedFiles,
} from './pack-description.js';
import { loadScenarios } from './scenario-files.js';
import type { ServerOptions } from './server-options.js';

/** Everything that a sandbox needs, read and checked. @throws FileError, UsageError */
export async function loadSetup(options: ServerOptions): Promise<Setup> {
  const { setup, problems } = await loadLenient(options);
  if (hindrances(problems).length > 0) throw new FileError(problems);
  setup.problems = problems;
  const { scenario } = options;
  if (scenario !== undefined) scenariosNamed(setup.apis, scenario, usageError);
  return setup;
}

/** The same, with the mistakes of scenario files beside it: for `lint`, and for reading again. */
export async function loadLenient(options: ServerOptions) {
  const served = apiFilesOf(options);
  const loaded = await Promise.all(served.map(loadApi));
  checkScenarioRoot(
    served.map((files, i) => ({ files, binding: loaded[i]?.api.binding.name ?? '' })),
  );
  const apis = namedApart(loaded.map(({ api }) => api));
  const { scenario } = options;
  for (const api of apis) {
    const isFor = apis.length === 1 || (scenario !== undefined && scenarioOf(api, scenario));
    if (scenario !== undefined && isFor) api.scenario = scenario;
  }
  const setup = makeSetup(apis, options);
  // A file with a mistake in it may be the one.
  const problems = loaded.flatMap(({ problems: found }, i) => [
    ...(apis[i]?.binding.problems ?? []),
    ...(hindrances(found).length > 0 ? [] : missingScenario(apis[i] as Api)),
    ...found,
  ]);
  return { setup, problems: [...(await clashesOf(apis)), ...problems] };
}

/** The APIs that are asked for, without any scenario. @throws FileError, UsageError */
export async function loadApis(options: ServedFiles): Promise<Apis> {
  return namedApart(await Promise.all(apiFilesOf(options).map(loadBare)));
}

/** One API with its catalogue, and the mistakes in its scenario files. */
export async function loadApi(files: ApiFiles): Promise<{ api: Api; problems: Problem[] }> {
  const api = await loadBare(files);
  const { catalogue, problems } = await loadScenarios(api, foldersOf(files, api.binding.name));
  api.catalogue = catalogue;
  return { api, problems };
}

/** A binding that names a scenario which no file has: its jobs live the built-in life, without a word. */
export function missingScenario({ binding, catalogue, fallback }: Api): Problem[] {
  const { scenario, file } = binding;
  // Without any scenario the built-in life plays, and the banner says so.
  if (scenario === undefined || catalogue.size === 0) return [];
  if (scenario === fallback.name || catalogue.has(scenario)) return [];
  const message = `unknown scenario "${scenario}"`;
  const hint = nearest(scenario, [...catalogue.keys()]);
  const place = placeIn(binding, 'scenario');
  return [{ code: 'BINDING_UNKNOWN_SCENARIO', file, ...place, message, hint, usable: true }];
}

/** Contract, binding and pack of one API, without any scenario. @throws FileError, UsageError */
export async function loadBare(files: ApiFiles): Promise<Api> {
  checkPackName(files);
  const { binding, contract } = await chooseBinding(files);
  const pack = await behaviourFor(files, binding);
  binding.prefixes = [...new Set([...binding.prefixes, ...contract.bases])];
  check(binding, contract, pack !== undefined);
  const fallback = plainScenario(binding);
  return {
    name: binding.name,
    contract,
    binding,
    pack,
    catalogue: new Map(),
    scenario: binding.scenario ?? fallback.name,
    fallback,
    envelope: binding.envelopes.keys().next().value as string,
    settings: defaultsOf(pack?.settings ?? []),
  };
}

function check(binding: Binding, contract: Contract, packFound: boolean): void {
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
  binding.problems = [...contract.problems, ...binding.problems, ...problems];
}

/** Two documents may be played by one binding: then a number tells them apart. */
function namedApart(apis: readonly Api[]): Apis {
  const taken = new Set<string>();
  const [first, ...others] = apis.map((api) => {
    let { name } = api;
    for (let number = 2; taken.has(name); number += 1) name = `${api.name}-${number}`;
    taken.add(name);
    return name === api.name ? api : { ...api, name };
  });
  return [first as Api, ...others];
}

/** What sessions of these APIs share, and how they begin. @throws UsageError */
export function makeSetup(apis: Apis, options: ServerOptions = {}): Setup {
  checkOptions(apis, options);
  const { envelope, settings = {} } = options;
  for (const api of apis) {
    if (envelope !== undefined && hasEnvelope(api.binding, envelope)) api.envelope = envelope;
  }
  changeSettings(apis, settings, usageError).forEach((changed, i) => {
    (apis[i] as Api).settings = changed;
  });
  return {
    apis,
    routes: routesOf(apis),
    clock: options.clock ?? { mode: 'real' },
    chaos: options.chaos && readChaos(options.chaos, apis, usageError),
    rules: options.rules ?? 'on',
    validate: options.validate ?? 'on',
    seed: options.seed,
    limits: { ...LIMITS, ...options.limits },
    maxBody: options.maxBody ?? MAX_BODY,
    compressor: makeCompressor(likelyBodies(apis)),
    masking: maskingFor(apis),
    wall: Date.now,
    steady: performance.now.bind(performance),
    problems: [],
  };
}

function checkOptions(apis: Apis, options: ServerOptions): void {
  const { envelope, clock, rules, validate = 'on', port = 0 } = options;
  const { maxBody = 1, maxHeaderSize = 1 } = options;
  if (envelope !== undefined) checkEnvelopes(apis, envelope, usageError);
  if (clock) checkClock(clock, usageError);
  if (rules !== undefined) checkRules(rules, usageError);
  if (!VALIDATE.includes(validate)) {
    const what = `validate is ${JSON.stringify(validate)}`;
    throw new UsageError('USAGE_WRONG_OPTION', what, `give ${VALIDATE.join(', ')}`);
  }
  for (const [name, size] of Object.entries({ maxBody, maxHeaderSize })) {
    if (Number.isSafeInteger(size) && size > 0) continue;
    const hint = 'give a number of bytes, from 1';
    throw new UsageError('USAGE_WRONG_OPTION', `${name} is ${size}`, hint);
  }
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    const hint = 'give a number from 1 to 65535, or 0 for a free one';
    throw new UsageError('USAGE_WRONG_PORT', `port ${port} is none`, hint);
  }
}

/** The contracts' own examples of what will be asked to be scheduled; the likeliest comes last. */
function likelyBodies(apis: Apis): string {
  return apis
    .flatMap(({ contract, binding }) =>
      [...binding.schedules.keys()]
        .flatMap((id) => contract.operations.get(id) ?? [])
        .map((operation) => JSON.stringify(exampleBody(contract.document, operation)) ?? ''),
    )
    .reverse()
    .join('');
}
