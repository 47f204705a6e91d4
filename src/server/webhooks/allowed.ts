import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Which addresses webhooks may go to, beside those of this machine: every one, or these hosts. */
export type AllowedHosts = 'allow' | readonly string[];

/** The code of the error of {@link lookupHere} for a name that leads to another machine. */
export const ELSEWHERE = 'ELSEWHERE';

/**
 * Where a webhook may go: `yes`, `no`, or only where its name leads to this machine, which {@link lookupHere} finds
 * out. Whoever sends a request names the URL, so that else a sandbox would ask in anybody's name whatever its
 * machine can reach (Standard Webhooks, "Server side request forgery").
 */
export function mayGoTo(url: URL, allowed: AllowedHosts): 'yes' | 'no' | 'here' {
  const host = bareHost(url.hostname);
  if (allowed === 'allow' || allowed.some((each) => isHost(each, url))) return 'yes';
  if (isIP(host) === 0) return 'here';
  return isHere(host) ? 'yes' : 'no';
}

/** With its port, or without. */
function isHost(allowed: string, { host, hostname }: URL): boolean {
  const name = allowed.toLowerCase();
  return name === host || name === hostname || name === bareHost(hostname);
}

/** `[::1]`, as URLs have it, is `::1` for a socket. */
export function bareHost(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

/** Is it an address of this machine? 0.0.0.0 and :: lead to it too, where they can be called. */
export function isHere(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '').toLowerCase();
  if (/^127\./.test(plain) || plain === '::1' || plain === '0.0.0.0' || plain === '::') return true;
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .some((own) => own.address.toLowerCase() === plain);
}

/** Looks a name up, and knows those addresses alone that are of this machine. */
export const lookupHere: LookupFunction = (hostname, options, callback) => {
  const { all, ...rest } = options as LookupOptions;
  lookup(hostname, { ...rest, all: true }, (error, found) => {
    const here = error ? [] : (found as LookupAddress[]).filter(({ address }) => isHere(address));
    const [first] = here;
    if (error || !first) {
      callback(error ?? elsewhere(hostname), '', 0);
    } else if (all) (callback as (e: null, all: LookupAddress[]) => void)(null, here);
    else callback(null, first.address, first.family);
  });
};

function elsewhere(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} is another machine`), { code: ELSEWHERE });
}
