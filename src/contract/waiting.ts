import { parseDuration } from '../time/duration.js';
import type { Duration } from '../time/moments.js';
import { at, type Json } from './json.js';
import {
  type BodyField,
  behindWord,
  bodyField,
  type HeaderField,
  headerField,
} from './named-field.js';

/** How a request says that its answer may be held until something has happened. */
export interface WaitRule {
  /** Where it says so. */
  by: HeaderField | BodyField | { query: string };
  /** What a number alone counts. */
  unit: 's' | 'ms';
  /** No answer is held for longer; undefined: as long as the request asks. */
  atMost: Duration | undefined;
  /** How long one is held whose request says only that it waits: `wait`, `?wait=true`. */
  usual: Duration;
}

/** As Replicate holds an answer to `Prefer: wait`. */
export const USUAL_WAIT: Duration = 60_000;

export const WAIT_HINT =
  'write header.Prefer, query.timeout for a parameter, body.timeout for a field of the body';

/** `header.Prefer`, `query.timeout`, `body.wait.seconds`; undefined when it is none of these. */
export function parseWaitPlace(text: string): WaitRule['by'] | undefined {
  const header = behindWord(text, 'header');
  if (header !== undefined) return headerField(header);
  const query = behindWord(text, 'query');
  if (query !== undefined) return query === '' ? undefined : { query };
  const field = behindWord(text, 'body');
  return field === undefined ? undefined : bodyField(field);
}

/** The parts of a request that may say how long it waits. */
interface Asking {
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  query: Readonly<Record<string, unknown>>;
  body: unknown;
}

/** How long an answer may be held; undefined: the request does not ask for it. */
export function waitAskedFor(rule: WaitRule, asking: Asking): Duration | undefined {
  const length = lengthOf(saidIn(rule.by, asking), rule);
  if (length === undefined) return undefined;
  return rule.atMost === undefined ? length : Math.min(length, rule.atMost);
}

/** Is it the header Prefer, so that an answer says that it was heeded (RFC 7240 §3)? */
export function isPreference({ by }: WaitRule): boolean {
  return 'header' in by && by.header === 'prefer';
}

function saidIn(by: WaitRule['by'], { headers, query, body }: Asking): unknown {
  if ('query' in by) return query[by.query];
  if ('field' in by) return at(body as Json, by.field.join('.'));
  const value = headers[by.header];
  if (value === undefined) return undefined;
  return by.header === 'prefer' ? preferredWait(String(value)) : String(value);
}

/**
 * RFC 7240 §2, §4.3: `respond-async, wait=10` → `10`; `wait` alone → true. The first preference of a name counts.
 */
function preferredWait(header: string): string | true | undefined {
  for (const part of header.split(',')) {
    const [, name = '', value] = /^\s*([^\s=;,]+)\s*(?:=\s*"?([^";,]*)"?)?/.exec(part) ?? [];
    if (name.toLowerCase() === 'wait') return value ?? true;
  }
  return undefined;
}

/** A number counts the rule's unit; `30s`, `1m` say theirs; `true` and nothing behind the name leave it open. */
function lengthOf(said: unknown, { unit, usual }: WaitRule): Duration | undefined {
  const value = Array.isArray(said) ? said.at(-1) : said;
  if (value === undefined || value === null || value === false) return undefined;
  const text = String(value).trim();
  if (text === 'true' || text === '') return usual;
  const length = /^\d{1,12}(\.\d{1,6})?$/.test(text)
    ? Number(text) * (unit === 's' ? 1000 : 1)
    : parseDuration(text);
  return length !== undefined && length > 0 ? length : undefined;
}
