// Makes one executable of the package that needs no Node: Node's own binary with program and files in it
// (https://nodejs.org/docs/latest-v20.x/api/single-executable-applications.html). It is for the system that makes it.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { inject } from 'postject';
import { bundle } from './build.mjs';
import { bundleForExe } from './exe/bundle.mjs';
import { collectFiles } from './exe/files.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/** `esoz-sandbox-linux-x64` */
export function executableName() {
  const ending = process.platform === 'win32' ? '.exe' : '';
  return `esoz-sandbox-${process.platform}-${process.arch}${ending}`;
}

/** @param folder gets the executable, and what it was made of @returns its path */
export async function buildExe(folder) {
  const parts = join(folder, 'parts');
  rmSync(parts, { recursive: true, force: true });
  mkdirSync(parts, { recursive: true });
  await bundleForExe(parts);
  const blob = join(parts, 'blob');
  const files = collectFiles(root, parts);
  const index = join(parts, 'index.json');
  writeFileSync(index, JSON.stringify(sizesOf(files)));
  const config = {
    main: join(parts, 'main.cjs'),
    output: blob,
    disableExperimentalSEAWarning: true,
    // Compiled beforehand: a start is faster so than that of Node with the files of the package.
    useCodeCache: true,
    assets: { ...files, 'index.json': index },
  };
  const configFile = join(parts, 'sea.json');
  writeFileSync(configFile, JSON.stringify(config));
  execFileSync(process.execPath, ['--experimental-sea-config', configFile], { stdio: 'inherit' });
  const file = join(folder, executableName());
  await assemble(file, blob);
  rmSync(parts, { recursive: true });
  return file;
}

function sizesOf(files) {
  const sizes = Object.entries(files).map(([name, file]) => [name, statSync(file).size]);
  return Object.fromEntries(sizes);
}

async function assemble(file, blob) {
  rmSync(file, { force: true });
  copyFileSync(process.execPath, file);
  chmodSync(file, 0o755);
  // A signature does not outlive a change; names of symbols help nobody here.
  if (process.platform === 'darwin') execFileSync('codesign', ['--remove-signature', file]);
  if (process.platform === 'linux') execFileSync('strip', [file]);
  const apple = process.platform === 'darwin' ? { machoSegmentName: 'NODE_SEA' } : {};
  await inject(file, 'NODE_SEA_BLOB', readFileSync(blob), { sentinelFuse: FUSE, ...apple });
  if (process.platform === 'darwin') execFileSync('codesign', ['--sign', '-', file]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { out: { type: 'string', default: join(root, 'build') }, built: { type: 'boolean' } },
  });
  // With --built what is in dist/ is taken as it is.
  if (!values.built) await bundle();
  const file = await buildExe(values.out);
  process.stdout.write(`${file} ${(statSync(file).size / 2 ** 20).toFixed(1)} MiB\n`);
}
