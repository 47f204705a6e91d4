import type { IdempotencyKey } from '../contract/idempotency.js';
import { parseJson } from '../contract/json.js';
import type { Exchange } from '../sandbox/journal.js';
import { headerReader } from './credentials.js';
import type { Evidence } from './evidence.js';

/** By what a request names itself; undefined: by nothing, so that no other is known to be the same. */
export type KeyOf = (exchange: Exchange) => string | undefined;

/** Reads requests' own names where the binding says that they stand. */
export function idempotencyReader(
  key: IdempotencyKey | undefined,
  bodyOf: Evidence['bodyOf'],
): KeyOf {
  // The same content is told by the job that it was given again.
  if (key === undefined || 'content' in key) return () => undefined;
  if ('field' in key) return remember((exchange) => textAt(bodyOf(exchange), key.field));
  const read = headerReader([key.header]);
  return (exchange) => read(exchange).get(key.header) || undefined;
}

/** Each body is read once. */
function remember(read: KeyOf): KeyOf {
  const known = new Map<Exchange, string | undefined>();
  return (exchange) => {
    if (!known.has(exchange)) known.set(exchange, read(exchange));
    return known.get(exchange);
  };
}

/** A text or a number; anything else names nothing. */
function textAt(body: string, field: readonly string[]): string | undefined {
  let value: unknown = parseJson(body);
  for (const key of field) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  const names = typeof value === 'string' || typeof value === 'number';
  return names ? String(value) || undefined : undefined;
}
