import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

type Scheme = 'http' | 'https';

/** `[::1]`, as URLs have it, is `::1` for a socket. */
export function bareHost(host: string): string {
  return /^\[(.*)\]$/.exec(host)?.[1] ?? host;
}

/**
 * An address as a URL names it (RFC 3986 §3.2.2). The zone of an IPv6 address keeps its own percent sign
 * escaped (RFC 6874 §2): `fe80::1%eth0` → `[fe80::1%25eth0]`.
 */
function hostInUrl(host: string): string {
  return host.includes(':') ? `[${host.replace(/%(?!25)/, '%25')}]` : host;
}

/**
 * Where a server that listens can be called, without a slash at the end; the first is for who is on the
 * same machine. `0.0.0.0` and `::` mean every address of the machine and are themselves none that one
 * could call (RFC 1122 §3.2.1.3, RFC 4291 §2.5.2).
 *
 * @example addressesOf('http', '::', 4010) // ['http://localhost:4010', 'http://192.168.1.7:4010', …]
 */
export function addressesOf(scheme: Scheme, host: string, port: number): string[] {
  const every = meansEvery(host);
  const hosts = every ? [every.here, ...everyAddress(every.families)] : [host];
  return hosts.map((each) => `${scheme}://${hostInUrl(each)}:${port}`);
}

/** Undefined for an address of its own. `localhost`: where one of the two families is missing, the other is called. */
function meansEvery(host: string): { here: string; families: readonly string[] } | undefined {
  if (host === '0.0.0.0') return { here: '127.0.0.1', families: ['IPv4'] };
  const bare = host.replace(/%.*$/, '');
  // Node compiles its pattern of IPv6 when it is first asked, a hundredth of the start.
  const any =
    bare === '' ||
    (bare.includes(':') && isIPv6(bare) && new URL(`http://[${bare}]`).hostname === '[::]');
  return any ? { here: 'localhost', families: ['IPv4', 'IPv6'] } : undefined;
}

/** Addresses that other machines can call; those of one link alone need a zone, which differs at each caller. */
function everyAddress(families: readonly string[]): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && families.includes(family))
    .map(({ address }) => address)
    .filter((address) => !/^(fe[89ab]|169\.254\.)/i.test(address));
}
