import { createHash } from 'node:crypto';
import { textMessage } from '../contract/message.js';
import type { Draft } from './draft.js';
import type { Handled, JournalFields } from './handled.js';
import type { ApiRequest } from './pack.js';

/** Headers that tell how many requests are left, and the answer in place of any other where none is. */
export interface Counted {
  headers: Record<string, string>;
  refused?: Handled;
}

const MINUTE = 60_000;

/** Counts a request; a window begins with each minute of the clock, as the platform's gateway has it. */
export function countRequest(
  draft: Draft,
  { operation, headers = {} }: ApiRequest,
  journal: JournalFields,
): Counted | undefined {
  const { quota } = draft.state.chosen;
  const limit = quota?.operations[operation.id] ?? quota?.perMinute;
  if (limit === undefined) return undefined;
  // A minute of the API's own time.
  const length = MINUTE / draft.pace;
  const minute = Math.floor(draft.now / length);
  const { counts } = draft.state;
  const who = String(headers.authorization ?? headers['api-key'] ?? '');
  const key = `${createHash('sha256').update(who).digest('base64')} ${operation.id}`;
  const asked = counts.minute === minute ? (counts.asked.get(key) ?? 0) : 0;
  const told = headersFor(draft, limit, limit - asked - 1);
  if (asked >= limit) return { headers: told, refused: refuse(draft, told, journal) };
  draft.changes.push({ kind: 'asked', minute, key, asked: asked + 1 });
  return { headers: told };
}

function headersFor({ api }: Draft, limit: number, left: number): Record<string, string> {
  const { rateLimit } = api.binding.gateway;
  const remaining = Math.max(0, left);
  return {
    ...(rateLimit.limit === undefined ? {} : { [rateLimit.limit]: String(limit) }),
    ...(rateLimit.remaining === undefined ? {} : { [rateLimit.remaining]: String(remaining) }),
  };
}

function refuse({ api }: Draft, headers: Record<string, string>, journal: JournalFields): Handled {
  const { text } = api.binding.gateway.rateLimit;
  if (text === undefined) {
    return { outcome: { kind: 'refusal', refusal: { status: 429 }, headers }, journal };
  }
  const said = textMessage(429, 'text/plain; charset=utf-8', text);
  return { outcome: { kind: 'answer', answer: { ...said, fault: undefined } }, journal };
}
