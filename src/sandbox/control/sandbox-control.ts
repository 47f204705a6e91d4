import { tellId } from '../../contract/id-form.js';
import { namingJob } from '../../contract/job-place.js';
import type { Operation } from '../../contract/operation.js';
import { requestSample } from '../../contract/request-sample.js';
import { bodyText, sampleRequest } from '../../contract/sample-request.js';
import { nearest } from '../../problem.js';
import { ControlProblem } from '../../sandbox-error.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { MachineMs } from '../../time/moments.js';
import { type Api, type Apis, offeredScenarios, operationNamed, scenarioOf } from '../api.js';
import { namesJob } from '../find-job.js';
import { jobKey } from '../job-key.js';
import { kindsOf } from '../resources/kinds.js';
import { ownOperations } from '../routes.js';
import { DEFAULT_SESSION, type Sandbox } from '../sandbox.js';
import { scenariosNamed } from '../select-scenario.js';
import { ControlledSession, type Reading } from './controlled-session.js';
import { knownIds } from './known-ids.js';
import { type ScenarioSummary, showLife, showScenario, summarize } from './scenario-views.js';
import { notFound } from './session-settings.js';
import {
  type OwnSuite,
  type SuiteSummary,
  type SuiteView,
  showSuite,
  summarizeSuite,
} from './suite-views.js';
import { type SessionView, sessionUrl, showSession, showStore } from './views.js';
import { showVocabulary, type VocabularyView } from './vocabulary-view.js';

/** What an example is to be about. */
export interface ExampleChoice {
  /** Id of a job. */
  job?: string | undefined;
  /** What is there is named: of its world, and what the job's own request has named. */
  session?: string | undefined;
  /** Name of the API, where several have such an operation; left out: the first. */
  api?: string | undefined;
}

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

  /** Where clients are that name no session. */
  unnamed(): { session: string } {
    return { session: this.sandbox.unnamed };
  }

  /** Leads them to another session: those who can be given a host and a port alone play there. */
  leadUnnamed(name: string): { session: string } {
    this.sandbox.leadUnnamed(name);
    return this.unnamed();
  }

  /** Those that have begun. */
  sessions(): SessionView[] {
    const all = [...this.sandbox.sessions()];
    for (const each of all) each.settle();
    return all.map((each) => showSession(each, this.base));
  }

  /** @param lives what each step of each says is told too */
  scenarios(lives = false): ScenarioSummary[] {
    const { apis } = this.sandbox.setup;
    return apis.flatMap((api) =>
      offeredScenarios(api).map((each) => ({
        ...this.#of(api, each),
        ...(lives ? showLife(each) : {}),
      })),
    );
  }

  scenario(name: string) {
    const [{ api, scenario }] = scenariosNamed(this.sandbox.setup.apis, name, notFound);
    return { ...this.#of(api, scenario), ...showScenario(scenario) };
  }

  /** The scenario of a name itself. */
  scripted(name: string): Scenario {
    return scenariosNamed(this.sandbox.setup.apis, name, notFound)[0].scenario;
  }

  /** Where the control API lies. */
  get controlUrl(): string {
    return `${this.base}/__sandbox`;
  }

  /** Documents that are served; kinds of jobs of one document share it. */
  contracts(): { name: string; title: string; version: string; operations: number }[] {
    return this.#documents().map(([name, { contract }]) => ({
      name,
      title: contract.title,
      version: contract.version,
      operations: contract.routes.length,
    }));
  }

  /**
   * File of a document, and the addresses that a client of a session finds its API at.
   * @param session left out: the one of those who name none
   */
  contract(name: string, session = DEFAULT_SESSION): { file: string; servers: string[] } {
    const documents = this.#documents();
    const found = documents.find(([known]) => known === name);
    if (!found) {
      const names = documents.map(([known]) => known);
      throw notFound(
        'CONTROL_UNKNOWN_CONTRACT',
        `unknown contract "${name}"`,
        nearest(name, names),
      );
    }
    const { contract, binding } = found[1];
    const url = sessionUrl(this.base, session);
    // The longest prefix is the one that the API is known by.
    return { file: contract.file, servers: binding.prefixes.map((each) => url + each).reverse() };
  }

  #documents(): [name: string, api: Api][] {
    const byFile = new Map<string, Api>();
    for (const api of this.sandbox.setup.apis) {
      if (!byFile.has(api.contract.file)) byFile.set(api.contract.file, api);
    }
    return [...byFile.values()].map((api) => [api.binding.name, api]);
  }

  /** @param all those of what is served, each with the name that is its own here */
  suites(all: readonly (OwnSuite & { name: string })[]): SuiteSummary[] {
    return all.map((own) => summarizeSuite(own.name, own, this.#several));
  }

  suite(name: string, own: OwnSuite): SuiteView {
    return showSuite(name, own, this.#several);
  }

  /** What steps may say, of each API or of those that have an operation. */
  vocabulary(said?: string): VocabularyView {
    const { apis } = this.sandbox.setup;
    const asked = said === undefined ? apis : this.#having(said).having;
    return showVocabulary(asked, apis.length > 1);
  }

  /**
   * A request that an operation takes, below the base URL of a session.
   * @param choice where it is about a job, which one
   */
  exampleRequest(said: string, { job, session, api }: ExampleChoice = {}) {
    const { id, having } = this.#having(said, api);
    const [{ binding, contract }] = having;
    const operation = contract.operations.get(id) as Operation;
    const place = job === undefined ? undefined : namesJob(binding, operation);
    const known = [...this.sandbox.sessions()].find(({ name }) => name === session);
    const ids = known ? knownIds(known, having[0], operation) : {};
    const own = job === undefined ? undefined : known?.jobs.at(jobKey(having[0], job))?.params;
    const named = place && namingJob({ job: place }, tellId(binding.report.ids, job ?? ''));
    const params = { ...ids, ...own, ...named?.params };
    const request = sampleRequest(contract, operation, { ...named, params });
    const { method, path, headers } = request;
    const body = bodyText(request);
    const prefix = binding.prefixes.at(-1) ?? '';
    return { method, path: prefix + path, headers, ...(body === undefined ? {} : { body }) };
  }

  /** The APIs that have an operation. @param only of this name @throws ControlProblem when none has */
  #having(said: string, only?: string): { id: string; having: Apis } {
    const { apis } = this.sandbox.setup;
    const id = operationNamed(apis, said);
    const [first, ...others] = apis.filter(
      ({ name, contract }) => (only === undefined || name === only) && contract.operations.has(id),
    );
    if (first) return { id, having: [first, ...others] };
    const hint = nearest(
      id,
      apis.flatMap(({ contract }) => [...contract.operations.keys()]),
    );
    throw notFound('CONTROL_UNKNOWN_OPERATION', `unknown operation "${id}"`, hint);
  }

  /** A body for an operation, as the contract gives it. */
  example(said: string, api?: string): unknown {
    const { id, having } = this.#having(said, api);
    for (const { contract } of having) {
      const sample = requestSample(contract, contract.operations.get(id) as Operation);
      if (sample) return sample.value;
    }
    const what = `${id} takes no body`;
    throw new ControlProblem(404, 'CONTROL_NO_EXAMPLE', what);
  }

  /** What this sandbox serves: where there are several APIs, the first, and all of them in `apis`. */
  /** Whether requests can be answered. @throws StoreUnavailable */
  async ready() {
    const { store } = this.sandbox;
    await store?.answers?.();
    const { kind, servers, differ } = showStore(store);
    const others = servers === undefined ? {} : { servers };
    return { status: 'ready', store: { kind, ...others, ...(differ ? { differ } : {}) } };
  }

  health() {
    const { setup } = this.sandbox;
    const { apis } = setup;
    const several = apis.length > 1;
    return {
      status: 'ok',
      url: this.base,
      ...summaryOf(apis[0]),
      ...(several ? { apis: apis.map((api) => ({ name: api.name, ...summaryOf(api) })) } : {}),
      operations: apis.flatMap((api) =>
        ownOperations(apis, api).map(({ id, method, path, summary }) => ({
          id,
          ...(several ? { api: api.name } : {}),
          method,
          path,
          summary,
          answered_by: answeredBy(api, id),
        })),
      ),
      uptime: (setup.steady() - this.#began) / 1000,
      store: showStore(this.sandbox.store),
    };
  }

  get #several(): boolean {
    return this.sandbox.setup.apis.length > 1;
  }

  #of({ name: api }: Api, scenario: Scenario): ScenarioSummary {
    const { name, ...rest } = summarize(scenario);
    return { name, ...(this.sandbox.setup.apis.length > 1 ? { api } : {}), ...rest };
  }
}

function summaryOf(api: Api) {
  const { contract, binding, catalogue, scenario, fallback } = api;
  return {
    contract: { title: contract.title, version: contract.version },
    binding: binding.name,
    ...(binding.kind === undefined ? {} : { kind: binding.kind }),
    scenario: scenarioOf(api, scenario) ? scenario : fallback.name,
    scenarios: catalogue.size,
    prefixes: binding.prefixes,
  };
}

function answeredBy(api: Api, operation: string): string {
  const { binding, pack } = api;
  if (binding.schedules.has(operation)) return 'job';
  if (binding.report.operation === operation || binding.report.reads?.includes(operation)) {
    return 'report';
  }
  if (pack && Object.hasOwn(pack.reads, operation)) return 'pack';
  return kindsOf(api)?.uses.has(operation) ? 'resources' : 'prism';
}
