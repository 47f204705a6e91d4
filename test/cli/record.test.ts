import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeClient, send } from '../support/client.js';
import { run, until } from '../support/command.js';
import { disability } from '../support/conclusions.js';
import { startRecord as record } from '../support/recorded-command.js';
import { openFolder, readFiles } from '../support/recorder.js';
import { openSandbox } from '../support/sandbox.js';

describe('esoz-sandbox record', () => {
  it('records until Ctrl-C, and what it has written can be played', async () => {
    const { sandbox } = await openSandbox();
    const out = await openFolder();
    const { child, url, text, exit } = await record(sandbox.url, out, '--check');
    const { json } = await makeClient(url).create(disability());
    await makeClient(url).poll(json.data.id);
    child.kill('SIGINT');
    expect(await exit).toBe(0);
    expect(text()).toMatch(
      /POST +\/api\/patients\/composition +200 +PENDING +recorded-002-createComposition-open\.yaml/,
    );
    expect(text()).not.toContain(json.data.id);
    expect(text()).toContain(
      '2 exchanges held against Compositions API 1.0.0: none departs from it',
    );
    expect(Object.keys(await readFiles(out))).toEqual([
      'check-001.txt',
      'exchanges-001.jsonl',
      'recorded-002-createComposition-open.yaml',
    ]);
    expect((await run('lint', out)).out).toBe('1 file, no mistake\n');
  });

  it('exits with 1 when --check finds something, and with 0 without it', async () => {
    const { sandbox } = await openSandbox();
    for (const [args, code] of [
      [['--check'], 1],
      [[], 0],
    ] as const) {
      const { child, url, exit } = await record(sandbox.url, await openFolder(), ...args);
      await send('GET', `${url}/api/patients/composition/job/nonsense`);
      child.kill('SIGTERM');
      expect(await exit).toBe(code);
    }
  });

  it('has lost nothing when it is killed', async () => {
    const { sandbox } = await openSandbox();
    const out = await openFolder();
    const { child, url, text, exit } = await record(sandbox.url, out);
    const { json } = await makeClient(url).create(disability());
    await makeClient(url).poll(json.data.id);
    await until(() => (text().match(/-open\.yaml/g) ?? []).length === 2, text);
    await expect
      .poll(async () => (await readFiles(out))['exchanges-001.jsonl']?.split('\n').length)
      .toBe(3);
    child.kill('SIGKILL');
    await exit;
    expect((await readFiles(out))['recorded-002-createComposition-open.yaml']).toContain(
      ': 1 poll within',
    );
    expect((await run('lint', out)).code).toBe(0);
  });

  it.each([
    [['--out', 'x'], /required option '--upstream/],
    [['--upstream', 'http://a'], /required option '--out/],
    [
      ['--upstream', 'ftp://a', '--out', 'x'],
      /^--upstream "ftp:\/\/a" is no http or https URL; write https:/,
    ],
    [['--upstream', 'nonsense', '--out', 'x'], /^--upstream "nonsense" is no http/],
    [['--upstream', 'http://u:p@a', '--out', 'x'], /^--upstream takes no credentials/],
    [['--upstream', 'http://a', '--out', 'x', '--by', 'times'], /Allowed choices are time, polls/],
    [
      ['--upstream', 'http://a', '--out', 'x', '--timeout', 'soon'],
      /^--timeout soon is not a duration; write/,
    ],
    [
      ['--upstream', 'http://a', '--out', 'x', '--spec', 'none.yaml'],
      /none\.yaml: cannot be read \(ENOENT\)/,
    ],
  ])('cannot be used with %j: exit code 3, and what to do', async (args, said) => {
    const { code, err } = await run('record', ...args);
    expect(err).toMatch(said);
    expect(code).toBe(3);
  });

  it('says in one line that the folder cannot be written', async () => {
    const folder = await openFolder();
    const file = join(folder, 'file');
    await writeFile(file, '');
    const { code, err } = await run(
      'record',
      '--upstream',
      'http://127.0.0.1:9',
      '--out',
      join(file, 'in'),
    );
    expect(err).toBe(
      `cannot write to ${join(file, 'in')} (ENOTDIR); name a folder that you may write to with --out [USAGE_CANNOT_WRITE]\n`,
    );
    expect(code).toBe(3);
  });

  it('warns when nothing is masked', async () => {
    const { sandbox } = await openSandbox();
    const { text } = await record(sandbox.url, await openFolder(), '--no-mask');
    await until(() => text().includes('warning: nothing is masked'), text);
    expect(text()).toContain('will hold tokens and personal data');
  });
});
