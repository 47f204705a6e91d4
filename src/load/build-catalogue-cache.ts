import { prepareContract } from '../contract/contract.js';
import { prepareBindings } from '../formats/binding/load.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Suite } from '../scenario/suite.js';
import { type Prepared, preparedKey, suiteKey, writePrepared } from './catalogue-cache.js';
import { loadBare } from './load-setup.js';
import { bindingOf, foldersOf, suiteFolders } from './pack-description.js';
import { listFiles, readScenarioFile } from './scenario-files.js';
import type { ServerOptions } from './server-options.js';
import { listSuites, readSuiteFile } from './suite-files.js';

/**
 * Reads documents, and bindings, catalogue and suites of each pack, and keeps what is good; run by the build. What there is
 * anything to say of is left out, so that it is said at each start.
 */
export async function prepare(
  documents: readonly string[],
  packs: readonly ServerOptions[],
): Promise<void> {
  for (const file of documents) await prepareContract(file);
  await prepareBindings(packs.map(bindingOf));
  const prepared: Record<string, Prepared[string]> = {};
  const suites: Record<string, Suite> = {};
  for (const options of packs) {
    const setup = await loadBare(options);
    const catalogue = new Map<string, Scenario>();
    for (const folder of foldersOf(options, setup.binding.name)) {
      for (const file of await listFiles(folder, setup.binding.name)) {
        const { text, scenario, problems } = await readScenarioFile(setup, file, {});
        if (!scenario || problems.length > 0) continue;
        prepared[preparedKey(setup, text)] = scenario;
        catalogue.set(scenario.name, scenario);
      }
    }
    setup.catalogue = catalogue;
    const listed = await listSuites(suiteFolders(options, setup.binding.name));
    for (const file of listed.values()) {
      const { text, suite } = await readSuiteFile(setup, file, {});
      suites[suiteKey(text)] = suite;
    }
  }
  await writePrepared(prepared, suites);
}
