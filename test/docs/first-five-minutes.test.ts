import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { openSandbox } from '../support/sandbox.js';
import { read } from './pages.js';

const run = promisify(execFile);
const [, SECTION = ''] = /\n## The first five minutes\n(.*?)\n## /s.exec(read('README.md')) ?? [];
const [, LINES = ''] = /```sh\n(.*?)```/s.exec(SECTION) ?? [];

it('the first five minutes go as the README tells', async () => {
  const { sandbox } = await openSandbox();
  const folder = await mkdtemp(join(tmpdir(), 'esoz-readme-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  expect(LINES).toContain('http://127.0.0.1:4010');
  expect(LINES).toContain('sleep 3\n');
  // The clock of the test stands still: to sleep is to move it on.
  const advance = `curl -s -o advanced.json -X POST ${sandbox.url}/__sandbox/sessions/default/clock/advance -H 'Content-Type: application/json' -d '{"by": "3s"}'\n`;
  const lines = LINES.replaceAll('http://127.0.0.1:4010', sandbox.url).replace(
    'sleep 3\n',
    advance,
  );
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', lines], { cwd: folder });

  expect(
    [...stdout.matchAll(/"status":"([A-Z]+)"/g)].slice(0, 3).map(([, status]) => status),
  ).toEqual(['PENDING', 'PENDING', 'DONE']);
  expect(
    sandbox
      .jobs()
      .map(({ scenario }) => scenario)
      .sort(),
  ).toEqual(['done-after-eta', 'failed-error-list']);
  expect(stdout).toContain('error eta-respected: 1 of 2 polls came before the newest eta');
  expect(sandbox.verdict().held).toBe(false);
});
