// Other versions of Node than the one at hand: their binaries come as npm packages, and are kept below node_modules/.cache.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const cache = join(root, 'node_modules', '.cache', 'nodes');

/** The versions that people have (https://nodejs.org/en/about/previous-releases). */
export const VERSIONS = ['22.23.3', '24.21.0'];

/** The path of a version's binary, installed if it is not there yet. */
export function nodeBinary(version) {
  const folder = join(cache, version);
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${system}-${process.arch}`;
  const home = join(folder, 'node_modules', name);
  if (!existsSync(home)) {
    const npm = process.env.npm_execpath ?? 'npm';
    const options = ['--prefix', folder, '--no-save', '--no-package-lock', '--ignore-scripts'];
    const args = ['install', ...options, `${name}@${version}`];
    if (npm.endsWith('.js')) execFileSync(process.execPath, [npm, ...args], { stdio: 'inherit' });
    else execFileSync(npm, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  }
  const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  return join(home, bin.node);
}
