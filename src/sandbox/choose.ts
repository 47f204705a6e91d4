import { nearest } from '../problem.js';
import { type Asked, matches } from '../scenario/match.js';
import type { Scenario } from '../scenario/scenario.js';

/** Scenarios by name, as they stand in the files now. */
export type Catalogue = ReadonlyMap<string, Scenario>;

/** A session's queue: which scenario the next requests get. */
export interface Queued {
  scenario: string;
  /** Only for this operation; undefined: for any. */
  operation: string | undefined;
  /** How many requests it is still good for. */
  times: number;
}

/** What the client, the session and the server say about the choice. */
export interface Wishes {
  /** `X-Sandbox-Scenario` of the request. */
  header: string | undefined;
  /** Used up as it is drawn from. */
  queue: Queued[];
  session: string | undefined;
  server: Scenario;
  /** For operations that the server's choice is not for. */
  fallback: Scenario;
}

/** How a scenario came to be chosen. */
export type Chosen = {
  scenario: Scenario;
  by: 'header' | 'queue' | 'when' | 'session' | 'server';
};

/** The first match wins: header, queue, a scenario's own `when`, the session's choice, the server's. */
export function choose(
  catalogue: Catalogue,
  operation: string,
  asked: Asked,
  wishes: Wishes,
): Chosen | { problem: string } {
  if (wishes.header !== undefined) {
    const scenario = catalogue.get(wishes.header);
    if (!scenario) return { problem: unknownScenario(catalogue, wishes.header) };
    if (!suits(scenario, operation)) {
      const only = scenario.operations?.join(', ');
      return { problem: `scenario "${scenario.name}" is not for ${operation}, only for ${only}` };
    }
    return { scenario, by: 'header' };
  }
  const queued = draw(catalogue, wishes.queue, operation);
  if (queued) return { scenario: queued, by: 'queue' };
  for (const scenario of catalogue.values()) {
    if (suits(scenario, operation) && matches(scenario, asked)) return { scenario, by: 'when' };
  }
  const session = wishes.session === undefined ? undefined : catalogue.get(wishes.session);
  if (session && suits(session, operation)) return { scenario: session, by: 'session' };
  const server = suits(wishes.server, operation) ? wishes.server : wishes.fallback;
  return { scenario: server, by: 'server' };
}

export function unknownScenario(catalogue: Catalogue, name: string): string {
  return `unknown scenario "${name}"; ${nearest(name, [...catalogue.keys()])}`;
}

export function suits(scenario: Scenario, operation: string): boolean {
  return scenario.operations === undefined || scenario.operations.includes(operation);
}

function draw(catalogue: Catalogue, queue: Queued[], operation: string): Scenario | undefined {
  const index = queue.findIndex((q) => {
    const scenario = catalogue.get(q.scenario);
    const wanted = q.operation === undefined || q.operation === operation;
    return wanted && scenario !== undefined && suits(scenario, operation);
  });
  const entry = queue[index];
  if (!entry) return undefined;
  entry.times -= 1;
  if (entry.times <= 0) queue.splice(index, 1);
  return catalogue.get(entry.scenario);
}
