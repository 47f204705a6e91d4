import { nearest } from '../problem.js';
import type { Refuse } from '../sandbox-error.js';
import { type Asked, type Chosen, compileWhen, meetsAny } from '../scenario/match.js';
import type { Scenario, When } from '../scenario/scenario.js';
import { type Api, type Catalogue, offeredScenarios, qualified, scenarioOf } from './api.js';

/** A session's queue: which scenario the next requests get. */
export interface Queued {
  scenario: string;
  /** Only for this operation; undefined: for any. */
  operation: string | undefined;
  /** How many requests it is still good for. */
  times: number;
  /** Only for requests that meet one of these; undefined: for any. */
  when?: readonly When[];
  /** The suite that it is played for, and goes with. */
  suite?: string;
  /** The scenario itself, where no file has it, and the API in whose words it is. */
  own?: { api: string; scenario: Scenario };
}

/** What the client, the session and the server say about the choice. */
export interface SelectionSources {
  /** `X-Sandbox-Scenario` of the request. */
  header: string | undefined;
  queue: readonly Queued[];
  session: string | undefined;
  server: Scenario;
}

/** How a scenario came to be selected. */
export type Selected = {
  scenario: Scenario;
  by: 'header' | 'queue' | 'when' | 'session' | 'server';
  /** The queue once the scenario is played; undefined: as it is. */
  queueAfter?: readonly Queued[];
};

/** The first match wins: header, queue, a scenario's own `when`, the session's choice, the server's. */
export function selectScenario(
  api: Api,
  operation: string,
  asked: Asked,
  sources: SelectionSources,
): Selected | { problem: string } {
  if (sources.header !== undefined) {
    const scenario = scenarioOf(api, sources.header);
    if (!scenario) return { problem: unknownScenario([api], sources.header).join('; ') };
    if (!suits(scenario, operation)) {
      const only = scenario.operations?.join(', ');
      return { problem: `scenario "${scenario.name}" is not for ${operation}, only for ${only}` };
    }
    return { scenario, by: 'header' };
  }
  const queued = drawFrom(sources.queue, operation, asked, (name, own) => {
    const scenario = queuedFor(api, name, own);
    return scenario && suits(scenario, operation) ? scenario : undefined;
  });
  if (queued) return queued;
  for (const scenario of chosenIn(api.catalogue)(asked)) {
    if (suits(scenario, operation)) return { scenario, by: 'when' };
  }
  const session = sources.session === undefined ? undefined : scenarioOf(api, sources.session);
  if (session && suits(session, operation)) return { scenario: session, by: 'session' };
  const server = suits(sources.server, operation) ? sources.server : api.fallback;
  return { scenario: server, by: 'server' };
}

/** A catalogue that has changed is another one. */
const chosen = new WeakMap<Catalogue, Chosen>();

/** Finds those that a request chooses by itself. */
export function chosenIn(catalogue: Catalogue): Chosen {
  const known = chosen.get(catalogue);
  if (known) return known;
  const compiled = compileWhen(catalogue.values());
  chosen.set(catalogue, compiled);
  return compiled;
}

function unknownScenario(apis: readonly Api[], name: string): [what: string, hint: string] {
  const known = apis.flatMap((api) =>
    offeredScenarios(api).map((own) => (name.includes('/') ? qualified(api, own.name) : own.name)),
  );
  return [`unknown scenario "${name}"`, nearest(name, [...new Set(known)])];
}

/** A scenario, and the API whose jobs live it. */
export interface OwnScenario {
  api: Api;
  scenario: Scenario;
}

/**
 * The scenarios of this name, at most one of each API: `slow`, or of one API alone, `orders/slow`.
 * @throws what `refuse` makes when there is none, with the nearest name
 */
export function scenariosNamed(
  apis: readonly Api[],
  name: string,
  refuse: Refuse,
): [OwnScenario, ...OwnScenario[]] {
  const [first, ...others] = apis.flatMap((api) => {
    const scenario = scenarioOf(api, name);
    return scenario ? [{ api, scenario }] : [];
  });
  if (first) return [first, ...others];
  throw refuse('USAGE_UNKNOWN_SCENARIO', ...unknownScenario(apis, name));
}

export function suits(scenario: Scenario, operation: string): boolean {
  return scenario.operations === undefined || scenario.operations.includes(operation);
}

/** The scenario of an entry of the queue, if it is one of this API. */
export function queuedFor(api: Api, name: string, own: Queued['own']): Scenario | undefined {
  if (own === undefined) return scenarioOf(api, name);
  return own.api === api.name ? own.scenario : undefined;
}

/**
 * The first entry that is good for the operation; the queue itself stays as it is.
 * @param suiting the scenario of a name, if it may answer the request
 */
export function drawFrom(
  queue: readonly Queued[],
  operation: string,
  asked: Asked,
  suiting: (name: string, own: Queued['own']) => Scenario | undefined,
): (Selected & { by: 'queue' }) | undefined {
  for (const [index, entry] of queue.entries()) {
    const scenario = suiting(entry.scenario, entry.own);
    const wanted = entry.operation === undefined || entry.operation === operation;
    if (!wanted || !scenario) continue;
    if (entry.when && !meetsAny(entry.when, asked)) continue;
    const rest = entry.times > 1 ? [{ ...entry, times: entry.times - 1 }] : [];
    const queueAfter = [...queue.slice(0, index), ...rest, ...queue.slice(index + 1)];
    return { scenario, by: 'queue', queueAfter };
  }
  return undefined;
}
