import pc from 'picocolors';
import { suiteFolders } from '../load/pack-description.js';
import { loadLenient } from '../server/load.js';
import type { ServerOptions } from '../server/options.js';
import { listSuites, readSuite } from '../server/suite-files.js';

type Options = Pick<ServerOptions, 'pack' | 'spec' | 'binding' | 'scenarios'>;

/** Lists the suites with what they play. @throws FileError for one with mistakes */
export async function showSuites(options: Options): Promise<void> {
  const { setup } = await loadLenient(options);
  for (const file of (await listSuites(suiteFolders(options, setup.binding.name))).values()) {
    const { name, title, scenarios, pace } = await readSuite(setup, file);
    const how = pace === undefined ? '' : `, pace ${pace}`;
    process.stdout.write(`${pc.bold(name)}  ${title} (${scenarios.length} scenarios${how})\n`);
    process.stdout.write(`  ${pc.dim(scenarios.join(', '))}\n`);
  }
}
