import { isObject, parseJson } from '../../contract/json.js';
import type { FaultName } from '../../faults/index.js';
import type { Seen } from '../seen.js';

/** RFC 8259 §8.1: must not be sent, and may be forgiven. */
const BYTE_ORDER_MARK = /^\uFEFF/;

/** An exchange whose answer is read as by a client that forgives, and what it forgives. */
export interface Lenient {
  seen: Seen;
  /** Some clients read such an answer, and others do not: what they do next tells. */
  fault: FaultName | undefined;
}

/** JSON behind a byte order mark, or said to be something else, is JSON to many a client. */
export function readLeniently(seen: Seen): Lenient {
  const { answer } = seen;
  if (!answer) return { seen, fault: undefined };
  const { text, mediaType, json: read } = answer.body;
  const json = read ?? parseJson(text.replace(BYTE_ORDER_MARK, ''));
  if (!isObject(json)) return { seen, fault: undefined };
  const body = { ...answer.body, json };
  return { seen: { ...seen, answer: { ...answer, body } }, fault: forgiven(text, json, mediaType) };
}

function forgiven(text: string, json: unknown, mediaType: string): FaultName | undefined {
  if (BYTE_ORDER_MARK.test(text)) return 'bom';
  if (mediaType === 'text/html') return 'wrong-content-type';
  return keysIn(text) > keysOf(json) ? 'duplicate-keys' : undefined;
}

/** Texts of JSON, and whether a colon makes a key of each. Nothing else in it has quotes. */
const TEXTS = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

function keysIn(text: string): number {
  let keys = 0;
  for (const [, colon] of text.matchAll(TEXTS)) if (colon !== undefined) keys += 1;
  return keys;
}

function keysOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + keysOf(one), 0);
  if (!isObject(value)) return 0;
  const inner = Object.values(value).reduce((sum: number, one) => sum + keysOf(one), 0);
  return Object.keys(value).length + inner;
}
