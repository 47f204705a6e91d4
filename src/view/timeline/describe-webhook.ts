import type { JobVerdict, Mark, WebhookMark } from '../../audit/verdict.js';
import { inEnglish, type Say } from '../text.js';
import { type Origin, since, tellWait } from './describe-mark.js';

/** It has reached its receiver, who has taken it: what it tells, the client knows. */
export function isKnown({ status, made }: WebhookMark): boolean {
  return made === undefined && status >= 200 && status < 300;
}

/** A webhook as an answer of the timeline: it tells a state. */
export function asMark({ seq, at, until, told, state, breaks }: WebhookMark): Mark {
  return {
    seq,
    at,
    reply: told,
    status: 200,
    breaks,
    state,
    ...(until === undefined ? {} : { until }),
  };
}

/** What a mark says when one points at it: `#7 at +3 s: webhook render.finished (done), taken (204)`. */
export function tellWebhook(one: WebhookMark, origin: Origin, t: Say = inEnglish): string {
  const { seq, at, event, state, attempt, copy, breaks } = one;
  const which = [
    ...(copy > 1 ? [t`copy ${copy}`] : []),
    ...(attempt > 1 ? [t`attempt ${attempt}`] : []),
  ];
  const told = event === state ? event : `${event} (${state})`;
  const broken = breaks.length === 0 ? '' : t`; breaks ${breaks.join(', ')}`;
  const answer = `${tellAnswer(one, origin, t)}${broken}`;
  return t`#${seq} at ${since(origin, at, t)}: webhook ${[told, ...which].join(', ')}, ${answer}`;
}

function tellAnswer(one: WebhookMark, origin: Origin, t: Say): string {
  const { status, made } = one;
  if (made === 'lost') return t('lost on its way, as its scenario says');
  const signed = made === 'forged' ? t('with a wrong signature, ') : '';
  if (status === 0) return `${signed}${t('no answer')}`;
  const taken = status >= 200 && status < 300 ? t('taken') : t('not taken');
  return `${signed}${taken} (${status})${tellWait(one, origin, t)}`;
}

/** `2 webhooks: render.finished taken, render.finished not taken`, for those who cannot see the marks. */
export function describeWebhooks(
  { webhooks = [], submission }: JobVerdict,
  pace: number,
  t: Say = inEnglish,
): string {
  if (webhooks.length === 0) return '';
  const origin = { start: submission.at, pace };
  const told = webhooks.slice(0, MOST_TOLD).map((one) => tellWebhook(one, origin, t));
  const more = webhooks.length > told.length ? t`; and ${webhooks.length - told.length} more` : '';
  return ` ${t`Webhooks: ${`${told.join('; ')}${more}`}.`}`;
}

const MOST_TOLD = 5;
