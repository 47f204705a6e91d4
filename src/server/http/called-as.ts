import type { IncomingMessage } from 'node:http';
import { readAddress } from './address.js';
import { type Forwarded, readForwarded, saysForwarded } from './forwarded.js';
import type { Trust } from './trusted-proxies.js';

/** How a client calls this server: what links in its answers begin with. */
export interface CalledAs {
  /** Scheme and host as the client names them: `http://127.0.0.1:4010`, `https://mis.example`. */
  origin: string;
  /** Path in front of every path of this server, `/sandbox`; empty unless a proxy has one. */
  prefix: string;
  /** The host alone; undefined for a request without one (HTTP/1.0). */
  host: string | undefined;
  /** A trusted proxy has passed the request on, and says for whom, if it does. */
  proxied?: { from: string | undefined };
}

/** `example.org`, `127.0.0.1:4010`, `[::1]:4010` (RFC 9110 §7.2). */
const HOST = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~-]+)(:\d{1,5})?$/;

function isHost(text: string): boolean {
  return HOST.test(text) && URL.canParse(`http://${text}`);
}

/**
 * Tells for each request how its client calls this server: by the client's own word for the host, so that
 * a sandbox behind another name can be followed, or by the word of a proxy that is trusted. A host that
 * is none is answered with the server's own address.
 * @param own the server's own address
 * @param trust who is believed; undefined: nobody
 * @param ignored told once of headers of a proxy that is not believed
 */
export function makeCalledAs(
  own: string,
  trust: Trust | undefined,
  ignored: (from: string) => void,
): (req: IncomingMessage) => CalledAs {
  const [scheme = 'http', ownHost] = own.split('://');
  const direct: CalledAs = { origin: own, prefix: '', host: ownHost };
  let newest = direct;
  let told = false;
  const byHost = (host: string | undefined): CalledAs => {
    if (host === ownHost || host === undefined) return direct;
    if (host !== newest.host) {
      newest = { origin: isHost(host) ? `${scheme}://${host}` : own, prefix: '', host };
    }
    return newest;
  };
  return ({ headers, socket }) => {
    const called = byHost(headers.host);
    if (trust?.(socket.remoteAddress)) {
      return byProxy(called, scheme, readForwarded(headers, trust));
    }
    if (!told && saysForwarded(headers)) {
      told = true;
      ignored(socket.remoteAddress ?? 'an unknown address');
    }
    return called;
  };
}

function byProxy(direct: CalledAs, own: string, told: Forwarded): CalledAs {
  const { proto = own, prefix = '', from } = told;
  const known = told.host !== undefined && isHost(told.host) ? told.host : undefined;
  if (Object.keys(told).length === 0) return direct;
  const named = known ?? direct.origin.slice(direct.origin.indexOf('://') + 3);
  const host = withPort(named, proto, told.port);
  return { origin: `${proto}://${host}`, prefix, host, proxied: { from } };
}

/** A port that the host names itself is the client's; one that goes without saying is left out. */
function withPort(host: string, proto: string, port: string | undefined): string {
  if (port === undefined || /:\d+$/.test(host)) return host;
  return port === (proto === 'https' ? '443' : '80') ? host : `${host}:${port}`;
}

/**
 * The target without the prefix that a proxy names and has left in its place.
 * @param isOurs whether a path is one of this server's as it stands
 */
export function targetBehind(
  prefix: string,
  { method = '', url = '/' }: IncomingMessage,
  isOurs: (method: string, path: string) => boolean,
): string {
  if (!url.startsWith(`${prefix}/`) || isOurs(method, readAddress(url).path)) return url;
  return url.slice(prefix.length);
}
