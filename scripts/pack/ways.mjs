// The ways in which a sandbox comes to somebody: what is fetched, put in a place, and started.
import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildExe } from '../build-exe.mjs';
import { emptyHome, filesOf, sizeOf } from './measure.mjs';
import { npm, packInto } from './stage.mjs';

/**
 * @typedef {object} Way
 * @property {string} name  as the table has it
 * @property {string} uk  the same in Ukrainian
 * @property {() => { files: number, mib: number }} weigh  what is there once it has been started
 * @property {number} times  how often it is started; what fetches is started once, for that is what a first time is
 * @property {() => { command: string, args: string[], options: object }} start  how `serve` is started
 */

const SERVE = ['serve', '--port', '0', '--quiet'];
const image = new URL('../image-root.mjs', import.meta.url);

/** An empty folder and an empty home. */
function place(folder, name) {
  const [home, cwd] = [join(folder, name, 'home'), join(folder, name, 'work')];
  for (const one of [home, cwd]) mkdirSync(one, { recursive: true });
  return { home, cwd };
}

const mibOf = (file) => statSync(file).size / 2 ** 20;

/** @param folder gets all that is made @param given files that are there already: `tgz`, `exe` @returns {Promise<Way[]>} */
export async function waysIn(folder, given) {
  const tgz = given.tgz ?? packInto(folder);
  const exe = given.exe ?? (await buildExe(join(folder, 'exe')));
  return [
    npxWay(folder, tgz),
    installedWay(folder, tgz),
    executableWay(folder, exe),
    ...(existsSync(fileURLToPath(image)) ? [await (await import(image.href)).way(folder)] : []),
  ];
}

function npxWay(folder, tgz) {
  const { home, cwd } = place(folder, 'npx');
  const size = mibOf(tgz).toFixed(1);
  return {
    name: `\`npx\` from the package's file (${size} MiB), nothing installed`,
    uk: `\`npx\` з файлу пакета (${size.replace('.', ',')} МіБ), нічого не встановлено`,
    times: 1,
    // npx keeps what it has installed below a name that it makes.
    weigh: () => filesOf(join(home, '.npm', '_npx')),
    start: () => ({
      command: 'npx',
      args: ['--yes', '--package', tgz, 'esoz-sandbox', ...SERVE],
      options: { cwd, env: emptyHome(home) },
    }),
  };
}

function installedWay(folder, tgz) {
  const { home, cwd } = place(folder, 'installed');
  const options = { cwd, env: emptyHome(home) };
  npm(['install', '--no-fund', '--no-audit', tgz], options);
  const modules = join(cwd, 'node_modules');
  const { packages } = sizeOf(modules);
  const program = join(modules, 'esoz-sandbox', 'dist', 'cli.js');
  return {
    name: `the package, installed (${packages} packages)`,
    uk: `встановлений пакет (пакетів: ${packages})`,
    times: 5,
    weigh: () => filesOf(modules),
    start: () => ({ command: process.execPath, args: [program, ...SERVE], options }),
  };
}

function executableWay(folder, exe) {
  const { home, cwd } = place(folder, 'executable');
  const command = join(cwd, basename(exe));
  copyFileSync(exe, command);
  return {
    name: 'the executable, without Node',
    uk: 'окрема програма, без Node',
    times: 5,
    weigh: () => {
      const [own, left] = [filesOf(cwd), filesOf(home)];
      return { files: own.files + left.files, mib: own.mib + left.mib };
    },
    start: () => ({
      command,
      args: SERVE,
      options: { cwd, env: emptyHome(home, '/nonexistent') },
    }),
  };
}
