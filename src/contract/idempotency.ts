/** What a request names itself by, so that the platform knows it when it is sent again. */
export type IdempotencyKey =
  /** A header, in small letters. */
  | { header: string }
  /** Keys that lead to a field of its JSON body. */
  | { field: readonly string[] };

export const IDEMPOTENCY_HINT =
  'write Idempotency-Key for a header, body.clientRequestToken for a field of the body';

/** RFC 9110 §5.6.2: the name of a header is a token. */
const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
const IN_BODY = 'body.';

/**
 * `Idempotency-Key`: the header. `body.clientRequestToken`, `body.order.key`: the field that stands there in a JSON
 * body. Undefined when it is neither.
 */
export function parseIdempotency(text: string): IdempotencyKey | undefined {
  if (!text.startsWith(IN_BODY))
    return TOKEN.test(text) ? { header: text.toLowerCase() } : undefined;
  const field = text.slice(IN_BODY.length).split('.');
  return field.every((key) => key !== '') ? { field } : undefined;
}
