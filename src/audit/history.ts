import { FAULTS } from '../faults/index.js';
import type { Exchange } from '../sandbox/journal.js';
import type { Scenario } from '../scenario/scenario.js';
import { addTo } from './add-to.js';
import { type Call, endOf, readCall, type ToldEta } from './call.js';
import type { Case } from './case.js';
import type { Evidence } from './evidence.js';
import { Reads } from './reads.js';

/** A session's journal, sorted by what its clients were about. */
export interface History extends Evidence {
  calls: Call[];
  cases: Case[];
  reads: Reads;
  /** Polls of ids that no answer has handed out, by id. */
  strangers: Map<string, Call[]>;
}

/** Reads a journal; linear in its length. */
export function readHistory(evidence: Evidence): History {
  const { words } = evidence;
  const calls = inOrder(evidence.exchanges).map((exchange) => readCall(exchange, words));
  const cases: Case[] = [];
  const byJob = new Map<string, Case>();
  const strangers = new Map<string, Call[]>();
  for (const call of calls) {
    const { operation, job, scenario } = call.exchange;
    if (operation !== undefined && words.schedules.has(operation)) {
      const opened = openCase(evidence, call, operation);
      cases.push(opened);
      if (job !== undefined) byJob.set(job, opened);
    } else if (operation === words.report && job !== undefined) {
      const known = byJob.get(job) ?? byJob.get(job.toLowerCase());
      if (known) known.polls.push(call);
      // A poll that a scenario has answered is of a job whose beginning the journal has let go.
      else if (scenario === undefined) {
        addTo(strangers, job, call);
        cases.at(-1)?.astray.push(call);
      }
    }
  }
  for (const each of cases) {
    doubt(each);
    follow(each);
  }
  const reads = new Reads(calls.filter(({ exchange }) => isRead(exchange, words)));
  return { ...evidence, calls, cases, reads, strangers };
}

/** The journal is written when a request ends; a client's doings are read by when they began. */
function inOrder(exchanges: readonly Exchange[]): Exchange[] {
  return exchanges.toSorted((a, b) => a.began - b.began || a.seq - b.seq);
}

function isRead(
  { method, operation }: Exchange,
  { report, schedules }: Evidence['words'],
): boolean {
  return method === 'GET' && operation !== report && !schedules.has(operation ?? '');
}

function openCase({ words, scenarioOf }: Evidence, submission: Call, operation: string): Case {
  const { job, scenario: name, resource } = submission.exchange;
  const scenario = name === undefined ? undefined : scenarioOf(job, name);
  return {
    submission,
    operation,
    job,
    scenario,
    scenarioName: name,
    resource,
    makes: words.schedules.get(operation)?.makes !== false,
    polls: [],
    end: undefined,
    during: [],
    after: [],
    astray: [],
    endless: scenario !== undefined && isEndless(scenario),
  };
}

function isEndless({ life }: Scenario): boolean {
  return !life.some(({ says }) => 'state' in says && says.outcome !== 'open');
}

/**
 * Some answers are read by one client and not by another: what it does next tells which it was. One that
 * goes on after such an end has not read it; one that never asks for its job was never told of it.
 */
function doubt(opened: Case): void {
  const { submission, polls } = opened;
  for (const poll of polls.slice(0, -1)) {
    const final = poll.reply === 'done' || poll.reply === 'failed';
    if (final && readable(poll) === 'maybe') poll.reply = 'unreadable';
  }
  const read = readable(submission);
  if (read === 'no' || (read === 'maybe' && polls.length === 0)) opened.job = undefined;
}

function readable({ exchange: { fault } }: Call): 'yes' | 'maybe' | 'no' {
  return fault === undefined ? 'yes' : FAULTS[fault].read;
}

/** Finds the end of a case, and what its client knew at each poll. */
function follow(opened: Case): void {
  const { submission, polls } = opened;
  opened.end = polls.find(({ reply }) => reply === 'done' || reply === 'failed');
  const { end } = opened;
  const over = end ? endOf(end) : Number.POSITIVE_INFINITY;
  opened.during = polls.filter((poll) => poll === end || poll.exchange.began < over);
  opened.after = polls.filter((poll) => poll !== end && poll.exchange.began >= over);
  let unread = [submission];
  let newest: ToldEta | undefined;
  let former: ToldEta | undefined;
  for (const poll of polls) {
    const { began } = poll.exchange;
    for (const { eta, at, until = at } of unread.filter((call) => endOf(call) <= began)) {
      if (eta === undefined) continue;
      former = newest;
      newest = { eta, at: until };
    }
    unread = unread.filter((call) => endOf(call) > began);
    poll.known = newest;
    poll.former = former;
    if (poll.eta !== undefined) unread.push(poll);
  }
}
