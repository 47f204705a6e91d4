import { nearest } from '../../problem.js';
import type { ChaosSetting } from '../../sandbox/chaos.js';
import { LAST_MOMENT } from '../../sandbox/clock.js';
import { currentState, type Job } from '../../sandbox/job.js';
import { isProblem, type Sandbox, type SessionProblem } from '../../sandbox/sandbox.js';
import { suits } from '../../sandbox/select-scenario.js';
import type { Session } from '../../sandbox/session.js';
import type { Setup } from '../../sandbox/setup.js';
import { envelopesOf } from '../../sandbox/words.js';
import { DURATION_HINT, parseDuration } from '../../scenario/duration.js';
import { type ChaosOptions, readChaos } from '../chaos.js';
import { ControlProblem, type ControlRequest, type Handler, ok } from './control-problem.js';
import { readClock } from './read-clock.js';
import { scenarioNamed } from './scenario-named.js';
import { checkRules, setRules } from './set-rules.js';
import { answerVerdict } from './verdict-handler.js';
import { showClock, showExchange, showJob, showResource, showSession } from './views.js';

/**
 * The operations on one session, by operationId.
 * @param reading whether a session begins that is only read: over HTTP a slip in its name is to be seen
 */
export function makeSessionHandlers(
  sandbox: Sandbox,
  base: string,
  reading: 'finds' | 'begins',
): Record<string, Handler> {
  const { setup } = sandbox;
  const taken = (found: Session | SessionProblem): Session => {
    if (isProblem(found)) throw new ControlProblem(found.status, found.problem);
    found.settled();
    return found;
  };
  /** The session that a request changes. */
  const session = ({ params }: ControlRequest) => taken(sandbox.session(params.session));
  /** The session that a request reads. */
  const read = (request: ControlRequest) =>
    reading === 'begins' ? session(request) : taken(sandbox.existing(request.params.session ?? ''));
  const job = (of: Session, { params }: ControlRequest): Job => {
    const found = of.jobs.get(params.job ?? '');
    if (found) return found;
    const at = `GET ${base}/__sandbox/sessions/${params.session}/jobs lists those there are`;
    throw new ControlProblem(404, `job ${params.job} is not in this session; ${at}`);
  };

  return {
    getSession: (request) => ok(showSession(read(request), base)),

    putSession: (request) => {
      const { scenario: name, clock, envelope, chaos, ...more } = request.body ?? {};
      if (typeof name === 'string') scenarioNamed(setup, name);
      const envelopes = envelopesOf(setup.binding);
      if (envelope !== undefined && !envelopes.includes(envelope)) {
        const hint = nearest(envelope, envelopes);
        throw new ControlProblem(422, `unknown envelope "${envelope}"; ${hint}`);
      }
      checkRules(setup, more);
      const setting = clock && readClock(clock);
      const faults = chaos && chaosOf(setup, chaos);
      const found = session(request);
      if (setting) refuseIf(found.setClock(setting));
      if (name !== undefined) found.choose({ scenario: name ?? undefined });
      if (envelope !== undefined) found.choose({ envelope });
      if (chaos !== undefined) found.setChaos(faults ?? undefined);
      setRules(found, more);
      return ok(showSession(found, base));
    },

    deleteSession: ({ params }) => {
      sandbox.end(params.session ?? '');
      return { status: 204 };
    },

    getClock: (request) => ok(showClock(read(request))),

    advanceClock: (request) => {
      const by = parseDuration(request.body.by);
      if (by === undefined || by < 0) {
        const said = JSON.stringify(request.body.by);
        throw new ControlProblem(
          422,
          `"by" is ${said}, which is no length of time; ${DURATION_HINT}`,
        );
      }
      const found = session(request);
      if (found.clock.now() + by > LAST_MOMENT) {
        throw new ControlProblem(
          422,
          'the clock would pass the year 9000; DELETE the session to start anew',
        );
      }
      refuseIf(found.advance(by));
      return ok(showClock(found));
    },

    queueScenario: (request) => {
      const { scenario: name, operation, times = 1 } = request.body;
      const queued = scenarioNamed(setup, name);
      if (!Number.isInteger(times) || times < 1) {
        throw new ControlProblem(422, `"times" is ${times}; give a whole number from 1`);
      }
      const known = [...setup.binding.schedules.keys()];
      if (operation !== undefined && !known.includes(operation)) {
        const hint = nearest(operation, known);
        throw new ControlProblem(422, `operation "${operation}" schedules no job; ${hint}`);
      }
      if (operation !== undefined && !suits(queued, operation)) {
        const only = queued.operations?.join(', ');
        throw new ControlProblem(
          422,
          `scenario "${name}" is not for ${operation}, only for ${only}`,
        );
      }
      const found = session(request);
      found.enqueue({ scenario: name, operation, times });
      return ok(showSession(found, base));
    },

    listJobs: (request) => {
      const { state, limit } = request.query;
      const found = read(request);
      const jobs = newest([...found.jobs.all()], Number(limit), (each) =>
        state === undefined ? true : currentState(setup.binding, each) === state,
      );
      return ok({
        jobs: jobs.map((each) => showJob(found.viewJob(each))),
        dropped: found.jobs.droppedCount,
      });
    },

    getJob: (request) => {
      const found = read(request);
      return ok(showJob(found.viewJob(job(found, request))));
    },

    releaseJob: (request) => {
      const found = session(request);
      const waiting = job(found, request);
      const released = found.release(waiting);
      if (released) return ok(showJob(found.viewJob(released)));
      const { step } = waiting.cursor;
      const where = `it is in step ${step + 1} of scenario "${waiting.scenario.name}"`;
      throw new ControlProblem(409, `the job does not wait to be released; ${where}`);
    },

    readJournal: (request) => {
      const { job: id, operation, status, after, limit } = request.query;
      const found = read(request);
      const exchanges = found.journal.read({
        job: id as string | undefined,
        operation: operation as string | undefined,
        status: status as number | undefined,
        after: after as number | undefined,
        limit: limit as number | undefined,
      });
      return ok({
        exchanges: exchanges.map((e) => showExchange(e, setup.packer)),
        dropped: found.journal.dropped,
      });
    },

    getVerdict: (request) => answerVerdict(read(request), request),

    listResources: (request) => {
      const found = read(request);
      const { limit = Number.POSITIVE_INFINITY } = request.query;
      const all = [...found.resources.all()];
      const resources = newest(all, Number(limit), () => true).map(showResource);
      return ok({ resources, dropped: found.resources.dropped });
    },

    seedResource: (request) => {
      const found = session(request);
      if (!setup.pack) {
        throw new ControlProblem(
          409,
          `the binding ${setup.binding.name} has no pack, so no resources are kept`,
        );
      }
      const document = structuredClone(request.body.document);
      const draft = found.draft();
      const made = setup.pack.seed(document, draft.world());
      if (typeof made === 'string') throw new ControlProblem(422, made);
      found.keep(draft);
      return { status: 201, body: showResource(made) };
    },
  };
}

/** The last ones that are wanted, in their order: no more are looked at than it takes to find them. */
function newest<T>(items: readonly T[], limit: number, wanted: (item: T) => boolean): T[] {
  const found: T[] = [];
  for (let i = items.length - 1; i >= 0 && found.length < limit; i -= 1) {
    const item = items[i] as T;
    if (wanted(item)) found.push(item);
  }
  return found.reverse();
}

function chaosOf({ contract }: Setup, options: ChaosOptions): ChaosSetting {
  const setting = readChaos(options, contract);
  if (typeof setting === 'string') throw new ControlProblem(422, `chaos: ${setting}`);
  return setting;
}

function refuseIf(problem: string | undefined): void {
  if (problem !== undefined) throw new ControlProblem(409, problem);
}
