import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../support/command.js';

const DOCUMENTS = 'test/guess/documents';

describe('a document of each kind of job', () => {
  it.each([
    ['bulk-export.yaml', 'complete'],
    ['operation-location.yaml', 'succeeded'],
    ['done-flag.yaml', 'done'],
    ['actions.yaml', 'completed'],
    ['forms.yaml', 'completed'],
    ['linked.json', 'JOB_STATE_READY'],
  ])('is served, tried, begun with and checked by nothing but its file: %s', async (document, end) => {
    const folder = await mkdtemp(join(tmpdir(), 'document-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, `openapi${extname(document)}`);
    await cp(join(DOCUMENTS, document), file);
    const tried = await run('try', file, '--pace', '1000');
    expect(tried).toMatchObject({ code: 0, err: '' });
    expect(tried.out).toContain(`${end}: the job is done, after `);

    expect(await run('init', file, '--yes')).toMatchObject({ code: 0, err: '' });
    const linted = await run('lint', '--pack', folder);
    expect(linted).toMatchObject({ code: 0, err: '', out: '7 files, no mistake\n' });
    for (const name of await readdir(join(folder, 'scenarios'))) {
      const scenario = name.replace('.yaml', '');
      const played = await run('try', file, '--scenario', scenario, '--pace', '1000');
      expect(played, scenario).toMatchObject({ code: 0, err: '' });
      expect(played.out).toMatch(scenario === 'failed' ? /the job has failed/ : /the job is done/);
    }
  });

  it.each([
    ['not-found-at-first', 'the job is not to be seen yet, or not any more'],
    ['unavailable', 'the service has a pause; the job goes on'],
  ])('tells what the answers of a scenario mean: %s', async (scenario, says) => {
    const file = join(DOCUMENTS, 'actions.yaml');
    const { out } = await run('try', file, '--scenario', scenario, '--pace', '1000');
    expect(out).toContain(says);
  });
});
