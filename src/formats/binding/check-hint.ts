import { isObject, type Json } from '../../contract/json.js';
import { parseHintPlace } from '../../contract/poll-hint.js';
import { nearest } from '../../problem.js';
import type { FormatDocument } from '../document.js';

/** A hint that no answer of the binding tells holds nobody to anything, unless scenarios write answers that do. */
export function checkHint(document: FormatDocument, binding: Json): void {
  const raw = binding.poll_hint;
  const said = isObject(raw) ? raw.at : raw;
  const place = typeof said === 'string' ? parseHintPlace(said) : undefined;
  if (
    !place ||
    document.isFaultyWithin(['poll_hint']) ||
    (isObject(raw) && raw.usual !== undefined)
  )
    return;
  const { scheduled, schedules, states, envelopes } = binding;
  const answers = [scheduled, schedules, states];
  const known =
    'header' in place.at
      ? answers.flatMap(headersIn)
      : [...answers, envelopes].flatMap((part) => keysIn(part));
  const same = (name: string) => name.toLowerCase() === place.word.toLowerCase();
  if (known.some(same)) return;
  const message = `no answer of the binding has "${place.word}", so it tells nobody when to come back`;
  const hint = `${nearest(place.word, [...new Set(known)])}; write it into the answers, with {retryAfter}`;
  const weight = { severity: 'warning', usable: true } as const;
  document.wrongKey(['poll_hint'], 'BINDING_HINT_NEVER_TOLD', message, hint, weight);
}

function headersIn(part: unknown): string[] {
  if (!isObject(part)) return [];
  const own = isObject(part.headers) ? Object.keys(part.headers) : [];
  return [...own, ...Object.values(part).flatMap(headersIn)];
}

function keysIn(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(keysIn);
  if (!isObject(part)) return [];
  return Object.entries(part).flatMap(([key, inner]) => [key, ...keysIn(inner)]);
}
