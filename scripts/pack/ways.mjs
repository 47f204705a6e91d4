// The ways in which a sandbox comes to somebody: what is fetched, put in a place, and started.
import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildExe } from '../build-exe.mjs';
import { emptyHome, filesOf, firstVerdict, sizeOf, startAndAsk } from './measure.mjs';
import { npm, packInto } from './stage.mjs';

/**
 * @typedef {object} Way
 * @property {string} name  as the table has it
 * @property {string} uk  the same in Ukrainian
 * @property {() => { files: number, mib: number }} weigh  what is there once it has been started
 * @property {number} times  how often it is started
 * @property {() => Promise<{ answer: number, verdict: number }>} once  starts it, and ends it: seconds from the command
 */

const SERVE = ['serve', '--port', '0', '--quiet'];
const IMAGE = new URL('../image/', import.meta.url);

/** An empty folder and an empty home. */
function place(folder, name) {
  const [home, cwd] = [join(folder, name, 'home'), join(folder, name, 'work')];
  for (const one of [home, cwd]) mkdirSync(one, { recursive: true });
  return { home, cwd };
}

const mibOf = (file) => statSync(file).size / 2 ** 20;

/**
 * Each is made ready when its turn comes: what is built for another one would still be on its way to the disk.
 *
 * @param folder gets all that is made @param given files that are there already: `tgz`, `exe` @returns {AsyncIterable<Way>}
 */
export async function* waysIn(folder, given) {
  const tgz = given.tgz ?? packInto(folder);
  yield npxWay(folder, tgz);
  yield installedWay(folder, tgz);
  yield executableWay(folder, given.exe ?? (await buildExe(join(folder, 'exe'))));
  if (!given['without-image'] && canBuildImages()) yield await imageWay(folder, tgz);
}

/** How long the first answer and the first verdict take where `serve` listens on this machine. */
async function once(command, args, options) {
  const began = performance.now();
  const { url, seconds, end } = await startAndAsk(command, args, options);
  try {
    await firstVerdict(url);
    return { answer: seconds, verdict: (performance.now() - began) / 1000 };
  } finally {
    await end();
  }
}

function npxWay(folder, tgz) {
  const size = mibOf(tgz).toFixed(1);
  let starts = 0;
  let home;
  return {
    name: `\`npx\` from the package's file (${size} MiB), nothing installed`,
    uk: `\`npx\` з файлу пакета (${size.replace('.', ',')} МіБ), нічого не встановлено`,
    times: 3,
    // npx keeps what it has installed below a name that it makes.
    weigh: () => filesOf(join(home, '.npm', '_npx')),
    once: () => {
      // What was fetched stays in the home: each is a first time.
      const fresh = place(folder, `npx-${starts++}`);
      home = fresh.home;
      return once('npx', ['--yes', '--package', tgz, 'esoz-sandbox', ...SERVE], {
        cwd: fresh.cwd,
        env: emptyHome(home),
      });
    },
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
    once: () => once(process.execPath, [program, ...SERVE], options),
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
    once: () => once(command, SERVE, { cwd, env: emptyHome(home, '/nonexistent') }),
  };
}

const canBuildImages = () =>
  process.getuid?.() === 0 && existsSync(fileURLToPath(new URL('of-package.mjs', IMAGE)));

/** No engine runs here: the image's file system in namespaces of its own, as an engine would have it. */
async function imageWay(folder, tgz) {
  const { imageOf } = await import(new URL('of-package.mjs', IMAGE).href);
  const { startContainer } = await import(new URL('start.mjs', IMAGE).href);
  const image = imageOf(tgz, join(folder, 'image'));
  const token = { ESOZ_CONTROL_TOKEN: 'of-this-table' };
  const program = fileURLToPath(new URL('first-verdict.mjs', import.meta.url));
  return {
    name: 'the image, its file system in a chroot',
    uk: 'образ контейнера, його файлова система в chroot',
    times: 5,
    weigh: () => filesOf(image.root),
    once: async () => {
      const began = Date.now();
      const container = await startContainer(image, { env: token });
      try {
        const command = [process.execPath, program, 'http://127.0.0.1:4010'];
        const { code, text } = await container.outside(command, token);
        if (code !== 0) throw new Error(text);
        const { answered, judged } = JSON.parse(text);
        return { answer: (answered - began) / 1000, verdict: (judged - began) / 1000 };
      } finally {
        await container.remove();
      }
    },
  };
}
