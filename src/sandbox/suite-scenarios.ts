import type { Suite } from '../scenario/suite.js';
import { type Api, scenarioOf } from './api.js';
import type { OwnScenario } from './select-scenario.js';

/**
 * The scenarios of a suite in its order, each with the API whose jobs live it. A suite of several kinds of jobs names
 * some that not all of them have.
 */
export function scenariosOfSuite({ scenarios }: Suite, apis: readonly Api[]): OwnScenario[] {
  return scenarios.flatMap((name) =>
    apis.flatMap((api) => {
      const scenario = scenarioOf(api, name);
      return scenario ? [{ api, scenario }] : [];
    }),
  );
}
