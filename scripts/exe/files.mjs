// What lies in the executable beside its program: the files of the package that a start, a session or the page reads.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LICENCES } from '../licences.mjs';

const FOLDERS = ['spec', 'scenarios', 'profiles', 'dist/board', 'dist/documents', 'dist/texts'];
const THREADS = ['prism-worker', 'lint-worker', 'dstu-worker'];

/** @returns files by the names that they have in the executable */
export function collectFiles(root, parts) {
  const files = { 'package.json': join(root, 'package.json'), LICENSE: join(root, 'LICENSE') };
  for (const folder of FOLDERS) {
    for (const name of readdirSync(join(root, folder), { recursive: true })) {
      const file = join(root, folder, name);
      if (statSync(file).isFile()) files[`${folder}/${name.replaceAll('\\', '/')}`] = file;
    }
  }
  for (const name of THREADS) files[`dist/${name}.cjs`] = join(parts, `${name}.cjs`);
  files[`dist/${LICENCES}`] = join(parts, LICENCES);
  const database = databaseOf(process.platform, process.arch);
  if (database) files['native/classic-level.node'] = database;
  return files;
}

/** The database's binary for a system; undefined: there is none, and the executable keeps no store in a folder. */
function databaseOf(platform, arch) {
  const folder = dirname(createRequire(import.meta.url).resolve('classic-level/package.json'));
  const names = platform === 'darwin' ? ['darwin-x64+arm64'] : [`${platform}-${arch}`];
  const kinds = ['classic-level.node', 'classic-level.armv8.node'];
  return names
    .flatMap((name) => kinds.map((kind) => join(folder, 'prebuilds', name, kind)))
    .find((file) => existsSync(file));
}
