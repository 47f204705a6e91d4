import type { Webhook } from '../../contract/webhook.js';
import type { Job } from '../../sandbox/job.js';
import type { DeliveryFacts } from '../../sandbox/journal.js';
import type { Session } from '../../sandbox/session.js';
import type { Delivery, Said } from '../../sandbox/webhooks/delivery.js';
import { afterAttempt, isAccepted } from '../../sandbox/webhooks/next-attempt.js';
import { renderDelivery } from '../../sandbox/webhooks/render-delivery.js';
import { formatDuration } from '../../time/duration.js';
import type { Moment } from '../../time/moments.js';
import { type Reply, send, type Way } from './send.js';
import { claim, noteClaimed, type Sharing } from './share.js';
import { signatureHeaders } from './sign.js';
import { writeDelivery } from './write-delivery.js';

/** A delivery with what it is of. */
interface Addressed {
  job: Job;
  webhook: Webhook;
  delivery: Delivery;
}

/**
 * Makes one attempt at a delivery, writes it down, and notes what is left to do.
 * @param sharing where other servers have the same session
 * @returns false: it is for another server to make, or there is nothing to send any more
 */
export async function attempt(
  session: Session,
  addressed: Addressed,
  way: Way,
  signal: AbortSignal,
  sharing?: Sharing,
): Promise<boolean> {
  const { job, webhook } = addressed;
  const words = job.scenario.webhooks ?? {};
  const say = (delivery: Delivery) => sayOnce(session, { ...addressed, delivery });
  const claimed = sharing
    ? await claim(session, addressed.delivery, sharing, signal, say)
    : { ...addressed.delivery, said: say(addressed.delivery) };
  if (!claimed) return false;
  const delivery = { ...claimed, claim: undefined };
  const { said } = delivery;
  const body = said.body ? session.setup.compressor.read(said.body) : '';
  const began = {
    at: session.clock.now(),
    wall: session.setup.wall(),
    startedMono: session.setup.steady(),
  };
  const facts = factsOf(delivery, webhook, words.lost === true);
  const { key } = webhook;
  // Who takes it compares it with a clock of its own; beside a fast one that runs as fast.
  const { clock } = session;
  const signedAt = clock.mode === 'fast' ? Number(began.at) : began.wall;
  const signature = signatureHeaders({ id: facts.id, at: signedAt, body, key }, delivery.forge);
  const headers = { ...said.headers, ...signature };
  const { method } = said;
  const url = new URL(delivery.url);
  const reply = words.lost
    ? undefined
    : await send({ url, method, headers, body }, { ...way, rate: clock.rate }, signal);
  if (session.ended) return true;
  const next = words.lost ? undefined : nextOf(session, addressed, delivery, reply as Reply);
  if (reply && 'failed' in reply) facts.failed = reply.failed;
  const note = noteOf(facts, reply, webhook, next, delivery, began.at);
  const write = () => {
    writeDelivery(session, { job, delivery, facts, method, headers, body, reply, began, note });
    session.deliver(delivery.id, next);
  };
  if (sharing) await noteClaimed(session, delivery, sharing, signal, write);
  else write();
  return true;
}

/** What each attempt and each copy says: the same. */
function sayOnce(session: Session, { job, webhook, delivery }: Addressed): Said {
  if (delivery.said) return delivery.said;
  const draft = session.draft(job.api);
  const said = renderDelivery(draft, job, webhook, delivery);
  session.keep(draft);
  return said;
}

function factsOf(delivery: Delivery, { key }: Webhook, lost: boolean): DeliveryFacts {
  const { id, event, attempts, copy, forge } = delivery;
  return {
    // One that has not come from the platform has not taken its name.
    id: forge ? `${id}0` : id,
    event,
    attempt: attempts + 1,
    copy,
    signed: key !== undefined,
    ...(lost ? { made: 'lost' } : forge ? { made: 'forged' } : {}),
  };
}

function nextOf(
  { clock }: Session,
  { job, webhook }: Addressed,
  delivery: Delivery,
  reply: Reply,
): Delivery | undefined {
  const time = { now: clock.now(), pace: clock.pace };
  const attempted = {
    status: 'status' in reply ? reply.status : 0,
    hopeless: 'failed' in reply && reply.failed === 'refused',
    retryAt: 'status' in reply ? retryAt(reply.headers, time.now) : undefined,
  };
  return afterAttempt(delivery, attempted, webhook, job.scenario.webhooks ?? {}, time);
}

/** RFC 9110 §10.2.3: seconds, or a date. */
function retryAt({ 'retry-after': value }: Record<string, string>, now: Moment) {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return now + Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : date;
}

/** `webhook completed, attempt 2; no whole answer came in 5 s; the next attempt is made in 5min`. */
function noteOf(
  { event, attempt, copy, made }: DeliveryFacts,
  reply: Reply | undefined,
  { retries }: Webhook,
  next: Delivery | undefined,
  { forge }: Delivery,
  now: Moment,
): string {
  const what = [
    `webhook ${event}`,
    ...(made === 'forged' ? ['with a wrong signature'] : []),
    ...(copy > 1 ? [`copy ${copy}`] : []),
    ...(attempt > 1 ? [`attempt ${attempt} of ${retries.length + 1}`] : []),
  ].join(', ');
  if (!reply) return `${what}; it is lost, as the scenario says`;
  const failed = 'failed' in reply ? [reply.why] : [];
  const taken = 'status' in reply && isAccepted(reply.status);
  if (forge || taken) return [what, ...failed].join('; ');
  const wait = next?.due === undefined ? undefined : Math.max(0, next.due - now);
  const then =
    wait === undefined ? 'no further attempt' : `next attempt in ${formatDuration(wait)}`;
  return [what, ...failed, then].join('; ');
}
