// Measures what a user gets by each way, in an empty folder with an empty HOME, and prints it as a table.
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildExe } from './build-exe.mjs';
import { emptyHome, filesOf, sizeOf, startAndAsk } from './pack/measure.mjs';
import { npm, packInto } from './pack/stage.mjs';

const { values } = parseArgs({ options: { exe: { type: 'string' }, tgz: { type: 'string' } } });
const folder = mkdtempSync(join(tmpdir(), 'esoz-pack-'));
const serve = ['serve', '--port', '0', '--quiet'];

async function median(start, times = 5) {
  const seconds = [];
  for (let i = 0; i < times; i += 1) {
    const one = await start();
    seconds.push(one.seconds);
    await one.end();
  }
  return seconds.toSorted((a, b) => a - b)[Math.floor(times / 2)];
}

function place(name) {
  const home = join(folder, name, 'home');
  const cwd = join(folder, name, 'work');
  mkdirSync(home, { recursive: true });
  mkdirSync(cwd, { recursive: true });
  return { cwd, env: emptyHome(home), home };
}

try {
  const tgz = values.tgz ?? packInto(folder);
  const packed = (statSync(tgz).size / 2 ** 20).toFixed(1);
  const npx = place('npx');
  const first = await startAndAsk(
    'npx',
    ['--yes', '--package', tgz, 'esoz-sandbox', ...serve],
    npx,
  );
  await first.end();
  const own = place('install');
  npm(['install', '--no-fund', '--no-audit', tgz], own);
  const modules = join(own.cwd, 'node_modules');
  const { packages, files, mib } = sizeOf(modules);
  const program = join(modules, 'esoz-sandbox', 'dist', 'cli.js');
  const installed = await median(() => startAndAsk(process.execPath, [program, ...serve], own));
  const exe = values.exe ?? (await buildExe(join(folder, 'exe')));
  const alone = place('exe');
  const env = emptyHome(alone.home, '/nonexistent');
  const executable = await median(() => startAndAsk(exe, serve, { cwd: alone.cwd, env }));
  const exeMib = (statSync(exe).size / 2 ** 20).toFixed(1);
  const left = filesOf(alone.home).files;
  const rows = [
    '| way | packages | files | MiB | first answer, s |',
    '| --- | --- | --- | --- | --- |',
    `| \`npx\` from the package's file (${packed} MiB), nothing installed | ${packages} | ${files} | ${mib} | ${first.seconds.toFixed(1)} |`,
    `| the same, installed | ${packages} | ${files} | ${mib} | ${installed.toFixed(2)} |`,
    `| the executable, without Node | 0 | ${1 + left} | ${exeMib} | ${executable.toFixed(2)} |`,
  ];
  process.stdout.write(`${rows.join('\n')}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
