import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describePack, isPackFolder, packNames } from '../../src/load/pack-description.js';
import { run, serve, start, until } from '../support/command.js';
import { OUTSIDE, packWith, swap } from '../support/pack-folder.js';

describe('--pack', () => {
  it.each([
    ['compositions', '/', false],
    ['./compositions', '/', true],
    ['my/api', '/', true],
    ['/home/me/api', '/', true],
    ['.', '/', true],
    ['..', '/', true],
    ['my\\api', '/', false],
    ['my\\api', '\\', true],
    ['C:\\api', '\\', true],
    ['my/api', '\\', true],
  ])('%s, where folders are parted by %s: a folder is %s', (pack, separator, folder) => {
    expect(isPackFolder(pack, separator)).toBe(folder);
  });

  it('finds the same parts in a folder as in the package', () => {
    for (const pack of [...packNames(), OUTSIDE]) {
      const found = describePack(pack);
      expect(found.spec).toMatch(/openapi\.yaml$/);
      expect(found.binding).toMatch(/binding\.yaml$/);
      // An API without jobs has no scenarios.
      expect(found.scenarios.length).toBeLessThanOrEqual(1);
      expect(found.suites).toEqual([expect.stringMatching(/suites$/)]);
    }
  });

  it('takes the document as JSON or .yml too', async () => {
    const json = JSON.stringify({
      openapi: '3.0.3',
      info: { title: 'J', version: '1' },
      paths: {},
    });
    const folder = await packWith({ 'openapi.yaml': null, 'openapi.json': json });
    expect(describePack(folder).spec).toBe(join(folder, 'openapi.json'));
  });
});

describe('a folder is taken by', () => {
  it('scenarios and suites', async () => {
    expect((await run('scenarios', '--pack', OUTSIDE)).out).toContain(
      'declined  The order is declined',
    );
    const shown = await run('scenarios', 'show', 'filled', '--pack', OUTSIDE);
    expect(shown.out).toContain('The order is filled after its eta');
    expect((await run('suites', '--pack', OUTSIDE)).out).toMatch(
      /^polling-basics .* \(2 scenarios/,
    );
  });

  it('serve, whose curl lines name it', async () => {
    const { text, url } = await serve('--pack', OUTSIDE);
    await until(() => text().includes('Ctrl-C'), text);
    expect(text()).toContain(`Orders 1.0.0: 3 operations below ${url}/v1`);
    expect(text()).toContain(`esoz-sandbox scenarios --pack ${OUTSIDE}`);
  });

  it('lint, which says what is wrong with each part of it', async () => {
    const good = await run('lint', '--pack', OUTSIDE);
    expect(good).toMatchObject({ code: 0, out: '3 files, no mistake\n' });
    const folder = await packWith({
      'behaviour.js': swap('world.keep({ kind', 'world.keeep({ kind'),
    });
    const { code, out } = await run('lint', '--pack', folder);
    expect(code).toBe(1);
    expect(out).toMatch(/behaviour\.js:\d+:\d+: the pack orders threw TypeError/);
  });

  it('lint, which finds nothing wrong with one that has no scenarios', async () => {
    const { code, out } = await run('lint', '--pack', './spec/compositions');
    expect(out).toBe('0 files, no mistake\n');
    expect(code).toBe(0);
  });

  it('record', async () => {
    const out = await mkdtemp(join(tmpdir(), 'recorded-'));
    onTestFinished(() => rm(out, { recursive: true }));
    const upstream = ['--upstream', 'http://127.0.0.1:9', '--out', out];
    const child = start(['record', '--port', '0', '--pack', OUTSIDE, ...upstream]);
    onTestFinished(() => void child.kill('SIGKILL'));
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    await until(
      () => text.includes('jobs of Orders 1.0.0'),
      () => text,
    );
  });

  it('no command when it is not there, or lacks a part', async () => {
    const gone = await run('serve', '--pack', './no-such-pack');
    expect(gone.err).toContain('there is no folder ./no-such-pack; name one that holds');
    expect(gone.code).toBe(3);
    const bare = await run('lint', '--pack', './test/fixtures/tolerant');
    expect(bare.err).toContain('the pack folder has no openapi.yaml');
    expect(bare.code).toBe(1);
  });

  it('its dot or slash: without one it is a name', async () => {
    const { err, code } = await run('lint', '--pack', 'test');
    expect(err).toContain('unknown pack "test"');
    expect(err).toContain('a folder of your own is named ./test');
    expect(code).toBe(3);
  });
});

describe('the suites of the usual pack', () => {
  it('are found where they lay up to 0.3.0, too', async () => {
    const asked = [
      '--suite',
      'scenarios/suites/polling-basics.yaml',
      '--timeout',
      '1ms',
      '--pace',
      '1000',
    ];
    const { err } = await run('exec', ...asked, '--', 'true');
    expect(err).not.toContain('cannot be read');
    const gone = await run('exec', '--suite', 'scenarios/suites/no-such.yaml', '--', 'true');
    expect(gone.err).toContain('the suite cannot be read (ENOENT)');
  });
});
