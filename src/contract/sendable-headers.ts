import { isObject, type Json } from './json.js';

/**
 * Headers that tell of a message's way and not of what it says (RFC 9110 §6.6.1, §7.6.1, §8.4, §8.6; RFC 9112
 * §6.1): the server that sends the message writes them. `Content-Type` is told by `content` (OpenAPI 3.0.3,
 * "Response Object": a header of that name is ignored).
 */
const OF_THE_WAY = new Set([
  ...['connection', 'content-encoding', 'content-length', 'content-type', 'date', 'keep-alive'],
  ...['proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
]);

/** RFC 9110 §5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** RFC 9110 §5.5, with the bytes above ASCII that Node sends as Latin-1. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

interface Sendable {
  headers: Record<string, string>;
  /** Names of those that no header can be. */
  left: string[];
}

/**
 * What of an answer's declared headers can be sent over a plain body.
 * @param declared values of examples or schemas by name; null: nothing is known of it
 * @example sendableHeaders({ ETag: '"1"', 'Content-Encoding': 'gzip' }).headers // { ETag: '"1"' }
 */
export function sendableHeaders(declared: Json): Sendable {
  const headers: Record<string, string> = {};
  const left: string[] = [];
  for (const [name, value] of Object.entries(declared)) {
    if (value === null || value === undefined || OF_THE_WAY.has(name.toLowerCase())) continue;
    const text = simple(value).trim();
    if (TOKEN.test(name) && VALUE.test(text)) headers[name] = text;
    else left.push(name);
  }
  return { headers, left };
}

/** OpenAPI 3.0.3, "Header Object": headers have the style `simple`, `1,2` and `a,1,b,2`. */
function simple(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(',');
  return isObject(value) ? Object.entries(value).flat().map(String).join(',') : String(value);
}
