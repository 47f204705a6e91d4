import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { splitCommand } from '../../src/cli/exec/split-command.js';
import { read } from '../docs/pages.js';
import { CONTENT, run } from '../support/command.js';

/** The document of the tutorial, alone in a folder: nobody has written a binding or a scenario. */
let file: string;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'derived-'));
  const [, document = ''] = /^```yaml\n(.*?)^```$/ms.exec(read('docs/your-own-api.md')) ?? [];
  file = join(folder, 'openapi.yaml');
  await writeFile(file, document);
  return () => rm(folder, { recursive: true });
});

const CLIENT = ['node', 'test/clients/exports.mjs'];

describe('exec with a document alone', () => {
  it('plays what follows from the guessed binding, and judges the client', async () => {
    const asked = ['--suite', 'polling-basics', '--scenario', 'done-after-eta', 'failed'];
    const { code, out } = await run('exec', '--pace', '10', ...asked, file, '--', ...CLIENT);
    expect(out).toMatch(new RegExp(`\\npolling-basics: ${CONTENT}`));
    expect(code).toBe(0);
  });

  it('is red for a client that asks without a pause', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'client-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const hasty = join(folder, 'client.mjs');
    const [, text = ''] = /^```js\n(.*?)^```$/ms.exec(read('docs/your-own-api.md')) ?? [];
    await writeFile(hasty, text);
    const { code, out } = await run(
      'exec',
      '--scenario',
      'done-after-eta',
      file,
      '--',
      'node',
      hasty,
    );
    expect(out).toContain('Wait as long as Retry-After says');
    expect(code).toBe(1);
  });

  it('names the nearest suite of an unknown one', async () => {
    const { code, err } = await run('exec', '--suite', 'polling-basic', file, '--', ...CLIENT);
    expect(err).toContain('did you mean polling-basics?');
    expect(code).toBe(3);
  });
});

describe('suites, scenarios and demo of a document alone', () => {
  it('lists the suites, with what they play and lack', async () => {
    const { code, out } = await run('suites', file);
    expect(out).toMatch(/^polling-basics {2}What every poller must get right \(7 scenarios/);
    for (const name of ['polling-full', 'bad-network', 'errors'])
      expect(out).toContain(`\n${name}  `);
    expect(out).toContain(
      '  without unauthorized-in-mid-poll: the operation that reports asks for no credentials',
    );
    expect(code).toBe(0);
  });

  it('lists the scenarios, and shows one of them', async () => {
    const { out } = await run('scenarios', file);
    expect(out).toMatch(
      /^ {2}eta-moves +Each answer moves the end, never by the same, then finished$/m,
    );
    const shown = await run('scenarios', 'show', 'eta-moves', '--spec', file);
    expect(shown.out).toContain('file        none: it follows from the binding');
    expect(shown.out).toContain('step 2      queued for 1 poll, eta 12.6s after each answer');
  });

  it('plays a demo', async () => {
    const { code, out } = await run('demo', file, '--pace', '100');
    expect(out).toContain('done-after-eta: queued for 2.3 seconds, then finished');
    expect(out).toContain('failed: the job has failed');
    expect(code).toBe(0);
  });
});

describe('a document with several kinds of jobs', () => {
  it('has the suites once, with what follows from each kind', async () => {
    const { out } = await run('suites', 'test/guess/documents/kinds.yaml');
    expect(out.match(/^polling-basics /gm)).toHaveLength(1);
    const { err } = await run(
      ...['exec', '--suite', 'batches/polling-basic', 'test/guess/documents/kinds.yaml'],
      ...['--', 'true'],
    );
    expect(err).toContain('did you mean polling-basics?');
  });
});

describe('what stands in front of a command', () => {
  it.each([
    [['npm', 'test'], [], ['npm', 'test']],
    [['npm', 'test', '--', 'x'], [], ['npm', 'test', '--', 'x']],
    [['a.yaml', '--', 'npm', 'test', '--', 'x'], ['a.yaml'], ['npm', 'test', '--', 'x']],
    [['a.yaml', 'test/fixtures/reports', '--', 'x'], ['a.yaml', 'test/fixtures/reports'], ['x']],
    [['node', 'a.json', '--', 'x'], [], ['node', 'a.json', '--', 'x']],
  ])('%j', (args, files, argv) => {
    expect(splitCommand(args)).toEqual({ files, argv });
  });

  it('says where the command and the options belong', () => {
    expect(() => splitCommand(['a.yaml', 'npm', 'test'])).toThrow('put the command behind --');
    expect(() => splitCommand(['a.yaml', '--pace', '3', '--', 'x'])).toThrow(
      'options stand in front',
    );
  });
});
