import { parseJson } from '../contract/json.js';
import type { Exchange } from '../sandbox/journal.js';
import type { Call } from './call.js';

/** Where an answer leads to. */
export interface Links {
  /** Places on this server, as {@link targetOf} writes them, each once; that of the poll itself is none. */
  here: readonly string[];
  /** Some of its links lead to other servers, which nobody sees from here. */
  elsewhere: boolean;
}

/** A text that is a link whatever it is called: absolute (RFC 3986 §4.3), rooted, or relative with dots. */
const LINK = /^(https?:\/\/|\/\/?[^/\s]|\.\.?\/)\S*$/i;
/** A key under which any text is one. */
const KEY = /link|href|ur[il]$|location|result/i;
/** A rooted path in which nothing has to be resolved or escaped: most are such. */
const PLAIN = /^(?:\/[\w~-][\w~.-]*)+(?:\?[\w=&.-]+)?$/;
/** The same of a relative one. */
const BELOW = /^[\w~-][\w~.-]*(?:\/[\w~-][\w~.-]*)*$/;
/** A link in a text that is no JSON. */
const IN_TEXT = /(?:https?:\/)?\/[^\s"'<>]+/gi;

/**
 * The links of an answer, from its body and its headers. One that is relative counts both from the request's own
 * path (RFC 3986 §5.2) and from the root of the API, for clients join them in either way.
 */
export function linksOf({ exchange }: Call, prefixes: readonly string[]): Links {
  const root = rootOf(exchange);
  const own = targetOf(exchange.path, prefixes);
  const here: string[] = [];
  let elsewhere = false;
  const note = (path: string) => {
    const target = targetOf(path, prefixes);
    if (target !== own) here.push(target);
  };
  for (const text of textsOf(exchange)) {
    const plain = plainPathOf(text, root, exchange.path);
    if (plain !== undefined) {
      note(plain);
    } else if (URL.canParse(text, root.url + exchange.path)) {
      const { host, pathname, search } = new URL(text, root.url + exchange.path);
      note(behind(root.pathname, pathname + search));
      elsewhere ||= host !== new URL(root.url).host;
    } else continue;
    if (isRelative(text)) here.push(targetOf(`/${text}`, prefixes));
  }
  return { here: eachOnce(here), elsewhere };
}

function eachOnce(texts: string[]): string[] {
  const differ = texts.length < 2 || (texts.length === 2 && texts[0] !== texts[1]);
  return differ ? texts : [...new Set(texts)];
}

function isRelative(text: string): boolean {
  return !text.startsWith('/') && !/^[a-z]+:/i.test(text);
}

/** Where a link leads from a path, if nothing in either has to be resolved or escaped; else undefined. */
function plainPathOf(text: string, root: Root, path: string): string | undefined {
  const rooted = text.startsWith(root.own) ? text.slice(root.own.length - 1) : text;
  if (PLAIN.test(rooted)) return behind(root.pathname, rooted);
  if (!BELOW.test(text) || !PLAIN.test(path) || !root.isPlain) return undefined;
  const mark = path.indexOf('?');
  const slash = path.lastIndexOf('/', mark === -1 ? path.length : mark);
  return path.slice(0, slash + 1) + text;
}

/** The URL at which a client finds this server. */
interface Root {
  /** `https://mis.example/sandbox` */
  url: string;
  /** What URLs of this server begin with: `https://mis.example/` */
  own: string;
  /** `/sandbox` */
  pathname: string;
  /** It can be put in front of a path as it stands. */
  isPlain: boolean;
}

/** The text that told the last one, which tells it for nearly every exchange. */
let looked: { told: string; root: Root } | undefined;

function rootOf({ calledAs, requestHeaders }: Exchange): Root {
  const told = calledAs ?? requestHeaders;
  if (looked?.told !== told)
    looked = { told, root: readRoot(calledAs ?? `http://${hostOf(requestHeaders)}`) };
  return looked.root;
}

function readRoot(url: string): Root {
  const slash = url.indexOf('/', url.indexOf('://') + 3);
  const pathname = slash === -1 ? '' : url.slice(slash);
  const isPlain = (pathname === '' || PLAIN.test(pathname)) && URL.canParse(url);
  return { url, own: `${url.slice(0, url.length - pathname.length)}/`, pathname, isPlain };
}

/** A path without that of a proxy in front of it. */
function behind(front: string, path: string): string {
  return front !== '' && path.startsWith(`${front}/`) ? path.slice(front.length) : path;
}

/** `/api/things/1?x=2` → `/things/1?x=2`, where `/api` is a prefix: without session, prefix and fragment. */
export function targetOf(path: string, prefixes: readonly string[]): string {
  const whole = PLAIN.test(path) ? path : resolve(path);
  const rest = whole.startsWith('/~') ? whole.replace(/^\/~[^/?]+(?=\/)/, '') : whole;
  for (const prefix of prefixes) {
    if (prefix !== '' && rest.startsWith(prefix) && rest[prefix.length] === '/') {
      return rest.slice(prefix.length);
    }
  }
  return rest;
}

function resolve(path: string): string {
  if (!URL.canParse(path, 'http://host')) return path;
  const { pathname, search } = new URL(path, 'http://host');
  return pathname + search;
}

function hostOf(requestHeaders: string): string {
  return /^host\n(.*)$/im.exec(requestHeaders)?.[1]?.trim() || 'host';
}

/** RFC 8288 §3. */
const LINK_HEADER = 'link';
/** `Location`, `Content-Location`, `Operation-Location`. */
const LOCATION = 'location';

/** Few texts begin as links do, and the expression costs more than a look at a letter. */
function isLink(text: string): boolean {
  const first = text.charAt(0);
  return '/.hH'.includes(first) && LINK.test(text);
}

function textsOf({ responseBody, responseHeaders }: Exchange): string[] {
  const found: string[] = [];
  for (const name in responseHeaders) {
    const value = responseHeaders[name] ?? '';
    if (name.length === LINK_HEADER.length && name.toLowerCase() === LINK_HEADER)
      found.push(...[...value.matchAll(/<([^>]*)>/g)].map((m) => m[1] ?? ''));
    else if (isLink(value) || name.toLowerCase().endsWith(LOCATION)) found.push(value);
  }
  const body = parseJson(responseBody);
  if (body === undefined) return [...found, ...(responseBody.match(IN_TEXT) ?? [])];
  collect(body, false, found);
  return found;
}

function collect(value: unknown, called: boolean, found: string[]): void {
  if (typeof value === 'string') {
    if (value !== '' && (called || isLink(value))) found.push(value);
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, called, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const key in value) {
      collect((value as Record<string, unknown>)[key], called || callsLink(key), found);
    }
  }
}

/** Answers of one operation have the same keys: each is looked at once. */
const CALLED = new Map<string, boolean>();
/** A client may make up keys without end. */
const MOST_KEYS = 10_000;

function callsLink(key: string): boolean {
  const known = CALLED.get(key);
  if (known !== undefined) return known;
  if (CALLED.size >= MOST_KEYS) CALLED.clear();
  const found = KEY.test(key);
  CALLED.set(key, found);
  return found;
}
