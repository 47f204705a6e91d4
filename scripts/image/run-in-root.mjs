// One step of a build: a command in a file system, with the network of this machine.
import { execFileSync } from 'node:child_process';

/** What is mounted is gone with the namespace in which that was done. */
const SCRIPT = `
set -eu
root=$1 authorities=$2; shift 2
mount --make-rprivate /
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/tmp"
mount -t tmpfs tmpfs "$root/run"
# An engine lends a build its way to look names up.
touch "$root/etc/resolv.conf" "$root/etc/hosts"
for one in resolv.conf hosts; do mount --bind "/etc/$one" "$root/etc/$one"; done
if [ -n "$authorities" ]; then cp "$authorities" "$root/run/authorities.pem"; fi
exec chroot "$root" /usr/bin/env -i "$@"
`;

/** The variables that engines pass on to builds by themselves. */
const PASSED_ON = /^(https?|no|all)_proxy$/i;

/** @throws Error where it fails */
export function runInRoot(root, command, { env, user, workdir }) {
  if (user !== '0:0') throw new Error('RUN as another user than root is not understood');
  const authorities = process.env.NODE_EXTRA_CA_CERTS ?? '';
  const lent = authorities === '' ? {} : { NODE_EXTRA_CA_CERTS: '/run/authorities.pem' };
  const proxies = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name));
  const all = { HOME: '/root', ...Object.fromEntries(proxies), ...lent, ...env };
  const variables = Object.entries(all).map(([name, value]) => `${name}=${value}`);
  const inside = [`--chdir=${workdir}`, ...variables, ...command];
  const own = ['--mount', '--pid', '--fork', '--kill-child'];
  const args = [...own, 'sh', '-c', SCRIPT, 'sh', root, authorities, ...inside];
  execFileSync('unshare', args, { stdio: ['ignore', 'ignore', 'inherit'] });
}
