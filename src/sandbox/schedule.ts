import type { Scheduling } from '../contract/binding.js';
import type { Millis } from '../scenario/duration.js';
import { begin, etaAt } from '../scenario/play.js';
import type { Scenario } from '../scenario/scenario.js';
import { type Answer, type Asker, renderRefusal, renderScript, renderTemplate } from './answer.js';
import { type Chosen, choose } from './choose.js';
import { admitByPack } from './consult-pack.js';
import { flat } from './ids.js';
import type { Job } from './job.js';
import type { ApiRequest, Refusal } from './pack.js';
import type { Packed } from './packed.js';
import { JobScope } from './poll.js';
import type { Session } from './session.js';
import { spoil, toldIn } from './spoil.js';
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
  /** The one that the answer tells; undefined when it tells none. */
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
  const target = targetOf(session, request, now);
  const chosen = chooseFor(session, request, target);
  if ('problem' in chosen) {
    const { problem: description } = chosen;
    const rules = [{ rule: 'scenario', description, params: [] }];
    const invalid = [{ entry: 'X-Sandbox-Scenario', entry_type: 'header' as const, rules }];
    return refuse({ status: 400, message: description, invalid });
  }
  const { scenario } = chosen;
  if (scenario.refuse) {
    const { pace } = session.clock;
    const { refuse: script } = scenario;
    const scope = { now: new Date(now).toISOString() };
    const said = renderScript(setup.binding, script, scope, request.asker, pace);
    const { contract } = setup;
    const about = { contract, operation: request.operation.id, url: request.asker.url, now };
    const answer = script.fault
      ? spoil(said, script.fault, { ...about, eta: undefined, state: undefined })
      : said;
    return { answer, chosen, job: undefined, eta: undefined, notes };
  }
  const refusal = admitByPack(
    setup,
    session.rules,
    request,
    session.world(now, (text) => notes.push(text)),
  );
  if (refusal) return refuse(refusal, chosen);
  const job = makeJob(session, request, scenario, now, target);
  session.jobs.add(job, session.clock.pace);
  const eta = etaAt(scenario.life, job.cursor, now, session.clock.pace);
  const { binding } = setup;
  const answer = renderTemplate(
    binding,
    jobEnvelope(binding, session.envelope),
    (binding.schedules.get(job.operation) as Scheduling).scheduled,
    new JobScope(session, job, undefined, eta, now, request.asker),
    request.asker,
  );
  return { answer, chosen, job, eta: toldIn(answer, eta), notes };
}

function chooseFor(session: Session, request: SchedulingRequest, changed: string | undefined) {
  const { setup } = session;
  const { catalogue, fallback } = setup;
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
  target: string | undefined,
): Job {
  const id = flat(session.ids.id(session.setup.binding.report.ids));
  return {
    id,
    operation: request.operation.id,
    scenario,
    cursor: begin(scenario.life, now),
    params: request.params,
    body: request.packed,
    resource: target ?? flat(session.ids.uuid()),
    polls: 0,
    settled: false,
    failure: undefined,
    notes: undefined,
  };
}

/** Id of the resource that the request names: to change it, or to make it; undefined when it names none. */
function targetOf(session: Session, request: SchedulingRequest, now: Millis): string | undefined {
  const { binding, pack } = session.setup;
  const parameter = binding.schedules.get(request.operation.id)?.resource;
  if (parameter !== undefined) return request.params[parameter];
  return pack?.names?.(request, session.world(now));
}
