import type { Reply } from '../../audit/reply.js';
import type { JobVerdict, Mark, OtherRequest, WebhookMark } from '../../audit/verdict.js';
import { isEnd } from '../../outcome.js';
import { PLAYED } from '../../played.js';
import type { JobState, LightExchange } from '../../sandbox/control/views.js';
import type { LivedStep } from '../../sandbox/job-view.js';
import type { Moment } from '../../time/moments.js';
import { asMark, isKnown } from '../../view/timeline/describe-webhook.js';
import { replyByStatus } from '../../view/timeline/truth.js';
import type { Judged } from './judgement.js';

/** What a client has done about a job so far, from what the page has heard: the verdict says the same later. */
export function jobOf(
  { id, operation, scenario, start }: JobState,
  exchanges: readonly LightExchange[],
  judged: Judged,
): JobVerdict {
  const first = exchanges.find((one) => one.operation === operation && !one.webhook);
  const begun = Date.parse(start);
  const mark = (one: LightExchange) => markOf(one, judged);
  const rest = exchanges.filter((one) => one !== first);
  const polls = rest.filter(isPoll).map(mark);
  const others = rest.filter((one) => !isPoll(one) && !one.webhook).map(otherOf);
  const webhooks = rest.flatMap((one) => webhookOf(one, judged) ?? []);
  const told = [...polls, ...webhooks.filter(isKnown).map(asMark)];
  const end = told.findLast(({ reply }) => isEnd(reply))?.reply;
  return {
    operation,
    job: id,
    scenario,
    outcome: end !== undefined && isEnd(end) ? end : 'open',
    submission: first
      ? { ...mark(first), reply: submitted(first) }
      : { seq: 0, at: begun, until: begun, reply: 'open', status: 200, breaks: [] },
    polls,
    ...(others.length > 0 ? { others } : {}),
    ...(webhooks.length > 0 ? { webhooks } : {}),
  };
}

/** The steps of a job with their moments. */
export function stepsOf({ life = [] }: JobState): LivedStep<Moment>[] {
  return life.map(({ from, until, ...says }) => ({
    ...says,
    from: Date.parse(from),
    ...(until === undefined ? {} : { until: Date.parse(until) }),
  }));
}

function isPoll({ webhook, told, step, method, note }: LightExchange): boolean {
  if (webhook) return false;
  if (told !== undefined) return true;
  const isPlayed = step !== undefined || note?.includes(PLAYED) === true;
  return isPlayed && (method === 'GET' || method === 'HEAD');
}

function markOf(exchange: LightExchange, judged: Judged): Mark {
  const { seq, at, until, status, state, eta, fault } = exchange;
  return {
    seq,
    at: Date.parse(at),
    ...(until === undefined ? {} : { until: Date.parse(until) }),
    reply: judged.replies.get(seq) ?? replyOf(exchange),
    status,
    ...(state === undefined || exchange.told === undefined ? {} : { state }),
    ...(eta === undefined ? {} : { eta: Date.parse(eta) }),
    ...(fault === undefined ? {} : { fault }),
    breaks: judged.breaks.get(seq) ?? [],
  };
}

function replyOf({ told, status, until, fault }: LightExchange): Reply {
  if (until === undefined && status === 0) return 'lost';
  if (told !== undefined && status !== 0) return told;
  const reply = replyByStatus(status);
  return reply === 'unknown' && fault !== undefined ? 'unreadable' : reply;
}

function submitted({ status }: LightExchange): Reply {
  return status >= 200 && status < 400 ? 'open' : replyByStatus(status);
}

function otherOf({ seq, at, operation = '', status, told }: LightExchange): OtherRequest {
  return { seq, at: Date.parse(at), operation, status, ...(told === undefined ? {} : { told }) };
}

function webhookOf(exchange: LightExchange, { breaks }: Judged): WebhookMark | undefined {
  const { seq, at, until, webhook, status, state = '', told = 'unknown' } = exchange;
  if (!webhook) return undefined;
  const { event, attempt, copy, made } = webhook;
  return {
    seq,
    at: Date.parse(at),
    ...(until === undefined ? {} : { until: Date.parse(until) }),
    ...{ event, state, told, status, attempt, copy, breaks: breaks.get(seq) ?? [] },
    ...(made === undefined ? {} : { made }),
  };
}
