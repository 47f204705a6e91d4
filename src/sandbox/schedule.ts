import type { Millis } from '../scenario/duration.js';
import { begin, etaAt } from '../scenario/play.js';
import type { Scenario } from '../scenario/scenario.js';
import { type Answer, type Asker, renderRefusal, renderScript, renderTemplate } from './answer.js';
import { type Chosen, choose } from './choose.js';
import { flat } from './ids.js';
import type { Job } from './job.js';
import type { ApiRequest, Refusal } from './pack.js';
import type { Packed } from './packed.js';
import type { Session } from './session.js';
import { jobEnvelope } from './words.js';

/** A request to schedule a job, checked against the contract. */
export interface SchedulingRequest extends ApiRequest {
  headers: Readonly<Record<string, unknown>>;
  /** `X-Sandbox-Scenario`. */
  wish: string | undefined;
  /** The body's JSON. */
  packed: Packed | undefined;
  asker: Asker;
}

/** What the request is answered, and what the journal wants to know of it. */
export interface Scheduled {
  answer: Answer;
  chosen: Chosen | undefined;
  job: Job | undefined;
  eta: Millis | undefined;
  /** What the pack wants to tell the reader of the journal. */
  notes: readonly string[];
}

/** Chooses a scenario and starts a job with it; nothing but the job changes. */
export function scheduleJob(session: Session, request: SchedulingRequest): Scheduled {
  const { setup } = session;
  const now = session.settled();
  const notes: string[] = [];
  const refuse = (refusal: Refusal, chosen?: Chosen): Scheduled => ({
    answer: renderRefusal(setup.binding, refusal, request.asker),
    chosen,
    job: undefined,
    eta: undefined,
    notes,
  });
  const chosen = chooseFor(session, request);
  if ('problem' in chosen) {
    const { problem: description } = chosen;
    const rules = [{ rule: 'scenario', description, params: [] }];
    const invalid = [{ entry: 'X-Sandbox-Scenario', entry_type: 'header', rules }];
    return refuse({ status: 400, message: description, invalid });
  }
  const { scenario } = chosen;
  if (scenario.refuse) {
    const { pace } = session.clock;
    const answer = renderScript(
      setup.binding,
      scenario.refuse,
      { now: new Date(now).toISOString() },
      request.asker,
      pace,
    );
    return { answer, chosen, job: undefined, eta: undefined, notes };
  }
  const refusal = setup.pack?.admit(
    request,
    session.world(now, (text) => notes.push(text)),
  );
  if (refusal) return refuse(refusal, chosen);
  const job = makeJob(session, request, scenario, now);
  session.jobs.add(job, session.clock.pace);
  const eta = etaAt(scenario.life, job.cursor, now, session.clock.pace);
  const scope = {
    job: job.id,
    eta: new Date(eta).toISOString(),
    now: new Date(now).toISOString(),
    resource: { id: job.resource },
  };
  const { binding } = setup;
  const answer = renderTemplate(
    binding,
    jobEnvelope(binding, session.envelope),
    binding.scheduled,
    scope,
    request.asker,
  );
  return { answer, chosen, job, eta, notes };
}

function chooseFor(session: Session, request: SchedulingRequest) {
  const { setup } = session;
  const { catalogue, fallback } = setup;
  const changed = targetOf(session, request);
  return choose(
    catalogue,
    request.operation.id,
    {
      body: request.body,
      path: request.params,
      query: request.query,
      headers: request.headers,
      resource: changed === undefined ? undefined : session.resources.get(changed)?.document,
    },
    {
      header: request.wish,
      queue: session.queue,
      session: session.scenario,
      server: catalogue.get(setup.scenario) ?? fallback,
      fallback,
    },
  );
}

function makeJob(
  session: Session,
  request: SchedulingRequest,
  scenario: Scenario,
  now: Millis,
): Job {
  const id = flat(session.ids.uuid());
  return {
    id,
    operation: request.operation.id,
    scenario,
    cursor: begin(scenario.life, now),
    params: request.params,
    body: request.packed,
    resource: targetOf(session, request) ?? flat(session.ids.uuid()),
    polls: 0,
    settled: false,
    failure: undefined,
    notes: undefined,
  };
}

/** Id of the resource that the request wants to change; undefined when it makes a new one. */
function targetOf(session: Session, request: SchedulingRequest): string | undefined {
  const parameter = session.setup.binding.schedules.get(request.operation.id)?.resource;
  return parameter === undefined ? undefined : request.params[parameter];
}
