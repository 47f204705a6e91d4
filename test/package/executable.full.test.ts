import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildExe } from '../../scripts/build-exe.mjs';
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

/** Somebody who owns nothing here; only who may do everything can become it. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

const folder = mkdtempSync(join(tmpdir(), 'esoz-executable-'));
/** Holds the executable, and nobody may write there. */
const closed = join(folder, 'closed');
const work = join(folder, 'work');
const temporary = join(folder, 'temporary');
let installed: Installed;

beforeAll(async () => {
  const built = process.env.ESOZ_EXECUTABLE ?? (await buildExe(join(folder, 'built')));
  for (const one of [closed, work, temporary]) mkdirSync(one);
  const command = join(closed, basename(built));
  cpSync(built, command);
  chmodSync(closed, 0o555);
  chmodSync(folder, 0o755);
  for (const one of [work, temporary]) chmodSync(one, 0o777);
  const env = { PATH: '/nonexistent', HOME: '/nonexistent', TMPDIR: temporary, ESOZ_LANG: 'en' };
  const other = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  installed = { command, args: [], cwd: work, options: { env, ...other } };
}, 1_200_000);
afterAll(() => {
  chmodSync(closed, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

describe('the executable, where there is no Node', () => {
  it('is at most 130 MiB', () => {
    expect(statSync(installed.command).size / 2 ** 20).toBeLessThanOrEqual(130);
  });

  it('answers what a foreign contract shows, by Prism', () => answersAForeignContract(installed));
  it('serves, and a job comes to its end', () => servesAndPolls(installed));
  it('shows the board', () => showsTheBoard(installed));
  it('judges a client', () => judgesAClient(installed, GOOD_CLIENT, hastyClient(work)));
  it('records a system', () => records(installed));

  it('has unpacked nothing so far', () => {
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('keeps a store in a folder, by a binary that nobody else can write', async () => {
    await keepsAStore(installed);
    const [name = ''] = readdirSync(temporary);
    const { mode, uid } = statSync(join(temporary, name));
    expect(mode & 0o777).toBe(0o700);
    expect(uid).toBe(isRoot ? NOBODY : process.getuid?.());
  });

  it('does not load a binary out of a folder that others can write', async () => {
    const open = join(folder, 'open');
    mkdirSync(join(open, `esoz-sandbox-${isRoot ? NOBODY : process.getuid?.()}`), {
      recursive: true,
    });
    spawnSync('chmod', ['-R', '0777', open]);
    const env = { ...installed.options.env, TMPDIR: open };
    const store = `file:${join(work, 'refused')}`;
    const args = ['serve', '--port', '0', '--store', store];
    const { code, text } = await runIn(
      { ...installed, options: { ...installed.options, env } },
      ...args,
    );
    expect([code, text]).toEqual([3, expect.stringContaining('STORE_ENGINE_MISSING')]);
  });

  it('reads a behaviour of somebody’s own', async () => {
    const pack = join(work, 'my-api');
    cpSync('spec/general/openapi.yaml', join(pack, 'openapi.yaml'));
    cpSync('spec/general/binding.yaml', join(pack, 'binding.yaml'));
    writeFileSync(join(pack, 'behaviour.js'), 'export default { name: 7 };\n');
    spawnSync('chmod', ['-R', 'a+rX', pack]);
    const { text } = await runIn(installed, 'serve', '--pack', './my-api', '--port', '0');
    expect(text).toContain('PACK_BEHAVIOUR_MALFORMED');
  });

  it('tells the licences of what it holds', async () => {
    const { code, text } = await runIn(installed, 'licences');
    expect([code, text]).toEqual([0, expect.stringContaining('@stoplight/prism-http@')]);
  });

  it('says that the version is that of the package', async () => {
    expect((await runIn(installed, '--version')).text).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
