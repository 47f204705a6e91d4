import { computed, signal } from '@preact/signals';

/** Where in the page a person is: `#/sessions/default?job=…` is the path `['sessions', 'default']` and a query. */
export interface Route {
  path: readonly string[];
  query: URLSearchParams;
}

const hash = signal(location.hash);
addEventListener('hashchange', () => {
  hash.value = location.hash;
});

export const route = computed<Route>(() => readRoute(hash.value));

function readRoute(text: string): Route {
  const [path = '', query = ''] = text.replace(/^#\/?/, '').split('?', 2);
  return { path: path.split('/').filter(Boolean).map(decode), query: new URLSearchParams(query) };
}

/** `linkTo(['sessions', 'a b'], { x: '3' })` → `#/sessions/a%20b?x=3`. */
export function linkTo(
  path: readonly string[],
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const given = Object.entries(query).filter(
    (each): each is [string, string] => each[1] !== undefined,
  );
  const search = new URLSearchParams(given).toString();
  return `#/${path.map(encodePart).join('/')}${search && `?${search}`}`;
}

/** Half of a pair of surrogates has no place in an address (RFC 3986 §2.5). */
export function encodePart(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

/** Goes there; with `replace` the way back does not lead here. */
export function go(link: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', link);
  else history.pushState(null, '', link);
  hash.value = location.hash;
}

addEventListener('popstate', () => {
  hash.value = location.hash;
});

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
