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

/** Runs lines against a sandbox whose clock stands still: to sleep is to move it on. */
async function follow(lines: string) {
  const { sandbox } = await openSandbox();
  const folder = await mkdtemp(join(tmpdir(), 'esoz-readme-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const advance = `sleep() { curl -s -o advanced.json -X POST ${sandbox.url}/__sandbox/sessions/default/clock/advance -H 'Content-Type: application/json' -d "{\\"by\\": \\"$1s\\"}"; }\n`;
  const script = advance + lines.replaceAll('http://127.0.0.1:4010', sandbox.url);
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script], { cwd: folder });
  return { sandbox, stdout };
}

it('the first five minutes go as the README tells, and end green', async () => {
  expect(LINES).toContain('http://127.0.0.1:4010');
  expect(LINES.match(/^sleep 3$/gm)).toHaveLength(2);
  const { sandbox, stdout } = await follow(LINES);

  expect([...stdout.matchAll(/"status":"([A-Z]+)"/g)].map(([, status]) => status)).toEqual([
    'PENDING',
    'DONE',
    'PRELIMINARY',
    'PENDING',
    'FAILED',
  ]);
  expect(
    sandbox
      .jobs()
      .map(({ scenario }) => scenario)
      .sort(),
  ).toEqual(['done-after-eta', 'failed-error-list']);
  expect(stdout).toContain('Session default: no finding');
  expect(stdout).toMatch(/✓ reads-the-result +passed/);
  expect(sandbox.verdict().held).toBe(true);
});

it('the page that the README opens is red for a poll before eta', async () => {
  const [poll = ''] = LINES.match(/^curl .*\/job\/\$JOB "\$\{AUTH\[@\]\}"$/m) ?? [];
  const { sandbox, stdout } = await follow(LINES.replace(/^sleep 3$/m, `${poll}\n$&`));
  expect(stdout).toContain('error eta-respected');
  expect(sandbox.verdict().held).toBe(false);
});
