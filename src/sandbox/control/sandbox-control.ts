import { exampleBody } from '../../contract/example.js';
import { nearest } from '../../problem.js';
import { ControlProblem } from '../../sandbox-error.js';
import type { MachineMs } from '../../time/moments.js';
import type { Sandbox } from '../sandbox.js';
import { scenarioNamed } from '../select-scenario.js';
import { ControlledSession, type Reading } from './controlled-session.js';
import { type ScenarioSummary, showScenario, summarize } from './scenario-views.js';
import { notFound } from './session-settings.js';
import { type SessionView, showSession } from './views.js';

/** A sandbox as people and tests steer it; methods throw a ControlProblem. */
export class SandboxControl {
  readonly #began: MachineMs;

  /** @param base the sandbox's own URL, without a slash at its end */
  constructor(
    private readonly sandbox: Sandbox,
    private readonly base: string,
    private readonly reading: Reading = 'finds',
    began = sandbox.setup.steady(),
  ) {
    this.#began = began;
  }

  /** The same for who calls it by another URL. */
  at(base: string): SandboxControl {
    if (base === this.base) return this;
    return new SandboxControl(this.sandbox, base, this.reading, this.#began);
  }

  /** A session by its name, whether it has begun or not. */
  session(name: string): ControlledSession {
    return new ControlledSession(this.sandbox, name, this.base, this.reading);
  }

  /** Those that have begun. */
  sessions(): SessionView[] {
    const all = [...this.sandbox.sessions()];
    for (const each of all) each.settle();
    return all.map((each) => showSession(each, this.base));
  }

  scenarios(): ScenarioSummary[] {
    return [...this.sandbox.setup.catalogue.values()].map(summarize);
  }

  scenario(name: string) {
    return showScenario(scenarioNamed(this.sandbox.setup.catalogue, name, notFound));
  }

  /** A body for an operation, as the contract gives it. */
  example(id: string): unknown {
    const { contract } = this.sandbox.setup;
    const operation = contract.operations.get(id);
    if (!operation) {
      const hint = nearest(id, [...contract.operations.keys()]);
      throw notFound('CONTROL_UNKNOWN_OPERATION', `unknown operation "${id}"`, hint);
    }
    const body = exampleBody(contract.document, operation);
    if (body !== undefined) return body;
    const what = `the contract gives no example of a body for ${operation.id}`;
    throw new ControlProblem(404, 'CONTROL_NO_EXAMPLE', what);
  }

  /** What this sandbox serves. */
  health() {
    const { setup } = this.sandbox;
    const { contract, binding } = setup;
    return {
      status: 'ok',
      url: this.base,
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
        answered_by: this.#answeredBy(id),
      })),
      uptime: (setup.steady() - this.#began) / 1000,
    };
  }

  #answeredBy(operation: string): string {
    const { binding, pack } = this.sandbox.setup;
    if (binding.schedules.has(operation)) return 'job';
    if (binding.report.operation === operation) return 'report';
    return pack && Object.hasOwn(pack.reads, operation) ? 'pack' : 'prism';
  }
}
