import type { Binding } from '../contract/binding.js';
import { checkBinding, placeIn } from '../contract/check-binding.js';
import { checkKinds, toldOnce } from '../contract/check-kinds.js';
import { checkWebhooks } from '../contract/check-webhooks.js';
import type { Contract } from '../contract/contract.js';
import { exampleBody } from '../contract/example.js';
import type { Bindings } from '../formats/binding/build.js';
import { FileError, hindrances, nearest, type Problem } from '../problem.js';
import { type Api, type Apis, apisFrom, scenarioOf } from '../sandbox/api.js';
import { checkAuth } from '../sandbox/authenticate.js';
import { checkEnvelopes, hasEnvelope, plainScenario } from '../sandbox/binding-words.js';
import { changeSettings } from '../sandbox/change-settings.js';
import { checkClock } from '../sandbox/clock.js';
import { makeCompressor } from '../sandbox/compressed-text.js';
import { readChaos } from '../sandbox/control/chaos-options.js';
import { maskingFor } from '../sandbox/masking.js';
import type { Pack } from '../sandbox/pack.js';
import { readQuota } from '../sandbox/quota.js';
import { routesOf } from '../sandbox/routes.js';
import { scenariosNamed } from '../sandbox/select-scenario.js';
import { checkRules, defaultsOf } from '../sandbox/settings.js';
import { LIMITS, MAX_BODY, type Setup, VALIDATE } from '../sandbox/setup.js';
import { UsageError, usageError } from '../sandbox-error.js';
import { bindingProblems } from './binding-problems.js';
import { bindingKey, readPrepared } from './catalogue-cache.js';
import { checkSetting } from './check-setting.js';
import { checkCallbacks } from './check-webhooks.js';
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
import { hasOperations, playOperations } from './play-operations.js';
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
    served.map((files, i) => ({ files, binding: loaded[i]?.apis[0].binding.name ?? '' })),
  );
  const apis = namedApart(
    loaded.map((each) => each.apis),
    served,
  );
  const { scenario } = options;
  for (const api of apis) {
    const isFor = apis.length === 1 || (scenario !== undefined && scenarioOf(api, scenario));
    if (scenario !== undefined && isFor) api.scenario = scenario;
  }
  const setup = makeSetup(apis, options);
  // A file with a mistake in it may be the one.
  const problems = loaded.flatMap(({ problems: found }, i) => {
    const own = apisFrom(apis, i);
    return [
      ...own.flatMap(({ binding }) => binding.problems),
      ...(hindrances(found).length > 0 ? [] : missingScenarios(own)),
      ...found,
    ];
  });
  return { setup, problems: [...(await clashesOf(apis)), ...problems] };
}

/** The APIs that are asked for, without any scenario. @throws FileError, UsageError */
export async function loadApis(options: ServedFiles): Promise<Apis> {
  const served = apiFilesOf(options);
  return namedApart(await Promise.all(served.map(loadBare)), served);
}

/** One contract with its catalogue, an API for each kind of its jobs, and the mistakes in its scenario files. */
export async function loadApi(files: ApiFiles): Promise<{ apis: Apis; problems: Problem[] }> {
  const apis = await loadBare(files);
  const prepared = await readPrepared();
  const ofBindings = await bindingProblems(apis, prepared);
  const folders = foldersOf(files, apis[0].binding.name);
  const loaded = await loadScenarios(apis, folders, prepared);
  const { catalogues, problems, byBinding, leftOut } = loaded;
  for (const api of apis) {
    api.catalogue = catalogues.get(api) ?? new Map();
    api.leftOut = leftOut;
  }
  // Without scenarios such a binding has always been served; one whose scenarios break their contract never was.
  const told = byBinding
    ? ofBindings.map((problem) => ({ ...problem, usable: false }))
    : ofBindings;
  apis[0].binding.problems = [...apis[0].binding.problems, ...told];
  return { apis, problems };
}

/**
 * Bindings that name a scenario which no file has: their jobs live the built-in life, without a word. What stands at
 * the top of several kinds is meant for those that know it.
 */
export function missingScenarios(apis: readonly Api[]): Problem[] {
  const problems = apis.flatMap((api) => {
    const { scenario } = api.binding;
    const known = apis.some((each) => each.binding.scenario === scenario && knows(each, scenario));
    return known || scenario === undefined ? [] : [missingScenario(api, scenario)];
  });
  return toldOnce([problems]).flat();
}

function knows(api: Api, scenario: string | undefined): boolean {
  // Without any scenario the built-in life plays, and the banner says so.
  if (scenario === undefined || api.catalogue.size === 0) return true;
  return scenario === api.fallback.name || scenarioOf(api, scenario) !== undefined;
}

function missingScenario({ binding, catalogue }: Api, scenario: string): Problem {
  const { file } = binding;
  const message = `unknown scenario "${scenario}"`;
  const hint = nearest(scenario, [...catalogue.keys()]);
  const place = placeIn(binding, 'scenario');
  return { code: 'BINDING_UNKNOWN_SCENARIO', file, ...place, message, hint, usable: true };
}

/** Contract, binding and pack, an API for each kind of jobs, without any scenario. @throws FileError, UsageError */
export async function loadBare(files: ApiFiles): Promise<Apis> {
  checkPackName(files);
  const { bindings, contract } = await chooseBinding(files);
  const [first, ...others] = bindings;
  const pack = await behaviourFor(files, first);
  for (const binding of bindings) {
    binding.prefixes = [...new Set([...binding.prefixes, ...contract.bases])];
  }
  const api = (binding: Binding) => apiOf(binding, contract, pack);
  const apis: Apis = [api(first), ...others.map(api)];
  if (pack !== undefined && (await wasFoundGood(apis))) return apis;
  check(bindings, contract, pack);
  for (const each of apis) await tryOperations(each);
  return apis;
}

/** Bindings and contract of the package that were held to each other when it was built, and are as they were then. */
async function wasFoundGood(apis: Apis): Promise<boolean> {
  if (apis.some(({ contract }) => contract.isRead)) return false;
  const { bindings } = await readPrepared();
  return apis.every((api) => bindings.includes(bindingKey(api)));
}

/** Asks the operations on jobs that a binding names and tries its webhooks, and keeps what the contract does not allow. */
async function tryOperations(api: Api): Promise<void> {
  const { binding } = api;
  const tried = hasOperations(binding) ? await playOperations(makeSetup([api])) : [];
  const called = binding.webhooks ? checkCallbacks(api, (one) => makeSetup([one])) : [];
  const found = [...tried, ...called];
  if (found.length > 0) binding.problems = [...binding.problems, ...found];
}

function apiOf(binding: Binding, contract: Contract, pack: Pack | undefined): Api {
  const fallback = plainScenario(binding);
  return {
    name: binding.kind ?? binding.name,
    home: binding.name,
    platform: undefined,
    world: binding.name,
    from: 0,
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

function check(bindings: Bindings, contract: Contract, pack: Pack | undefined): void {
  const [first] = bindings;
  const problems = toldOnce(
    bindings.map((binding) => [
      ...checkBinding(binding, contract),
      ...checkWebhooks(binding, contract),
      ...checkSetting(binding, pack),
    ]),
  );
  problems[0]?.push(...checkKinds(bindings));
  if (first.pack !== undefined && !pack) {
    const message = `unknown pack "${first.pack}"`;
    problems[0]?.push({
      code: 'BINDING_UNKNOWN_PACK',
      file: first.file,
      ...placeIn(first, 'pack'),
      message,
      hint: nearest(first.pack, packNames()),
    });
  }
  if (hindrances(problems.flat()).length > 0) throw new FileError(problems.flat());
  bindings.forEach((binding, i) => {
    const ofContract = i === 0 ? contract.problems : [];
    binding.problems = [...ofContract, ...binding.problems, ...(problems[i] ?? [])];
  });
}

/**
 * Two documents may be played by one binding, and two bindings may have kinds of one name: then a number tells them
 * apart.
 */
function namedApart(groups: readonly Apis[], served: readonly ApiFiles[]): Apis {
  const names = makeNames();
  const homes = makeNames();
  const [first, ...others] = groups.flatMap(([one, ...kinds], from) => {
    const home = homes(one.home);
    const platform = served[from]?.platform;
    const world = platform ?? home;
    const apart = { home, platform, world, from };
    return [one, ...kinds].map((api) => ({ ...api, name: names(api.name), ...apart }));
  });
  return [first as Api, ...others];
}

/** Gives each name once: `orders`, then `orders-2`. */
function makeNames(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    let name = wanted;
    for (let number = 2; taken.has(name); number += 1) name = `${wanted}-${number}`;
    taken.add(name);
    return name;
  };
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
    auth: options.auth ?? 'open',
    quota: options.quota === undefined ? undefined : readQuota(options.quota, usageError),
    validate: options.validate ?? 'on',
    seed: options.seed,
    limits: { ...LIMITS, ...options.limits },
    maxBody: options.maxBody ?? MAX_BODY,
    compressor: makeCompressor(() => likelyBodies(apis.filter(({ contract }) => contract.isRead))),
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
  if (options.auth !== undefined) checkAuth(apis, options.auth, usageError);
  if (!VALIDATE.includes(validate)) {
    const what = `validate is ${JSON.stringify(validate)}`;
    throw new UsageError('USAGE_WRONG_OPTION', what, `give ${VALIDATE.join(', ')}`);
  }
  for (const [name, size] of Object.entries({ maxBody, maxHeaderSize })) {
    if (Number.isSafeInteger(size) && size > 0) continue;
    const hint = 'give a number of bytes, from 1';
    throw new UsageError('USAGE_WRONG_OPTION', `${name} is ${size}`, hint);
  }
  checkWebhookHosts(options.webhooks);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    const hint = 'give a number from 1 to 65535, or 0 for a free one';
    throw new UsageError('USAGE_WRONG_PORT', `port ${port} is none`, hint);
  }
}

/** Names or addresses, with a port or without; a whole URL would never be one of them. */
function checkWebhookHosts(webhooks: ServerOptions['webhooks']): void {
  if (webhooks === undefined || webhooks === 'allow') return;
  const wrong = webhooks.find((host) => !URL.canParse(`http://${host}`) || /[/?#@\s]/.test(host));
  if (wrong === undefined) return;
  const hint = 'give a name or an address: receiver.example, 10.0.0.7:9000; allow is for every one';
  throw new UsageError('USAGE_WRONG_OPTION', `webhooks: "${wrong}" is no host`, hint);
}

/** The contracts' own examples of what will be asked to be scheduled; the likeliest comes last. */
function likelyBodies(apis: readonly Api[]): string {
  return apis
    .flatMap(({ contract, binding }) =>
      [...binding.schedules.keys()]
        .flatMap((id) => contract.operations.get(id) ?? [])
        .map((operation) => JSON.stringify(exampleBody(contract.document, operation)) ?? ''),
    )
    .reverse()
    .join('');
}
