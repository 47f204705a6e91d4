import { FAULTS } from '../faults/index.js';
import type { Exchange } from '../sandbox/journal.js';
import type { Scenario } from '../scenario/scenario.js';
import type { MachineMs } from '../time/moments.js';
import { addTo } from './add-to.js';
import { type Call, type KnownEta, readCall } from './call.js';
import { lastRenewal } from './credentials.js';
import type { Evidence } from './evidence.js';
import { idempotencyReader, type KeyOf } from './idempotency.js';
import type { JobAttempt } from './job-attempt.js';
import { Reads } from './reads.js';
import { namesState, type Reply, repeatsFormer } from './reply.js';

/** A session's journal, sorted by what its clients were about. */
export interface History extends Evidence {
  calls: Call[];
  attempts: JobAttempt[];
  /** Those that its attempts have lived. */
  scenarios: ReadonlySet<Scenario | undefined>;
  reads: Reads;
  /** Polls of ids that no answer has handed out, by id. */
  unknownJobPolls: Map<string, Call[]>;
  /** By what a request names itself. */
  keyOf: KeyOf;
  /** When its clients were last let in with new credentials after a 401, as {@link lastRenewal} finds out. */
  renewed: MachineMs;
}

/**
 * A history of each API, by its own words: a client is judged by what its requests were for. Where no contract
 * knows a path, the exchange is read with those of the first.
 */
export function readHistories(evidence: Evidence): History[] {
  const { apis, exchanges } = evidence;
  if (!apis) return [readHistory(evidence)];
  const [first = ''] = apis.keys();
  const byApi = new Map<string, Exchange[]>();
  for (const exchange of exchanges) addTo(byApi, exchange.api ?? first, exchange);
  return [...apis].map(([name, api]) =>
    readHistory({ ...evidence, api, exchanges: byApi.get(name) ?? [] }),
  );
}

/** Reads a journal; linear in its length. */
export function readHistory(evidence: Evidence): History {
  const { api: words } = evidence;
  const calls = readCalls(evidence);
  const { attempts, strangers, others } = sortCalls(calls, evidence);
  for (const each of attempts) {
    resolveAmbiguousReads(each);
    repeatFormerStates(each);
    computeKnownEta(each);
  }
  const keyOf = idempotencyReader(words.idempotency, evidence.bodyOf);
  markRepeated(attempts, keyOf);
  const reads = new Reads(others, words);
  const renewed = lastRenewal(calls, words.credentials);
  const scenarios = new Set(attempts.map(({ scenario }) => scenario));
  return {
    ...evidence,
    calls,
    attempts,
    scenarios,
    reads,
    unknownJobPolls: strangers,
    keyOf,
    renewed,
  };
}

/** By what they are for: those that schedule with their polls, polls of ids that nobody knows, and other reads. */
function sortCalls(calls: readonly Call[], evidence: Evidence) {
  const { schedules, report } = evidence.api;
  const attempts: JobAttempt[] = [];
  const strangers = new Map<string, Call[]>();
  const others: Call[] = [];
  const byJob = new Map<string, JobAttempt>();
  for (const call of calls) {
    const { operation, job } = call;
    if (operation !== undefined && schedules.has(operation)) {
      const opened = openAttempt(evidence, call, operation);
      attempts.push(opened);
      if (job !== undefined) byJob.set(job, opened);
    } else if (operation !== report) {
      if (call.exchange.method === 'GET') others.push(call);
    } else if (job !== undefined) {
      const known = byJob.get(job) ?? byJob.get(job.toLowerCase());
      if (known) known.polls.push(call);
      else noteStranger(call, job, strangers, attempts.at(-1));
    }
  }
  return { attempts, strangers, others };
}

/** A poll that a scenario has answered is of a job whose beginning the journal has let go. */
function noteStranger(
  call: Call,
  job: string,
  strangers: Map<string, Call[]>,
  last: JobAttempt | undefined,
): void {
  if (call.exchange.scenario !== undefined) return;
  addTo(strangers, job, call);
  last?.unmatchedPolls.push(call);
}

/** The journal is written when a request ends; a client's doings are read by when they began. */
function readCalls({ exchanges, api }: Evidence): Call[] {
  const calls: Call[] = [];
  let isSorted = true;
  let before = Number.NEGATIVE_INFINITY;
  for (const exchange of exchanges) {
    const call = readCall(exchange, api);
    calls.push(call);
    isSorted &&= call.startedMono > before;
    before = call.startedMono;
  }
  if (isSorted) return calls;
  return calls.sort((a, b) => a.startedMono - b.startedMono || a.exchange.seq - b.exchange.seq);
}

const NONE: readonly Call[] = [];

function openAttempt(
  { api: words, scenarioOf }: Evidence,
  submission: Call,
  operation: string,
): JobAttempt {
  const { job, scenario: name, resource, api } = submission.exchange;
  const scenario = name === undefined ? undefined : scenarioOf(job, name, api);
  return {
    submission,
    operation,
    job,
    scenario,
    scenarioName: name,
    resource,
    createsResource: words.schedules.get(operation)?.createsResource !== false,
    polls: [],
    finalPoll: undefined,
    pollsBeforeFinal: NONE,
    pollsAfterFinal: NONE,
    unmatchedPolls: [],
    repeated: false,
    endless: scenario !== undefined && isEndless(scenario),
    resultReads: undefined,
  };
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
    const counts = group.find(({ polls }) => polls.length > 0) ?? group[0];
    for (const one of group) one.repeated = one !== counts && one.polls.length === 0;
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
    if (isFinal(poll) && readable(poll) === 'maybe') poll.reply = 'unreadable';
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

function isFinal({ reply }: Call): boolean {
  return reply === 'done' || reply === 'failed';
}

function readable({ fault }: Call): 'yes' | 'maybe' | 'no' {
  return fault === undefined ? 'yes' : FAULTS[fault].read;
}

/** Finds the end of a case, and what its client knew at each poll. */
function computeKnownEta(opened: JobAttempt): void {
  const { submission, polls } = opened;
  if (polls.length === 0) return;
  opened.finalPoll = polls.find(isFinal);
  partAtEnd(opened);
  const unread = [submission];
  let newest: KnownEta | undefined;
  let former: KnownEta | undefined;
  for (const poll of polls) {
    const { startedMono: began } = poll;
    let left = 0;
    for (const call of unread) {
      if (call.endedMono > began) {
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

function partAtEnd(opened: JobAttempt): void {
  const { polls, finalPoll: end } = opened;
  const over = end ? end.endedMono : Number.POSITIVE_INFINITY;
  const isAfter = (poll: Call) => poll !== end && poll.startedMono >= over;
  opened.pollsBeforeFinal = polls;
  if (!polls.some(isAfter)) return;
  opened.pollsAfterFinal = polls.filter(isAfter);
  opened.pollsBeforeFinal = polls.filter((poll) => !isAfter(poll));
}
