import pc from 'picocolors';
import { loadLenient } from '../load/load-setup.js';
import { apiFilesOf, type ServedFiles, suiteFolders } from '../load/pack-description.js';
import { listSuites, readSuite } from '../load/suite-files.js';
import { type Api, qualified } from '../sandbox/api.js';

/** Lists the suites with what they play. @throws FileError for one with mistakes */
export async function showSuites(options: ServedFiles): Promise<void> {
  const { setup } = await loadLenient(options);
  const { apis } = setup;
  for (const [i, files] of apiFilesOf(options).entries()) {
    const api = apis[i] as Api;
    for (const file of (await listSuites(suiteFolders(files, api.binding.name))).values()) {
      const { name, title, scenarios, pace } = await readSuite(api, file);
      const shown = apis.length > 1 ? qualified(api, name) : name;
      const how = pace === undefined ? '' : `; with --pace ${pace} times as fast`;
      process.stdout.write(`${pc.bold(shown)}  ${title} (${scenarios.length} scenarios${how})\n`);
      process.stdout.write(`  ${pc.dim(scenarios.join(', '))}\n`);
    }
  }
}
