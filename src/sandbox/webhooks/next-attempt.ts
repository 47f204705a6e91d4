import type { Webhook } from '../../contract/webhook.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { SessionTime } from '../../time/moments.js';
import type { Attempted, Delivery } from './delivery.js';

/** RFC 9110 §15.5.11; Standard Webhooks, "Delivery success and failure": the receiver wants no more. */
const GONE = 410;

/**
 * What is left to send once an attempt has ended; undefined: nothing. After a success come the copies that a
 * scenario wants, after a failure the next attempt, as long as there are any.
 */
export function afterAttempt(
  delivery: Delivery,
  { status, hopeless, retryAt }: Attempted,
  { retries }: Pick<Webhook, 'retries'>,
  { copies = 1 }: NonNullable<Scenario['webhooks']>,
  { now, pace }: SessionTime,
): Delivery | undefined {
  if (delivery.forge) return { ...delivery, forge: false, due: now };
  if (hopeless) return undefined;
  if (isAccepted(status)) {
    if (delivery.copy >= copies) return undefined;
    return { ...delivery, copy: delivery.copy + 1, attempts: 0, due: now };
  }
  const pause = retries[delivery.attempts];
  if (status === GONE || pause === undefined) return undefined;
  const due = Math.max(Math.ceil(now + pause / pace), retryAt ?? now);
  return { ...delivery, attempts: delivery.attempts + 1, due };
}

/** Standard Webhooks: 2xx, and nothing else. */
export function isAccepted(status: number): boolean {
  return status >= 200 && status < 300;
}
