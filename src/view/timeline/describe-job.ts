import type { JobVerdict } from '../../audit/verdict.js';
import { say } from '../../say.js';
import { inEnglish, type Say } from '../text.js';
import { since } from './describe-mark.js';
import { isKnown } from './describe-webhook.js';

/** Requests that are told one by one. */
const MOST_TOLD = 8;

/** `Besides polls: listJobs #3 at +2 s (open), cancelJob #4 at +3 s (cancelled).` */
export function tellOthers(
  { submission, others = [] }: JobVerdict,
  pace: number,
  t: Say = inEnglish,
): string {
  const told = others.slice(0, MOST_TOLD).map(({ seq, at, operation, status, told: outcome }) => {
    const came = since({ start: submission.at, pace }, at, t);
    return t`${operation} #${seq} at ${came} (${outcome ? t(outcome) : status})`;
  });
  const more = others.length > told.length ? t`, and ${others.length - told.length} more` : '';
  return t`Besides polls: ${`${told.join(', ')}${more}`}.`;
}

export function tellUnpolled(job: JobVerdict, t: Say = inEnglish): string {
  const { seq, status } = job.submission;
  const answer = status === 0 ? t('no answer') : t`the answer ${status}`;
  return t`Request #${seq} got ${answer}, ${t(whyUnpolled(job))}.`;
}

function whyUnpolled({ outcome, others = [], webhooks = [] }: JobVerdict): string {
  if (outcome === 'no job') return say`so there is no job to ask for`;
  if (webhooks.some((one) => isKnown(one) && one.told === outcome))
    return say`and a webhook told the end of its job`;
  return others.length > 0 ? say`and nobody polled its job` : say`and nobody asked for its job`;
}
