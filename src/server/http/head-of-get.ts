import type { Route } from '../../contract/router.js';

/** What a contract says of a request; `head`: it is GET's answer that is wanted, without its body. */
export interface HeadRoute {
  route: Route;
  head: boolean;
}

/**
 * RFC 9110 §9.1, §9.3.2: HEAD is there wherever GET is, and gets the same headers. A contract that
 * describes HEAD itself is asked for that.
 */
export function routeHead(
  route: (method: string, path: string) => Route,
  method: string,
  path: string,
): HeadRoute {
  const own = route(method, path);
  if (own.kind === 'wrong method' && own.allow.includes('GET')) {
    if (method === 'HEAD') return { route: route('GET', path), head: true };
    const allow = own.allow.flatMap((m) => (m === 'GET' ? ['GET', 'HEAD'] : [m]));
    return { route: { ...own, allow: [...new Set(allow)] }, head: false };
  }
  return { route: own, head: false };
}
