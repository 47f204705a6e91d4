import { isEnd } from '../../outcome.js';
import { say } from '../../say.js';
import { addTo } from '../add-to.js';
import type { Call } from '../call.js';
import { isGenuine, isTaken, tellsEnd } from '../deliveries.js';
import { formatCount } from '../format.js';
import type { History } from '../history.js';
import type { JobAttempt } from '../job-attempt.js';
import { type AttemptJudgement, judgeAttempts, type Rule } from '../rule.js';
import type { Sent } from '../sent.js';
import { SOURCES } from './sources.js';

export const webhookIdempotent: Rule = {
  name: 'webhook-idempotent',
  title: 'A webhook that comes again is taken again, and makes nothing twice',
  why: 'A platform that has not read the answer sends the same webhook once more, with the same webhook-id. Who works on it again reads, books or submits twice; who refuses it gets it for days.',
  severity: 'error',
  sources: [SOURCES.webhookId],
  advice:
    'keep the webhook-id of what you have worked on, and answer 2xx to a copy without doing anything',
  judge: (history) =>
    judgeAttempts(history, 'no webhook came twice', (one) => {
      const sent = (one.deliveries ?? []).filter(isGenuine);
      const copies = sent.filter(({ facts, exchange }) => facts.copy > 1 && exchange.status !== 0);
      if (copies.length === 0) return undefined;
      const tested = copies.length;
      return { tested, ...(refusedCopy(copies) ?? workedTwice(one, sent, history)) };
    }),
};

function refusedCopy(copies: readonly Sent[]): AttemptJudgement | undefined {
  const refused = copies.filter((copy) => !isTaken(copy));
  const [first] = refused;
  if (!first) return undefined;
  return {
    message: `a copy of a webhook that had been taken was answered ${first.exchange.status}, so that it comes again and again`,
    calls: refused.map(({ call }) => call),
  };
}

/**
 * As far as the sandbox can see it: since the first of the copies the job was asked for twice although it was at
 * its end, or the same thing was read or submitted twice.
 */
function workedTwice(
  one: JobAttempt,
  sent: readonly Sent[],
  { calls, attempts }: History,
): AttemptJudgement | undefined {
  const first = sent.find((each) => tellsEnd(each) && isCopied(each, sent));
  if (!first) return undefined;
  const since = first.exchange.startedMono;
  const after = ({ exchange }: Call) => exchange.startedMono >= since;
  const polls = one.polls.filter((poll) => after(poll) && isEnd(poll.reply));
  const reads = calls.filter((call) => after(call) && isReadOf(call, one));
  const submissions = attempts.map(({ submission }) => submission).filter(after);
  for (const [tell, group] of [
    [(times: string) => say`the job was asked for ${times}`, polls],
    [
      (times: string) => say`the job had its result read ${times}`,
      mostOf(reads, ({ exchange }) => exchange.path),
    ],
    [(times: string) => say`the job led to the same request ${times}`, mostOf(submissions, keyOf)],
  ] as const) {
    if (group.length < 2) continue;
    const copies = sent.filter(({ facts }) => facts.id === first.facts.id);
    return {
      message: `${tell(formatCount(group.length, 'time'))} after a webhook that came ${formatCount(copies.length, 'time')}`,
      calls: [...copies.map(({ call }) => call), ...group],
    };
  }
  return undefined;
}

function isCopied({ facts: { id } }: Sent, sent: readonly Sent[]): boolean {
  return sent.some(({ facts }) => facts.id === id && facts.copy > 1);
}

function isReadOf({ exchange }: Call, { job, resource }: JobAttempt): boolean {
  const { method, operation, path, status, reportedOutcome: told } = exchange;
  if (method !== 'GET' || operation === undefined || told !== undefined || status >= 400)
    return false;
  return [job, resource].some((id) => id !== undefined && path.includes(id));
}

/** Alike are requests by one operation and path for one content. */
function keyOf({ exchange: { operation, path, content } }: Call): string {
  return `${operation} ${path} ${content?.digest ?? ''}`;
}

/** Of calls that are alike, the largest group. */
function mostOf(calls: readonly Call[], by: (call: Call) => string): Call[] {
  const groups = new Map<string, Call[]>();
  for (const call of calls) addTo(groups, by(call), call);
  return [...groups.values()].reduce<Call[]>((a, b) => (b.length > a.length ? b : a), []);
}
