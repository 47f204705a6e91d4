import { parseJson } from '../contract/json.js';
import {
  contentOfText,
  contentOfValue,
  type FreshValue,
  momentOf,
  type NamedFields,
  type RequestContent,
} from '../sandbox/request-content.js';

/** When a request was sent, by the clocks that its client may write its moments by. */
export interface SentAt {
  at: number;
  wall: number;
}

/** A moment that was written anew has gone on as far as the clock has, give or take this, in milliseconds. */
const SLACK = 2000;

/**
 * Reads a body: JSON by its values, anything else as it came.
 * @param fields what the binding says of some of its fields
 */
export function readContent(
  text: string,
  mediaType: string | undefined,
  fields?: NamedFields,
): RequestContent {
  const value = mediaType === undefined || /json/i.test(mediaType) ? parseJson(text) : undefined;
  return value === undefined ? contentOfText(text) : contentOfValue(value, text, fields);
}

/**
 * The same request, or the same one built anew. The measure: all values are equal but for those
 * - whose names say that they belong to the sending (`requestId`, `timestamp`, `attempt`), at any place, or of which
 *   the binding says so (its idempotency key);
 * - that are moments, and have gone on by as much as a clock did between the two requests: a client that
 *   writes "now" gives itself away, another day of a report does not;
 * - that are made-up ids (UUID, ULID) by which the document calls itself (`id`, `uuid`, at its top) or, as the binding
 *   says, its job. Ids at other places are those of patients and orders: another one is another request.
 *
 * No more values may differ in the last two ways than are equal, and something must be equal. Key order, white
 * space and escapes make no difference in JSON; other media types are compared as they came.
 */
export function isSameRequest(
  a: RequestContent,
  sentA: SentAt,
  b: RequestContent,
  sentB: SentAt,
): 'same' | 'built anew' | undefined {
  if (a === b) return 'same';
  if (a.digest !== b.digest || a.fresh.length !== b.fresh.length) return undefined;
  let changed = 0;
  for (let i = 0; i < a.fresh.length; i += 1) {
    const before = a.fresh[i] as FreshValue;
    const after = b.fresh[i];
    if (after === undefined || after.place !== before.place || after.kind !== before.kind) {
      return undefined;
    }
    if (after.value === before.value) continue;
    if (after.kind === 'moment' && !hasGoneOn(before, after, sentA, sentB)) return undefined;
    changed += 1;
  }
  if (changed === 0 && a.sending === b.sending) return 'same';
  const equal = a.values + a.fresh.length - changed;
  return equal > 0 && equal >= changed ? 'built anew' : undefined;
}

function hasGoneOn(before: FreshValue, after: FreshValue, sentA: SentAt, sentB: SentAt): boolean {
  const by = momentOf(after.value) - momentOf(before.value);
  return [sentB.at - sentA.at, sentB.wall - sentA.wall].some(
    (time) => Math.abs(by - time) <= SLACK,
  );
}
