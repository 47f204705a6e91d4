/** A request as a client has sent it. */
export interface SentRequest {
  method: string;
  /** Whole, with scheme and host. */
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string | undefined;
}

/** What a client's library says by itself (RFC 9110 §7.6.1), and what would make an answer unreadable. */
const OWN = new Set([
  ...['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive', 'expect', 'te'],
  ...['upgrade', 'accept-encoding', 'trailer', 'proxy-connection'],
]);

/** What a browser says by itself beside `Sec-…` (https://fetch.spec.whatwg.org/#forbidden-request-header), and of itself. */
const OF_BROWSERS = new Set([
  ...['accept-language', 'cache-control', 'dnt', 'origin', 'pragma', 'priority', 'referer'],
  ...['upgrade-insecure-requests', 'user-agent'],
]);

/** The headers that a person writes: none that a library or a browser adds by itself. */
export function headersOf({ headers }: SentRequest): [name: string, value: string][] {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  const byBrowser = names.includes('sec-fetch-mode');
  const isAdded = (name: string) =>
    OWN.has(name) || name.startsWith('sec-') || (byBrowser && OF_BROWSERS.has(name));
  return Object.entries(headers).filter(([name]) => !isAdded(name.toLowerCase()));
}

/** A text between double quotes as C, Java, C#, Python and JavaScript read it alike; in ASCII. */
export function quoted(text: string): string {
  // Escapes of UTF-16 units, which Python alone does not put together again.
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
