import type { Scheduling } from '../contract/binding.js';
import { begin, etaAt } from '../scenario/play.js';
import type { Scenario } from '../scenario/scenario.js';
import { formatMoment } from '../time/format-moment.js';
import type { Moment } from '../time/moments.js';
import type { Answer } from './answer.js';
import { type AnswerForm, isOfOneForm } from './answer-form.js';
import { scenarioOf } from './api.js';
import { applyFault, shownEta } from './apply-fault.js';
import { jobEnvelope } from './binding-words.js';
import { admitByPack } from './consult-pack.js';
import type { Draft } from './draft.js';
import { type Handled, type HandlerRequest, type JournalFields, refusal } from './handled.js';
import { flat } from './ids.js';
import type { Job } from './job.js';
import { JobScope } from './job-scope.js';
import { Renderer } from './render.js';
import { resourceOfJob } from './resources/kinds.js';
import { idNamedIn, idSetAside } from './resources/of-job.js';
import { type Selected, selectScenario } from './select-scenario.js';

/** Answers a request that schedules: selects a scenario, lets the pack admit it, begins a job. */
export function handleSchedule(draft: Draft, request: HandlerRequest): Handled {
  const { operation } = request;
  draft.settle();
  const target = targetOf(draft, request);
  const selected = select(draft, request, target);
  if ('problem' in selected) {
    const { problem: description } = selected;
    const rules = [{ rule: 'scenario', description, params: [] }];
    const invalid = [{ entry: 'X-Sandbox-Scenario', entry_type: 'header' as const, rules }];
    const code = 'REQUEST_UNKNOWN_SCENARIO';
    return refusal(
      { status: 400, code, message: description, invalid },
      { operation: operation.id },
    );
  }
  const { scenario } = selected;
  const notes: string[] = [];
  const journal = (more: JournalFields = {}): JournalFields => ({
    operation: operation.id,
    scenario: scenario.name,
    note: [`scenario chosen by ${selected.by}`, ...notes].join('; '),
    ...more,
  });
  if (scenario.refuse) {
    useQueue(draft, selected);
    const answer = withScenario(refuseByScript(draft, request, scenario.refuse), scenario);
    const checkedBy = scenario.offContract ? undefined : operation;
    return { outcome: { kind: 'answer', answer, checkedBy }, journal: journal() };
  }
  const note = (text: string) => notes.push(text);
  const refused = admitByPack(draft.api, draft.state.chosen.rules, request, draft.world(note));
  if (refused) {
    const headers = { 'X-Sandbox-Scenario': scenario.name };
    return { outcome: { kind: 'refusal', refusal: refused, headers }, journal: journal() };
  }
  useQueue(draft, selected);
  const job = draft.schedule(makeJob(draft, request, scenario, target));
  const eta = etaAt(scenario.life, job.cursor, draft);
  const answer = withScenario(tellScheduled(draft, request, job, eta), scenario);
  return {
    outcome: { kind: 'answer', answer, checkedBy: operation, form: formOf(draft, request, job) },
    journal: journal({ job: job.id, resource: job.resource, eta: shownEta(answer, eta) }),
  };
}

function rendererFor({ api, envelope }: Draft, { requester, operation }: HandlerRequest): Renderer {
  const { binding, contract } = api;
  return new Renderer(binding, envelope, requester, { contract, operation });
}

function withScenario(answer: Answer, { name }: Scenario): Answer {
  answer.headers['X-Sandbox-Scenario'] = name;
  return answer;
}

/** The queue's entry is used up once the request is played, not by one that is refused. */
function useQueue(draft: Draft, { queueAfter }: Selected): void {
  if (queueAfter) draft.changes.push({ kind: 'queue', queue: queueAfter });
}

function refuseByScript(
  draft: Draft,
  request: HandlerRequest,
  script: NonNullable<Scenario['refuse']>,
): Answer {
  const { now } = draft;
  const scope = { now: formatMoment(now) };
  const said = rendererFor(draft, request).script(script, scope, draft);
  if (!script.fault) return said;
  const { contract } = draft.api;
  const { operation, requester } = request;
  const about = { contract, operation: operation.id, url: requester.url, now };
  return applyFault(said, script.fault, { ...about, eta: undefined, state: undefined });
}

function tellScheduled(draft: Draft, request: HandlerRequest, job: Job, eta: Moment): Answer {
  const { binding } = draft.api;
  const { acceptedAnswer: scheduled } = binding.schedules.get(job.operation) as Scheduling;
  const scope = new JobScope(draft, job, undefined, eta, request.requester);
  const envelope = jobEnvelope(binding, draft.envelope);
  return rendererFor(draft, request).template(scheduled, scope, envelope);
}

/** Answers that schedule are alike, unless the envelope shows a query that a client has made up. */
function formOf(
  { api: { binding }, envelope }: Draft,
  { query }: HandlerRequest,
  job: Job,
): AnswerForm | undefined {
  const { acceptedAnswer: of } = binding.schedules.get(job.operation) as Scheduling;
  if (Object.keys(query).length > 0 || !isOfOneForm(of)) return undefined;
  return { of, envelope: jobEnvelope(binding, envelope) };
}

function select(draft: Draft, request: HandlerRequest, target: string | undefined) {
  const { api, state } = draft;
  const header = request.headers['x-sandbox-scenario'];
  return selectScenario(
    api,
    request.operation.id,
    {
      body: request.body,
      path: request.params,
      query: request.query,
      headers: request.headers,
      resource: target === undefined ? undefined : documentOf(draft, request, target),
    },
    {
      header: header === undefined ? undefined : String(header),
      queue: state.queue,
      session: state.chosen.scenario,
      server: scenarioOf(api, api.scenario) ?? api.fallback,
    },
  );
}

function makeJob(
  draft: Draft,
  request: HandlerRequest,
  scenario: Scenario,
  target: string | undefined,
): Job {
  const id = flat(draft.ids.id(draft.api.binding.report.ids));
  return {
    id,
    api: draft.api,
    operation: request.operation.id,
    scenario,
    cursor: begin(scenario.life, draft.now),
    params: request.params,
    body: request.keptBody(),
    resource:
      target ?? idSetAside(draft.api, request.operation.id, draft.ids) ?? flat(draft.ids.uuid()),
    polls: 0,
    settled: false,
    failure: undefined,
    notes: undefined,
  };
}

/** Id of the resource that the request names: to change it, or to make it; undefined when it names none. */
function targetOf(draft: Draft, request: HandlerRequest): string | undefined {
  const { binding, pack } = draft.api;
  const parameter = binding.schedules.get(request.operation.id)?.resource;
  if (parameter !== undefined) return request.params[parameter];
  return pack?.names?.(request, draft.world()) ?? idNamedIn(draft.api, request);
}

/** What the request wants to change, as it is now. */
function documentOf({ api, resources }: Draft, { operation }: HandlerRequest, target: string) {
  return resourceOfJob(api, resources, operation.id, target)?.document;
}
