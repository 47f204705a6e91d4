// Runs an image as an engine would: its command as process 1 of namespaces of its own, as its user, without
// capabilities, its file system read-only. Needs root.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Behind the root and the user: mounts, three words each, `--`, then what env takes. */
const SCRIPT = `
set -eu
root=$1 user=$2; shift 2
mount --make-rprivate /
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for one in null zero full random urandom tty; do
  touch "$root/dev/$one"; mount --bind "/dev/$one" "$root/dev/$one"
done
while [ "$1" != -- ]; do
  case $1 in
    tmpfs) mount -t tmpfs -o mode=1777 tmpfs "$root$3" ;;
    *) mount --bind "$2" "$root$3"; if [ "$1" = ro ]; then mount -o remount,bind,ro "$root$3"; fi ;;
  esac
  shift 3
done
shift
mount -o remount,bind,ro "$root"
ip link set lo up
exec setpriv --no-new-privs --bounding-set=-all,+setuid,+setgid,+sys_chroot \\
  chroot --userspec="$user" --groups="\${user#*:}" "$root" /usr/bin/env -i "$@"
`;

/**
 * @param image as buildImage has it
 * @param options `args` in the place of its CMD; `env` beside its own; `tmpfs`, folders in memory; `mounts`, each
 *   `{ from, to, readonly }`; `beside`, a container whose network it shares; `hosts`, names of that machine
 * @returns the container: `pid` of its process 1 as this machine has it, `exec` and `outside`, which run a command in
 *   it and beside it, `exited` with its exit code, `text()` that it has said, `kill(signal)`, and `remove()`
 */
export async function startContainer({ root, config }, options = {}) {
  const { args = config.cmd, env = {}, beside } = options;
  const folder = mkdtempSync(join(tmpdir(), 'esoz-container-'));
  const mounts = mountsOf(root, config, options, folder).flat();
  const inside = insideOf(config, { HOME: '/home/node', ...config.env, ...env });
  const command = inside([...(config.entrypoint ?? []), ...args]);
  const network = beside ? ['nsenter', `--net=/proc/${beside.pid}/ns/net`] : [];
  const own = ['--mount', '--pid', '--ipc', '--uts', '--fork', '--kill-child'];
  const [program, ...rest] = [...network, 'unshare', ...own, ...(beside ? [] : ['--net'])];
  const script = ['sh', '-c', SCRIPT, 'sh', root, config.user, ...mounts, '--', ...command];
  const child = spawn(program, [...rest, ...script], { stdio: ['ignore', 'pipe', 'pipe'] });
  return watch(child, { inside, user: config.user, folder });
}

/** Words for env: the working folder, variables, and a command. */
function insideOf({ workdir }, env) {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return (command) => [`--chdir=${workdir}`, ...variables, ...command];
}

/** A volume that nobody names gets a folder of its own, with what the image has there. */
function mountsOf(root, config, { tmpfs = [], mounts = [], hosts = [] }, folder) {
  const named = new Set(mounts.map(({ to }) => to));
  const volumes = config.volumes.filter((path) => !named.has(path));
  const hostsFile = join(folder, 'hosts');
  writeFileSync(hostsFile, `127.0.0.1 localhost ${hosts.join(' ')}\n`);
  mkdirSync(join(root, 'etc'), { recursive: true });
  writeFileSync(join(root, 'etc', 'hosts'), '', { flag: 'a' });
  return [
    ['ro', hostsFile, '/etc/hosts'],
    ...tmpfs.map((path) => ['tmpfs', '-', path]),
    ...mounts.map(({ from, to, readonly = false }) => [readonly ? 'ro' : 'rw', from, to]),
    ...volumes.map((path) => ['rw', volumeOf(root, path, folder), path]),
  ];
}

function volumeOf(root, path, folder) {
  const volume = join(folder, 'volumes', path);
  cpSync(join(root, path), volume, { recursive: true, preserveTimestamps: true });
  return volume;
}

async function watch(child, { inside, user, folder }) {
  const said = listen(child);
  let code;
  const exited = new Promise((done) => {
    child.once('close', (status, signal) => {
      code = status ?? signal;
      done(code);
    });
  });
  const pid = await firstChildOf(child.pid, () => code === undefined);
  if (pid === undefined) throw new Error(`the container ended with ${await exited}:\n${said()}`);
  const [uid, gid] = user.split(':');
  const who = ['setpriv', '--reuid', uid, '--regid', gid, '--clear-groups', '--no-new-privs'];
  const enter = ['--target', String(pid), '--mount', '--net', '--pid', '--ipc', '--uts', '--root'];
  return {
    pid,
    exited,
    text: said,
    exec: (...command) => run('nsenter', [...enter, ...who, 'env', '-i', ...inside(command)]),
    outside: (command, env = {}) =>
      run('nsenter', ['--target', String(pid), '--net', ...command], { ...process.env, ...env }),
    kill: (signal) => code === undefined && process.kill(pid, signal),
    remove: async () => {
      if (code === undefined) child.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Process 1 of the new namespaces: the only child of `unshare`. */
async function firstChildOf(parent, isRunning) {
  const file = `/proc/${parent}/task/${parent}/children`;
  while (isRunning()) {
    const [pid] = readOr(file, '').trim().split(' ');
    if (pid) return Number(pid);
    await new Promise((done) => setTimeout(done, 5));
  }
  return undefined;
}

function readOr(file, otherwise) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}

function listen(child) {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
  }
  return () => said;
}

/** @returns `{ code, text }` */
function run(program, args, env = process.env) {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = listen(child);
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => done({ code: code ?? signal, text: said() }));
  });
}
