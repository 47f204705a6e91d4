// Bundles src/ into dist/. One file a way in, so that a start reads few files; Prism stays outside.
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

export async function bundle() {
  await build({
    absWorkingDir: root,
    entryPoints: {
      cli: 'src/cli/main.ts',
      index: 'src/index.ts',
      pack: 'src/pack.ts',
      vitest: 'src/vitest.ts',
      'prism-worker': 'src/contract/prism-worker.ts',
      prepare: 'src/load/build-catalogue-cache.ts',
      'editor-files': 'src/load/editor-files.ts',
    },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    // For the places in a stack (src/server/report-unexpected.ts); the texts stay in the repository.
    sourcemap: 'linked',
    sourcesContent: false,
    external: ['@stoplight/*', '@apidevtools/*', 'vitest'],
    // Bundled CommonJS packages ask for Node's own modules with require.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  const { prepare } = await import('../dist/prepare.js');
  await prepare(await documents(), await packs());
}

/** The contracts that have a binding. */
async function packs() {
  const names = await readdir(join(root, 'spec'), { withFileTypes: true });
  return names
    .filter((entry) => existsSync(join(root, 'spec', entry.name, 'binding.yaml')))
    .map((entry) => ({ spec: join(root, 'spec', entry.name, 'openapi.yaml') }));
}

/** Every contract of the package. */
async function documents() {
  const names = await readdir(join(root, 'spec'));
  const files = names.map((name) => join(root, 'spec', name, 'openapi.yaml'));
  return files.filter((file) => existsSync(file));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // Tests keep what is there: another process may be about to load one of the old files.
  if (!process.argv.includes('--keep'))
    await rm(join(root, 'dist'), { recursive: true, force: true });
  await bundle();
}
