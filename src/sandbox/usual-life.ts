import type { Binding, Scheduling } from '../contract/binding.js';
import type { Eta, Scenario, Step } from '../scenario/scenario.js';
import type { Settings } from './settings.js';

/**
 * A scenario as a job of an operation lives it: where it names no form of a state and no eta, the binding's. It is made once
 * for each.
 * @param settings those of the session, of which one may say the eta
 */
export function usualLife(
  { usualEta }: Binding,
  { usual }: Pick<Scheduling, 'usual'>,
  scenario: Scenario,
  settings: Settings,
): Scenario {
  const eta = usualEta && etaOf(usualEta, settings);
  if (!eta && !usual) return scenario;
  const key = `${eta?.from} ${eta?.after} ${[...(usual ?? [])].join(' ')}`;
  const known = KNOWN.get(scenario) ?? new Map<string, Scenario>();
  KNOWN.set(scenario, known);
  const there = known.get(key);
  if (there) return there;
  const life = scenario.life.map((step) => usualStep(step, eta, usual));
  const made = { ...scenario, life };
  known.set(key, made);
  return made;
}

/** By scenario, in the forms of operations. */
const KNOWN = new WeakMap<Scenario, Map<string, Scenario>>();

function usualStep(step: Step, eta: Eta | undefined, usual: Scheduling['usual']): Step {
  const { response: says } = step;
  const shape = 'state' in says ? (says.shape ?? usual?.get(says.state)) : undefined;
  const response = 'state' in says ? { ...says, shape } : says;
  return { ...step, response, eta: step.eta ?? eta };
}

/** Undefined: the truth is told. */
function etaOf(usual: NonNullable<Binding['usualEta']>, settings: Settings): Eta | undefined {
  const { after, from, setting } = usual;
  const said = setting === undefined ? undefined : settings[setting];
  if (said === 0) return undefined;
  return { from, after: typeof said === 'number' ? said * 1000 : after };
}
