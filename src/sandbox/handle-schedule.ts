import type { AnswerTemplate, Scheduling } from '../contract/binding.js';
import { isChosen } from '../contract/id-form.js';
import { begin, etaAt, stateAt } from '../scenario/play.js';
import type { Scenario, State } from '../scenario/scenario.js';
import { formatMoment } from '../time/format-moment.js';
import type { Moment } from '../time/moments.js';
import type { Answer } from './answer.js';
import { type AnswerForm, isOfOneForm } from './answer-form.js';
import { answerTaken, refuseWithoutId } from './answer-taken.js';
import { scenarioOf } from './api.js';
import { applyFault } from './apply-fault.js';
import { jobEnvelope, openState } from './binding-words.js';
import { admitByPack } from './consult-pack.js';
import type { Draft } from './draft.js';
import { type Handled, type HandlerRequest, type JournalFields, refusal } from './handled.js';
import { flat } from './ids.js';
import type { Job } from './job.js';
import { jobKey } from './job-key.js';
import { JobScope } from './job-scope.js';
import { chosenId, makeId, type NewId } from './new-id.js';
import { Renderer } from './render.js';
import { type Selected, selectScenario } from './select-scenario.js';
import { etaForms, shownEta } from './shown-eta.js';
import { keepTold } from './told-request.js';

/** Answers a request that schedules: selects a scenario, lets the pack admit it, begins a job. */
export function handleSchedule(draft: Draft, request: HandlerRequest): Handled {
  const { operation } = request;
  draft.settle();
  const chosen = chosenId(draft.api.binding.report.ids, request);
  const there = chosen && draft.job(chosen.id);
  if (there) return answerTaken(draft, request, there);
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
  const id = chosen ?? makeId(draft);
  if (!id) return refuseWithoutId(draft, request);
  useQueue(draft, selected);
  const job = draft.schedule(makeJob(draft, request, scenario, target, id));
  const eta = etaAt(scenario.life, job.cursor, draft);
  const answer = withScenario(tellScheduled(draft, request, job, eta), scenario);
  return {
    outcome: { kind: 'answer', answer, checkedBy: operation, form: formOf(draft, request, job) },
    journal: journal({
      job: job.id,
      resource: job.resource,
      eta: shownEta(answer, eta, () => etaForms(acceptedBy(job))),
    }),
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
  const state = knownState(job) ?? openState(binding);
  const scope = new JobScope(draft, job, state, eta, request.requester);
  const envelope = jobEnvelope(binding, draft.envelope);
  return rendererFor(draft, request).template(acceptedBy(job), scope, envelope);
}

/** The state that a job begins in, unless it is one that its contract need not know. */
function knownState({ api, scenario, cursor }: Job): State | undefined {
  const state = stateAt(scenario.life, cursor);
  return state && api.binding.states.has(state.state) ? state : undefined;
}

function acceptedBy({ api, operation }: Job): AnswerTemplate {
  return (api.binding.schedules.get(operation) as Scheduling).acceptedAnswer;
}

/** Answers that schedule are alike, unless the envelope shows a query that a client has made up. */
function formOf(
  { api: { binding }, envelope }: Draft,
  { query }: HandlerRequest,
  job: Job,
): AnswerForm | undefined {
  const of = acceptedBy(job);
  if (isChosen(binding.report.ids)) return undefined;
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
      resource: target === undefined ? undefined : draft.resources.get(target)?.document,
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
  { id, told }: NewId,
): Job {
  return {
    id,
    key: jobKey(draft.api, id),
    api: draft.api,
    operation: request.operation.id,
    scenario,
    diverted: undefined,
    cursor: begin(scenario.life, draft.now),
    params: request.params,
    body: request.keptBody(),
    told: keepTold(draft.api, scenario, request, told),
    resource: target ?? flat(draft.ids.uuid()),
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
  return pack?.names?.(request, draft.world());
}
