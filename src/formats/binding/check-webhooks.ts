import { isObject, type Json } from '../../contract/json.js';
import { WEBHOOK_EVENTS } from '../../contract/webhook.js';
import { nearest } from '../../problem.js';
import type { FormatDocument, Path } from '../document.js';
import { WEBHOOK_PLACES } from './webhooks-file.js';

type CheckPlaces = (
  document: FormatDocument,
  path: Path,
  value: unknown,
  known: readonly string[],
) => void;

/** What the keys of a binding's webhooks ask of each other, and of its states. */
export function checkWebhooks(
  document: FormatDocument,
  { webhooks, states }: Json,
  checkPlaces: CheckPlaces,
): void {
  if (!Array.isArray(webhooks)) return;
  const known = [...WEBHOOK_EVENTS, ...(isObject(states) ? Object.keys(states) : [])];
  webhooks.forEach((webhook: unknown, i) => {
    if (!isObject(webhook)) return;
    const path = ['webhooks', i];
    checkTarget(document, path);
    checkSignature(document, path);
    checkEvents(document, [...path, 'on'], webhook.on, known);
    for (const event of Object.keys(isObject(webhook.names) ? webhook.names : {})) {
      checkEvent(document, [...path, 'names', event], event, known);
    }
    for (const key of ['headers', 'data']) {
      checkPlaces(document, [...path, key], webhook[key], WEBHOOK_PLACES);
    }
  });
}

function checkTarget(document: FormatDocument, path: Path): void {
  const [to, callback] = [document.has([...path, 'to']), document.has([...path, 'callback'])];
  if (to !== callback) return;
  const hint = 'give it `to` (a URL, or where the request says it) or `callback`';
  if (to) {
    const message = 'a webhook goes to one place, and this one has `to` and `callback`';
    document.wrong([...path, 'callback'], 'BINDING_KEY_CONFLICT', message, 'leave one of them out');
  } else {
    document.wrong(path, 'BINDING_MISSING_KEY', 'the webhook says nowhere where it goes', hint);
  }
}

function checkSignature(document: FormatDocument, path: Path): void {
  const [sign, secret] = [document.has([...path, 'sign']), document.has([...path, 'secret'])];
  if (sign === secret) return;
  const [has, lacks] = sign ? ['sign', 'secret'] : ['secret', 'sign'];
  const hint = sign
    ? 'add `secret: whsec_…`, which your receiver verifies with'
    : 'add `sign: standard-webhooks`';
  const message = `\`${has}\` without \`${lacks}\` signs nothing`;
  document.wrong([...path, has as string], 'BINDING_MISSING_KEY', message, hint);
}

function checkEvents(
  document: FormatDocument,
  path: Path,
  on: unknown,
  known: readonly string[],
): void {
  if (!Array.isArray(on)) return;
  on.forEach((event: unknown, i) => {
    checkEvent(document, [...path, i], String(event), known);
  });
}

function checkEvent(
  document: FormatDocument,
  path: Path,
  event: string,
  known: readonly string[],
): void {
  if (known.includes(event)) return;
  const message = `"${event}" is neither a state of this binding nor one of ${WEBHOOK_EVENTS.join(', ')}`;
  document.wrong(path, 'BINDING_UNKNOWN_EVENT', message, nearest(event, known));
}
