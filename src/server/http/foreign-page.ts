import type { IncomingHttpHeaders } from 'node:http';
import { authorityOf, isOnThisMachine } from './origin.js';

/**
 * Why a request for the API is refused that a page of another site makes a browser send, without anybody
 * at the keyboard having meant it: it would fill the sandbox with sessions, and its polls would stand in
 * a client's journal. Pages of this machine and of allowed origins are served; so is every program, for
 * only browsers say where a request comes from (Fetch Metadata, §2; Fetch, "Origin header").
 * @param allowed origins such as `https://app.example.org`; `*` is any
 * @param host this server's, as the browser calls it
 */
export function foreignPage(
  headers: IncomingHttpHeaders,
  allowed: readonly string[],
  host = headers.host,
): string | undefined {
  const { origin, referer, 'sec-fetch-site': site } = headers;
  // `none`: an address typed by hand. A proxy in front of page and sandbox makes them one origin.
  if (site === 'none' || site === 'same-origin') return undefined;
  if (origin === undefined && site === undefined) return undefined;
  if (allowed.includes('*')) return undefined;
  // Pictures, frames and links send no Origin, but usually the page that they stand in.
  const page = origin ?? originOf(referer);
  if (page !== undefined && isServed(page, host, allowed)) return undefined;
  const from =
    page === undefined || page === 'null' ? 'a page of another site' : `a page of ${page}`;
  const next = 'serve the page from this machine (localhost), or allow its origin';
  return `${from} is not served here (Sec-Fetch-Site, Origin); ${next}`;
}

function isServed(page: string, host: string | undefined, allowed: readonly string[]): boolean {
  if (allowed.includes(page)) return true;
  // Apps in a web view have schemes of their own: capacitor://localhost.
  const authority = authorityOf(page);
  return authority !== '' && (authority === host || isOnThisMachine(authority));
}

/** RFC 6454 §4, of an address. */
function originOf(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}
