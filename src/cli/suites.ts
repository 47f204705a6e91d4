import pc from 'picocolors';
import { loadLenient } from '../load/load-setup.js';
import { apiFilesOf, type ServedFiles, suiteFolders } from '../load/pack-description.js';
import { listSuites, readSuite } from '../load/suite-files.js';
import { apisFrom, scenariosOfAll } from '../sandbox/api.js';

/** Lists the suites with what they play. @throws FileError for one with mistakes */
export async function showSuites(options: ServedFiles): Promise<void> {
  const { setup } = await loadLenient(options);
  const { apis } = setup;
  for (const [i, files] of apiFilesOf(options).entries()) {
    const kinds = apisFrom(apis, i);
    const [{ binding, home }] = kinds;
    const playing = { catalogue: scenariosOfAll(kinds) };
    for (const file of (await listSuites(suiteFolders(files, binding.name))).values()) {
      const { name, title, scenarios, pace } = await readSuite(playing, file);
      const shown = apis.length > kinds.length ? `${home}/${name}` : name;
      const how = pace === undefined ? '' : `; with --pace ${pace} times as fast`;
      process.stdout.write(`${pc.bold(shown)}  ${title} (${scenarios.length} scenarios${how})\n`);
      process.stdout.write(`  ${pc.dim(scenarios.join(', '))}\n`);
    }
  }
}
