import {
  type BodyField,
  behindWord,
  bodyField,
  type HeaderField,
  headerField,
} from './named-field.js';

/** What a request names itself by, so that the platform knows it when it is sent again. */
export type IdempotencyKey = HeaderField | BodyField | WholeContent;

/** All that it asks for: the same again is known as long as its job is open. */
interface WholeContent {
  content: true;
}

/** How the platform answers a request that it knows. */
export interface Repeats {
  /** As the first one, or with what the job has come to. */
  again: 'scheduled' | 'report';
  /** Status for a key that comes with another request: the IETF draft has 422. */
  reused: number;
  /** Status while the job of the first request is open; undefined: that job again. */
  inProgress: number | undefined;
}

/** One thing by which a request is known, and how the platform answers it then. */
export interface Idempotency {
  key: IdempotencyKey;
  repeats: Repeats;
}

export const USUAL_REPEATS: Repeats = { again: 'scheduled', reused: 422, inProgress: undefined };

export const IDEMPOTENCY_HINT =
  'write header.Idempotency-Key for a header, body.clientRequestToken for a field of the body, body for all of it';

/**
 * `header.Idempotency-Key`, or its name alone: the header. `body.clientRequestToken`, `body.order.key`: the field that stands there in a JSON
 * body. `body`: all that the request asks for. Undefined when it is none of these.
 */
export function parseIdempotency(text: string): IdempotencyKey | undefined {
  if (text === 'body') return { content: true };
  const field = behindWord(text, 'body');
  if (field !== undefined) return bodyField(field);
  return headerField(behindWord(text, 'header') ?? text);
}

/** Where a key stands in the body that belongs to the sending and not to what is asked for. */
export function keyField(key: IdempotencyKey | undefined): readonly string[] | undefined {
  return key && 'field' in key ? key.field : undefined;
}
