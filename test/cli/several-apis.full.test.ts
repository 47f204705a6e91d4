import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadApis } from '../../src/load/load-setup.js';
import { makeClient, send } from '../support/client.js';
import { run, serve, until } from '../support/command.js';
import { disability } from '../support/conclusions.js';
import { launchRecorder } from '../support/recorder.js';

const BOTH = ['--pack', 'compositions', '--pack', 'medical-events'];
const CLIENT = ['--', 'node', 'test/clients/medical-events.mjs'];

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'several-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

describe('several --pack and --spec', () => {
  it('are served at one address, and told one by one', async () => {
    const { text, url } = await serve(...BOTH, '--spec', 'test/fixtures/reports/openapi.yaml');
    await until(() => text().includes('Ctrl-C'), text);
    expect(text().match(/^ {2}serves {4}.*?:/gm)).toEqual([
      '  serves    Compositions API 1.0.0:',
      '  serves    Medical Events API 2.0.0:',
      '  serves    Reports 2.0.0:',
    ]);
    expect((await makeClient(url).create(disability())).status).toBe(200);
    expect((await send('POST', `${url}/reports`, { body: { name: null } })).status).toBe(202);
    await until(() => text().includes('POST  /reports'), text);
  });

  it('are told to machines in one line', async () => {
    const { text } = await serve(...BOTH, '--json');
    expect(JSON.parse(text().split('\n')[0] ?? '')).toMatchObject({
      event: 'listening',
      binding: 'compositions',
      apis: [{ name: 'compositions' }, { name: 'medical-events', contract: 'Medical Events API' }],
    });
  });

  it('are listed and checked each by itself', async () => {
    const listed = await run('scenarios', ...BOTH);
    expect(listed.out).toMatch(/^compositions\n[\s\S]*^medical-events\n[\s\S]*failed-validation/m);
    const shown = await run('scenarios', 'show', 'medical-events/slow', ...BOTH);
    expect(shown.out).toMatch(/^scenario {4}medical-events\/slow$/m);
    expect((await run('suites', ...BOTH)).out).toMatch(/^medical-events\/polling-basics {2}/m);
    const path = await folder();
    await writeFile(join(path, 'own.yaml'), 'scenario: own\nlife: [{state: processed}]\n');
    const linted = await run('lint', path, ...BOTH);
    expect([linted.code, linted.out]).toEqual([0, '1 file, no mistake\n']);
    await writeFile(join(path, 'wrong.yaml'), 'scenario: wrong\nlife: [{state: prosessed}]\n');
    expect((await run('lint', path, ...BOTH)).code).toBe(1);
  });

  it('are played by exec: a suite of one of them, and a scenario of each that has it', async () => {
    const suite = ['--suite', 'medical-events/polling-basics', '--scenario', 'reset-once'];
    const one = await run('exec', ...BOTH, ...suite, '--pace', '20', ...CLIENT);
    expect(one.out).toMatch(/✓ medical-events\/reset-once {2}/);
    expect(one.code).toBe(0);
    const each = await run('exec', ...BOTH, '--scenario', 'reset-once', '--pace', '20', ...CLIENT);
    // This client sends nothing that the other API's scenario is for.
    expect(each.out).toMatch(/\[1\/2\] ! compositions\/reset-once/);
    expect(each.out).toMatch(/\[2\/2\] ✓ medical-events\/reset-once/);
    expect(each.code).toBe(2);
  });

  it('are recorded together, scenarios of each into a folder that is read again', async () => {
    const out = await folder();
    const upstream = await serve(...BOTH, '--quiet');
    const apis = await loadApis({ pack: ['compositions', 'medical-events'] });
    const recorder = await launchRecorder(upstream.url, out, { apis });
    expect((await makeClient(recorder.url).create(disability())).status).toBe(200);
    await recorder.close();
    const [file = ''] = await readdir(join(out, 'compositions'));
    const name = file.replace('.yaml', '').toLowerCase();
    const listed = await run('scenarios', ...BOTH, '--scenarios', out, '--json');
    expect(JSON.parse(listed.out)).toContainEqual(
      expect.objectContaining({ name, api: 'compositions', group: 'recorded' }),
    );
  });
});

describe('stubs and limits of serve', () => {
  it('are options of the command line', async () => {
    const stubs = await folder();
    await mkdir(join(stubs, 'oauth'));
    await writeFile(join(stubs, 'oauth', 'tokens.post.json'), '{"access_token": "demo"}');
    const { url, text } = await serve(
      '--stubs',
      stubs,
      '--max-body',
      '2KiB',
      '--max-header-size',
      '8KiB',
    );
    expect((await send('POST', `${url}/oauth/tokens`)).json).toEqual({ access_token: 'demo' });
    await until(() => text().includes('answered by'), text);
    const long = await makeClient(url).create({ ...disability(), note: 'x'.repeat(4096) });
    expect(long.json.error.message).toContain('longer than 2 KiB');
  });

  it.each([
    [['--max-body', '10 parsecs'], 'write a number and a unit: 64KiB, 10MiB, 1GB'],
    [['--upstream', 'example.org'], '[USAGE_WRONG_URL]'],
    [['--stubs', '/no/such/folder'], '[FILE_UNREADABLE]'],
  ])('are refused with a next step: %j', async (args, says) => {
    const { code, err } = await run('serve', '--port', '0', ...args);
    expect(err).toContain(says);
    expect(code).not.toBe(0);
  });
});
