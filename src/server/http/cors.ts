import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { isOwnOrigin } from './origin.js';

type Headers = Record<string, string>;

/** What a script may read of an answer besides the few that it may always (Fetch §3.2.6). */
const EXPOSED = [
  ...['Location', 'Content-Location', 'Operation-Location', 'Azure-AsyncOperation', 'Link'],
  ...['Retry-After', 'Date', 'ETag', 'WWW-Authenticate', 'Allow', 'X-Request-Id'],
  ...['X-Sandbox-Scenario', 'Esoz-Sandbox-Refusal', 'RateLimit', 'RateLimit-Policy'],
].join(', ');

/** How long a browser may go by a preflight's answer, in seconds; Chromium takes two hours at most. */
const MAX_AGE = '7200';

/** @param allowed origins besides those of this machine; `*` stands for every one */
export function isAllowedOrigin(origin: string, allowed: readonly string[]): boolean {
  return isOwnOrigin(origin) || allowed.includes(origin) || allowed.includes('*');
}

/** Fetch §3.2.2: the question that a browser asks before it sends what a form could not. */
export function isPreflight(method: string | undefined, headers: IncomingHttpHeaders): boolean {
  const asked = headers['access-control-request-method'];
  return method === 'OPTIONS' && headers.origin !== undefined && asked !== undefined;
}

/** What lets a browser hand an answer to the page that asked; empty when it may not have it. */
export function corsHeaders({ origin }: IncomingHttpHeaders, allowed: readonly string[]): Headers {
  if (origin === undefined || !isAllowedOrigin(origin, allowed)) return {};
  return { ...allowOrigin(origin, allowed), 'Access-Control-Expose-Headers': EXPOSED };
}

/** What a preflight is answered with: everything that it has asked for. */
export function preflightHeaders(
  headers: IncomingHttpHeaders,
  allowed: readonly string[],
): Headers {
  const {
    origin = '',
    'access-control-request-method': method = '',
    'access-control-request-headers': names,
    'access-control-request-private-network': network,
  } = headers;
  return {
    ...allowOrigin(origin, allowed),
    'Access-Control-Allow-Methods': method,
    ...(names === undefined ? {} : { 'Access-Control-Allow-Headers': names }),
    // wicg.github.io/private-network-access §3.1: a page from outside asks for this machine.
    ...(network === undefined ? {} : { 'Access-Control-Allow-Private-Network': 'true' }),
    'Access-Control-Max-Age': MAX_AGE,
  };
}

/** Fetch §3.2.5: with credentials the origin must be named, `*` does not do. */
function allowOrigin(origin: string, allowed: readonly string[]): Headers {
  if (!isOwnOrigin(origin) && !allowed.includes(origin))
    return { 'Access-Control-Allow-Origin': '*' };
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    Vary: 'Origin',
  };
}

/** How a server answers pages. */
interface Pages {
  /** Origins besides those of this machine. */
  allowed: readonly string[];
  /** The contract describes OPTIONS there: the question is for the API. */
  described: (path: string) => boolean;
  refuse: (res: ServerResponse, status: number, message: string) => void;
}

/**
 * Puts on an answer what its page needs, before anything answers. A preflight is answered here: true.
 * It is the browser's question and not the client's, so no session knows of it.
 */
export function answerPreflight(
  { method, headers }: IncomingMessage,
  res: ServerResponse,
  path: string,
  { allowed, described, refuse }: Pages,
): boolean {
  const { origin } = headers;
  if (origin === undefined) return false;
  if (!isPreflight(method, headers) || described(path)) {
    for (const [name, value] of Object.entries(corsHeaders(headers, allowed)))
      res.setHeader(name, value);
    return false;
  }
  if (isAllowedOrigin(origin, allowed)) {
    res.writeHead(204, preflightHeaders(headers, allowed));
    res.end();
  } else {
    const next = `start the sandbox with --cors ${origin}`;
    refuse(res, 403, `pages of ${origin} are not served; ${next}`);
  }
  return true;
}
