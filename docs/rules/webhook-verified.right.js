import { createHmac, timingSafeEqual } from 'node:crypto';

/** `body` is the text as it came: parsed and written again it would be another one. */
export async function receive({ headers, body }, { put, secret }) {
  const {
    'webhook-id': id,
    'webhook-timestamp': at,
    'webhook-signature': signatures = '',
  } = headers;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const own = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest();
  const given = signatures.split(' ').map((each) => Buffer.from(each.replace('v1,', ''), 'base64'));
  const genuine = given.some((each) => each.length === own.length && timingSafeEqual(each, own));
  const recent = Math.abs(Date.now() / 1000 - at) < 5 * 60; // else a copy of years ago would do
  if (!genuine || !recent) return 401;
  await put(body);
  return 204;
}
