import type { IncomingMessage } from 'node:http';

/** Everything of the sandbox's own lies below it. */
export const CONTROL = '/__sandbox';

/** Where the page lies. */
export const BOARD = `${CONTROL}/`;

/** Where its parts lie. */
export const PARTS = `${CONTROL}/board/`;

/**
 * Is a request for the page that people look at? Always at `/__sandbox/`; at `/` where a browser asks, unless a
 * contract or a stub has that path. Other clients get what they get without a page.
 * @param session named in front of the path
 * @param isOurs does an API answer it?
 */
export function isForBoard(
  { method = '', headers: { accept = '' } }: IncomingMessage,
  path: string,
  session: string | undefined,
  isOurs: (method: string, path: string) => boolean,
): boolean {
  if ((method !== 'GET' && method !== 'HEAD') || session !== undefined) return false;
  if (path === BOARD || path.startsWith(PARTS)) return true;
  if (path !== '/' && path !== CONTROL) return false;
  return accept.includes('text/html') && (path === CONTROL || !isOurs(method, path));
}
