import { appendFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isUntouched, signed } from '../../src/cli/own-text.js';
import { run } from '../support/command.js';

const DOCUMENTS = 'test/guess/documents';

/** A folder of its own with one document in it. */
async function beside(document: string, name = document) {
  const folder = await mkdtemp(join(tmpdir(), 'init-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, name);
  await cp(join(DOCUMENTS, document), file);
  const read = (path: string) => readFile(join(folder, path), 'utf8');
  return { folder, file, read };
}

describe('esoz-sandbox init', () => {
  it.each([
    'linked.json',
    'no-jobs.yaml',
  ])('writes files beside a document that lint finds no mistake in: %s', async (document) => {
    const { folder, file } = await beside(document, `openapi.${document.split('.').pop()}`);
    const { code, out, err } = await run('init', file, '--yes');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const written = await readdir(folder);
    expect(written).toEqual(expect.arrayContaining(['README.md', 'binding.yaml']));
    expect(out).toContain('README.md');
    const linted = await run('lint', '--pack', folder);
    expect(linted).toMatchObject({ code: 0, err: '' });
    expect(linted.out).toMatch(/^\d+ files?, no mistake\n$/);
    if (document === 'no-jobs.yaml') return;
    expect(await readdir(join(folder, 'scenarios'))).toEqual(
      expect.arrayContaining(['done.yaml', 'failed.yaml', 'slow.yaml', 'not-found-at-first.yaml']),
    );
    expect(await readdir(join(folder, 'suites'))).toEqual(['polling-basics.yaml']);
  });

  it('says why and where above each guess, and asks what it cannot know', async () => {
    const { file, read } = await beside('linked.json');
    const { out } = await run('init', file);
    const binding = await read('binding.yaml');
    expect(binding).toMatch(
      /# a link of its answer leads to getRendering \(linked\.json:\d+, \$\.paths\['\/documents\/\{document\}\/render'\]\.put\.responses\['202'\]\.links\)/,
    );
    const [, line = ''] = /one of JOB_STATE_QUEUED.* \(linked\.json:(\d+),/.exec(binding) ?? [];
    const text = (await read('linked.json')).split('\n')[Number(line) - 1];
    expect(text).toContain('"state": {');
    for (const said of [out, binding, await read('README.md')])
      expect(said).toContain('is JOB_STATE_BROKEN open, done or failed?');
  });

  it('prints the files with --dry-run and writes none', async () => {
    const { folder, file } = await beside('linked.json');
    const { code, out } = await run('init', file, '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('binding: renderings');
    expect(out).toContain('scenario: failed');
    expect(await readdir(folder)).toEqual(['linked.json']);
  });

  it('overwrites with --yes what nobody has changed, and refuses what somebody has', async () => {
    const { file, folder, read } = await beside('linked.json');
    expect((await run('init', file)).code).toBe(0);
    const first = await read('binding.yaml');
    await writeFile(
      join(folder, 'linked.json'),
      (await read('linked.json')).replace('"eta"', '"age"'),
    );
    const asked = await run('init', file);
    expect(asked.code).toBe(3);
    expect(asked.err).toContain('[USAGE_NOBODY_TO_ASK]');
    expect(await read('binding.yaml')).toBe(first);
    expect((await run('init', file, '--yes')).code).toBe(0);
    const second = await read('binding.yaml');
    expect(second).not.toBe(first);

    await appendFile(join(folder, 'binding.yaml'), '# mine\n');
    await writeFile(
      join(folder, 'linked.json'),
      (await read('linked.json')).replace('"age"', '"eta"'),
    );
    const refused = await run('init', file, '--yes');
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(
      /binding\.yaml: is not what init has written.*\[FILE_CHANGED_BY_HAND\]/,
    );
    expect(await read('binding.yaml')).toBe(`${second}# mine\n`);
  });

  it('leaves the page of a folder as it is', async () => {
    const { file, folder, read } = await beside('linked.json');
    await writeFile(join(folder, 'README.md'), '# Mine\n');
    expect((await run('init', file, '--yes')).code).toBe(0);
    expect(await read('README.md')).toBe('# Mine\n');
    expect(await read('SANDBOX.md')).toContain('# Renderings in ESOZ Sandbox');
  });

  it('takes the kind of jobs that an operation belongs to', async () => {
    const { file } = await beside('linked.json');
    expect((await run('init', file, '--operation', 'getRendering')).code).toBe(0);
    const unknown = await run('init', file, '--operation', 'getRenderin');
    expect(unknown.code).toBe(3);
    expect(unknown.err).toContain('did you mean getRendering? [USAGE_UNKNOWN_OPERATION]');
    const none = await beside('no-jobs.yaml');
    const odd = await run('init', none.file, '--operation', 'buyTicket');
    expect(odd.code).toBe(3);
    expect(odd.err).toContain('[USAGE_NO_JOBS]');
  });
});

describe('esoz-sandbox try', () => {
  it.each([
    ['actions.yaml', 'completed: the job is done'],
  ])('plays a job to its end: %s', async (document, end) => {
    const { code, out, err } = await run('try', join(DOCUMENTS, document), '--pace', '1000');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('is scheduled; it lives by the scenario built-in');
    expect(out).toContain(`${end}, after `);
  });

  it.each([
    ['failed', 'errored: the job has failed'],
    ['reset-once', '→ no answer'],
  ])('tells what each answer of a scenario means: %s', async (scenario, says) => {
    const file = join(DOCUMENTS, 'actions.yaml');
    const { code, out } = await run('try', file, '--scenario', scenario, '--pace', '1000');
    expect(code).toBe(0);
    expect(out).toContain(says);
  });

  it('plays the usual API, and one that comes with the package', async () => {
    for (const args of [[], ['--pack', 'medical-events']]) {
      const { code, out } = await run('try', ...args, '--pace', '1000');
      expect(code).toBe(0);
      expect(out).toMatch(/(DONE|processed): the job is done/);
    }
  });

  it('says so when the job does not come to its end', async () => {
    const { code, out } = await run('try', '--scenario', 'never-ends', '--pace', '1000');
    expect(code).toBe(1);
    expect(out).toContain('the job is not at its end after 60 polls');
  });

  it('says what to do where there is no job, or no such one', async () => {
    const none = await run('try', join(DOCUMENTS, 'no-jobs.yaml'));
    expect(none.code).toBe(3);
    expect(none.err).toContain('esoz-sandbox init writes one [USAGE_NO_JOBS]');
    const odd = await run('try', join(DOCUMENTS, 'linked.json'), '--operation', 'rendr');
    expect(odd.code).toBe(3);
    expect(odd.err).toContain('did you mean render? [USAGE_UNKNOWN_OPERATION]');
  });
});

describe('a file that init has written', () => {
  it('is known again until somebody changes it, whatever Git does to its line ends', () => {
    const text = signed('binding: x\n', '#');
    expect(isUntouched(text)).toBe(true);
    expect(isUntouched(text.replaceAll('\n', '\r\n'))).toBe(true);
    expect(isUntouched(text.replace('x', 'y'))).toBe(false);
    expect(isUntouched('binding: x\n')).toBe(false);
    expect(isUntouched(signed('# Page\n', '<!--'))).toBe(true);
  });
});
