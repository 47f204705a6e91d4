import type { IncomingHttpHeaders } from 'node:http';
import type { Trust } from './trusted-proxies.js';

/** What trusted proxies say of a request; what is left out, none of them says. */
export interface Forwarded {
  proto?: 'http' | 'https';
  /** Host and port as the client has named them. */
  host?: string;
  port?: string;
  /** Path at which the client finds the root of this server, without a slash at its end. */
  prefix?: string;
  /** Address of the caller that the outermost trusted proxy has seen, as it writes it. */
  from?: string;
}

/** Does a request say that a proxy has passed it on? */
export function saysForwarded(headers: IncomingHttpHeaders): boolean {
  return (
    headers['x-forwarded-proto'] !== undefined ||
    headers['x-forwarded-host'] !== undefined ||
    headers.forwarded !== undefined
  );
}

/**
 * Reads `Forwarded` (RFC 7239) and the `X-Forwarded-*` headers that came before it. Each proxy writes
 * behind what it has got, so lists are read from their end, for as long as the address that has sent the
 * next value is trusted as well: what stands in front of that may be anybody's.
 *
 * @example readForwarded({ forwarded: 'for=192.0.2.7;proto=https;host=mis.example' }, trust)
 * // { proto: 'https', host: 'mis.example', from: '192.0.2.7' }
 */
export function readForwarded(headers: IncomingHttpHeaders, trust: Trust): Forwarded {
  return { ...readOlder(headers, trust), ...readStandard(headers.forwarded, trust) };
}

function readStandard(header: string | undefined, trust: Trust): Forwarded {
  const told: Forwarded = {};
  for (const { for: from, proto, host } of parseForwarded(header ?? '').reverse()) {
    if (isProto(proto)) told.proto = proto;
    if (host !== undefined) told.host = host;
    if (from === undefined) break;
    told.from = addressOf(from);
    if (!trust(told.from)) break;
  }
  return told;
}

function readOlder(headers: IncomingHttpHeaders, trust: Trust): Forwarded {
  const list = (name: string) => listOf(headers[`x-forwarded-${name}`]);
  const addresses = list('for').map(addressOf);
  let hops = 1;
  while (hops < addresses.length && trust(addresses.at(-hops))) hops += 1;
  // A proxy may also write in the place of what it has got: then there are fewer values than proxies.
  const pick = (values: readonly string[]) => values[Math.max(0, values.length - hops)];
  const proto = pick(list('proto'))?.toLowerCase();
  const host = pick(list('host'));
  const port = pick(list('port'));
  const from = addresses.at(-hops);
  // One prefix is cut off behind the other.
  const prefix = list('prefix').slice(-hops).map(readPrefix).join('');
  return {
    ...(isProto(proto) ? { proto } : {}),
    ...(host === undefined ? {} : { host }),
    ...(port !== undefined && /^\d{1,5}$/.test(port) ? { port } : {}),
    ...(prefix === '' ? {} : { prefix }),
    ...(from === undefined ? {} : { from }),
  };
}

/** `a, b` → `['a', 'b']`. */
function listOf(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  return text
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

function isProto(text: string | undefined): text is 'http' | 'https' {
  return text === 'http' || text === 'https';
}

/** Whole segments only: a link that begins with two slashes would lead to another host (RFC 3986 §4.2). */
function readPrefix(text: string): string {
  return /^(\/[\w.~!$&'()*+;=:@%-]+)+\/?$/.test(text) ? text.replace(/\/$/, '') : '';
}

/** RFC 7239 §6, "node": `192.0.2.7:80`, `[2001:db8::1]:80`; `unknown` and `_hidden` stay what they are. */
function addressOf(node: string): string {
  const bracketed = /^\[([^\]]*)\](?::\w+)?$/.exec(node)?.[1];
  return bracketed ?? (/^[^:]+:\w+$/.test(node) ? node.slice(0, node.indexOf(':')) : node);
}

/** RFC 7239 §4: `token=token` or `token="quoted"`, `;` between pairs, `,` between proxies. */
const PAIR = /\s*([\w!#$%&'*+.^`|~-]+)=("(?:[^"\\]|\\.)*"|[^\s",;]*)\s*([;,]|$)/y;

type Element = Partial<Record<'for' | 'proto' | 'host', string>>;

/** Empty when it cannot be read: half of it could be another's word. */
function parseForwarded(header: string): Element[] {
  const elements: Element[] = [];
  let element: Record<string, string> = {};
  PAIR.lastIndex = 0;
  while (PAIR.lastIndex < header.length) {
    const [, name = '', value = '', end] = PAIR.exec(header) ?? [];
    if (end === undefined) return [];
    const plain = value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
    // RFC 7239 §4: names in any case.
    element[name.toLowerCase()] = plain;
    if (end === ';') continue;
    elements.push(element);
    element = {};
  }
  if (Object.keys(element).length > 0) elements.push(element);
  return elements.map(({ for: from, proto, host }) => ({
    ...(from === undefined ? {} : { for: from }),
    ...(proto === undefined ? {} : { proto: proto.toLowerCase() }),
    ...(host === undefined ? {} : { host }),
  }));
}
