import { parseJson } from '../contract/json.js';
import type { Exchange } from '../sandbox/journal.js';
import type { Call } from './call.js';

/** Where an answer leads to. */
export interface Links {
  /** Places on this server, as {@link targetOf} writes them; that of the poll itself is none. */
  here: ReadonlySet<string>;
  /** Some of its links lead to other servers, which nobody sees from here. */
  elsewhere: boolean;
}

/** A text that is a link whatever it is called: absolute (RFC 3986 §4.3), rooted, or relative with dots. */
const LINK = /^(https?:\/\/|\/\/?[^/\s]|\.\.?\/)\S*$/i;
/** A key under which any text is one. */
const KEY = /link|href|ur[il]$|location|result/i;
/** A rooted path in which nothing has to be resolved or escaped: most are such. */
const PLAIN = /^(\/[\w~-][\w~.-]*)+(\?[\w=&.-]+)?$/;
/** The same of a relative one. */
const BELOW = /^[\w~-][\w~.-]*(\/[\w~-][\w~.-]*)*$/;
/** A link in a text that is no JSON. */
const IN_TEXT = /(?:https?:\/)?\/[^\s"'<>]+/gi;

/**
 * The links of an answer, from its body and its headers. One that is relative counts both from the request's own
 * path (RFC 3986 §5.2) and from the root of the API, for clients join them in either way.
 */
export function linksOf(call: Call, prefixes: readonly string[]): Links {
  const { exchange } = call;
  const root = exchange.calledAs ?? `http://${hostOf(exchange)}`;
  const { origin, pathname } = originOf(root);
  const base = root + exchange.path;
  const targetOfLink = (path: string) => targetOf(behind(pathname, path), prefixes);
  const own = targetOf(exchange.path, prefixes);
  const here = new Set<string>();
  let elsewhere = false;
  for (const text of textsOf(exchange)) {
    const rooted = text.startsWith(`${origin}/`) ? text.slice(origin.length) : text;
    if (PLAIN.test(rooted)) {
      const target = targetOfLink(rooted);
      if (target !== own) here.add(target);
      continue;
    }
    const below = plainlyBelow(root, exchange.path, text);
    if (below !== undefined) {
      const target = targetOf(below, prefixes);
      if (target !== own) here.add(target);
      here.add(targetOf(`/${text}`, prefixes));
      continue;
    }
    if (!URL.canParse(text, base)) continue;
    const { host, pathname, search } = new URL(text, base);
    const target = targetOfLink(pathname + search);
    if (target !== own) here.add(target);
    if (!/^(\/|[a-z]+:)/i.test(text)) here.add(targetOf(`/${text}`, prefixes));
    elsewhere ||= host !== new URL(root).host;
  }
  return { here, elsewhere };
}

/** Where a relative link leads from a path, if nothing in either has to be resolved or escaped; else undefined. */
function plainlyBelow(root: string, path: string, text: string): string | undefined {
  if (!BELOW.test(text) || !PLAIN.test(path) || !isPlainRoot(root)) return undefined;
  const { pathname } = parse(path);
  return pathname.slice(0, pathname.lastIndexOf('/') + 1) + text;
}

/** The root that was looked at last, which is that of nearly every exchange, and what was seen. */
let looked = { root: '', isPlain: false };

/** Can it be put in front of a path as it stands? */
function isPlainRoot(root: string): boolean {
  if (looked.root !== root) {
    const { pathname } = originOf(root);
    const isPlain = (pathname === '' || PLAIN.test(pathname)) && URL.canParse(root);
    looked = { root, isPlain };
  }
  return looked.isPlain;
}

/** `https://mis.example/sandbox` → `https://mis.example` and `/sandbox`; made for what comes with each exchange. */
function originOf(root: string): { origin: string; pathname: string } {
  const slash = root.indexOf('/', root.indexOf('://') + 3);
  return slash === -1
    ? { origin: root, pathname: '' }
    : { origin: root.slice(0, slash), pathname: root.slice(slash) };
}

/** A path without that of a proxy in front of it. */
function behind(front: string, path: string): string {
  return front !== '' && path.startsWith(`${front}/`) ? path.slice(front.length) : path;
}

/** `/api/things/1?x=2` → `/things/1?x=2`, where `/api` is a prefix: without session, prefix and fragment. */
export function targetOf(path: string, prefixes: readonly string[]): string {
  const { pathname, search } = parse(path);
  const rest = pathname.replace(/^\/~[^/]+(?=\/)/, '');
  const prefix = prefixes.find((p) => p !== '' && rest.startsWith(`${p}/`)) ?? '';
  return rest.slice(prefix.length) + search;
}

function parse(path: string): { pathname: string; search: string } {
  if (!PLAIN.test(path) && URL.canParse(path, 'http://host')) return new URL(path, 'http://host');
  const mark = path.indexOf('?');
  return mark === -1
    ? { pathname: path, search: '' }
    : { pathname: path.slice(0, mark), search: path.slice(mark) };
}

function hostOf({ requestHeaders }: Exchange): string {
  return /^host\n(.*)$/im.exec(requestHeaders)?.[1]?.trim() || 'host';
}

function textsOf({ responseBody, responseHeaders }: Exchange): string[] {
  const found: string[] = [];
  for (const name in responseHeaders) {
    const value = responseHeaders[name] ?? '';
    if (/^link$/i.test(name))
      found.push(...[...value.matchAll(/<([^>]*)>/g)].map((m) => m[1] ?? ''));
    else if (LINK.test(value) || /location$/i.test(name)) found.push(value);
  }
  const body = parseJson(responseBody);
  if (body === undefined) return [...found, ...(responseBody.match(IN_TEXT) ?? [])];
  collect(body, false, found);
  return found;
}

function collect(value: unknown, called: boolean, found: string[]): void {
  if (typeof value === 'string') {
    if (value !== '' && (called || LINK.test(value))) found.push(value);
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, called, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      collect((value as Record<string, unknown>)[key], called || KEY.test(key), found);
    }
  }
}
