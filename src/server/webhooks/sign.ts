import { createHmac, randomBytes } from 'node:crypto';
import type { WallMoment } from '../../time/moments.js';

/** What is signed, and with what. */
interface ToSign {
  id: string;
  /** When the attempt is made, by the machine's clock: who takes it compares it with its own. */
  at: WallMoment;
  body: string;
  /** Key in base64; undefined: there is no signature. */
  key: string | undefined;
}

/**
 * Headers of Standard Webhooks 1.0.0, "Webhook headers": the signature is v1, HMAC-SHA256 of
 * `{id}.{timestamp}.{body}` in base64.
 * @param forged signed with a key that nobody has
 */
export function signatureHeaders(
  { id, at, body, key }: ToSign,
  forged = false,
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp };
  if (key === undefined) return headers;
  const secret = forged ? randomBytes(32) : Buffer.from(key, 'base64');
  const signature = createHmac('sha256', secret)
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  return { ...headers, 'webhook-signature': `v1,${signature}` };
}
