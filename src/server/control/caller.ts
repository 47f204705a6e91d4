import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../../load/server-options.js';
import { ControlProblem } from '../../sandbox-error.js';
import type { CalledAs } from '../http/called-as.js';
import { hostnameOf, isOwnOrigin } from '../http/origin.js';

/**
 * Keeps those out who may not steer the sandbox, and tells them what to do about it. With a token: who does not bring it. Without
 * one the sandbox listens on this machine only, and what is to be kept out is web pages in a browser
 * here: they come with an Origin of their own (RFC 6454 §7), or by a name of their own that leads to
 * this machine (DNS rebinding).
 * With a proxy in front, both names must be of this machine, the proxy's for us and the client's for the proxy,
 * and so must be the client: else the proxy would open to the network what listens here alone.
 * @param called how the client calls the sandbox
 * @param allowed origins that may all the same; `*` is for the API alone, and names nobody
 * @throws ControlProblem
 */
export function checkCaller(
  { headers }: IncomingMessage,
  called: CalledAs,
  token: string | undefined,
  allowed: readonly string[] = [],
): void {
  if (token !== undefined) {
    if (tokensIn(headers).some((given) => sameSecret(given, token))) return;
    // Browsers send cookies with whatever a page asks for; one from another port of this host is another page.
    if (isSignedIn(headers, token) && isOwnPage(headers, called)) return;
    const how =
      'send the secret of --control-token as "Authorization: Bearer …" or X-Sandbox-Token';
    const what = `the control API asks for a token: ${how}`;
    throw new ControlProblem(401, 'CONTROL_TOKEN_MISSING', what);
  }
  const { host = '', origin, 'sec-fetch-site': site } = headers;
  const next = 'start the sandbox with --control-token to steer it from there';
  const cors = 'start the sandbox with --control-token, or with --cors and this origin';
  const foreign = [host, called.host ?? ''].find(
    (name) => name !== '' && !isLoopback(hostnameOf(name)),
  );
  if (foreign !== undefined) {
    const what = `the control API is not for the host name ${foreign}`;
    throw new ControlProblem(403, 'CONTROL_FOREIGN_HOST', what, next);
  }
  const from = called.proxied?.from;
  if (from !== undefined && !isLoopback(from)) {
    const what = `the control API is not for callers from ${from}`;
    throw new ControlProblem(403, 'CONTROL_FOREIGN_CALLER', what, next);
  }
  if (origin !== undefined && !isOwnOrigin(origin) && !allowed.includes(origin)) {
    const what = `the control API is not for pages of ${origin}`;
    throw new ControlProblem(403, 'CONTROL_FOREIGN_PAGE', what, cors);
  }
  // Pictures, frames and links of a page carry no Origin; the browser says then where they come from.
  if (origin === undefined && site === 'cross-site') {
    const how = `open its address by hand, or ${next}`;
    const what = 'the control API is not for pages of other sites';
    throw new ControlProblem(403, 'CONTROL_FOREIGN_PAGE', what, how);
  }
}

/**
 * Signs a person in, for the page in a browser: the cookie stands for the secret, and is worth nothing without it.
 * @param said what the person has given. @returns the header `Set-Cookie`; undefined where no token is asked for
 * @throws ControlProblem
 */
export function signIn(
  { headers }: IncomingMessage,
  called: CalledAs,
  token: string | undefined,
  said: string,
): string | undefined {
  if (!isOwnPage(headers, called)) {
    const what = 'people sign in on the page of the sandbox itself';
    throw new ControlProblem(
      403,
      'CONTROL_FOREIGN_PAGE',
      what,
      `open ${called.origin}${called.prefix}`,
    );
  }
  if (token === undefined) return undefined;
  if (!sameSecret(said, token)) {
    const how = 'give the secret of --control-token (or ESOZ_CONTROL_TOKEN)';
    throw new ControlProblem(401, 'CONTROL_WRONG_TOKEN', 'this is not the token', how);
  }
  return cookieOf(token, called, stampOf(token));
}

/** The header `Set-Cookie` that lets a browser forget who was signed in. */
export function signOut(called: CalledAs, token: string | undefined): string | undefined {
  return token === undefined ? undefined : `${cookieOf(token, called, '')}; Max-Age=0`;
}

function cookieOf(token: string, { origin, prefix }: CalledAs, value: string): string {
  const secure = origin.startsWith('https:') ? '; Secure' : '';
  return `${cookieName(token)}=${value}; Path=${prefix}/__sandbox; HttpOnly; SameSite=Strict${secure}`;
}

/** Cookies of a host are those of all its ports: sandboxes beside each other keep apart by their secrets. */
function cookieName(token: string): string {
  return `esoz_sandbox_${hmac(token, 'name').slice(0, 8)}`;
}

function stampOf(token: string): string {
  return hmac(token, 'signed in');
}

function hmac(token: string, text: string): string {
  return createHmac('sha256', token).update(text).digest('base64url');
}

function isSignedIn({ cookie = '' }: IncomingMessage['headers'], token: string): boolean {
  const begin = `${cookieName(token)}=`;
  const given = cookie.split('; ').find((each) => each.startsWith(begin));
  return given !== undefined && sameSecret(given.slice(begin.length), stampOf(token));
}

function isOwnPage(headers: IncomingMessage['headers'], { origin: own }: CalledAs): boolean {
  const { origin, 'sec-fetch-site': site = 'same-origin' } = headers;
  return (origin === undefined || origin === own) && (site === 'same-origin' || site === 'none');
}

/** A client may send the API's own Authorization with everything it asks for. */
function tokensIn(headers: IncomingMessage['headers']): string[] {
  const bearer = /^bearer +(.+)$/i.exec(headers.authorization ?? '')?.[1];
  return [String(headers['x-sandbox-token'] ?? ''), bearer ?? ''];
}

/** In the same time whatever differs: hashes have one length. */
function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
