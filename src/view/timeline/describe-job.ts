import type { JobVerdict } from '../../audit/verdict.js';
import { since } from './describe-mark.js';
import { isKnown } from './describe-webhook.js';

/** Requests that are told one by one. */
const MOST_TOLD = 8;

/** `Besides polls: listJobs #3 at +2 s (open), cancelJob #4 at +3 s (cancelled).` */
export function tellOthers({ submission, others = [] }: JobVerdict, pace: number): string {
  const told = others.slice(0, MOST_TOLD).map(({ seq, at, operation, status, told: outcome }) => {
    return `${operation} #${seq} at ${since({ start: submission.at, pace }, at)} (${outcome ?? status})`;
  });
  const more = others.length > told.length ? `, and ${others.length - told.length} more` : '';
  return `Besides polls: ${told.join(', ')}${more}.`;
}

export function tellUnpolled({
  submission,
  outcome,
  others = [],
  webhooks = [],
}: JobVerdict): string {
  const answer = submission.status === 0 ? 'no answer' : `the answer ${submission.status}`;
  const asked = others.length > 0 ? 'nobody polled its job' : 'nobody asked for its job';
  const told = webhooks.some((one) => isKnown(one) && one.told === outcome);
  const rest =
    outcome === 'no job'
      ? 'so there is no job to ask for'
      : `and ${told ? 'a webhook told the end of its job' : asked}`;
  return `Request #${submission.seq} got ${answer}, ${rest}.`;
}
