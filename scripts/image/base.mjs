// What the base image holds, made of Debian's packages: its minimal system, Node, npm, and the user `node` with id 1000.
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { nodeBinary, VERSIONS } from '../nodes/binary.mjs';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * @param reference `node:24-bookworm-slim`
 * @param folder gets a copy of it
 * @returns what an engine would know of it: `{ env, user, workdir }`
 */
export function makeBase(reference, folder, cache) {
  const [, major, suite] = /^node:(\d+)-(\w+)-slim$/.exec(reference) ?? [];
  const version = VERSIONS.find((one) => one.startsWith(`${major}.`));
  if (!version) throw new Error(`${reference} cannot be made here: write node:24-bookworm-slim`);
  const system = debian(suite, cache);
  // Copies share what they hold where the file system can do that.
  execFileSync('cp', ['-a', '--reflink=auto', system, folder]);
  addNode(version, folder);
  return { env: { PATH, NODE_VERSION: version }, user: '0:0', workdir: '/' };
}

/** Debian without documentation, as slim images have it; kept for the next time. */
function debian(suite, cache) {
  const made = join(cache, `debian-${suite}`);
  if (existsSync(made)) return made;
  const begun = `${made}.begun`;
  rmSync(begun, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const left = ['doc', 'man', 'info', 'locale'].map(
    (name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`,
  );
  const fast = '--dpkgopt=force-unsafe-io';
  const options = ['--quiet', '--mode=root', '--variant=minbase', '--format=directory', fast];
  // What it mounts is nobody else's to see, and gone with it whatever ends it.
  const alone = ['--mount', '--propagation', 'private', 'mmdebstrap'];
  execFileSync('unshare', [...alone, ...options, ...left, suite, begun], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  renameSync(begun, made);
  return made;
}

function addNode(version, root) {
  const local = join(root, 'usr', 'local');
  copyFileSync(nodeBinary(version), join(local, 'bin', 'node'));
  cpSync(npmFolder(), join(local, 'lib', 'node_modules', 'npm'), { recursive: true });
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(local, 'bin', 'npm'));
  appendFileSync(join(root, 'etc', 'passwd'), 'node:x:1000:1000::/home/node:/bin/bash\n');
  appendFileSync(join(root, 'etc', 'group'), 'node:x:1000:\n');
  mkdirSync(join(root, 'home', 'node'), { mode: 0o700 });
  execFileSync('chown', ['1000:1000', join(root, 'home', 'node')]);
}

/** npm of this machine: which one installs makes no difference to what is installed. */
function npmFolder() {
  const modules = execFileSync('npm', ['root', '--global'], { encoding: 'utf8' }).trim();
  return join(modules, 'npm');
}
