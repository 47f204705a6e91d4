import { parseJson } from '../contract/json.js';

/**
 * What a request asks for, by value, so that another one can be held to it without reading either again. It is read
 * while the body's values are at hand: two microseconds then, and ten to read them anew.
 */
export interface RequestContent {
  /**
   * 53 bits of everything that makes the request what it is; two requests ask for the same only if these are equal.
   * Of ten thousand different ones two have the same by one chance in a hundred million.
   */
  digest: number;
  /** How many values that is. */
  values: number;
  /** The same of what belongs to one sending alone. */
  sending: number;
  /** What its client may have written anew, by place. */
  fresh: readonly FreshValue[];
}

/** Fields that a binding names, whatever their own names say; each by the keys that lead to it. */
export interface NamedFields {
  /** Belongs to one sending alone: a key of idempotency. */
  ofSending?: readonly string[] | undefined;
  /** The id by which the client calls the job. */
  ownId?: readonly string[] | undefined;
}

/** A moment, or an id that was made up. */
export interface FreshValue {
  kind: 'moment' | 'id';
  /** 32 bits of the keys and indices that lead to it. */
  place: number;
  value: string | number;
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
/** Shorter texts are neither ids that were made up nor moments nor documents. */
const SHORTEST = 16;
/** Deeper documents are compared as texts. */
const DEEPEST = 200;

/**
 * Reads a JSON body by its values: key order, white space and escapes make no difference.
 * @param text the same as it came, for what is nested too deep
 * @param fields what the binding says of some of its fields
 */
export function contentOfValue(value: unknown, text: string, fields?: NamedFields): RequestContent {
  const reader = new Reader(fields);
  reader.read(value, TOP);
  if (reader.tooDeep) return contentOfText(text);
  const { values, fresh, sending } = reader;
  fresh.sort((a, b) => a.place - b.place);
  return { digest: reader.content.bits, values, sending: sending.bits, fresh };
}

/** Do two requests ask for the same, and was nothing in either written anew? */
export function isEqualContent(a: RequestContent, b: RequestContent): boolean {
  return (
    a.digest === b.digest &&
    a.values === b.values &&
    a.sending === b.sending &&
    a.fresh.length === b.fresh.length &&
    a.fresh.every(({ kind, place, value }, i) => {
      const other = b.fresh[i];
      return other?.place === place && other.kind === kind && other.value === value;
    })
  );
}

/** Of a body that is no JSON, as it came. */
export function contentOfText(text: string): RequestContent {
  const content = new Digest();
  content.add('text', text, TOP);
  return { digest: content.bits, values: 1, sending: 0, fresh: [] };
}

/** Milliseconds since 1970, of a date-time or of seconds or milliseconds; NaN for anything else. */
export function momentOf(value: string | number): number {
  if (typeof value === 'string') return DATE_TIME.test(value) ? Date.parse(value) : Number.NaN;
  if (value >= 1e9 && value < 1e10) return value * 1000;
  return value >= 1e12 && value < 1e13 ? value : Number.NaN;
}

/** What a key's name says of what stands under it. */
interface KeyName {
  bits: number;
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
    bits: mixText(TOP, MULTIPLIERS[0], key),
    ofSending: OF_SENDING.test(bare),
    ownId: OWN_ID.test(bare),
  };
  names.set(key, name);
  return name;
}

/** The place of the whole document. */
const TOP = 0x2545f491;
/** Those of MurmurHash3's finalizer. */
const MULTIPLIERS = [0x85ebca6b, 0xc2b2ae35] as const;

function mix(bits: number, multiplier: number, next: number): number {
  const mixed = Math.imul(bits ^ next, multiplier);
  return mixed ^ (mixed >>> 15);
}

function mixText(bits: number, multiplier: number, text: string): number {
  let mixed = bits;
  for (let i = 0; i < text.length; i += 1) mixed = mix(mixed, multiplier, text.charCodeAt(i));
  return mix(mixed, multiplier, text.length);
}

/** Sums up values with their places; the order in which they come makes no difference. */
class Digest {
  #high = 0;
  #low = 0;

  add(kind: string, text: string, place: number): void {
    const [a, b] = MULTIPLIERS;
    this.#high = (this.#high + mixText(mixText(place, b, kind), a, text)) | 0;
    this.#low = (this.#low + mixText(mixText(place, a, kind), b, text)) | 0;
  }

  /** 53 of its 64 bits. */
  get bits(): number {
    return (this.#high >>> 0) * 2 ** 21 + (this.#low >>> 11);
  }
}

class Reader {
  readonly content = new Digest();
  readonly sending = new Digest();
  readonly fresh: FreshValue[] = [];
  values = 0;
  tooDeep = false;
  /** Keys that lead to where it reads; those in front of `#top` lead to a wrapped document. */
  readonly #path: string[] = [];
  #top = 0;
  readonly #ofSending: readonly string[];
  readonly #ownId: readonly string[];

  constructor({ ofSending = [], ownId = [] }: NamedFields = {}) {
    this.#ofSending = ofSending;
    this.#ownId = ownId;
  }

  /** @param place bits of the keys and indices that lead to the value */
  read(value: unknown, place: number): void {
    if (this.#path.length > DEEPEST) this.tooDeep = true;
    if (this.tooDeep) return;
    if (typeof value !== 'object' || value === null) this.#readLeaf(value, place);
    else if (Array.isArray(value)) this.#readList(value, place);
    else this.#readObject(value as Readonly<Record<string, unknown>>, place);
  }

  #readList(list: readonly unknown[], place: number): void {
    this.content.add('list', String(list.length), place);
    for (let i = 0; i < list.length; i += 1) {
      this.#readAt(String(i), list[i], mix(place, MULTIPLIERS[1], i + 1));
    }
  }

  #readObject(object: Readonly<Record<string, unknown>>, place: number): void {
    this.content.add('object', '', place);
    for (const key of Object.keys(object)) {
      const inner = object[key];
      const name = nameOf(key);
      const isLeaf = typeof inner !== 'object' || inner === null;
      const there = mix(place, MULTIPLIERS[0], name.bits);
      if (isLeaf && (name.ofSending || this.#isOfSending(key))) {
        this.sending.add(typeof inner, String(inner), there);
      } else this.#readAt(key, inner, there);
    }
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

  #readAt(key: string, value: unknown, place: number): void {
    this.#path.push(key);
    this.read(value, place);
    this.#path.pop();
  }

  #readLeaf(value: unknown, place: number): void {
    const kind = this.#freshKind(value);
    const wrapped = kind === undefined ? parseBase64(value) : undefined;
    if (kind !== undefined) {
      this.fresh.push({ kind, place, value: value as string | number });
      this.content.add(kind, '', place);
    } else if (wrapped !== undefined) {
      this.#readWrapped(wrapped, place);
    } else {
      this.values += 1;
      this.content.add(typeof value, String(value), place);
    }
  }

  #freshKind(value: unknown): FreshValue['kind'] | undefined {
    if (typeof value === 'number') return Number.isNaN(momentOf(value)) ? undefined : 'moment';
    if (typeof value !== 'string' || value.length < SHORTEST) return undefined;
    if (this.#namesDocument() && MADE_UP.test(value)) return 'id';
    return Number.isNaN(momentOf(value)) ? undefined : 'moment';
  }

  /** `/id`, `/data/id`: a document may stand in an envelope. */
  #namesDocument(): boolean {
    const path = this.#path;
    const own = this.#ownId;
    if (own.length > 0 && own.length === path.length && own.every((key, i) => key === path[i])) {
      return true;
    }
    if (!nameOf(path.at(-1) ?? '').ownId) return false;
    const depth = path.length - this.#top;
    return depth === 1 || (depth === 2 && path.at(-2) === 'data');
  }

  #readWrapped(value: unknown, place: number): void {
    const top = this.#top;
    this.#top = this.#path.length;
    this.content.add('base64', '', place);
    this.read(value, mix(place, MULTIPLIERS[1], 0));
    this.#top = top;
  }
}

function parseBase64(text: unknown): unknown {
  if (typeof text !== 'string' || !BASE64.test(text)) return undefined;
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  return decoded.startsWith('{') || decoded.startsWith('[') ? parseJson(decoded) : undefined;
}
