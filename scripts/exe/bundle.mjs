// Bundles program and threads for the executable: each a single file of CommonJS, and what they are to have in the place
// of what reads files beside it.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ALONE, AS_PRISM, bundleTogether, PRISM } from '../build.mjs';
import { writeLicences } from '../licences.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Files of `src/` that others of `src/exe/` stand for. */
const INSTEAD = {
  'src/assets.ts': 'src/exe/assets.ts',
  'src/threads.ts': 'src/exe/threads.ts',
  'src/contract/libraries.ts': 'src/exe/libraries.cjs',
  'src/load/import-file.ts': 'src/exe/import-file.ts',
  'node_modules/classic-level/binding.js': 'src/exe/level-binding.cjs',
};

const EXECUTABLE = {
  name: 'files-in-the-executable',
  async resolveId(source, importer, options) {
    if (!importer) return undefined;
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    const path = found?.id.replaceAll('\\', '/') ?? '';
    const [, instead] = Object.entries(INSTEAD).find(([end]) => path.endsWith(`/${end}`)) ?? [];
    return instead === undefined ? found : join(root, instead);
  },
};

/** @param folder gets `main.cjs` and a file for each thread */
export async function bundleForExe(folder) {
  const output = {
    dir: folder,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    codeSplitting: false,
    dynamicImportInCjs: false,
    minify: { compress: false, mangle: false, codegen: true },
    sourcemap: false,
  };
  const one = (name, file, more = {}) =>
    bundleTogether(
      { [name]: file },
      { external: ['vitest'], output, ...more, plugins: [...(more.plugins ?? []), EXECUTABLE] },
    );
  const bundled = [
    await one('main', 'src/exe/main.ts'),
    await one('lint-worker', 'src/exe/lint-worker.ts'),
    await one('prism-worker', PRISM['prism-worker'], AS_PRISM),
    await one('dstu-worker', ALONE['dstu-worker']),
  ];
  await writeLicences(bundled.flat(), folder, nodeLicence());
}

/** That of Node itself, where its makers or a distribution put it. */
function nodeLicence() {
  const beside = dirname(process.execPath);
  const places = [
    join(beside, 'LICENSE'),
    join(beside, '..', 'LICENSE'),
    '/usr/share/doc/nodejs/copyright',
  ];
  return places.find((file) => existsSync(file));
}
