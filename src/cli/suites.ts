import pc from 'picocolors';
import { loadLenient } from '../server/load.js';
import type { ServerOptions } from '../server/options.js';
import { listSuites, readSuite, suiteFolders } from '../server/suite-files.js';

/** Lists the suites with what they play. @throws FileError for one with mistakes */
export async function showSuites(options: Pick<ServerOptions, 'scenarios'>): Promise<void> {
  const { setup } = await loadLenient(options);
  for (const file of (await listSuites(suiteFolders(options))).values()) {
    const { name, title, scenarios, pace } = await readSuite(setup, file);
    const how = pace === undefined ? '' : `, pace ${pace}`;
    process.stdout.write(`${pc.bold(name)}  ${title} (${scenarios.length} scenarios${how})\n`);
    process.stdout.write(`  ${pc.dim(scenarios.join(', '))}\n`);
  }
}
