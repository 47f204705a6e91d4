import { nameOf } from '../contract/aliases.js';
import type { Binding } from '../contract/binding.js';
import type { Contract } from '../contract/contract.js';
import type { Scenario } from '../scenario/scenario.js';
import { derivedOf } from './derived.js';
import type { Pack } from './pack.js';
import type { Settings } from './settings.js';

/** Scenarios by name, as they stand in the files now. */
export type Catalogue = ReadonlyMap<string, Scenario>;

/**
 * A contract with its binding, its scenarios and, if it has one, its pack. Watching replaces its parts. A binding of
 * several kinds of jobs makes an API of each, over one contract.
 */
export interface Api {
  /**
   * That of its binding, or of its kind of jobs, with a number behind it where another API has the same: `orders-2`.
   */
  readonly name: string;
  /** Shared by the kinds of one binding, which keep together what their jobs make: the name of the binding. */
  readonly home: string;
  /** What it is served as a part of; undefined: by itself. */
  readonly platform: string | undefined;
  /** Where its resources are kept: its home, or the platform, whose packs share them. */
  readonly world: string;
  /** The how manieth of what is served it comes from; kinds of one binding come from the same. */
  readonly from: number;
  contract: Contract;
  binding: Binding;
  pack: Pack | undefined;
  /** Replaced as a whole when files change. */
  catalogue: Catalogue;
  /** Scenarios that come with the package, and are in words that its binding does not have. */
  leftOut?: readonly string[];
  /** What its jobs live by unless something else is chosen; by name, so that a changed file counts. */
  scenario: string;
  /** Plays where neither the files nor the choice offer anything. */
  fallback: Scenario;
  /** Form of good answers where a session has chosen none. */
  envelope: string;
  /** What sessions begin with. */
  settings: Settings;
}

/** What one server serves: at least one. */
export type Apis = readonly [Api, ...Api[]];

/** Those that come from one of what is served: an API for each kind of jobs of its binding. */
export function apisFrom(apis: readonly Api[], from: number): Apis {
  const [first, ...others] = apis.filter((api) => api.from === from);
  return [first as Api, ...others];
}

/** Apart `orders/slow`: the API that a name is for, and the scenario's own name. */
function parts(name: string): [api: string | undefined, scenario: string] {
  const slash = name.lastIndexOf('/');
  return slash === -1 ? [undefined, name] : [name.slice(0, slash), name.slice(slash + 1)];
}

/** The API's scenario of this name, which may begin with that of the API: `slow`, `orders/slow`. */
export function scenarioOf(api: Api, name: string): Scenario | undefined {
  const plain = named(api, name);
  if (plain) return plain;
  const [of, scenario] = parts(name);
  return of === api.name ? named(api, scenario) : undefined;
}

/** Of the files, else of those that follow from the binding. */
function named(api: Api, name: string): Scenario | undefined {
  const known = api.catalogue.get(name);
  return known || api.leftOut?.includes(name) ? known : derivedOf(api).scenarios.get(name);
}

/**
 * What a person can choose from: the scenarios of the files; where there are none of anybody's own, those that follow
 * from the binding as well.
 */
export function offeredScenarios(api: Api): Scenario[] {
  const { catalogue, binding } = api;
  if (catalogue.size > 0 && !binding.guessed) return [...catalogue.values()];
  return [...new Map([...derivedOf(api).scenarios, ...catalogue]).values()];
}

/** The name that counts for an operation of any API, which may be said by another one. */
export function operationNamed(apis: readonly Api[], said: string): string {
  const names = apis.map(({ contract }) => nameOf(contract, said));
  return names.find((name) => name !== said) ?? said;
}

/** How a scenario is named so that no other API's can be meant. */
export function qualified({ name }: Api, scenario: string): string {
  return `${name}/${scenario}`;
}

/** Scenarios of several APIs by their names; where there are several APIs, also by those that name the API. */
export function scenariosOfAll(apis: readonly Api[]): Catalogue {
  const all = apis.flatMap((api) => [...api.catalogue.values()].map((each) => ({ api, each })));
  const named = all.map(({ each }) => [each.name, each] as const);
  if (apis.length === 1) return new Map(named);
  return new Map([
    ...named,
    ...all.map(({ api, each }) => [qualified(api, each.name), each] as const),
  ]);
}
