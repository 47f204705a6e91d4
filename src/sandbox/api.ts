import type { Binding } from '../contract/binding.js';
import type { Contract } from '../contract/contract.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Pack } from './pack.js';
import type { Settings } from './settings.js';

/** Scenarios by name, as they stand in the files now. */
export type Catalogue = ReadonlyMap<string, Scenario>;

/** A contract with its binding, its scenarios and, if it has one, its pack. Watching replaces its parts. */
export interface Api {
  /** That of its binding, with a number behind it where another API has the same: `orders-2`. */
  readonly name: string;
  /** Where its resources are kept, together with those of all APIs that say the same; left out: apart from all others. */
  readonly home?: string | undefined;
  contract: Contract;
  binding: Binding;
  pack: Pack | undefined;
  /** Replaced as a whole when files change. */
  catalogue: Catalogue;
  /** What its jobs live by unless something else is chosen; by name, so that a changed file counts. */
  scenario: string;
  /** Plays where neither the files nor the choice offer anything. */
  fallback: Scenario;
  /** Form of good answers where a session has chosen none. */
  envelope: string;
  /** What sessions begin with. */
  settings: Settings;
}

/** Under which name its resources are kept. */
export function homeOf({ name, home }: Api): string {
  return home ?? name;
}

/** What one server serves: at least one. */
export type Apis = readonly [Api, ...Api[]];

/** Apart `orders/slow`: the API that a name is for, and the scenario's own name. */
function parts(name: string): [api: string | undefined, scenario: string] {
  const slash = name.lastIndexOf('/');
  return slash === -1 ? [undefined, name] : [name.slice(0, slash), name.slice(slash + 1)];
}

/** The API's scenario of this name, which may begin with that of the API: `slow`, `orders/slow`. */
export function scenarioOf({ name: own, catalogue }: Api, name: string): Scenario | undefined {
  const plain = catalogue.get(name);
  if (plain) return plain;
  const [api, scenario] = parts(name);
  return api === own ? catalogue.get(scenario) : undefined;
}

/** How a scenario is named so that no other API's can be meant. */
export function qualified({ name }: Api, scenario: string): string {
  return `${name}/${scenario}`;
}
