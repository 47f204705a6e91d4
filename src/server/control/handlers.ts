import { exampleBody } from '../../contract/example.js';
import { nearest } from '../../problem.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { ControlProblem, type Handler, ok } from './control-problem.js';
import { scenarioNamed } from './scenario-named.js';
import { makeSessionHandlers } from './session-handlers.js';
import { showScenario, showSession, summarize } from './views.js';

/**
 * One function an operation of `spec/control/openapi.yaml`, by operationId.
 * @param reading whether a session begins that is only read
 */
export function makeHandlers(
  sandbox: Sandbox,
  base: string,
  reading: 'finds' | 'begins' = 'finds',
): Record<string, Handler> {
  const { setup } = sandbox;
  const began = setup.steady();
  return {
    ...makeSessionHandlers(sandbox, base, reading),

    getHealth: () => ok({ ...describe(sandbox, base), uptime: (setup.steady() - began) / 1000 }),

    listScenarios: () => ok({ scenarios: [...setup.catalogue.values()].map(summarize) }),

    getScenario: ({ params }) => ok(showScenario(scenarioNamed(setup, params.name ?? ''))),

    getExample: ({ params }) => {
      const { contract } = setup;
      const operation = contract.operations.get(params.operation ?? '');
      if (!operation) {
        const hint = nearest(params.operation ?? '', [...contract.operations.keys()]);
        throw new ControlProblem(404, `unknown operation "${params.operation}"; ${hint}`);
      }
      const body = exampleBody(contract.document, operation);
      if (body !== undefined) return ok(body);
      throw new ControlProblem(404, `the contract gives no example of a body for ${operation.id}`);
    },

    listSessions: () => {
      const all = [...sandbox.sessions()];
      for (const each of all) each.settled();
      return ok({ sessions: all.map((each) => showSession(each, base)) });
    },
  };
}

/** What this sandbox serves. */
function describe({ setup }: Sandbox, base: string) {
  const { contract, binding, pack } = setup;
  const answeredBy = (id: string) => {
    if (binding.schedules.has(id)) return 'job';
    if (binding.report.operation === id) return 'report';
    return pack && Object.hasOwn(pack.reads, id) ? 'pack' : 'prism';
  };
  return {
    status: 'ok',
    url: base,
    contract: { title: contract.title, version: contract.version },
    binding: binding.name,
    scenario: setup.catalogue.has(setup.scenario) ? setup.scenario : setup.fallback.name,
    scenarios: setup.catalogue.size,
    prefixes: binding.prefixes,
    operations: [...contract.operations.values()].map(({ id, method, path, summary }) => ({
      id,
      method,
      path,
      summary,
      answered_by: answeredBy(id),
    })),
  };
}
