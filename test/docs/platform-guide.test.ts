import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { serve } from '../support/command.js';
import { blocks } from './pages.js';

const run = promisify(execFile);
const PAGE = 'docs/guides/platform.md';
const STARTS = /^(npm start|esoz-sandbox serve (.*))\n$/;
/** Played in `test/examples/suites.full.test.ts`. */
const PLAYS = /^esoz-sandbox exec --suite tokens -- node examples\/javascript\/poller\.mjs\n$/;
const BLOCKS = blocks(PAGE, 'sh');
const ADDRESS = 'http://127.0.0.1:4010';

/** Lines as the page has them, at another address and with the command line of this checkout. */
async function follow(url: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'platform-guide-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const lines = BLOCKS.filter((block) => !STARTS.test(block) && !PLAYS.test(block)).join(
    'echo; echo ----\n',
  );
  const script = lines.replaceAll(ADDRESS, url);
  const command = `esoz-sandbox() { node ${resolve('dist/cli.js')} "$@"; }\n`;
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', command + script], {
    cwd: folder,
    maxBuffer: 10_000_000,
  });
  return stdout;
}

it('npm start is what the page says', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(scripts.start).toMatch(/ serve --pack esoz$/);
});

it('each way to start it listens', async () => {
  const options = BLOCKS.map((block) => STARTS.exec(block)?.[2]?.split(' ')).filter((one) => one);
  expect(options).toEqual([['--pack', 'esoz', '--auth', 'strict']]);
  for (const words of options) {
    const { url } = await serve(...(words ?? []));
    expect((await fetch(`${url}/oauth/user`)).status).toBe(401);
  }
});

it('each line goes as the page tells', { timeout: 60_000 }, async () => {
  const { url } = await serve('--pack', 'esoz', '--clock', 'manual');
  const parts = (await follow(url)).split('\n----\n');
  const [world, , page, strict, forbidden, renewed, settings, quota, next, verdict] = parts;
  expect(world).toContain('"client_id":"5b1d6c0a-37f4-4e0b-9a1d-64c2f8e07b19"');
  expect(page).toContain('<form method="post">');
  expect(strict).toContain('Invalid access token');
  expect(strict).toContain('o.koval@clinic.example');
  expect(forbidden).toContain('Missing allowances: encounter:read');
  expect(renewed).toContain('"grant_type":"refresh_token"');
  expect(settings).toContain('"ACCESS_TOKEN_SECONDS":60');
  expect(quota).toMatch(/HTTP\/1.1 200 OK.*HTTP\/1.1 429 .*API rate limit exceeded/s);
  expect(next).toContain('token-expires');
  expect(BLOCKS.filter((block) => PLAYS.test(block))).toHaveLength(1);
  expect(verdict).toContain('single-refresh');
});
