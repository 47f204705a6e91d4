import { type ClientRequest, request as httpRequest } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { BlockList, isIP, isIPv4, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { UsageError } from '../../sandbox-error.js';
import type { Duration } from '../../time/moments.js';

/** A proxy on the way to the upstream. */
export interface ForwardProxy {
  url: URL;
  /** For people: without name and password. */
  shown: string;
  /** The header that it asks for, RFC 9110 §11.7.2; undefined when its URL names nobody. */
  authorization: string | undefined;
}

/** Something that the proxy, and not the upstream, has said. */
export class ProxyError extends Error {}

/**
 * The proxy that the environment names for an address, by the rules of curl and of Go's net/http: HTTPS_PROXY
 * or HTTP_PROXY by the address's scheme, else ALL_PROXY, in either case of letters; NO_PROXY excepts hosts with
 * all below them, addresses and ranges. This machine is never asked by way of another.
 *
 * @example proxyFor(new URL('https://api.example'), { HTTPS_PROXY: 'proxy:3128' })?.shown // 'http://proxy:3128'
 * @throws UsageError for a proxy that is not spoken to
 */
export function proxyFor(
  upstream: URL,
  env: Readonly<Record<string, string | undefined>>,
): ForwardProxy | undefined {
  const read = (name: string) => env[name] || env[name.toUpperCase()] || '';
  const text = read(`${upstream.protocol.slice(0, -1)}_proxy`) || read('all_proxy');
  if (text === '' || isExcepted(upstream, read('no_proxy'))) return undefined;
  // As curl has it: a proxy without a scheme is spoken to by http, whatever it is to reach.
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(whole) || !/^https?:$/.test(new URL(whole).protocol)) {
    const what = `the proxy ${whole.replace(/\/\/[^/@]*@/, '//***@')} is no http or https URL`;
    const hint = 'write HTTPS_PROXY=http://proxy.example:3128, or except the upstream by NO_PROXY';
    throw new UsageError('USAGE_WRONG_PROXY', what, hint);
  }
  const url = new URL(whole);
  const { username, password, origin } = url;
  const pair = `${decoded(username)}:${decoded(password)}`;
  const named = username !== '' || password !== '';
  const authorization = named ? `Basic ${Buffer.from(pair).toString('base64')}` : undefined;
  return { url, shown: origin, authorization };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|::1)$/;

function isExcepted({ hostname, port, protocol }: URL, list: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (LOOPBACK.test(host)) return true;
  const ownPort = port || (protocol === 'https:' ? '443' : '80');
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => entry === '*' || covers(entry, host, ownPort));
}

/** `.example.org`, `example.org:8443`, `10.0.0.0/8`, `[::1]`. */
function covers(entry: string, host: string, port: string): boolean {
  if (isIP(host) !== 0 && rangeHolds(entry, host)) return true;
  const [, name = '', wanted = port] = /^(?:\*?\.)?\[?(.*?)\]?(?::(\d+))?$/.exec(entry) ?? [];
  return wanted === port && (host === name || host.endsWith(`.${name}`));
}

function rangeHolds(entry: string, address: string): boolean {
  const [network = '', bits] = entry.split('/');
  const family = isIPv4(network) ? 'ipv4' : 'ipv6';
  const most = family === 'ipv4' ? 32 : 128;
  if (isIP(network) === 0 || !/^\d{1,3}$/.test(bits ?? '0') || Number(bits ?? 0) > most)
    return false;
  const list = new BlockList();
  list.addSubnet(network, bits === undefined ? most : Number(bits), family);
  return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

/** How another system is reached. */
export interface Way {
  upstream: URL;
  /** What stands between; undefined: nothing. */
  proxy?: ForwardProxy | undefined;
  /** How long a proxy may be silent, in milliseconds of the machine, and what is said of that. */
  timeout: Duration;
  silent: () => Error;
}

/** Directly, by a proxy's way through (RFC 9110 §9.3.6), or by a proxy that is told the whole address (RFC 9112 §3.2.2). */
export function requestTo(way: Way, request: RequestOptions): ClientRequest {
  const { upstream, proxy, timeout, silent } = way;
  const to = upstream.protocol === 'https:' ? httpsRequest : httpRequest;
  // A kept connection that the upstream has closed meanwhile would look like a reset of this request.
  const own = { hostname: bare(upstream), port: upstream.port, agent: false };
  if (!proxy) return to({ ...request, ...own });
  if (upstream.protocol === 'https:') {
    return to({
      ...request,
      hostname: own.hostname,
      port: own.port,
      createConnection: (_, done) => {
        openTunnel(proxy, upstream, timeout, silent).then(
          (socket) => done(null, connectTls({ socket, servername: nameFor(own.hostname) })),
          (error) => done(error, undefined as never),
        );
        return undefined;
      },
    });
  }
  const { url, authorization } = proxy;
  const by = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const asked = authorization === undefined ? {} : { 'Proxy-Authorization': authorization };
  return by({
    ...request,
    hostname: bare(url),
    port: url.port,
    agent: false,
    path: upstream.origin + request.path,
    headers: { ...(request.headers as Record<string, string>), ...asked },
  });
}

/** RFC 3986 §3.2.2: the brackets of an IPv6 address are the URL's, not the address's. */
function bare({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** RFC 6066 §3: an address is no name. */
function nameFor(hostname: string): string {
  return isIP(hostname) === 0 ? hostname : '';
}

/**
 * Asks the proxy for a way through to the upstream (RFC 9110 §9.3.6). What the proxy says when it refuses is
 * none of the upstream's answers, so it comes as an error.
 */
function openTunnel(
  { url, shown, authorization }: ForwardProxy,
  upstream: URL,
  timeout: Duration,
  silent: () => Error,
): Promise<Socket> {
  const target = `${upstream.hostname}:${upstream.port || 443}`;
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((done, fail) => {
    const asked = send({
      hostname: bare(url),
      port: url.port,
      method: 'CONNECT',
      path: target,
      headers: {
        Host: target,
        ...(authorization === undefined ? {} : { 'Proxy-Authorization': authorization }),
      },
      agent: false,
    });
    asked.setTimeout(timeout, () => asked.destroy(silent()));
    asked.on('connect', ({ statusCode = 0, statusMessage = '' }, socket: Socket, head: Buffer) => {
      socket.setTimeout(0);
      if (statusCode >= 200 && statusCode < 300) {
        if (head.length > 0) socket.unshift(head);
        done(socket);
        return;
      }
      socket.destroy();
      fail(refusal(shown, statusCode, statusMessage));
    });
    asked.on('error', (error: NodeJS.ErrnoException) =>
      fail(error.code === undefined ? error : unreachable(shown, error)),
    );
    asked.end();
  });
}

/** What is to be told where the proxy itself refuses. */
export function refusal(shown: string, status: number, reason: string): ProxyError {
  const next =
    status === 407 ? '; put name and password into its URL, http://name:password@host:port' : '';
  return new ProxyError(`the proxy ${shown} refuses: ${status} ${reason}${next}`);
}

export function unreachable(shown: string, { code, message }: NodeJS.ErrnoException): ProxyError {
  return new ProxyError(`the proxy ${shown} cannot be reached (${code ?? message})`);
}
