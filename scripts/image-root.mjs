// Builds the image of the Dockerfile without an engine, with Debian's own tools, runs it as an engine would, lets a client
// be judged by it, asks its health, ends it by SIGTERM, and prints what that took. Needs root, on Debian and its kin.
//   npm run image:check                          of the package as it would be packed now
//   npm run image:check -- --tgz FILE            of that package
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { imageOf, untilHealthy } from './image/of-package.mjs';
import { startContainer } from './image/start.mjs';
import { packInto } from './pack/stage.mjs';

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
const TOKEN = 'of-this-check';
const URL = 'http://127.0.0.1:4010';

/** Files and their MiB; links, devices and what is mounted there do not count. */
function sizeOf(folder) {
  const args = [folder, '-xdev', '-type', 'f', '-printf', '%s\\n'];
  const sizes = execFileSync('find', args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const all = sizes.trimEnd().split('\n').map(Number);
  return { files: all.length, mib: (all.reduce((sum, one) => sum + one, 0) / 2 ** 20).toFixed(1) };
}

async function check(tgz, folder) {
  const image = imageOf(tgz, folder);
  const began = performance.now();
  const container = await startContainer(image, { env: { ESOZ_CONTROL_TOKEN: TOKEN } });
  try {
    await untilHealthy(container, image);
    const healthy = (performance.now() - began) / 1000;
    const poller = join(home, 'examples', 'python', 'poller.py');
    const client = await container.outside(['python3', poller], { ESOZ_SANDBOX_URL: URL });
    const verdict = await container.exec('esoz-sandbox', 'verdict', URL);
    const judged = (performance.now() - began) / 1000;
    container.kill('SIGTERM');
    const ended = await container.exited;
    const size = sizeOf(image.root);
    const product = sizeOf(join(image.root, 'opt', 'esoz-sandbox'));
    console.log(
      [
        `image: ${size.files} files, ${size.mib} MiB; of these the sandbox ${product.files} files, ${product.mib} MiB`,
        `healthy after ${healthy.toFixed(1)} s, first verdict after ${judged.toFixed(1)} s`,
        `client in Python: exit ${client.code}; verdict: exit ${verdict.code}; after SIGTERM: exit ${ended}`,
      ].join('\n'),
    );
    if (client.code || verdict.code || ended) throw new Error(client.text + verdict.text);
  } finally {
    await container.remove();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { tgz: { type: 'string' } } });
  const folder = mkdtempSync(join(tmpdir(), 'esoz-image-'));
  try {
    await check(values.tgz ?? packInto(folder), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
