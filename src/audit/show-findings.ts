import { isEnd } from '../outcome.js';
import type { Call } from './call.js';
import { toldEnd } from './deliveries.js';
import { formatClockTime } from './format.js';
import type { JobAttempt } from './job-attempt.js';
import { type Breach, type Rule, textOf } from './rule.js';
import type { Sent } from './sent.js';
import type { ShowExchange } from './show-exchange.js';
import type { Finding, JobVerdict, Mark, OtherRequest, Proof, WebhookMark } from './verdict.js';

/** So many exchanges are enough to understand a finding. */
const SHOWN = 5;

/** Of the marks of a session so many hold request and answer: a page with thousands would be read by nobody. */
const MARKS_WHOLE = 60;

/** A breach with its proof; which of the proofs hold request and answer is `showProofs`' to say. */
export function showFinding(
  { name, severity, advice: usual }: Omit<Rule, 'judge'>,
  breach: Breach,
): Finding {
  const { case: one, calls, severity: own = severity, advice = usual } = breach;
  const scenario = one?.scenarioName ?? 'NAME';
  return {
    rule: name,
    severity: own,
    message: textOf(breach),
    advice: advice.replace('scenarios show NAME', `scenarios show ${scenario}`),
    ...(one?.job === undefined ? {} : { job: one.job }),
    ...(one === undefined ? {} : { operation: one.operation }),
    ...(one?.scenarioName === undefined ? {} : { scenario: one.scenarioName }),
    evidence: calls.slice(0, SHOWN).map(showProof),
    more: Math.max(0, calls.length - SHOWN),
  };
}

/** An exchange in a line. */
export function showProof(call: Call): Proof {
  call.shown ??= tell(call);
  return { seq: call.seq, at: call.at, text: call.shown };
}

function tell(call: Call): string {
  const { method, path, told: outcome, state = '', status, fault, etaAtRequest: known } = call;
  const answer = fault ?? (status === 0 ? 'no answer' : status);
  const told = outcome === undefined ? '' : ` ${state}`;
  const eta = known === undefined ? '' : ` (eta was ${formatClockTime(known.eta)})`;
  return `${method} ${path} → ${answer}${told}${eta}`;
}

/** What a client did about one job, for a timeline. */
export function showAttempt(one: JobAttempt, show: ShowExchange): JobVerdict {
  const shown = bareAttempt(one, showMark(one.submission, show));
  if (one.polls.length > 0) shown.polls = one.polls.map((poll) => showMark(poll, show));
  const others = showOthers(one);
  if (others.length > 0) shown.others = others;
  if (one.deliveries) shown.webhooks = one.deliveries.slice(0, MOST_WEBHOOKS).map(showWebhook);
  return shown;
}

/**
 * Keys stand in the order in which programs have always got them. Most jobs have the first form; a verdict holds
 * thousands, and an object that has its keys from the start is made sooner.
 */
function bareAttempt(one: JobAttempt, submission: Mark): JobVerdict {
  const { operation, job, scenario, scenarioName, end } = one;
  const { api } = one.submission;
  const outcome = job === undefined ? 'no job' : (end?.reply ?? endToldBy(one));
  const polls: Mark[] = [];
  if (api === undefined && job !== undefined && scenario && scenarioName !== undefined) {
    const { title } = scenario;
    return { operation, job, scenario: scenarioName, title, outcome, submission, polls };
  }
  return {
    operation,
    ...(api === undefined ? {} : { api }),
    ...(job === undefined ? {} : { job }),
    ...(scenarioName === undefined ? {} : { scenario: scenarioName }),
    ...(scenario === undefined ? {} : { title: scenario.title }),
    outcome,
    submission,
    polls,
  };
}

/** A receiver that refuses each is sent ten a piece of news. */
const MOST_WEBHOOKS = 100;

function showWebhook({ exchange, facts, call }: Sent): WebhookMark {
  const {
    seq,
    at,
    endedAt: until,
    state = '',
    reportedOutcome: told = 'unknown',
    status,
  } = exchange;
  const { event, attempt, copy, made } = facts;
  return {
    seq,
    at,
    ...(until === undefined ? {} : { until }),
    event,
    state,
    told,
    status,
    attempt,
    copy,
    ...(made === undefined ? {} : { made }),
    breaks: call.breaks ?? NO_BREAKS,
  };
}

/** As a webhook told it, where no answer did. */
function endToldBy(one: JobAttempt): JobVerdict['outcome'] {
  const told = toldEnd(one)?.exchange.reportedOutcome;
  return isEnd(told) ? told : 'open';
}

/** Lists tell of a job again and again: so many are enough. */
const MOST_OTHERS = 50;

const NO_OTHERS: OtherRequest[] = [];

function showOthers({ asides: { looks, dismissals, early } }: JobAttempt): OtherRequest[] {
  if (looks.length + dismissals.length + early.length === 0) return NO_OTHERS;
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

function showMark(call: Call, show: ShowExchange): Mark {
  const mark = bareMark(call);
  if (call.fault !== undefined) mark.fault = call.fault;
  const shown = show(call, MARKS_WHOLE);
  if (shown) mark.exchange = shown;
  return mark;
}

const NO_BREAKS: readonly string[] = [];

/**
 * Keys stand in the order in which programs have always got them. Most marks of the thousands have one of the first two
 * forms, and an object that has its keys from the start is made sooner.
 */
function bareMark(call: Call): Mark {
  const { seq, reply, at, endedAt, eta, status, told, state = '', breaks = NO_BREAKS } = call;
  if (endedAt !== undefined && eta !== undefined) {
    return told === undefined
      ? { seq, at, reply, status, breaks, until: endedAt, eta }
      : { seq, at, reply, status, breaks, until: endedAt, state, eta };
  }
  const mark: Mark = { seq, at, reply, status, breaks };
  if (endedAt !== undefined) mark.until = endedAt;
  if (told !== undefined) mark.state = state;
  if (eta !== undefined) mark.eta = eta;
  return mark;
}
