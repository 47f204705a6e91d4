import { unknownScenario } from '../../sandbox/select-scenario.js';
import type { Setup } from '../../sandbox/setup.js';
import type { Scenario } from '../../scenario/scenario.js';
import { ControlProblem } from './control-problem.js';

/** @throws ControlProblem with the nearest name when there is no such scenario */
export function scenarioNamed({ catalogue }: Setup, name: string): Scenario {
  const found = catalogue.get(name);
  if (found) return found;
  throw new ControlProblem(404, unknownScenario(catalogue, name));
}
