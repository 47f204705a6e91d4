import { isObject, type Json } from './json.js';

/** More addresses than this come from no person's hand. */
const MOST = 100;

/**
 * Paths of servers, without a slash at the end: where the contract's own paths stand on the real system. A variable
 * stands for its default and for each value of its `enum` (OpenAPI 3.0.3, "Server Object").
 * @example basesOf([{ url: 'https://api.example.com/{version}', variables: { version: { default: 'v1' } } }]) is ['/v1']
 */
export function basesOf(servers: unknown): string[] {
  if (!Array.isArray(servers)) return [];
  const found = servers.filter(isObject).flatMap(({ url, variables }) => {
    const urls = fill(String(url ?? ''), isObject(variables) ? variables : {});
    return urls.map(pathOf).filter((path) => path !== undefined && path !== '');
  });
  return [...new Set(found as string[])].slice(0, MOST);
}

function fill(url: string, variables: Json): string[] {
  let filled = [url];
  for (const [name, variable] of Object.entries(variables)) {
    if (!isObject(variable) || !url.includes(`{${name}}`)) continue;
    const values = new Set([
      ...(variable.default === undefined ? [] : [String(variable.default)]),
      ...(Array.isArray(variable.enum) ? variable.enum.map(String) : []),
    ]);
    filled = filled
      .flatMap((text) => [...values].map((value) => text.replaceAll(`{${name}}`, value)))
      .slice(0, MOST);
  }
  return filled;
}

/** A relative address goes from where the document lies; of that only its own path is known. */
function pathOf(url: string): string | undefined {
  // A variable that nothing is said of has no path to be served below.
  if (/[{}]/.test(url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, ''))) return undefined;
  const whole = url.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/]*/i, '$1host').replace(/[{}]/g, '');
  if (!URL.canParse(whole, 'http://host/')) return undefined;
  const { pathname } = new URL(whole, 'http://host/');
  // The router reads a star, and a bracket behind a colon, in another way.
  return /[*():]/.test(pathname) ? undefined : pathname.replace(/\/+$/, '');
}
