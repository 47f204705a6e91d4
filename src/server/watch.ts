import { formatProblem, hindrances } from '../problem.js';
import type { Setup } from '../sandbox/setup.js';
import { loadScenarios } from './scenario-files.js';

/**
 * Reads all scenarios again when one changes; what has mistakes keeps its former text.
 * @param notice told what was read, and every mistake
 * @returns a function that ends the watch
 */
export async function watchScenarios(
  setup: Setup,
  folders: readonly string[],
  notice: (text: string) => void,
): Promise<() => Promise<void>> {
  const { watch } = await import('chokidar');
  const watcher = watch([...folders], {
    ignoreInitial: true,
    awaitWriteFinish: { stabilityThreshold: 50, pollInterval: 10 },
  });
  const reload = async () => {
    const { catalogue, problems } = await loadScenarios(setup, folders);
    const faulty = new Set(hindrances(problems).map((p) => p.file));
    const kept = [...setup.catalogue.values()].filter((s) => faulty.has(s.file));
    setup.catalogue = new Map([...catalogue, ...kept.map((s) => [s.name, s] as const)]);
    for (const problem of problems) notice(formatProblem(problem));
    const state = faulty.size > 0 ? '; files with mistakes keep their former text' : '';
    notice(`scenarios read again: ${setup.catalogue.size}${state}`);
  };
  // One after the other: a slow reading must not win over a later one.
  let reading = Promise.resolve();
  watcher.on('all', (_, path) => {
    if (!/\.ya?ml$/.test(path)) return;
    reading = reading.then(reload).catch((error: Error) => notice(error.message));
  });
  await new Promise<void>((ready) => watcher.once('ready', () => ready()));
  return async () => {
    await watcher.close();
    await reading;
  };
}
