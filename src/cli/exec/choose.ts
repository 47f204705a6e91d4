import { suiteFolders } from '../../load/pack-description.js';
import type { ServerOptions } from '../../load/server-options.js';
import { loadSuite } from '../../load/suite-files.js';
import { nearest } from '../../problem.js';
import { scenarioNamed } from '../../sandbox/select-scenario.js';
import type { Setup } from '../../sandbox/setup.js';
import { UsageError, usageError } from '../../sandbox-error.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Suite } from '../../scenario/suite.js';

const DEFAULT_SUITE = 'polling-basics';

/** What is to be played: scenarios by their names, a suite, or those scenarios of a suite. */
export interface Choice extends Pick<ServerOptions, 'pack' | 'spec' | 'binding' | 'scenarios'> {
  scenario?: string[];
  suite?: string;
}

/** @throws UsageError, FileError */
export async function choose(setup: Setup, choice: Choice) {
  const { scenario, suite: wanted } = choice;
  const names = scenario && [...new Set(scenario)];
  const scenarioOf = (name: string): Scenario => scenarioNamed(setup.catalogue, name, usageError);
  if (names && wanted === undefined) {
    const title = names.length === 1 ? (names[0] as string) : `${names.length} scenarios`;
    return { title, scenarios: names.map(scenarioOf), suite: undefined };
  }
  const folders = suiteFolders(choice, setup.binding.name);
  const suite = await loadSuite(setup, wanted ?? DEFAULT_SUITE, folders);
  const played = names ? narrowed(suite, names) : suite.scenarios;
  return { title: suite.name, scenarios: played.map(scenarioOf), suite };
}

/** Only these scenarios of a suite, in its order. @throws UsageError for one that is not in it */
function narrowed({ name: suite, scenarios }: Suite, names: readonly string[]): string[] {
  for (const name of names) {
    if (scenarios.includes(name)) continue;
    const what = `scenario "${name}" is not in the suite ${suite}`;
    throw new UsageError('USAGE_UNKNOWN_SCENARIO', what, nearest(name, scenarios));
  }
  return scenarios.filter((name) => names.includes(name));
}
