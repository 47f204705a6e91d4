import { prepareBindings } from '../formats/binding/load.js';
import { loadBare } from './load.js';
import { bindingOf, foldersOf, type ServerOptions } from './options.js';
import { type Prepared, preparedKey, writePrepared } from './prepared.js';
import { listFiles, readScenarioFile } from './scenario-files.js';

/** Reads the catalogue of each contract and keeps what is good; run by the build. */
export async function prepare(packs: readonly ServerOptions[]): Promise<void> {
  await prepareBindings(packs.map(bindingOf));
  const prepared: Record<string, Prepared[string]> = {};
  for (const options of packs) {
    const setup = await loadBare(options);
    for (const folder of foldersOf(options, setup.binding.name)) {
      for (const file of await listFiles(folder, setup.binding.name)) {
        const { text, scenario, problems } = await readScenarioFile(setup, file, {});
        if (scenario && problems.length === 0) prepared[preparedKey(setup, text)] = scenario;
      }
    }
  }
  await writePrepared(prepared);
}
