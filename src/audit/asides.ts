import type { JobRole } from '../contract/job-operations.js';
import { isEnd } from '../outcome.js';
import type { Call } from './call.js';
import type { ApiFacts } from './evidence.js';
import { type JobAttempt, type KnownEnd, type Look, NO_ASIDES } from './job-attempt.js';

/** Notes what a request of such an operation was about. */
export function noteAside(
  role: JobRole,
  call: Call,
  attemptOf: (job: string) => JobAttempt | undefined,
  words: ApiFacts,
): void {
  const { job, listed = [], status, reportedOutcome, chance } = call.exchange;
  for (const { job: id, api, outcome, eta } of listed) {
    const listedOne = attemptOf(id);
    // Jobs of two kinds may have one number.
    const isOther = api !== undefined && listedOne?.submission.exchange.api !== api;
    if (listedOne && !isOther) asidesOf(listedOne).looks.push({ call, outcome, eta });
  }
  const one = job === undefined ? undefined : attemptOf(job);
  if (!one) return;
  const { looks, dismissals, early } = asidesOf(one);
  const isGood = status >= 200 && status < 300;
  if ((role === 'cancel' || role === 'delete') && isGood) dismissals.push(call);
  if (role === 'cancel' && reportedOutcome !== undefined) {
    looks.push({ call, outcome: reportedOutcome, eta: call.eta });
  }
  if (role !== 'result' || chance) return;
  const outcome = words.states.get(call.exchange.state ?? '');
  if (isGood && isEnd(outcome)) looks.push({ call, outcome, eta: undefined });
  if (!isGood && outcome === 'open') early.push(call);
}

/** What is added to; made for the few jobs that have any. */
interface Noted {
  looks: Look[];
  dismissals: Call[];
  early: Call[];
}

function asidesOf(one: JobAttempt): Noted {
  if (one.asides === NO_ASIDES) one.asides = { looks: [], dismissals: [], early: [] };
  return one.asides as Noted;
}

/** The first answer that told the end: a poll's, or another one's. */
export function firstEnd({ finalPoll, asides: { looks } }: JobAttempt): KnownEnd | undefined {
  const polled = finalPoll && isEnd(finalPoll.reply) && { call: finalPoll, reply: finalPoll.reply };
  if (looks.length === 0) return polled || undefined;
  const look = looks.find(({ outcome }) => isEnd(outcome));
  const looked = look && isEnd(look.outcome) && { call: look.call, reply: look.outcome };
  if (!polled || !looked) return polled || looked || undefined;
  return looked.call.startedMono < polled.call.startedMono ? looked : polled;
}
