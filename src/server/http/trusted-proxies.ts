import { BlockList, isIP, isIPv4 } from 'node:net';
import { UsageError } from '../../sandbox-error.js';

/** Is what a proxy at this address says of its clients to be believed? */
export type Trust = (address: string | undefined) => boolean;

/** Ranges by the names that proxies' own settings and other servers have for them. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/**
 * @param proxies addresses (`10.0.0.7`), ranges (`10.0.0.0/8`) and `loopback`, `linklocal`, `uniquelocal`
 * @throws UsageError for what is none of these
 */
export function makeTrust(proxies: readonly string[]): Trust {
  const list = new BlockList();
  for (const range of proxies.flatMap((each) => NAMED[each] ?? [each])) add(list, range);
  return (address) => {
    if (address === undefined) return false;
    const bare = address.replace(/%.*$/, '');
    const version = isIP(bare);
    return version !== 0 && list.check(bare, version === 4 ? 'ipv4' : 'ipv6');
  };
}

function add(list: BlockList, range: string): void {
  const [, address = '', length] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(range) ?? [];
  const most = isIPv4(address) ? 32 : 128;
  const bits = length === undefined ? most : Number(length);
  if (isIP(address) === 0 || bits > most) {
    const hint = `write an address (10.0.0.7), a range (10.0.0.0/8) or ${Object.keys(NAMED).join(', ')}`;
    throw new UsageError('USAGE_WRONG_OPTION', `--trust-proxy "${range}" is no address`, hint);
  }
  list.addSubnet(address, bits, isIPv4(address) ? 'ipv4' : 'ipv6');
}
