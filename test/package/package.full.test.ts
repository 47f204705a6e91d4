import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyHome, sizeOf, startAndAsk } from '../../scripts/pack/measure.mjs';
import { npm, packInto } from '../../scripts/pack/stage.mjs';
import {
  answersAForeignContract,
  GOOD_CLIENT,
  hastyClient,
  type Installed,
  judgesAClient,
  keepsAStore,
  records,
  runIn,
  servesAndPolls,
  showsTheBoard,
} from './uses.js';

const folder = mkdtempSync(join(tmpdir(), 'esoz-package-'));
const work = join(folder, 'work');
const env = emptyHome(join(folder, 'home'));
const modules = join(work, 'node_modules');
const own = join(modules, 'esoz-sandbox');
const installed: Installed = {
  command: process.execPath,
  args: [join(own, 'dist', 'cli.js')],
  cwd: work,
  options: { env },
};
let tgz = '';

beforeAll(() => {
  for (const one of ['home', 'work', 'npx']) mkdirSync(join(folder, one));
  tgz = process.env.ESOZ_PACKAGE_FILE ?? packInto(folder);
  npm(['install', '--no-fund', '--no-audit', tgz], { cwd: work, env });
}, 1_200_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package, installed from its file in an empty folder', () => {
  it('is at most 40 packages and 30 MiB', () => {
    const { packages, mib } = sizeOf(modules);
    expect(packages).toBeLessThanOrEqual(40);
    expect(mib).toBeLessThanOrEqual(30);
  });

  it('runs no script when it is installed', () => {
    const { scripts } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'));
    for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) {
      expect(scripts).not.toHaveProperty(name);
    }
  });

  it('answers when npx starts it from the file alone', async () => {
    const args = ['--yes', '--package', tgz, 'esoz-sandbox', 'serve', '--port', '0'];
    const { end } = await startAndAsk('npx', args, { cwd: join(folder, 'npx'), env });
    await end();
  });

  it('serves, and a job comes to its end', () => servesAndPolls(installed));
  it('shows the board', () => showsTheBoard(installed));
  it('answers what a foreign contract shows, by Prism', () => answersAForeignContract(installed));
  it('judges a client', () => judgesAClient(installed, GOOD_CLIENT, hastyClient(folder)));
  it('records a system', () => records(installed));
  it('keeps a store in a folder', () => keepsAStore(installed));

  it('loads what is used now and then', async () => {
    const hunted = await runIn(installed, 'hunt', '--runs', '1', '--time', '20s', '--', 'true');
    expect(hunted.text).not.toContain('HUNT_ENGINE_MISSING');
    const redis = await runIn(installed, 'serve', '--port', '0', '--store', 'redis://127.0.0.1:1');
    expect(redis.text).not.toContain('STORE_ENGINE_MISSING');
    expect(redis.code).not.toBe(0);
  });

  it('tells the licences of what it holds', async () => {
    const { text } = await runIn(installed, 'licences');
    for (const name of ['@stoplight/prism-http@', 'express@', 'preact@', 'swagger-ui-dist@']) {
      expect(text).toContain(`\n${name}`);
    }
    expect(text).toContain('Permission is hereby granted');
  });

  it('has types for who uses it in a program, and needs no others for them', () => {
    const program = `import { startSandbox, type Verdict } from 'esoz-sandbox';
import { definePack } from 'esoz-sandbox/pack';
const sandbox = await startSandbox({ port: 0 });
const verdict: Verdict = await sandbox.session('one').verdict();
export const held: boolean = verdict.held;
export default definePack({ name: 'orders' });
`;
    writeFileSync(join(work, 'program.mts'), program);
    const tsc = resolve('node_modules/typescript/bin/tsc');
    const strict = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2023'];
    const types = ['--types', 'node', '--typeRoots', resolve('node_modules/@types')];
    execFileSync(process.execPath, [tsc, ...strict, ...types, 'program.mts'], {
      cwd: work,
      encoding: 'utf8',
    });
  });

  it('has a map of each file of its program, which leads to a line of its source', () => {
    const map = JSON.parse(readFileSync(join(own, 'dist', 'cli.js.map'), 'utf8'));
    expect(map.sources.length).toBeGreaterThan(0);
  });
});

it('can be published as it is', () => {
  const said = execFileSync('npm', ['publish', '--dry-run', '--json', tgz], {
    cwd: work,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const told = JSON.parse(said);
  expect(told['esoz-sandbox'] ?? told).toMatchObject({ name: 'esoz-sandbox' });
});
