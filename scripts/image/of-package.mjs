// The image of a package, and whether a container of it is healthy.
import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildImage } from './build.mjs';

const home = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** @param tgz the package @param folder gets the image @returns it, as buildImage has it */
export function imageOf(tgz, folder) {
  const context = join(folder, 'context');
  mkdirSync(context, { recursive: true });
  for (const name of ['Dockerfile', '.dockerignore']) {
    copyFileSync(join(home, name), join(context, name));
  }
  copyFileSync(tgz, join(context, basename(tgz)));
  const cache = join(home, 'node_modules', '.cache', 'image');
  return buildImage({ context, folder: join(folder, 'stages'), cache });
}

/** Asks by the image's own probe until it is healthy. @throws Error where it never is */
export async function untilHealthy(container, { config }) {
  const until = Date.now() + 60_000;
  for (;;) {
    const { code, text } = await container.exec(...config.healthcheck.command);
    if (code === 0) return;
    if (Date.now() > until) throw new Error(`not healthy: ${text}\n${container.text()}`);
  }
}
