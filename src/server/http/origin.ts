import { isLoopback } from '../../load/server-options.js';

/** Host of `host:port`; empty for what is no such thing, as user@host: others could read it otherwise. */
export function hostnameOf(authority: string): string {
  if (!/^(\[[\da-f:.]+\]|[^\s:@/?#\\[\]]+)(:\d*)?$/i.test(authority)) return '';
  try {
    return new URL(`http://${authority}`).hostname.replace(/^\[(.*)\]$/, '$1');
  } catch {
    return '';
  }
}

/** A page of this machine: it came by HTTP from a name or address that leads nowhere else. */
export function isOwnOrigin(origin: string): boolean {
  return /^https?:/i.test(origin) && isOnThisMachine(authorityOf(origin));
}

/** RFC 6761 §6.3: names below localhost are this machine too. */
export function isOnThisMachine(authority: string): boolean {
  const host = hostnameOf(authority);
  return isLoopback(host) || host.endsWith('.localhost');
}

/** Host and port of an origin, RFC 6454 §6.2; empty for what is none. */
export function authorityOf(origin: string): string {
  return /^[a-z][a-z\d+.-]*:\/\/(.+)$/i.exec(origin)?.[1] ?? '';
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
