import pc from 'picocolors';
import { loadLenient } from '../load/load-setup.js';
import { suiteFolders } from '../load/pack-description.js';
import type { ServerOptions } from '../load/server-options.js';
import { listSuites, readSuite } from '../load/suite-files.js';

type Options = Pick<ServerOptions, 'pack' | 'spec' | 'binding' | 'scenarios'>;

/** Lists the suites with what they play. @throws FileError for one with mistakes */
export async function showSuites(options: Options): Promise<void> {
  const { setup } = await loadLenient(options);
  for (const file of (await listSuites(suiteFolders(options, setup.binding.name))).values()) {
    const { name, title, scenarios, pace } = await readSuite(setup, file);
    const how = pace === undefined ? '' : `; with --pace ${pace} times as fast`;
    process.stdout.write(`${pc.bold(name)}  ${title} (${scenarios.length} scenarios${how})\n`);
    process.stdout.write(`  ${pc.dim(scenarios.join(', '))}\n`);
  }
}
