import { type OwnSuite, suitesNamed } from '../../load/named-suites.js';
import type { ServedFiles } from '../../load/pack-description.js';
import { suiteOf } from '../../load/profile/apply.js';
import type { FoundProfile } from '../../load/profile/read.js';
import { nearest } from '../../problem.js';
import { type Apis, qualified } from '../../sandbox/api.js';
import { type OwnScenario, scenariosNamed } from '../../sandbox/select-scenario.js';
import { scenariosOfSuite } from '../../sandbox/suite-scenarios.js';
import { UsageError, usageError } from '../../sandbox-error.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Suite } from '../../scenario/suite.js';

const DEFAULT_SUITE = 'polling-basics';

/** What is to be played: scenarios by their names, a suite, or those scenarios of a suite. */
export interface Choice extends ServedFiles {
  scenario?: string[];
  suite?: string;
}

/** A scenario that is to be played, and the name that reports and queues know it by. */
export interface Played {
  name: string;
  scenario: Scenario;
  /** The suite by process that it is played in. */
  own?: OwnSuite | undefined;
}

interface Chosen {
  title: string;
  scenarios: Played[];
  /** Undefined where scenarios are named alone. */
  suite: Suite | undefined;
}

/**
 * Of several APIs a name stands for what each of them has by it; `orders/slow` is one of a single API.
 * @param profile what is played in the place of a suite
 * @throws UsageError, FileError
 */
export async function choose(apis: Apis, choice: Choice, profile?: FoundProfile): Promise<Chosen> {
  const { scenario, suite: wanted } = choice;
  const names = scenario && [...new Set(scenario)];
  const nameOf = ({ api, scenario: { name } }: OwnScenario) =>
    apis.length > 1 ? qualified(api, name) : name;
  const toPlay = (own: OwnScenario): Played => ({ name: nameOf(own), scenario: own.scenario });
  if (names && wanted === undefined && !profile) {
    const named = names.flatMap((name) => scenariosNamed(apis, name, usageError));
    const title = named.length === 1 ? (names[0] as string) : `${named.length} scenarios`;
    return { title, scenarios: named.map(toPlay), suite: undefined };
  }
  const found = profile
    ? ([{ suite: suiteOf(profile), apis }] as const)
    : await suitesNamed(apis, choice, wanted ?? DEFAULT_SUITE);
  const all = found.flatMap((own) => scenariosOfSuite(own.suite, own.apis));
  const processOf = ({ api }: OwnScenario) =>
    found.find((own) => own.suite.steps && own.apis.includes(api));
  const [{ suite }] = found;
  const tolerances = Object.assign({}, ...found.map((one) => one.suite.tolerances));
  return {
    title: suite.name,
    scenarios: (names ? narrowed(suite.name, all, names, nameOf) : all).map((one) => ({
      ...toPlay(one),
      own: processOf(one),
    })),
    // Of what is not asked for, nothing has to be said.
    suite: { ...suite, tolerances, ...(names ? { leftOut: [] } : {}) },
  };
}

/** Only these scenarios of a suite, in its order. @throws UsageError for one that is not in it */
function narrowed(
  suite: string,
  scenarios: readonly OwnScenario[],
  names: readonly string[],
  nameOf: (own: OwnScenario) => string,
): OwnScenario[] {
  const isCalled = (own: OwnScenario, name: string) =>
    own.scenario.name === name || nameOf(own) === name;
  for (const name of names) {
    if (scenarios.some((own) => isCalled(own, name))) continue;
    const what = `scenario "${name}" is not in the suite ${suite}`;
    const hint = nearest(name, scenarios.map(nameOf));
    throw new UsageError('USAGE_UNKNOWN_SCENARIO', what, hint);
  }
  return scenarios.filter((own) => names.some((name) => isCalled(own, name)));
}
