import { canonicalId } from '../contract/id-form.js';
import { FAULTS } from '../faults/index.js';
import { isEnd } from '../outcome.js';
import type { Exchange } from '../sandbox/journal.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Duration, MachineMs, Moment } from '../time/moments.js';
import { addTo } from './add-to.js';
import { firstEnd, noteAside } from './asides.js';
import { type Call, type KnownEta, readCall } from './call.js';
import { lastRenewal } from './credentials.js';
import { deliveriesByJob, forgetEtas, markPrompted } from './deliveries.js';
import { type ApiFacts, type Evidence, isReport } from './evidence.js';
import { idempotencyReader, type KeyOf } from './idempotency.js';
import { type JobAttempt, NO_ASIDES } from './job-attempt.js';
import { newsOf } from './news.js';
import { heedHints } from './poll-hints.js';
import { Reads } from './reads.js';
import { namesState, type Reply, repeatsFormer } from './reply.js';
import { readTokens, type TokenStory } from './tokens.js';

/** A session's journal, sorted by what its clients were about. */
export interface History extends Evidence {
  calls: Call[];
  attempts: readonly JobAttempt[];
  /** Those whose job was polled. */
  polled: readonly JobAttempt[];
  /** All that polls were told. */
  told: ReadonlySet<Reply>;
  /** Those that its attempts have lived. */
  scenarios: ReadonlySet<Scenario | undefined>;
  reads: Reads;
  /** Polls of ids that no answer has handed out, by id. */
  unknownJobPolls: Map<string, Call[]>;
  /** By what a request names itself. */
  keyOf: KeyOf;
  /** When its clients were last let in with new credentials after a 401, as {@link lastRenewal} finds out. */
  renewed: MachineMs;
  /** What they did with tokens that an API of the session handed out; undefined: none did. */
  tokens?: TokenStory | undefined;
}

/**
 * A history of each API, by its own words: a client is judged by what its requests were for. Where no contract
 * knows a path, the exchange is read with those of the first.
 */
export function readHistories(evidence: Evidence): History[] {
  const histories = readEach(evidence);
  const tokens = readTokens(histories, evidence.bodyOf);
  return tokens ? histories.map((history) => ({ ...history, tokens })) : histories;
}

function readEach(evidence: Evidence): History[] {
  const { apis, exchanges } = evidence;
  if (!apis) return [readHistory(evidence)];
  const [first = ''] = apis.keys();
  const byApi = new Map<string, Exchange[]>();
  for (const exchange of exchanges) addTo(byApi, exchange.api ?? first, exchange);
  const readBeside = (name: string, { home }: ApiFacts) =>
    [...apis]
      .filter(([other, words]) => other !== name && words.home !== undefined && words.home === home)
      .flatMap(([other, words]) =>
        (byApi.get(other) ?? []).filter((each) => isRead(each, words) || isList(each, words)),
      );
  return [...apis].map(([name, api]) =>
    readHistory({ ...evidence, api, exchanges: byApi.get(name) ?? [] }, readBeside(name, api)),
  );
}

/**
 * Reads a journal; linear in its length.
 * @param beside reads that belong to other kinds of jobs of the same document: what no binding names may be about any
 */
export function readHistory(evidence: Evidence, beside: readonly Exchange[] = []): History {
  const { api: words } = evidence;
  const calls = readCalls(evidence.exchanges, words);
  const others = readCalls(beside, words);
  const { attempts, strangers } = sortCalls(evidence, withLists(calls, others, words));
  addDeliveries(attempts, evidence);
  for (const each of attempts) {
    resolveAmbiguousReads(each);
    repeatFormerStates(each);
    heedHints(each, words, evidence.clock.pace);
    computeKnownEta(each);
    if (each.deliveries) forgetEtas(each);
    each.end = firstEnd(each);
    each.endless ||= seemsEndless(each);
  }
  const keyOf = idempotencyReader(words.idempotency, evidence.bodyOf);
  markRepeated(attempts, keyOf);
  const own = calls.filter((call) => !isReport(words, call.operation) && isRead(call, words));
  const reads = new Reads(others.length === 0 ? own : together(own, others), words);
  const renewed = lastRenewal(calls, words.credentials);
  const scenarios = new Set(attempts.map(({ scenario }) => scenario));
  return {
    ...evidence,
    calls,
    attempts,
    polled: attempts.filter(({ polls }) => polls.length > 0),
    told: repliesIn(attempts),
    scenarios,
    reads,
    unknownJobPolls: strangers,
    keyOf,
    renewed,
  };
}

function repliesIn(attempts: readonly JobAttempt[]): ReadonlySet<Reply> {
  const found = new Set<Reply>();
  for (const { polls } of attempts) for (const { reply } of polls) found.add(reply);
  return found;
}

/** Webhooks are of the job that they name, and bring polls about. */
function addDeliveries(cases: readonly JobAttempt[], evidence: Evidence): void {
  const { deliveries } = evidence;
  if (!deliveries) return;
  const sent = deliveriesByJob(deliveries);
  for (const each of cases) {
    each.deliveries = sent.get(each.job ?? '');
    if (!each.deliveries) continue;
    markPrompted(each);
    each.news = newsOf(each, evidence);
  }
}

/** Each request that schedules with all that was done about its job, and polls of ids that nobody has handed out. */
function sortCalls(
  evidence: Evidence,
  calls: readonly Call[],
): { attempts: JobAttempt[]; strangers: Map<string, Call[]> } {
  const { api: words } = evidence;
  const attempts: JobAttempt[] = [];
  const byJob = new Map<string, JobAttempt>();
  // Most ids come as they were told.
  const attemptOf = (job: string) => byJob.get(job) ?? byJob.get(canonicalId(job));
  const strangers = new Map<string, Call[]>();
  for (const call of calls) {
    const { operation, job } = call;
    const role = operation === undefined ? undefined : words.roles?.get(operation);
    if (operation !== undefined && words.schedules.has(operation)) {
      const opened = openAttempt(evidence, call, operation);
      attempts.push(opened);
      if (job !== undefined) {
        const id = canonicalId(job);
        byJob.set(id, followed(byJob.get(id), opened, words));
      }
    } else if (role !== undefined) {
      noteAside(role, call, attemptOf, words);
    } else if (job !== undefined && isReport(words, operation)) {
      const known = attemptOf(job);
      if (known) known.polls.push(call);
      // A poll that a scenario has answered is of a job whose beginning the journal has let go.
      else if (call.scenario === undefined) {
        addTo(strangers, job, call);
        noteUnmatched(attempts.at(-1), call);
      }
    }
  }
  return { attempts, strangers };
}

function noteUnmatched(last: JobAttempt | undefined, poll: Call): void {
  if (!last) return;
  last.unmatchedPolls ??= [];
  last.unmatchedPolls.push(poll);
}

/** A list of several kinds tells of the jobs of each, whosever request it is. */
function withLists(
  calls: readonly Call[],
  others: readonly Call[],
  { roles }: ApiFacts,
): readonly Call[] {
  const lists = others.filter(({ operation = '' }) => roles?.get(operation) === 'list');
  return lists.length === 0 ? calls : together(calls, lists);
}

function together(own: readonly Call[], others: readonly Call[]): Call[] {
  return [...own, ...others].sort((a, b) => a.startedMono - b.startedMono);
}

function isList({ operation = '' }: Exchange, { roles }: ApiFacts): boolean {
  return roles?.get(operation) === 'list';
}

function isRead(
  { method, operation = '' }: Pick<Exchange, 'method' | 'operation'>,
  words: Evidence['api'],
): boolean {
  const { schedules, roles } = words;
  const role = roles?.get(operation);
  if (role === 'result') return true;
  if (role === 'cancel' || role === 'delete') return false;
  return !isReport(words, operation) && !schedules.has(operation) && method === 'GET';
}

/** The journal is written when a request ends; a client's doings are read by when they began. */
function readCalls(exchanges: readonly Exchange[], words: ApiFacts): Call[] {
  const calls: Call[] = [];
  let isSorted = true;
  let before = Number.NEGATIVE_INFINITY;
  for (const exchange of exchanges) {
    const call = readCall(exchange, words);
    calls.push(call);
    isSorted &&= call.startedMono > before;
    before = call.startedMono;
  }
  if (isSorted) return calls;
  return calls.sort((a, b) => a.startedMono - b.startedMono || a.seq - b.seq);
}

const NONE: readonly Call[] = [];

function openAttempt(
  { api: words, scenarioOf }: Evidence,
  submission: Call,
  operation: string,
): JobAttempt {
  const { job, scenario: name, resource, api } = submission;
  const scenario = name === undefined ? undefined : scenarioOf(job, name, api);
  return {
    submission,
    operation,
    job,
    scenario,
    scenarioName: name,
    resource,
    createsResource: words.schedules.get(operation)?.createsResource !== false,
    resubmissions: undefined,
    polls: [],
    finalPoll: undefined,
    pollsBeforeFinal: NONE,
    pollsAfterFinal: NONE,
    asides: NO_ASIDES,
    end: undefined,
    unmatchedPolls: undefined,
    repeated: false,
    repeats: undefined,
    endless: scenario !== undefined && isEndless(scenario),
    resultReads: undefined,
    ends: undefined,
  };
}

/**
 * Which of two requests that have got one job its polls belong to: the first, unless its client cannot have read of
 * the job. The other one is no job of its own.
 */
function followed(
  before: JobAttempt | undefined,
  again: JobAttempt,
  { roles }: Evidence['api'],
): JobAttempt {
  // An id that its client has chosen may name another job once the first is deleted.
  const isDeletion = ({ exchange }: Call) => roles?.get(exchange.operation ?? '') === 'delete';
  if (!before || before.asides.dismissals.some(isDeletion)) return again;
  const isLost = before.submission.reply === 'lost' || readable(before.submission) === 'no';
  if (isLost && before.polls.length === 0) {
    before.repeated = true;
    return again;
  }
  again.repeated = true;
  before.resubmissions ??= [];
  before.resubmissions.push(again.submission);
  return before;
}

/** Of requests with one idempotency key that one counts whose job was polled, or else the first. */
function markRepeated(attempts: readonly JobAttempt[], keyOf: KeyOf): void {
  // Where each job is polled there is none to look for, and no body has to be read.
  if (attempts.every(({ polls }) => polls.length > 0)) return;
  const alike = new Map<string, JobAttempt[]>();
  for (const one of attempts) {
    const { exchange } = one.submission;
    const key = keyOf(exchange);
    if (key) addTo(alike, `${exchange.operation} ${exchange.path}\n${key}`, one);
  }
  for (const group of alike.values()) {
    const counts =
      group.find(({ polls }) => polls.length > 0) ??
      group.find(({ repeated }) => !repeated) ??
      group[0];
    for (const one of group) {
      if (one !== counts && one.polls.length === 0) one.repeated = true;
    }
  }
}

function isEndless({ life }: Scenario): boolean {
  return !life.some(({ response: says }) => 'state' in says && says.outcome !== 'open');
}

/**
 * Some answers are read by one client and not by another: what it does next tells which it was. One that
 * goes on after such an end has not read it; one that never asks for its job was never told of it.
 */
function resolveAmbiguousReads(opened: JobAttempt): void {
  const { submission, polls } = opened;
  const last = polls.at(-1);
  for (const poll of polls) {
    if (poll === last) break;
    if (isEnd(poll.reply) && readable(poll) === 'maybe') poll.reply = 'unreadable';
  }
  const read = readable(submission);
  if (read === 'no' || (read === 'maybe' && polls.length === 0)) opened.job = undefined;
}

/** Where nothing is new the client was told the state of before. */
function repeatFormerStates({ polls }: JobAttempt): void {
  let told: Reply = 'open';
  for (const poll of polls) {
    if (repeatsFormer(poll)) poll.reply = told;
    else if (namesState(poll.reply)) told = poll.reply;
  }
}

/** As long do many clients wait for a job; a length of the API's time. */
const PATIENCE: Duration = 600_000;

/** Where no script tells, a job that has stayed open for longer than many clients wait may be given up. */
function seemsEndless({ scenarioName, end, polls, submission }: JobAttempt): boolean {
  const [before, last] = polls.slice(-2);
  if (scenarioName !== undefined || end || !before || !last) return false;
  // Its next poll would have come later.
  return last.at - submission.at + 2 * (last.at - before.at) > PATIENCE;
}

function readable({ fault }: Call): 'yes' | 'maybe' | 'no' {
  return fault === undefined ? 'yes' : FAULTS[fault].read;
}

/** Finds the end of a case, and what its client knew at each poll. */
function computeKnownEta(opened: JobAttempt): void {
  const { submission, polls, resubmissions } = opened;
  const ended = polls.find(({ reply }) => isEnd(reply));
  // A request that has waited for its job, or that has come again, is told its end as well.
  const byRequest = isToldEnd(submission) ? submission : resubmissions?.find(isToldEnd);
  const first = ended && byRequest && ended.endedMono < byRequest.endedMono;
  opened.finalPoll = first ? ended : (byRequest ?? ended);
  if (polls.length === 0) return;
  partAtEnd(opened);
  const { looks, dismissals } = opened.asides;
  if (looks.length + dismissals.length === 0) knowByPolls(opened);
  else knowByAll(opened);
}

function isToldEnd({ reply, exchange }: Call): boolean {
  return isEnd(reply) && exchange.reportedOutcome !== undefined;
}

function partAtEnd(opened: JobAttempt): void {
  const { polls, finalPoll: end } = opened;
  const over = end ? end.endedMono : Number.POSITIVE_INFINITY;
  const isLater = (poll: Call) => poll !== end && poll.startedMono >= over;
  opened.pollsBeforeFinal = polls;
  if (!polls.some(isLater)) return;
  opened.pollsAfterFinal = polls.filter((poll) => isLater(poll) && !poll.prompted);
  opened.pollsBeforeFinal = polls.filter((poll) => !isLater(poll));
}

/** Of nearly every job nothing but its polls has told. */
function knowByPolls({ submission, resubmissions = [], polls }: JobAttempt): void {
  const unread = [submission, ...resubmissions];
  let newest: KnownEta | undefined;
  let former: KnownEta | undefined;
  for (const poll of polls) {
    let left = 0;
    for (const call of unread) {
      if (call.endedMono > poll.startedMono) {
        unread[left] = call;
        left += 1;
      } else if (call.eta !== undefined) {
        former = newest;
        newest = { eta: call.eta, at: call.endedAt ?? call.at };
      }
    }
    unread.length = left;
    poll.etaAtRequest = newest;
    poll.previousEta = former;
    if (poll.eta !== undefined) unread.push(poll);
  }
}

function knowByAll(opened: JobAttempt): void {
  const { submission, resubmissions = [] } = opened;
  let unread: Omit<Telling, 'poll'>[] = [submission, ...resubmissions].map((call) => ({
    call,
    eta: call.eta,
    anew: false,
  }));
  let newest: KnownEta | undefined;
  let former: KnownEta | undefined;
  for (const telling of tellingsOf(opened)) {
    const { startedMono: began } = telling.call;
    for (const { call, eta, anew } of unread.filter(({ call }) => call.endedMono <= began)) {
      if (anew) [newest, former] = [undefined, undefined];
      if (eta === undefined) continue;
      former = newest;
      newest = { eta, at: call.endedAt ?? call.at };
    }
    unread = unread.filter(({ call }) => call.endedMono > began);
    if (telling.poll) {
      telling.call.etaAtRequest = newest;
      telling.call.previousEta = former;
    }
    if (telling.eta !== undefined || telling.anew) unread.push(telling);
  }
}

/** An answer that tells an eta. `anew`: those that were told before count no more. */
interface Telling {
  call: Call;
  poll: boolean;
  eta: Moment | undefined;
  anew: boolean;
}

/**
 * Polls, and whatever else told of the job, in the order in which they began. Who cancels a job may ask at once what
 * has become of it.
 */
function tellingsOf({ polls, asides: { looks, dismissals } }: JobAttempt): Telling[] {
  const own = polls.map((call) => ({ call, poll: true, eta: call.eta, anew: false }));
  const others = looks.map(({ call, eta }) => {
    return { call, poll: false, eta, anew: dismissals.includes(call) };
  });
  const silent = dismissals.filter((call) => !looks.some((look) => look.call === call));
  return [
    ...own,
    ...others,
    ...silent.map((call) => ({ call, poll: false, eta: undefined, anew: true })),
  ].sort((a, b) => a.call.startedMono - b.call.startedMono);
}
