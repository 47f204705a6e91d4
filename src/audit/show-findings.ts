import { isEnd } from '../outcome.js';
import type { Call } from './call.js';
import { toldEnd } from './deliveries.js';
import { formatClockTime } from './format.js';
import type { JobAttempt } from './job-attempt.js';
import type { Breach, Rule } from './rule.js';
import type { ShowExchange } from './show-exchange.js';
import type { Finding, JobVerdict, Mark, OtherRequest, Proof } from './verdict.js';

/** So many exchanges are enough to understand a finding. */
const SHOWN = 5;

/** Of the marks of a session so many hold request and answer: a page with thousands would be read by nobody. */
const MARKS_WHOLE = 60;

/** A breach with its proof; which of the proofs hold request and answer is `showProofs`' to say. */
export function showFinding(
  { name, severity, advice }: Rule,
  { case: one, message, calls, severity: own = severity }: Breach,
): Finding {
  const scenario = one?.scenarioName ?? 'NAME';
  return {
    rule: name,
    severity: own,
    message,
    advice: advice.replace('scenarios show NAME', `scenarios show ${scenario}`),
    ...(one?.job === undefined ? {} : { job: one.job }),
    ...(one === undefined ? {} : { operation: one.operation }),
    ...(one?.scenarioName === undefined ? {} : { scenario: one.scenarioName }),
    evidence: calls.slice(0, SHOWN).map(showProof),
    more: Math.max(0, calls.length - SHOWN),
  };
}

function showProof(call: Call): Proof {
  const { exchange, at, etaAtRequest: known } = call;
  const answer = exchange.fault ?? (exchange.status === 0 ? 'no answer' : exchange.status);
  const parts = [
    `${exchange.method} ${exchange.path} → ${answer}`,
    ...(exchange.reportedOutcome === undefined ? [] : [exchange.state ?? '']),
    ...(known === undefined ? [] : [`(eta was ${formatClockTime(known.eta)})`]),
  ];
  return { seq: exchange.seq, at, text: parts.join(' ') };
}

/** What a client did about one job, for a timeline. */
export function showAttempt(
  one: JobAttempt,
  breaks: ReadonlyMap<Call, string[]>,
  show: ShowExchange,
): JobVerdict {
  const { operation, job, scenario, scenarioName, end, submission, polls } = one;
  const { api } = submission.exchange;
  const others = showOthers(one);
  return {
    operation,
    ...(api === undefined ? {} : { api }),
    ...(job === undefined ? {} : { job }),
    ...(scenarioName === undefined ? {} : { scenario: scenarioName }),
    ...(scenario === undefined ? {} : { title: scenario.title }),
    outcome: job === undefined ? 'no job' : (end?.reply ?? endToldBy(one)),
    submission: showMark(submission, breaks, show),
    polls: polls.map((poll) => showMark(poll, breaks, show)),
    ...(others.length > 0 ? { others } : {}),
  };
}

/** As a webhook told it, where no answer did. */
function endToldBy(one: JobAttempt): JobVerdict['outcome'] {
  const told = toldEnd(one)?.exchange.reportedOutcome;
  return isEnd(told) ? told : 'open';
}

/** Lists tell of a job again and again: so many are enough. */
const MOST_OTHERS = 50;

function showOthers({ asides: { looks, dismissals, early } }: JobAttempt): OtherRequest[] {
  const told = new Map(looks.map(({ call, outcome }) => [call, outcome]));
  const calls = [...new Set([...told.keys(), ...dismissals, ...early])].sort(
    (a, b) => a.exchange.startedMono - b.exchange.startedMono,
  );
  return calls.slice(0, MOST_OTHERS).map((call) => {
    const { at, exchange } = call;
    const { seq, operation = '', status } = exchange;
    const outcome = told.get(call);
    return { seq, at, operation, status, ...(outcome === undefined ? {} : { told: outcome }) };
  });
}

function showMark(call: Call, breaks: ReadonlyMap<Call, string[]>, show: ShowExchange): Mark {
  const { exchange, reply, at, endedAt: until, eta } = call;
  const { seq, status, reportedOutcome: told, state, fault } = exchange;
  const mark: Mark = { seq, at, reply, status, breaks: breaks.get(call) ?? [] };
  if (until !== undefined) mark.until = until;
  if (told !== undefined) mark.state = state ?? '';
  if (eta !== undefined) mark.eta = eta;
  if (fault !== undefined) mark.fault = fault;
  const shown = show(call, MARKS_WHOLE);
  if (shown) mark.exchange = shown;
  return mark;
}
