// Bundles src/ and the packages that it takes into dist/: whoever installs the package installs hardly any other.
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { minifySync } from 'rolldown/utils';
import { bundleBoard } from './build-board.mjs';
import { writeLicences } from './licences.mjs';
import { writeTexts } from './texts.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Programs and libraries, each a file of its name. */
const ENTRIES = {
  cli: 'src/cli/main.ts',
  index: 'src/index.ts',
  vitest: 'src/vitest.ts',
  prepare: 'src/load/build-catalogue-cache.ts',
  'editor-files': 'src/load/editor-files.ts',
  'lint-worker': 'src/server/lint-worker.ts',
};

/** What is loaded beside none of these: threads of their own, and a few words for authors of packs. */
export const ALONE = {
  'dstu-worker': 'src/packs/signature/dstu/worker.ts',
  pack: 'src/pack.ts',
};

/** Prism in its thread. */
export const PRISM = { 'prism-worker': 'src/contract/prism-worker.ts' };

/** Packages of Prism, and what is bundled in their place. */
const INSTEAD = {
  // Names of people in sixty languages: what it invents is English.
  '@faker-js/faker': '\0english',
  // The form that the package names first asks for its files when it runs.
  'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
  // It reads collections of Postman too, and is given none.
  'postman-collection': '\0nothing',
};
const MADE = {
  '\0english': "exports.default = require('@faker-js/faker/locale/en');",
  '\0nothing': 'module.exports = {};',
};

const FITTED = {
  name: 'fitted-for-prism',
  resolveId: {
    filter: { id: new RegExp(`^(?:${Object.keys(INSTEAD).join('|')})$`) },
    handler(source, importer) {
      const instead = INSTEAD[source];
      return instead.startsWith('\0')
        ? instead
        : this.resolve(instead, importer, { skipSelf: true });
    },
  },
  load: { filter: { id: /^\0(?:english|nothing)$/ }, handler: (id) => MADE[id] },
  // A module of CommonJS that only `this` shows to be one.
  transform: {
    filter: { id: /uri-template-lite[\\/]index\.js$/ },
    handler: (code) => ({ code: code.replaceAll('this.URI', 'exports.URI'), map: null }),
  },
};

/** What is Prism's own in a file beside ours: nobody looks for places in it. */
const APART = {
  codeSplitting: { groups: [{ name: 'prism', test: inside('/node_modules/') }] },
  minify: true,
};

/** One copy of each of its packages, of the form that it asks for itself. */
export const AS_PRISM = {
  plugins: [FITTED],
  resolve: { conditionNames: ['require', 'node', 'default'] },
};

/** Libraries that are needed at once, or never (`require`). */
const LIBRARIES = { ajv: 'src/contract/ajv.cjs', re2: 'src/contract/re2.cjs' };

/**
 * Everything that a start reads, in a handful of files: each file more costs it about half a millisecond. Each takes
 * what it imports with it, but for what a file above it has; what is imported with `import()` stays apart.
 */
const START = [
  { name: 'commander', test: inside('node_modules/(commander|picocolors)/') },
  // What the command line knows before it knows the command, and what rules are made of.
  {
    name: 'words',
    test: inside(
      'src/(contract/idempotency|load/(pack-description|server-options)|sandbox/(clock|settings|setup)|server/(http/origin|report-unexpected)|' +
        'scenario/scenario|audit/(evidence|same-request)|faults/index|time/duration|size|say|texts/(spoken|languages))[.]ts$',
    ),
  },
  { name: 'options', test: inside('src/cli/(options|output|print-error)[.]ts$') },
  {
    name: 'start',
    test: inside('src/(server/server|load/(load-setup|files-named)|sandbox/control/views)[.]ts$'),
  },
  { name: 'serve', test: inside('src/cli/serve[.]ts$') },
].map((group, i, { length }) => ({ ...group, priority: length - i }));

/** @param path part of a path; a slash is a backslash on Windows */
function inside(path) {
  return new RegExp(path.replaceAll('/', '[\\\\/]'));
}

export async function bundle() {
  const commonJs = { format: 'cjs', entryFileNames: '[name].cjs', sourcemap: false };
  const bundled = await Promise.all([
    bundleBoard(),
    bundleTogether(ENTRIES, { output: { codeSplitting: { groups: START } } }),
    bundleTogether(PRISM, { ...AS_PRISM, output: APART }),
    ...Object.entries(ALONE).map(([name, file]) => bundleTogether({ [name]: file })),
    ...Object.entries(LIBRARIES).map(([name, file]) =>
      bundleTogether({ [name]: file }, { output: commonJs }),
    ),
  ]);
  await writeLicences(bundled.flat(), join(root, 'dist'));
  writeTexts();
  const { prepare } = await import('../dist/prepare.js');
  await prepare(await documents(), await packs(), shorten);
}

/**
 * Not bundled: the user's own test runner, and the database, which has a binary for each system.
 * @returns the files that were bundled
 */
export async function bundleTogether(input, { output = {}, external, ...options } = {}) {
  const built = await build({
    cwd: root,
    input,
    platform: 'node',
    transform: { target: 'node20.19' },
    external: external ?? ['vitest', 'classic-level'],
    // What is imported with `import()` here and at once there is meant so: the latter start nothing.
    checks: { pluginTimings: false, ineffectiveDynamicImport: false },
    ...options,
    output: {
      dir: 'dist',
      format: 'esm',
      charset: 'ascii',
      comments: { annotation: false, jsdoc: false },
      // For the places in a stack (src/server/report-unexpected.ts); the texts stay in the repository.
      sourcemap: true,
      sourcemapExcludeSources: true,
      minify: { compress: false, mangle: false, codegen: true },
      ...output,
    },
  });
  await leaveOutMaps(join(root, output.dir ?? 'dist'), built.output);
  return built.output.flatMap((chunk) => chunk.moduleIds ?? []);
}

/** Checks that Ajv has written carry every schema that they come from, most of them unused. */
function shorten(code) {
  const { code: shorter, errors } = minifySync('check.js', code, { module: true });
  return errors.length === 0 ? shorter : code;
}

/** Maps of what others have written lead to files that nobody has. */
async function leaveOutMaps(folder, chunks) {
  for (const { fileName, map, moduleIds = [] } of chunks) {
    if (!map || moduleIds.some((id) => !id.includes('node_modules') && !id.startsWith('\0')))
      continue;
    const file = join(folder, fileName);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/\n\/\/# sourceMappingURL=.*\n?$/, '\n'));
    await rm(`${file}.map`);
  }
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
