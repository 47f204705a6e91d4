import { parseScenario } from '../../src/formats/scenario/parse.js';
import { loadSetup } from '../../src/load/load-setup.js';
import { vocabularyOf } from '../../src/sandbox/binding-words.js';
import type { HandlerRequest } from '../../src/sandbox/handled.js';
import { Session } from '../../src/sandbox/session.js';
import type { Setup } from '../../src/sandbox/setup.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { conclusion, contract } from '../packs/compositions/world.js';

export const START = Date.parse('2026-02-02T12:00:00.000Z');

/** A session on a manual clock, of the compositions API with these scenarios, and no server around it. */
export async function openSession(scenarios: readonly string[], more: Partial<Setup> = {}) {
  const setup = await loadSetup({ clock: { mode: 'manual', now: START }, seed: 1 });
  const [api] = setup.apis;
  const words = vocabularyOf(api.binding, api.contract, new Map());
  const own = scenarios.map((text, i) => parseScenario(`own-${i}.yaml`, text, words));
  const catalogue = new Map<string, Scenario>(own.map((scenario) => [scenario.name, scenario]));
  const [first] = own;
  Object.assign(api, { catalogue, scenario: first?.name ?? api.scenario });
  return new Session('test', { ...setup, ...more });
}

const requester = {
  url: 'http://sandbox.test/',
  request: 'request-1',
  where: () => ({ origin: 'http://sandbox.test', api: '' }),
};

/** An admitted request, as the road hands it to a handler. */
export function requestFor(
  operation: string,
  { params = {}, body, headers = {} }: Partial<HandlerRequest> = {},
): HandlerRequest {
  const known = contract.operations.get(operation);
  if (!known) throw new Error(`the contract has no operation ${operation}`);
  return {
    operation: known,
    params,
    query: {},
    body,
    headers,
    keptBody: () => undefined,
    requester,
    sample: () => {
      throw new Error('no handler of these leaves its answer to the contract');
    },
  };
}

export const creation = () => requestFor('createComposition', { body: conclusion() });
