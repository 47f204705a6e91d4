import type { Shorten } from '../contract/compile-checks.js';
import { loadContract, prepareChecks, prepareContract } from '../contract/contract.js';
import { prepareBindings } from '../formats/binding/load.js';
import type { Api, Apis } from '../sandbox/api.js';
import { handlerOf } from '../sandbox/handlers.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Suite } from '../scenario/suite.js';
import { bindingProblems } from './binding-problems.js';
import {
  bindingKey,
  forgetPrepared,
  NOTHING_PREPARED,
  preparedKey,
  suiteKey,
  writePrepared,
} from './catalogue-cache.js';
import { loadBare } from './load-setup.js';
import { type ApiFiles, bindingOf, foldersOf, specOf, suiteFolders } from './pack-description.js';
import { listFiles, readScenarioFile } from './scenario-files.js';
import { listSuites, readSuiteFile } from './suite-files.js';

/**
 * Reads documents, and bindings, catalogue and suites of each pack, and keeps what is good; run by the build. What there is
 * anything to say of is left out, so that it is said at each start.
 */
export async function prepare(
  documents: readonly string[],
  packs: readonly ApiFiles[],
  shorten?: Shorten,
): Promise<void> {
  await prepareContracts(documents, packs, shorten);
  await prepareBindings(packs.flatMap((files) => bindingOf(files) ?? []));
  const prepared: Record<string, Scenario> = {};
  const bindings: string[] = [];
  const suites: Record<string, Suite> = {};
  for (const options of packs) {
    const apis = await loadBare(options);
    const [api, ...kinds] = apis;
    await prepareChecks(api.contract, (id) => messagesOf(apis, id), shorten);
    const told = apis.flatMap(({ binding }) => binding.problems);
    if (told.length === 0 && (await bindingProblems(apis, NOTHING_PREPARED)).length === 0)
      bindings.push(...apis.map(bindingKey));
    // A suite of several kinds names scenarios of all of them: what is prepared is looked up for one.
    if (kinds.length > 0) continue;
    const catalogue = new Map<string, Scenario>();
    for (const folder of foldersOf(options, api.binding.name)) {
      for (const file of await listFiles(folder, api.binding.name)) {
        const { text, scenario, problems } = await readScenarioFile(api, file, NOTHING_PREPARED);
        if (!scenario || problems.length > 0) continue;
        prepared[preparedKey(api, text)] = scenario;
        catalogue.set(scenario.name, scenario);
      }
    }
    api.catalogue = catalogue;
    const listed = await listSuites(suiteFolders(options, api.binding.name));
    for (const file of listed.values()) {
      const { text, suite } = await readSuiteFile([api], file, {});
      suites[suiteKey(text)] = suite;
    }
  }
  await writePrepared({ scenarios: prepared, bindings }, suites);
}

/** What is served by no pack has its checks compiled as a whole. */
async function prepareContracts(
  documents: readonly string[],
  packs: readonly ApiFiles[],
  shorten?: Shorten,
): Promise<void> {
  // What was found good before is looked at again.
  await forgetPrepared();
  const served = new Set(packs.map(specOf));
  for (const file of documents) {
    await prepareContract(file);
    if (!served.has(file)) await prepareChecks(await loadContract(file), () => 'both', shorten);
  }
}

/** What a start needs, and what clients send; what has no handler is answered by Prism, which takes its time anyway. */
function messagesOf(apis: Apis, operation: string) {
  const isOfJobs = ({ binding: { schedules, report } }: Api) =>
    schedules.has(operation) || report.operation === operation;
  if (apis.some(isOfJobs)) return 'both';
  return apis.some((api) => handlerOf(api, operation)) ? 'requests' : undefined;
}
