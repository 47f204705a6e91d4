import type { Binding } from '../contract/binding.js';
import { at, isObject, type Json } from '../contract/json.js';
import { isJson } from '../contract/media-type.js';
import { unfill } from '../contract/unfill.js';
import { formatDuration } from '../time/duration.js';
import type { WallMoment } from '../time/moments.js';
import type { Masker } from './mask.js';
import { maskBody, maskHeader } from './mask-message.js';
import { momentNames, momentOf } from './moment.js';
import { type EtaPlace, putPlaces } from './places.js';
import { findPlace, type Reply } from './recognise.js';
import type { Said } from './said.js';
import { headerOf } from './seen.js';

/** Headers that a client may go by, besides `Retry-After`. */
const TELLING = ['Cache-Control', 'Location', 'WWW-Authenticate', 'Allow'];
const TYPES = { json: 'application/json', html: 'text/html', text: 'text/plain' };

/** An answer that no template has made, as `answer: { http, … }`. */
export function sayAnswer(
  binding: Binding,
  masker: Masker,
  job: string | undefined,
  now: WallMoment,
  reply: Reply,
): { said: Said; eta: WallMoment | undefined } {
  const { status, body } = reply;
  const http = Math.min(Math.max(status, 200), 599);
  const retry = retryAfter(headerOf(reply.headers, 'retry-after'), now);
  const refusal = readRefusal(binding, reply);
  const told = job === undefined ? undefined : findEta(binding, body.json, now);
  const content: Content = refusal?.usual
    ? { headers: {} }
    : contentOf(masker, job, reply, told?.place);
  const headers = { ...telling(masker, reply), ...content.headers };
  const answer: Json = {
    http,
    ...(retry === undefined ? {} : { retry_after: retry }),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    ...('body' in content ? { body: content.body } : {}),
  };
  const same = refusal?.same ?? stable(binding, content.body);
  const key = JSON.stringify([{ ...answer, body: undefined }, same]);
  const step = { answer };
  return {
    said: { key, outcome: 'none', step, strange: false, words: String(status) },
    eta: told?.eta,
  };
}

/** Where a body tells its eta, and in which of its forms; undefined when it tells none. */
function findEta(binding: Binding, body: unknown, now: WallMoment) {
  for (const { name, form } of momentNames('eta')) {
    const path = findPlace(binding, body, name);
    const eta = path && momentOf(at(body, path.join('.')), now, form);
    if (path && eta !== undefined) return { eta, place: { name, path } };
  }
  return undefined;
}

interface Content {
  body?: unknown;
  headers: Record<string, string>;
}

function contentOf(
  masker: Masker,
  job: string | undefined,
  { status, headers, body }: Reply,
  eta: EtaPlace | undefined,
): Content {
  const given = headerOf(headers, 'content-type');
  if (body.length > 0 && !body.whole) {
    return { body: `(${body.length} bytes, not kept)`, headers: {} };
  }
  const masked = maskBody(masker, body, true);
  if (typeof masked === 'object' && masked !== null) {
    const id = job === undefined ? undefined : masker.id(job);
    return { body: putPlaces(masked, id, eta), headers: typeHeader(given, TYPES.json) };
  }
  // What is no object in JSON is sent as the text that it was.
  const text = body.json === undefined ? String(masked) : JSON.stringify(masked);
  if (text === '' && status < 400) return { headers: {} };
  const usual = text.trimStart().startsWith('<') ? TYPES.html : TYPES.text;
  return { body: text, headers: typeHeader(given, usual) };
}

/** Only where the sandbox would write another one by itself. */
function typeHeader(given: string | undefined, usual: string): Record<string, string> {
  if (given === undefined) return {};
  const same = given.toLowerCase().replaceAll(' ', '') === `${usual};charset=utf-8`;
  return same || !sendable(given) ? {} : { 'Content-Type': given };
}

function telling(masker: Masker, { headers }: Reply): Record<string, string> {
  const found = TELLING.flatMap((name) => {
    const value = headerOf(headers, name.toLowerCase());
    if (value === undefined) return [];
    const masked =
      name === 'WWW-Authenticate' ? masker.text(value) : maskHeader(masker, name, value);
    return sendable(masked) ? [[name, masked]] : [];
  });
  return Object.fromEntries(found);
}

function sendable(value: string): boolean {
  return /^[\t\x20-\x7e]*$/.test(value);
}

/** RFC 9110 §10.2.3: seconds, or a date; or, as no RFC has it, a moment as a number. Each in its own form. */
function retryAfter(value: string | undefined, now: WallMoment): string | undefined {
  const said = value?.trim() ?? '';
  if (/^\d{1,9}$/.test(said)) return `${Number(said)}s`;
  if (/^\d{10,11}$/.test(said))
    return `${formatDuration(Number(said) * 1000 - now)} as epoch seconds`;
  if (/^\d{12,14}$/.test(said))
    return `${formatDuration(Number(said) - now)} as epoch milliseconds`;
  const moment = Date.parse(said);
  return Number.isNaN(moment) ? undefined : `${formatDuration(moment - now)} as date`;
}

/** A refusal in the binding's envelope: what it says, and whether the sandbox says the same unasked. */
function readRefusal(binding: Binding, { status, body }: Reply) {
  if (!binding.refusal || status < 400 || !isJson(body.mediaType)) return undefined;
  const read = unfill(binding.refusal.source, body.json);
  if (!read || read.extras.length > 0) return undefined;
  const { places } = read;
  const usual =
    (places.get('http') ?? status) === status &&
    places.get('invalid') === undefined &&
    (places.get('type') ?? '') === (binding.types.get(status) ?? 'error') &&
    (places.get('message') ?? '') === (binding.messages.get(status) ?? `Status ${status}`);
  return { usual, same: withoutAsker(places) };
}

/** What two bodies must share to be the same answer: addresses and ids of requests differ each time. */
function stable(binding: Binding, body: unknown): unknown {
  if (!isObject(body)) return body;
  for (const envelope of binding.envelopes.values()) {
    const read = unfill(envelope.source, body);
    if (read && read.extras.length === 0) return withoutAsker(read.places);
  }
  return body;
}

function withoutAsker(places: ReadonlyMap<string, unknown>): unknown {
  return [...places].filter(([name]) => name !== 'url' && name !== 'request');
}
