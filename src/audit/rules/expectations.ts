import type { Scenario } from '../../scenario/scenario.js';
import { addTo } from '../add-to.js';
import type { Call } from '../call.js';
import { credentialReader, sameHeaders } from '../credentials.js';
import { wasToldEnd } from '../deliveries.js';
import { formatApiLength, formatCount, formatLength } from '../format.js';
import type { History } from '../history.js';
import { firstAndLast, type JobAttempt } from '../job-attempt.js';
import { afterEnd, placeOfResult, resultReads, shownEnd } from '../reads.js';
import type { Breach, Judgement, Message, Rule } from '../rule.js';
import { LEAST_PAUSE } from '../waits.js';
import { hadNewCredentials, lostPatience, wasCutShort, wasRefused } from './stopping.js';

/** Undefined: it cannot be said yet. `true`: it holds. A message: it does not. */
type Held = true | Message | undefined;
type Check = (
  one: JobAttempt,
  session: Session,
) => Held | { calls: readonly Call[]; message: Message };

/** The history, with what belongs to all of its jobs. */
interface Session extends History {
  /** Requests that schedule, by their scenarios. */
  submissions: ReadonlyMap<string, readonly JobAttempt[]>;
}

export const expectations: Rule = {
  name: 'expectations',
  title: 'What the scenario expects of a good client holds',
  why: 'Each scenario tells in `expect` what a good client does in it, beyond what the rules say of every job.',
  severity: 'error',
  sources: [{ text: 'the scenario’s own `expect`' }],
  advice: 'read what the scenario teaches: esoz-sandbox scenarios show NAME',
  judge: (history) => {
    const judgement: Judgement = {
      tested: 0,
      breaches: [],
      wanting: 'no scenario that was played expects anything',
    };
    const session = readSession(history);
    const checksOf = checksByScenario();
    for (const one of history.attempts) {
      if (isTakenByChance(one) || one.repeated) continue;
      for (const check of checksOf(one.scenario)) {
        const held = check(one, session);
        if (held === undefined) continue;
        judgement.tested += 1;
        if (held !== true) judgement.breaches.push(breach(one, held));
      }
    }
    return judgement;
  },
};

function readSession(history: History): Session {
  const submissions = new Map<string, JobAttempt[]>();
  for (const one of history.attempts) {
    if (one.scenarioName !== undefined && !isTakenByChance(one) && !one.repeated) {
      addTo(submissions, one.scenarioName, one);
    }
  }
  return {
    ...history,
    submissions,
  };
}

/** The client was never told of its job, and no scenario had that in mind. */
function isTakenByChance({ job, submission }: JobAttempt): boolean {
  return job === undefined && submission.exchange.chance;
}

function breach(one: JobAttempt, held: Exclude<ReturnType<Check>, true | undefined>): Breach {
  if (typeof held !== 'object') return { case: one, message: held, calls: firstAndLast(one) };
  return { case: one, ...held };
}

/** Each with what a scenario must expect to be held to it. */
const CHECKS: readonly [expected: (expect: Scenario['expect']) => unknown, check: Check][] = [
  [({ reaches_end }) => reaches_end, reachesEnd],
  [({ gives_up }) => gives_up, givesUp],
  [({ renews_credentials }) => renews_credentials, renewsCredentials],
  [({ result_read }) => result_read, resultRead],
  [({ polls }) => polls?.at_least, pollsAtLeast],
  [({ polls }) => polls?.at_most, pollsAtMost],
  [({ within: limit }) => limit, within],
  [({ submissions }) => submissions?.at_most, submissionsAtMost],
];

const NO_CHECKS: readonly Check[] = [];

/** Thousands of jobs live one scenario, which expects two or three things. */
function checksByScenario(): (scenario: Scenario | undefined) => readonly Check[] {
  const known = new Map<Scenario, readonly Check[]>();
  return (scenario) => {
    if (!scenario) return NO_CHECKS;
    const before = known.get(scenario);
    if (before) return before;
    const { expect } = scenario;
    const found = CHECKS.filter(([expected]) => expected(expect) !== undefined);
    const checks = found.map(([, check]) => check);
    known.set(scenario, checks);
    return checks;
  };
}

function reachesEnd(one: JobAttempt, session: Session): Held {
  const wanted = one.scenario?.expect.reaches_end;
  if (wanted === undefined) return undefined;
  if (one.end)
    return wanted ? true : 'expect.reaches_end: the client saw an end that it was not to wait for';
  if (!wanted) return true;
  if (wasToldEnd(one)) return true;
  if (wasDismissed(one) || hadToStop(one, session)) return undefined;
  return neverSaw;
}

function neverSaw({ polls }: JobAttempt): string {
  return `expect.reaches_end: the client never saw the job's end; it stopped after ${formatCount(polls.length, 'poll')}`;
}

/** Nobody can say that it should have gone on. */
function hadToStop(one: JobAttempt, session: Session): boolean {
  return wasCutShort(session, one) || wasRefused(one, session) || lostPatience(session, one);
}

function givesUp(one: JobAttempt, history: History): Held {
  if (one.scenario?.expect.gives_up !== true || history.run === 'running') return undefined;
  // To cancel a job is to give it up.
  if (wasDismissed(one)) return true;
  if (one.end) return 'expect.gives_up: the client was told an end';
  return history.run === 'stopped' ? 'expect.gives_up: the client had to be stopped' : true;
}

/** Its client has cancelled or deleted the job. */
function wasDismissed({ asides }: JobAttempt): boolean {
  return asides.dismissals.length > 0;
}

function renewsCredentials(one: JobAttempt, session: Session): ReturnType<Check> {
  if (one.scenario?.expect.renews_credentials !== true || session.run === 'running')
    return undefined;
  const refused = one.polls.find(({ exchange }) => exchange.status === 401);
  if (!refused) return undefined;
  if (hadNewCredentials(refused, session)) return true;
  const credentialsOf = credentialReader(session.api.credentials);
  const [old, from] = [credentialsOf(refused.exchange), one.polls.indexOf(refused) + 1];
  const later = one.polls.slice(from);
  if (later.some(({ exchange }) => !sameHeaders(credentialsOf(exchange), old))) return true;
  return {
    message: 'expect.renews_credentials: no request came with other credentials after the 401',
    calls: [refused],
  };
}

function resultRead(one: JobAttempt, history: History): ReturnType<Check> {
  const wanted = one.scenario?.expect.result_read;
  if (wanted === undefined) return undefined;
  // There is nothing to be read but the job's own answer.
  if (placeOfResult(one, history.reads) === 'inline') return undefined;
  const { good, bad, unseen } = resultReads(one, history.reads);
  if (wanted) {
    if (good.length > 0) return true;
    const end = shownEnd(one);
    if (end === undefined || history.run === 'running' || unseen) return undefined;
    return {
      message: 'expect.result_read: the result was not read',
      calls: [end, ...bad],
    };
  }
  // What is changed was there before, and may be read as often as one likes.
  const named = one.createsResource && one.resource ? history.reads.naming(one.resource) : [];
  const early = [...named, ...(one.job === undefined ? [] : history.reads.ofJob(one.job))];
  const read = shownEnd(one) ? afterEnd(one, early) : early;
  return read.length > 0 ? { message: 'expect.result_read: a result was read', calls: read } : true;
}

function pollsAtLeast(one: JobAttempt, session: Session): Held {
  const least = one.scenario?.expect.polls?.at_least;
  if (least === undefined) return undefined;
  const { length: polled } = one.polls;
  if (wasToldEnd(one)) return true;
  // Its request has waited for the end.
  if (polled >= least || (one.finalPoll && one.finalPoll === one.submission)) return true;
  if (wasDismissed(one) || one.asides.looks.length > 0) return undefined;
  if (hadToStop(one, session)) return undefined;
  return tooFew;
}

function tooFew({ polls, scenario }: JobAttempt): string {
  const least = scenario?.expect.polls?.at_least;
  return `expect.polls.at_least: the job was polled ${formatCount(polls.length, 'time')}, at least ${least} were expected`;
}

function pollsAtMost(one: JobAttempt): ReturnType<Check> {
  const most = one.scenario?.expect.polls?.at_most;
  if (most === undefined) return undefined;
  const all = one.job === undefined ? one.unmatchedPolls : one.polls;
  if (all === undefined || all.length <= most) return true;
  const polls = all.filter(({ exchange }) => !exchange.chance);
  if (polls.length <= most) return true;
  const message = `expect.polls.at_most: the job was polled ${formatCount(polls.length, 'time')}, at most ${most} were expected`;
  return { message, calls: polls.slice(most) };
}

function within(one: JobAttempt, history: History): Held {
  const { within: limit } = one.scenario?.expect ?? {};
  if (limit === undefined || one.polls.some(({ exchange }) => exchange.chance)) return undefined;
  const { pace } = history.clock;
  // A least pause of a second is not divided by every client: in a paced run it may stand before each poll.
  const allowed = limit / pace + (pace > 1 ? one.polls.length * LEAST_PAUSE : 0);
  const last = one.end?.call ?? one.polls.at(-1);
  const span = (last?.endedAt ?? history.now) - one.submission.at;
  if (span > allowed) {
    return () =>
      `expect.within: it took ${formatApiLength(span, history.clock)} from the request to the end, ${formatLength(limit)} were expected`;
  }
  return one.end ? true : undefined;
}

/** Said once of a session, at the first request that is one too many. */
function submissionsAtMost(one: JobAttempt, { submissions }: Session): ReturnType<Check> {
  const most = one.scenario?.expect.submissions?.at_most;
  const sent = submissions.get(one.scenarioName ?? '') ?? [];
  if (most === undefined || sent[0] !== one) return undefined;
  if (sent.length <= most) return true;
  const message = `expect.submissions.at_most: ${formatCount(sent.length, 'request')} scheduled a job, at most ${most} ${most === 1 ? 'was' : 'were'} expected`;
  return { message, calls: sent.map(({ submission }) => submission) };
}
