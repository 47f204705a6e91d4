import type { Repeats } from '../contract/idempotency.js';
import { begin } from '../scenario/play.js';
import type { Scenario } from '../scenario/scenario.js';
import { answerTaken, refuseWithoutId } from './answer-taken.js';
import { scenarioOf } from './api.js';
import { acceptJob } from './complete-job.js';
import { admitByPack } from './consult-pack.js';
import { credentialsOf } from './credentials-of.js';
import type { Draft } from './draft.js';
import { type Handled, type HandlerRequest, type JournalFields, refusal } from './handled.js';
import { flat } from './ids.js';
import type { Job } from './job.js';
import { jobKey } from './job-key.js';
import { chosenId, makeId, type NewId } from './new-id.js';
import { heldFromBeginning } from './play-by-hand.js';
import { refuseByScript } from './refuse-by-script.js';
import { findRepeated, rememberRequest } from './repeated-request.js';
import { resourceOfJob } from './resources/kinds.js';
import { idNamedIn, idSetAside } from './resources/of-job.js';
import { type Selected, selectScenario } from './select-scenario.js';
import { tellPresent, tellScheduled } from './tell-scheduled.js';
import { keepTold } from './told-request.js';
import { usualLife } from './usual-life.js';
import { holdUntilEnd } from './wait-for-job.js';
import { isSentFirst, subscribe } from './webhooks/subscribe.js';

/** Answers a request that schedules: selects a scenario, lets the pack admit it, begins a job. */
export function handleSchedule(draft: Draft, request: HandlerRequest): Handled {
  const { operation } = request;
  draft.settle();
  const repeated = findRepeated(draft, request);
  if (repeated) {
    return 'refused' in repeated ? repeated.refused : tellAgain(draft, request, repeated);
  }
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
    const answer = refuseByScript(draft, request, scenario);
    const checkedBy = scenario.offContract ? undefined : operation;
    return { outcome: { kind: 'answer', answer, checkedBy }, journal: journal() };
  }
  const note = (text: string) => notes.push(text);
  const refused = admitByPack(draft.api, draft.state.chosen.rules, request, draft.world(note));
  if (refused) {
    const headers = { 'X-Sandbox-Scenario': scenario.name };
    return { outcome: { kind: 'refusal', refusal: refused, headers }, journal: journal() };
  }
  const named = idByPack(draft, request);
  const taken = named && draft.job(named.id);
  if (taken) return answerTaken(draft, request, taken);
  const id = chosen ?? named ?? makeId(draft);
  if (!id) return refuseWithoutId(draft, request);
  useQueue(draft, selected);
  const made = holdIfAsked(draft, makeJob(draft, request, scenario, target, id));
  const job = draft.schedule(acceptJob(made, draft.setup.compressor, draft.world(note)));
  rememberRequest(draft, request, job);
  const told = tellScheduled(draft, request, job);
  if (draft.api.binding.webhooks && told.outcome.kind === 'answer') {
    notes.push(...subscribe(draft, request, job, told.outcome.answer));
  }
  const { note: how } = journal();
  told.journal.note = how;
  const handled = holdUntilEnd(draft, request, job, told, tellWaited);
  return isSentFirst(job, draft) ? { ...handled, newsFirst: job.key } : handled;
}

function idByPack(draft: Draft, request: HandlerRequest): NewId | undefined {
  const { pack } = draft.api;
  const id = pack?.idOf?.(request, draft.world());
  return id === undefined ? undefined : { id: flat(id) };
}

/** The job that the same request has scheduled: neither the pack nor the queue is asked again. */
function tellAgain(
  draft: Draft,
  request: HandlerRequest,
  { job, again }: { job: Job; again: Repeats['again'] },
): Handled {
  const tell = again === 'report' ? tellPresent : tellScheduled;
  const told = tell(draft, request, job);
  told.journal.note = `the same request as before: job ${job.id} again`;
  return holdUntilEnd(draft, request, job, told, tellWaited);
}

/** Who has waited is told the end of the job, or, where it has none yet, that it is scheduled. */
function tellWaited(draft: Draft, request: HandlerRequest, job: Job): Handled {
  return job.settled ? tellPresent(draft, request, job) : tellScheduled(draft, request, job);
}

/** The queue's entry is used up once the request is played, not by one that is refused. */
function useQueue(draft: Draft, { queueAfter }: Selected): void {
  if (queueAfter) draft.changes.push({ kind: 'queue', queue: queueAfter });
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
  chosen: Scenario,
  target: string | undefined,
  { id, told }: NewId,
): Job {
  const scenario = livedBy(draft, request.operation.id, chosen);
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
    resource: target ?? idSetAside(draft, request.operation.id) ?? flat(draft.ids.uuid()),
    polls: 0,
    settled: false,
    failure: undefined,
    notes: undefined,
    ...(request.caller ? { caller: request.caller } : {}),
    ...(scenario.playsTokens ? { askedWith: credentialsOf(request) } : {}),
  };
}

/** A session may hold its jobs from their beginning. */
function holdIfAsked(draft: Draft, job: Job): Job {
  const { hold } = draft.state.chosen;
  if (hold === undefined) return job;
  if (hold === 'next') draft.changes.push({ kind: 'chosen', values: { hold: undefined } });
  return heldFromBeginning(job, draft.now);
}

/** The scenario with what the binding says where it says nothing. */
function livedBy({ api, state }: Draft, operation: string, scenario: Scenario): Scenario {
  const { binding } = api;
  const scheduling = binding.schedules.get(operation);
  if (!binding.usualEta && !scheduling?.usual) return scenario;
  const settings = state.chosen.settings[api.name] ?? api.settings;
  return usualLife(binding, scheduling ?? {}, scenario, settings);
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
