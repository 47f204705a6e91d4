import type { Masker } from './mask.js';
import type { Body, HeaderLines } from './seen.js';

/** Headers that say how a message is to be read, and nothing of who sent it. */
const PLAIN = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'allow',
  'cache-control',
  'connection',
  'content-encoding',
  'content-language',
  'content-length',
  'content-type',
  'date',
  'expires',
  'host',
  'last-modified',
  'preference-applied',
  'retry-after',
  'server',
  'transfer-encoding',
  'user-agent',
  'vary',
  'via',
]);
/** Addresses: what identifies somebody in them goes, the rest stays. */
const ADDRESSES = new Set([
  ...['location', 'content-location', 'operation-location', 'azure-asyncoperation', 'link'],
  ...['referer', 'origin'],
]);

/** A header's value: whatever is not known to be harmless is taken for a secret. */
export function maskHeader(masker: Masker, name: string, value: string): string {
  const key = name.toLowerCase();
  if (PLAIN.has(key)) return value;
  if (ADDRESSES.has(key)) return maskTarget(masker, value, []);
  return masker.secret(name, value);
}

export function maskHeaders(masker: Masker, lines: HeaderLines): Record<string, string> {
  const masked: Record<string, string> = {};
  for (const [name, value] of lines) {
    const here = maskHeader(masker, name, value);
    masked[name] = Object.hasOwn(masked, name) ? `${masked[name]}, ${here}` : here;
  }
  return masked;
}

/**
 * A path with its query.
 * @param ids values of the path's parameters
 */
export function maskTarget(masker: Masker, target: string, ids: readonly string[]): string {
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  const segments = path.split('/').map((segment) => {
    const plain = decoded(segment);
    const masked = ids.includes(plain) ? masker.id(plain) : masker.text(plain);
    return masked === plain ? segment : encodeURIComponent(masked);
  });
  const query = mark === -1 ? '' : `?${maskForm(masker, target.slice(mark + 1))}`;
  return segments.join('/') + query;
}

/** What a body says: its JSON, or its text. */
export function maskBody(masker: Masker, body: Body, messages: boolean): unknown {
  if (body.json !== undefined) return masker.json(body.json, messages);
  if (body.mediaType === 'application/x-www-form-urlencoded') return maskForm(masker, body.text);
  return maskText(masker, body.text, messages);
}

/** A text that may be meant as JSON, and be broken: what its names tell counts all the same. */
function maskText(masker: Masker, text: string, messages: boolean): string {
  let masked = '';
  let at = 0;
  for (const pair of text.matchAll(PAIR)) {
    const [whole, before = '', name = '', value = ''] = pair;
    const inner = masker.json({ [name]: unquoted(value) }, messages) as Record<string, string>;
    masked += masker.text(text.slice(at, pair.index)) + before;
    masked += JSON.stringify(inner[name] ?? '').slice(1, -1);
    at = pair.index + whole.length;
  }
  return masked + masker.text(text.slice(at));
}

/** `"name": "value`, the value's end may be missing. */
const PAIR = /("([\w.-]{1,100})"\s{0,20}:\s{0,20}")((?:[^"\\]|\\.)+)/g;

function unquoted(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}

function maskForm(masker: Masker, text: string): string {
  return text
    .split('&')
    .map((pair) => {
      const [name = '', ...rest] = pair.split('=');
      const plain = decoded(rest.join('=').replaceAll('+', ' '));
      const masked = masker.value(decoded(name), plain);
      return masked === plain ? pair : `${name}=${encodeURIComponent(masked)}`;
    })
    .join('&');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
