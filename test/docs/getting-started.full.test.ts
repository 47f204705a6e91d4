import { copyFileSync, linkSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { buildExe } from '../../scripts/build-exe.mjs';
import { emptyHome } from '../../scripts/pack/measure.mjs';
import { packInto } from '../../scripts/pack/stage.mjs';
import type { Runtime } from '../../scripts/runtimes.mjs';
import { needs } from '../support/runtimes.js';
import { stepsOf } from './page-steps.js';
import { Reader } from './walk-page.js';

/** Each page, and what it says that its reader has. */
const PAGES: readonly [name: string, runtimes: readonly Runtime['id'][]][] = [
  ['python', ['python', 'python-clients', 'pytest', 'curl']],
  ['javascript', ['curl']],
  ['php', ['php', 'laravel', 'phpunit', 'curl']],
  ['java', ['java', 'maven', 'curl']],
  ['csharp', ['csharp', 'nunit', 'curl']],
];

const all = mkdtempSync(join(tmpdir(), 'esoz-getting-started-'));
afterAll(() => rmSync(all, { recursive: true, force: true }));

/** What the pages say that is there: both in `~/Downloads`. */
const EXECUTABLE = 'esoz-sandbox-linux-x64';
const PACKAGE = `esoz-sandbox-${packageJson.version}.tgz`;

beforeAll(async () => {
  const { ESOZ_EXECUTABLE, ESOZ_PACKAGE_FILE } = process.env;
  const exe = ESOZ_EXECUTABLE ?? (await buildExe(join(all, 'built')));
  copyFileSync(exe, join(all, EXECUTABLE));
  if (ESOZ_PACKAGE_FILE) copyFileSync(ESOZ_PACKAGE_FILE, join(all, PACKAGE));
  else packInto(all);
}, 1_200_000);

describe.concurrent.each(PAGES)('docs/getting-started/%s.md', (name, runtimes) => {
  for (const id of runtimes) needs(id);

  it('goes as it tells, from an empty folder', { timeout: 1_800_000 }, async () => {
    const home = join(all, name, 'home');
    const folder = join(all, name, 'work');
    for (const one of [join(home, 'Downloads'), folder]) mkdirSync(one, { recursive: true });
    for (const one of [EXECUTABLE, PACKAGE]) linkSync(join(all, one), join(home, 'Downloads', one));
    const path = ['/usr/bin', '/bin', dirname(process.execPath)].join(delimiter);
    const reader = new Reader(folder, emptyHome(home, path));
    onTestFinished(() => reader.leaves());
    for (const step of stepsOf(`docs/getting-started/${name}.md`)) await reader.does(step);
    expect(reader.compared).toBeGreaterThan(8);
  });
});
