import { parseJson } from './parse-json.js';
/**
 * Is one request the repeat of another? Their bodies are compared by value. What a client writes anew each
 * time that it builds its request does not make another request of it: see {@link isSameRequest}.
 */

/** A request's body, read once. */
export interface ReadBody {
  /** Everything that makes the request what it is; two requests are the same only if this is equal. */
  content: string;
  /** How many values that is. */
  values: number;
  /** What belongs to one sending alone. */
  sending: string;
  /** What its client may have written anew, by place. */
  fresh: ReadonlyMap<string, Fresh>;
}

interface Fresh {
  kind: 'moment' | 'id';
  value: string | number;
}

/** When a request was sent, by the clocks that its client may write its moments by. */
export interface SentAt {
  at: number;
  wall: number;
}

/**
 * Names of what belongs to one sending and not to what is asked for: `requestId`, `client_message_id`,
 * `timestamp`, `sentAt`, `attempt`. Here in small letters, without `_` and `-`.
 */
const OF_SENDING =
  /((request|message|correlation|trace|span|idempotency)(id|key|uuid|guid|ref)|^timestamp|^ts|^nonce|^attempts?|^retry|^retries|^retrycount|^issued|^now|(sent|created|issued|submitted|requested|generated)(at|on|time|date))$/;
/** Names by which a document calls itself. */
const OWN_ID = /^(id|uuid|guid|identifier)$/;
/** Forms of ids that clients make up: UUID, ULID, sixteen hex digits or more. */
const MADE_UP =
  /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9A-HJKMNP-TV-Z]{26}|[0-9a-f]{16,64})$/i;
/** RFC 3339 §5.6, with a time of day; a date alone is content. */
const DATE_TIME = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d/;
/** A document that is sent as base64 may be JSON; shorter texts are words. */
const BASE64 = /^[A-Za-z0-9+/_-]{40,}={0,2}$/;
/** A moment that was written anew has gone on as far as the clock has, give or take this, in milliseconds. */
const SLACK = 2000;
/** Shorter texts are neither ids that were made up nor moments nor documents. */
const SHORTEST = 16;
/** Deeper documents are compared as texts. */
const DEEPEST = 200;

/**
 * Reads a body: JSON by its values, anything else as it came.
 * @param ofSending keys that lead to a field which belongs to the sending, whatever its name
 */
export function readBody(
  text: string,
  mediaType: string | undefined,
  ofSending?: readonly string[],
): ReadBody {
  const value = mediaType === undefined || /json/i.test(mediaType) ? parseJson(text) : undefined;
  const asItCame = { content: `=${text}`, values: 1, sending: '', fresh: new Map() };
  if (value === undefined) return asItCame;
  const reader = new Reader(ofSending);
  const content = reader.read(value);
  if (reader.tooDeep) return asItCame;
  const { values, fresh, sending } = reader;
  return { content, values, fresh, sending: sending.join() };
}

/**
 * The same request, or the same one built anew. The measure: all values are equal but for those
 * - whose names say that they belong to the sending (`requestId`, `timestamp`, `attempt`), at any place, or of which
 *   the binding says so (its idempotency key);
 * - that are moments, and have gone on by as much as a clock did between the two requests: a client that
 *   writes "now" gives itself away, another day of a report does not;
 * - that are made-up ids (UUID, ULID) by which the document calls itself (`id`, `uuid`, at its top). Ids at other
 *   places are those of patients and orders: another one is another request.
 *
 * No more values may differ in the last two ways than are equal, and something must be equal. Key order, white
 * space and escapes make no difference in JSON; other media types are compared as they came.
 */
export function isSameRequest(
  [a, sentA]: [ReadBody, SentAt],
  [b, sentB]: [ReadBody, SentAt],
): 'same' | 'built anew' | undefined {
  if (a === b) return 'same';
  if (a.content !== b.content) return undefined;
  let changed = 0;
  for (const [place, before] of a.fresh) {
    const after = b.fresh.get(place);
    if (after === undefined || after.kind !== before.kind) return undefined;
    if (after.value === before.value) continue;
    if (after.kind === 'moment' && !hasGoneOn(before, after, sentA, sentB)) return undefined;
    changed += 1;
  }
  if (changed === 0 && a.sending === b.sending) return 'same';
  const equal = a.values + a.fresh.size - changed;
  return equal > 0 && equal >= changed ? 'built anew' : undefined;
}

function hasGoneOn(before: Fresh, after: Fresh, sentA: SentAt, sentB: SentAt): boolean {
  const by = momentOf(after.value) - momentOf(before.value);
  return [sentB.at - sentA.at, sentB.wall - sentA.wall].some(
    (time) => Math.abs(by - time) <= SLACK,
  );
}

/** Milliseconds since 1970, of a date-time or of seconds or milliseconds; NaN for anything else. */
function momentOf(value: string | number): number {
  if (typeof value === 'string') return DATE_TIME.test(value) ? Date.parse(value) : Number.NaN;
  if (value >= 1e9 && value < 1e10) return value * 1000;
  return value >= 1e12 && value < 1e13 ? value : Number.NaN;
}

/** What a key's name says of what stands under it. */
interface KeyName {
  written: string;
  ofSending: boolean;
  ownId: boolean;
}

/** Documents of one path have the same keys: each is looked at once. */
const names = new Map<string, KeyName>();
/** A client may make up keys without end. */
const MOST_NAMES = 10_000;

function nameOf(key: string): KeyName {
  const found = names.get(key);
  if (found) return found;
  if (names.size >= MOST_NAMES) names.clear();
  const bare = key.replace(/[_-]/g, '').toLowerCase();
  const name = {
    written: `${JSON.stringify(key)}:`,
    ofSending: OF_SENDING.test(bare),
    ownId: OWN_ID.test(bare),
  };
  names.set(key, name);
  return name;
}

/** Writes a value as one text in which the order of keys makes no difference. */
class Reader {
  readonly fresh = new Map<string, Fresh>();
  readonly sending: string[] = [];
  values = 0;
  tooDeep = false;
  /** Keys and indices that lead to where it reads; those in front of `#top` lead to a wrapped document. */
  readonly #path: string[] = [];
  #top = 0;
  readonly #ofSending: readonly string[];

  constructor(ofSending: readonly string[] = []) {
    this.#ofSending = ofSending;
  }

  read(value: unknown): string {
    if (this.#path.length > DEEPEST) this.tooDeep = true;
    if (this.tooDeep) return '';
    if (typeof value !== 'object' || value === null) return this.#readLeaf(value);
    return Array.isArray(value) ? this.#readList(value) : this.#readObject(value);
  }

  #readList(list: readonly unknown[]): string {
    let written = '[';
    for (let i = 0; i < list.length; i += 1) written += `${this.#readAt(String(i), list[i])},`;
    return `${written}]`;
  }

  #readObject(value: object): string {
    let written = '{';
    for (const key of Object.keys(value).sort()) {
      const inner = (value as Record<string, unknown>)[key];
      const name = nameOf(key);
      const isLeaf = typeof inner !== 'object' || inner === null;
      if (isLeaf && (name.ofSending || this.#isOfSending(key))) {
        this.sending.push(`${this.#path.join('/')}/${name.written}${JSON.stringify(inner)}`);
      } else written += `${name.written}${this.#readAt(key, inner)},`;
    }
    return `${written}}`;
  }

  /** The binding says so of what stands here. */
  #isOfSending(key: string): boolean {
    const named = this.#ofSending;
    const path = this.#path;
    return (
      named.at(-1) === key &&
      named.length === path.length + 1 &&
      this.#top === 0 &&
      path.every((each, i) => each === named[i])
    );
  }

  #readAt(key: string, value: unknown): string {
    this.#path.push(key);
    const written = this.read(value);
    this.#path.pop();
    return written;
  }

  #readLeaf(value: unknown): string {
    if (typeof value === 'string' && value.length >= SHORTEST) {
      if (this.#namesDocument() && MADE_UP.test(value)) return this.#keep({ kind: 'id', value });
      const wrapped = BASE64.test(value) ? parseBase64(value) : undefined;
      if (wrapped !== undefined) return this.#readWrapped(wrapped);
      if (!Number.isNaN(momentOf(value))) return this.#keep({ kind: 'moment', value });
    } else if (typeof value === 'number' && !Number.isNaN(momentOf(value))) {
      return this.#keep({ kind: 'moment', value });
    }
    this.values += 1;
    return JSON.stringify(value);
  }

  /** `/id`, `/data/id`: a document may stand in an envelope. */
  #namesDocument(): boolean {
    const path = this.#path;
    if (!nameOf(path.at(-1) ?? '').ownId) return false;
    const depth = path.length - this.#top;
    return depth === 1 || (depth === 2 && path.at(-2) === 'data');
  }

  #readWrapped(value: unknown): string {
    const top = this.#top;
    this.#top = this.#path.length;
    const written = `base64(${this.read(value)})`;
    this.#top = top;
    return written;
  }

  #keep(fresh: Fresh): string {
    this.fresh.set(this.#path.join('/'), fresh);
    return `<${fresh.kind}>`;
  }
}

function parseBase64(text: string): unknown {
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  return decoded.startsWith('{') || decoded.startsWith('[') ? parseJson(decoded) : undefined;
}
