import { isLoopback } from './options.js';

/** Host of `host:port`; empty for what is no such thing, as user@host: others could read it otherwise. */
export function hostnameOf(authority: string): string {
  if (!/^(\[[\da-f:.]+\]|[^\s:@/?#\\[\]]+)(:\d*)?$/i.test(authority)) return '';
  try {
    return new URL(`http://${authority}`).hostname.replace(/^\[(.*)\]$/, '$1');
  } catch {
    return '';
  }
}

/** RFC 6761 §6.3: names below localhost are this machine too, in every browser. */
export function isThisMachine(hostname: string): boolean {
  return isLoopback(hostname) || hostname.endsWith('.localhost');
}

/** A page of this machine: it came by HTTP from a name or address that leads nowhere else. */
export function isOwnOrigin(origin: string): boolean {
  // RFC 6454 §6.2: scheme, host, port.
  return isThisMachine(hostnameOf(/^https?:\/\/(.+)$/i.exec(origin)?.[1] ?? ''));
}

/** What `--cors` takes, written as browsers send it; a text in `problem` says why it is nothing of the kind. */
export function readOrigin(text: string): { origin: string } | { problem: string } {
  if (text === '*' || text === 'null') return { origin: text };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const bare = url && /^[a-z][a-z\d+.-]*:\/\/[^/?#@]+\/?$/i.test(text);
  if (!url || !bare) {
    const how =
      'write scheme, host and port of the page, https://app.example.org, or * for every page';
    return { problem: `"${text}" is not an origin; ${how}` };
  }
  // Schemes of one's own, as chrome-extension, have no origin in the URL standard, yet browsers send one.
  return { origin: url.origin === 'null' ? text.replace(/\/$/, '') : url.origin };
}
