import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../options.js';
import { hostnameOf, isOwnOrigin } from '../origin.js';

/**
 * Who may not steer the sandbox, and what to do about it. With a token: who does not bring it. Without
 * one the sandbox listens on this machine only, and what is to be kept out is web pages in a browser
 * here: they come with an Origin of their own (RFC 6454 §7), or by a name of their own that leads to
 * this machine (DNS rebinding).
 * @param allowed origins that may all the same; `*` is for the API alone, and names nobody
 */
export function refuseCaller(
  { headers }: IncomingMessage,
  token: string | undefined,
  allowed: readonly string[] = [],
): { status: 401 | 403; message: string } | undefined {
  if (token !== undefined) {
    if (sameSecret(tokenOf(headers), token)) return undefined;
    const how =
      'send the secret of --control-token as "Authorization: Bearer …" or X-Sandbox-Token';
    return { status: 401, message: `the control API asks for a token: ${how}` };
  }
  const { host = '', origin, 'sec-fetch-site': site } = headers;
  const next = 'start the sandbox with --control-token to steer it from there';
  const cors = 'start the sandbox with --control-token, or with --cors and this origin';
  if (host !== '' && !isLoopback(hostnameOf(host))) {
    return { status: 403, message: `the control API is not for the host name ${host}; ${next}` };
  }
  if (origin !== undefined && !isOwnOrigin(origin) && !allowed.includes(origin)) {
    return { status: 403, message: `the control API is not for pages of ${origin}; ${cors}` };
  }
  // Pictures, frames and links of a page carry no Origin; the browser says then where they come from.
  if (origin === undefined && site === 'cross-site') {
    const how = `open its address by hand, or ${next}`;
    return { status: 403, message: `the control API is not for pages of other sites; ${how}` };
  }
  return undefined;
}

function tokenOf(headers: IncomingMessage['headers']): string {
  const bearer = /^bearer +(.+)$/i.exec(headers.authorization ?? '')?.[1];
  return bearer ?? String(headers['x-sandbox-token'] ?? '');
}

/** In the same time whatever differs: hashes have one length. */
function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
