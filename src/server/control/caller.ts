import { createHash, timingSafeEqual } from 'node:crypto';
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
    if (sameSecret(tokenOf(headers), token)) return;
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

function tokenOf(headers: IncomingMessage['headers']): string {
  const bearer = /^bearer +(.+)$/i.exec(headers.authorization ?? '')?.[1];
  return bearer ?? String(headers['x-sandbox-token'] ?? '');
}

/** In the same time whatever differs: hashes have one length. */
function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
