// Packs the package as npm would publish it, out of a copy, so that what is built here stays as it is.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What is built, fetched or kept by others. */
const LEFT_OUT = new Set(['node_modules', 'dist', 'build', 'coverage', '.git']);

/** @param folder gets the copy and the package's file @returns the path of that file */
export function packInto(folder) {
  const copy = join(folder, 'copy');
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const name of readdirSync(root)) {
    if (!LEFT_OUT.has(name)) cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  const said = npm(['pack', '--json', '--pack-destination', folder], { cwd: copy });
  rmSync(copy, { recursive: true });
  // What is built in between says a line too.
  const [{ filename }] = JSON.parse(said.slice(said.search(/^\[\s*\{/m)));
  return join(folder, basename(filename));
}

/** @returns what it prints */
export function npm(args, { cwd, env = process.env }) {
  const shell = process.platform === 'win32';
  const stdio = ['ignore', 'pipe', 'inherit'];
  return execFileSync('npm', args, { cwd, env, shell, stdio, encoding: 'utf8' });
}
